//! The text of a file, as far as it has any. Everything here works on bytes that strangers chose:
//! it runs in a process of its own ([`crate::Reader`]), whose end is no harm.

mod doc;
mod layout;
mod markup;
mod package;
mod pdf;
mod plain;
mod sink;
#[cfg(test)]
mod tests;

use std::io::Write;

use dinh_domain::file_text::TextState;

use crate::media::{Media, sniff};
pub(crate) use sink::Sink;

/// Raised with every change that reads more or otherwise out of a file: what an older one has read
/// is read again.
pub const TEXT_VERSION: i64 = 1;

/// Most text of one file that is read, in bytes. The longest law has 1 MB; a file with more is a
/// table of figures, and its beginning says what it is about.
pub const TEXT_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Why the reading of a file ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The state says why.
    State(TextState),
    /// Nobody takes what is read.
    Gone,
}

impl From<TextState> for Stop {
    fn from(state: TextState) -> Self {
        Self::State(state)
    }
}

/// Reads what there is to read of a file and writes it; none where nobody took it.
pub(crate) fn read(bytes: Vec<u8>, out: &mut dyn Write) -> Option<TextState> {
    let mut sink = Sink::new(out);
    let done = match sniff(&bytes) {
        None => Err(Stop::State(TextState::Unsupported)),
        Some(Media::Doc) => doc::read(&bytes, &mut sink).map(|()| TextState::Text),
        Some(Media::Pdf) => pdf::read(bytes, &mut sink),
        Some(Media::Text) => plain::read(&bytes, &mut sink).map(|()| TextState::Text),
        Some(media) => package::read(media, &bytes, &mut sink).map(|()| TextState::Text),
    };
    match done {
        Ok(TextState::Text) if sink.letters() == 0 => Some(TextState::NoText),
        Ok(state) | Err(Stop::State(state)) => Some(state),
        Err(Stop::Gone) => None,
    }
}
