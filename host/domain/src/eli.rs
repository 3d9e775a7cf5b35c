//! Addresses after the European Legislation Identifier, made from an entry's fields alone.

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::dates::LocalDate;
use crate::declaration::Eli;
use crate::entry::Body;
use crate::vietnamese::slugify;

/// Longest name of a body in an address, in characters: the longest of the law's codification fit.
const AGENT_CHARS_MAX: usize = 120;
/// Longest number in an address, in characters; joint circulars name five bodies.
const NUMBER_CHARS_MAX: usize = 80;

/// What stands behind `/eli/` for an entry: `vn/uy-ban-nhan-dan-huyen/quyet-dinh/2014/06-2014-qd-ubnd`.
/// None where a part of it is missing.
pub fn local(eli: &Eli, body: &Body) -> Option<String> {
    let text = |name: &String| {
        let value = body.get(name).and_then(Value::as_str)?.trim();
        (!value.is_empty()).then_some(value)
    };
    let year = LocalDate::parse(text(&eli.date)?).ok()?.year();
    let agent = slugify(text(&eli.agent)?, AGENT_CHARS_MAX);
    let kind = slugify(text(&eli.kind)?, AGENT_CHARS_MAX);
    let number = slugify(text(&eli.number)?, NUMBER_CHARS_MAX);
    Some(format!(
        "{}/{agent}/{kind}/{year}/{number}",
        eli.jurisdiction
    ))
}

/// Parts of an address behind `/eli/` that name a document.
pub const PARTS: usize = 5;

/// How an address asks for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The page.
    Html,
    /// Akoma Ntoso.
    Akn,
}

impl Format {
    /// By the last part of an address.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "html" => Some(Self::Html),
            "akn" => Some(Self::Akn),
            _ => None,
        }
    }
}

/// An address taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The document, as [`local`] writes it.
    pub local: String,
    /// The language asked for, if one is.
    pub language: Option<String>,
    /// The form.
    pub format: Format,
}

/// Reads what stands behind `/eli/`; none where it cannot be an address. The language may be left
/// out before the form.
pub fn read(path: &str) -> Option<Asked> {
    let parts: Vec<&str> = path.split('/').collect();
    let (document, rest) = parts.split_at_checked(PARTS)?;
    let (language, format) = match rest {
        [] => (None, Format::Html),
        [last] => match Format::named(last) {
            Some(format) => (None, format),
            None => (Some((*last).to_owned()), Format::Html),
        },
        [language, last] => (Some((*language).to_owned()), Format::named(last)?),
        _ => return None,
    };
    Some(Asked {
        local: document.join("/"),
        language,
        format,
    })
}
