//! The number and symbol of a document (số, ký hiệu) in all its written forms.
//!
//! Lenient by intent: registers hold `11/2020/TT-` and `71/2015`, and a reader must still find
//! them. Refused is only what no office can have meant as a number.

mod abbreviations;
#[cfg(test)]
mod tests;

use crate::fold::{folded, plain};
use abbreviations::{agency_begins, kind_of};

pub use abbreviations::Kind;

/// Longest number, in characters: the longest joint circulars have about 50.
pub const MAX_CHARS: usize = 100;

/// How a number is built, which is not what the document is: until 2025 districts and communes
/// issued normative documents too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `số/năm/loại-cơ quan`: `06/2014/QĐ-UBND`.
    Normative,
    /// `số/năm/QHkhóa` and its forerunners: `64/2025/QH15`, `21-LCT/HDNN8`.
    Legislature,
    /// `số/năm/TTLT-A-B`: `19/2012/TTLT-BTC-BTTTT`.
    Joint,
    /// `số/VBHN-cơ quan`: `88/VBHN-VPQH`.
    Consolidated,
    /// `số/loại-cơ quan`: `19/QĐ-UBND`.
    Administrative,
    /// `số/cơ quan-đơn vị`: `15/UBND-VP`, an official letter.
    Letter,
    /// Anything else that holds a digit.
    Unknown,
}

/// A number, read. How it is displayed stays what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The ordinal without leading zeros: `6`, `66.13`; none where the text begins otherwise.
    pub ordinal: Option<String>,
    /// The year within the number.
    pub year: Option<i32>,
    /// The kind that its abbreviation names.
    pub kind: Option<Kind>,
    /// The rest of the symbol, part by part, in capitals.
    pub agencies: Vec<String>,
    /// How it is built.
    pub class: Class,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberFault {
    /// It holds no digit.
    NoDigit,
    /// It is longer than [`MAX_CHARS`].
    TooLong(usize),
    /// What stands in the year's place cannot be one: `06/20144/QĐ-UBND`.
    Year(String),
}

/// Reads a number.
pub fn parse(written: &str) -> Result<Number, NumberFault> {
    let length = written.trim().chars().count();
    if length > MAX_CHARS {
        return Err(NumberFault::TooLong(length));
    }
    if !written.contains(|c: char| c.is_ascii_digit()) {
        return Err(NumberFault::NoDigit);
    }
    let even = evened(after_so(written));
    let (ordinal, symbol) = split_ordinal(&even);
    let parts: Vec<&str> = symbol
        .split('/')
        .map(|part| part.trim_matches('-'))
        .collect();
    let mut parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let year = take_year(&mut parts)?;
    let symbol: Vec<&str> = parts.iter().flat_map(|part| part.split('-')).collect();
    let symbol: Vec<&str> = symbol.into_iter().filter(|part| !part.is_empty()).collect();
    let (kind, agencies) = read_symbol(&symbol);
    let class = class_of(ordinal.as_deref(), year, kind, &agencies);
    Ok(Number {
        ordinal,
        year,
        kind,
        agencies,
        class,
    })
}

/// The text after a leading `Số:`.
fn after_so(written: &str) -> &str {
    let written = written.trim();
    let first_digit = written.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let before = folded(&written[..first_digit]);
    match before.trim_end_matches([' ', ':', '.']).ends_with("so") {
        true => &written[first_digit..],
        false => written,
    }
}

/// One spelling: no blanks at separators, every dash and underscore a `-`, no combining marks
/// (`Đ` has none), capitals.
fn evened(written: &str) -> String {
    let mut even = String::with_capacity(written.len());
    for c in written.chars() {
        let Some(p) = plain(c) else { continue };
        let c = match p {
            '-' | '_' | ' ' | '\n' => '-',
            '/' | '\\' => '/',
            _ => c,
        };
        let doubled = matches!(c, '-' | '/') && even.ends_with(['-', '/']);
        match c {
            '/' if doubled => {
                even.pop();
                even.push('/');
            }
            _ if doubled => {}
            'Ð' | 'ð' => even.push('Đ'),
            _ => even.extend(c.to_uppercase()),
        }
    }
    even.trim_matches(['-', '/']).to_owned()
}

/// `06/2014/QĐ-UBND` to `6` and `2014/QĐ-UBND`; `21-LCT/HĐNN8` to `21` and `LCT/HĐNN8`.
fn split_ordinal(even: &str) -> (Option<String>, &str) {
    let digits = even
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(even.len());
    let (ordinal, rest) = even.split_at(digits);
    let letter = rest.chars().next().filter(|c| c.is_alphabetic());
    let letter = letter.filter(|c| {
        let after = &rest[c.len_utf8()..];
        after.is_empty() || after.starts_with(['/', '-'])
    });
    let ordinal = ordinal.trim_end_matches('.');
    if ordinal.is_empty() {
        return (None, even);
    }
    let bare = ordinal.trim_start_matches('0');
    let mut bare = if bare.is_empty() || bare.starts_with('.') {
        ordinal
    } else {
        bare
    }
    .to_owned();
    bare.extend(letter);
    (Some(bare), &rest[letter.map_or(0, char::len_utf8)..])
}

/// Takes the year away from the front. Two figures were usual before 2000.
fn take_year(parts: &mut Vec<&str>) -> Result<Option<i32>, NumberFault> {
    let Some(first) = parts.first().copied() else {
        return Ok(None);
    };
    if !first.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let value: i32 = first.parse().unwrap_or(i32::MAX);
    let year = match first.len() {
        4 if (1945..=2100).contains(&value) => Some(value),
        2 if parts.len() > 1 && value >= 45 => Some(1900 + value),
        _ => None,
    };
    let a_symbol_follows = parts
        .get(1)
        .is_some_and(|next| next.contains(char::is_alphabetic));
    match year {
        Some(_) => {
            parts.remove(0);
            Ok(year)
        }
        None if a_symbol_follows => Err(NumberFault::Year(first.to_owned())),
        None => Ok(None),
    }
}

fn read_symbol(symbol: &[&str]) -> (Option<Kind>, Vec<String>) {
    let owned = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
    let Some((first, rest)) = symbol.split_first() else {
        return (None, Vec::new());
    };
    if let Some(kind) = kind_of(first) {
        return (Some(kind), owned(rest));
    }
    // A missing hyphen or a stop in its place: `NĐCP`, `NQ.HĐTP`.
    let cuts = first
        .char_indices()
        .skip(1)
        .map(|(at, _)| first.split_at(at));
    let glued = cuts.filter_map(|(head, tail)| {
        let tail = tail.trim_start_matches('.');
        let known = kind_of(head.trim_end_matches('.'));
        known
            .filter(|_| agency_begins(tail))
            .map(|kind| (kind, tail))
    });
    match glued.last() {
        Some((kind, agency)) => {
            let mut agencies = vec![agency.to_owned()];
            agencies.extend(rest.iter().map(|part| (*part).to_owned()));
            (Some(kind), agencies)
        }
        None => (None, owned(symbol)),
    }
}

fn class_of(
    ordinal: Option<&str>,
    year: Option<i32>,
    kind: Option<Kind>,
    agencies: &[String],
) -> Class {
    let Some(ordinal) = ordinal else {
        return Class::Unknown;
    };
    let of_legislature = agencies
        .iter()
        .any(|agency| abbreviations::is_legislature(agency));
    let year_in_its_place =
        ordinal.len() == 4 && (ordinal.starts_with("19") || ordinal.starts_with("20"));
    match (kind, year) {
        (Some(kind), _) if kind.is_consolidated() => Class::Consolidated,
        (Some(kind), Some(_)) if kind.is_joint() => Class::Joint,
        (Some(_), Some(_)) => Class::Normative,
        // `2017/TT-BTNMT`: somebody left the ordinal out.
        (Some(kind), None) if kind.is_always_normative() && year_in_its_place => Class::Unknown,
        (Some(_), None) => Class::Administrative,
        (None, _) if of_legislature => Class::Legislature,
        (None, None) if agencies.len() >= 2 && agencies.iter().all(|part| has_letter(part)) => {
            Class::Letter
        }
        (None, _) => Class::Unknown,
    }
}

fn has_letter(part: &str) -> bool {
    part.contains(char::is_alphabetic)
}
