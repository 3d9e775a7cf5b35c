//! What a guest answered, checked before the portal sees it.

use serde_json::{Map, Value};

use crate::CallError;
use crate::bindings::hooks::exports::dinh::module::hooks as hooks_wit;
use crate::bindings::pages::exports::dinh::module::pages as pages_wit;

pub(crate) use received::received;
pub use received::{RECEIVED_BYTES_MAX, RECEIVED_STATUSES, Received};
pub use stepped::Step;
pub(crate) use stepped::stepped;
pub use submitted::Submitted;
pub(crate) use submitted::submitted;

mod received;
mod stepped;
mod submitted;

/// A page's model as JSON: what a template of 1 MiB can show.
pub(crate) const MODEL_LIMIT_BYTES: usize = 256 << 10;
/// A data outcome; files have their own way out of the portal.
pub(crate) const DATA_LIMIT_BYTES: usize = 1 << 20;
/// A body completed by a hook; below the 2 MiB a guest may hand over in one call.
pub(crate) const BODY_LIMIT_BYTES: usize = 1 << 20;
/// Faults of one entry that a person can read; the rest is left out.
const FAULTS_LIMIT: usize = 100;
/// A fault's path into the body and its locale key, as people write them.
const FAULT_NAME_LIMIT_BYTES: usize = 512;
/// A fault's arguments as JSON: some words of the entry.
const FAULT_ARGS_LIMIT_BYTES: usize = 4 << 10;
/// A plugin's own words for why it failed: they go into the log and the operator's list.
const FAILURE_LIMIT_BYTES: usize = 1 << 10;
/// A redirect's path, as servers and proxies take it.
const PATH_LIMIT_BYTES: usize = 2_048;
/// Never HTML or script: the host alone makes what a browser runs.
const MEDIA_TYPES: [&str; 6] = [
    "application/json",
    "application/ld+json",
    "application/xml",
    "text/calendar",
    "text/csv",
    "text/plain",
];

/// The answer of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A template of the package with its model.
    View(View),
    /// A path on the same site: one leading `/`, no authority, no control character.
    Redirect(String),
    /// The host's own 404.
    NotFound,
    /// One of the media types that no browser runs.
    Data {
        /// Without parameters.
        media_type: String,
        /// At most 1 MiB.
        bytes: Vec<u8>,
    },
}

/// A template and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// 200 to 599.
    pub status: u16,
    /// A plain name: letters, digits, `-` and `_`.
    pub template: String,
    /// At most 256 KiB as JSON.
    pub model: Map<String, Value>,
    /// 0 = the host's choice.
    pub max_age_s: u32,
}

/// The answer of a validate hook.
#[derive(Clone, Debug, PartialEq)]
pub enum Validated {
    /// The entry may be stored, with this body if the hook completed it.
    Accepted(Option<Map<String, Value>>),
    /// What is wrong with it: 1 to 100 faults.
    Refused(Vec<Fault>),
}

/// One thing wrong with an entry, in the words of the plugin's locale files.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// A JSON pointer into the body; empty for the whole entry.
    pub path: String,
    /// A key of the plugin's locale files.
    pub message_key: String,
    /// The message's arguments.
    pub args: Map<String, Value>,
}

pub(crate) fn outcome(answer: pages_wit::Outcome) -> Result<Outcome, CallError> {
    match answer {
        pages_wit::Outcome::View(view) => {
            within(view.model.len(), MODEL_LIMIT_BYTES)?;
            if !(200..600).contains(&view.status) {
                return broken(format!("status {} is not 200 to 599", view.status));
            }
            if !is_plain_name(&view.template) {
                return broken(format!("`{}` is no template name", excerpt(&view.template)));
            }
            Ok(Outcome::View(View {
                status: view.status,
                model: object("the model", &view.model)?,
                template: view.template,
                max_age_s: view.max_age_s,
            }))
        }
        pages_wit::Outcome::Redirect(path) if is_site_path(&path) => Ok(Outcome::Redirect(path)),
        pages_wit::Outcome::Redirect(path) => {
            broken(format!("`{}` is no path on this site", excerpt(&path)))
        }
        pages_wit::Outcome::NotFound => Ok(Outcome::NotFound),
        pages_wit::Outcome::Data((media_type, bytes)) => {
            within(bytes.len(), DATA_LIMIT_BYTES)?;
            if !MEDIA_TYPES.contains(&media_type.as_str()) {
                let known = MEDIA_TYPES.join(", ");
                let found = excerpt(&media_type);
                return broken(format!("media type `{found}` is none of {known}"));
            }
            Ok(Outcome::Data { media_type, bytes })
        }
    }
}

pub(crate) fn validated(
    answer: Result<Option<String>, Vec<hooks_wit::Fault>>,
) -> Result<Validated, CallError> {
    match answer {
        Ok(None) => Ok(Validated::Accepted(None)),
        Ok(Some(body)) => {
            within(body.len(), BODY_LIMIT_BYTES)?;
            Ok(Validated::Accepted(Some(object("the body", &body)?)))
        }
        Err(told) => {
            let told = told.into_iter();
            let told = told.map(|it| (it.path, it.message_key, it.args));
            Ok(Validated::Refused(faults(told)?))
        }
    }
}

/// Faults as path, key of the message and its arguments; at least one.
fn faults(
    told: impl ExactSizeIterator<Item = (String, String, String)>,
) -> Result<Vec<Fault>, CallError> {
    if told.len() == 0 {
        return broken("it refuses without a fault".to_owned());
    }
    let checked = told.take(FAULTS_LIMIT).map(|(path, message_key, args)| {
        short("path", &path, FAULT_NAME_LIMIT_BYTES)?;
        short("message key", &message_key, FAULT_NAME_LIMIT_BYTES)?;
        short("arguments", &args, FAULT_ARGS_LIMIT_BYTES)?;
        Ok(Fault {
            args: object("the arguments of a fault", &args)?,
            path,
            message_key,
        })
    });
    checked.collect()
}

/// Why the plugin says that it failed, cut where it says too much.
pub(crate) fn failure(mut words: String) -> CallError {
    words.truncate(words.floor_char_boundary(FAILURE_LIMIT_BYTES));
    words.shrink_to_fit();
    CallError::Fault(words)
}

fn short(what: &str, text: &str, limit: usize) -> Result<(), CallError> {
    if text.len() > limit {
        let bytes = text.len();
        return broken(format!(
            "the {what} of a fault has {bytes} bytes, more than {limit}"
        ));
    }
    Ok(())
}

fn within(bytes: usize, limit: usize) -> Result<(), CallError> {
    if bytes > limit {
        return Err(CallError::ModelTooLarge { bytes, limit });
    }
    Ok(())
}

fn object(what: &str, text: &str) -> Result<Map<String, Value>, CallError> {
    match serde_json::from_str(text) {
        Ok(object) => Ok(object),
        Err(error) => broken(format!("{what} is no JSON object: {error}")),
    }
}

fn is_plain_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.len() <= 64 && name.bytes().all(plain)
}

/// Browsers read `\` as `/` and drop tabs and line ends, so neither may stand in a path.
fn is_site_path(path: &str) -> bool {
    let odd = |byte: u8| byte <= b' ' || byte == b'\\' || byte == 0x7f;
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= PATH_LIMIT_BYTES
        && !path.bytes().any(odd)
}

fn excerpt(text: &str) -> String {
    text.chars()
        .take(80)
        .flat_map(char::escape_default)
        .collect()
}

fn broken<T>(how: String) -> Result<T, CallError> {
    Err(CallError::Broken(how))
}

#[cfg(test)]
mod tests;
