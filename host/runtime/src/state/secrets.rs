//! Secrets that a guest was given: what it says for the operator is written without them.

use std::borrow::Cow;

use crate::CallError;

/// Stands for a secret.
const MASK: &str = "[secret]";
/// A secret is told by this many of its first bytes: a text that was cut in it still shows them.
const SHORTEST_BYTES: usize = 8;

/// The secrets of one call. It has no `Debug`.
#[derive(Default)]
pub(crate) struct Secrets {
    given: Vec<String>,
}

impl Secrets {
    pub(super) fn add(&mut self, secret: &str) {
        if !secret.is_empty() && !self.given.iter().any(|known| known == secret) {
            self.given.push(secret.to_owned());
        }
    }

    /// A text without secrets, also without one that was cut at the text's end.
    pub(crate) fn masked<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.given {
            if text.contains(secret) {
                text = Cow::Owned(text.replace(secret, MASK));
            }
            let cut = (SHORTEST_BYTES..secret.len()).rev();
            let parts = cut.filter_map(|end| secret.get(..end));
            let found = parts.into_iter().find(|part| text.ends_with(part));
            if let Some(part) = found {
                let kept = text.len() - part.len();
                text = Cow::Owned(format!("{}{MASK}", &text[..kept]));
            }
        }
        text
    }

    /// A failure without secrets in the plugin's own words.
    pub(crate) fn out_of(&self, error: CallError) -> CallError {
        if self.given.is_empty() {
            return error;
        }
        let masked = |text: &str| self.masked(text).into_owned();
        match error {
            CallError::Trap {
                message,
                backtrace,
                stderr,
            } => CallError::Trap {
                message: masked(&message),
                backtrace: masked(&backtrace),
                stderr: masked(&stderr),
            },
            CallError::Broken(how) => CallError::Broken(masked(&how)),
            CallError::Fault(words) => CallError::Fault(masked(&words)),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
