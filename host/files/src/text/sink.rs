use std::io::Write;

use dinh_domain::file_text::TextState;

use super::{Stop, TEXT_BYTES_MAX};

/// What parts words and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
}

/// Takes text in reading order and hands it on: no control characters, one blank or line break
/// between words, and no more than [`TEXT_BYTES_MAX`] in all.
pub(crate) struct Sink<'a> {
    out: &'a mut dyn Write,
    /// Comes before the next word.
    gap: Gap,
    written_bytes: usize,
    letters: usize,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            gap: Gap::None,
            written_bytes: 0,
            letters: 0,
        }
    }

    /// Letters and digits so far.
    pub(crate) fn letters(&self) -> usize {
        self.letters
    }

    /// The next word is another one.
    pub(crate) fn blank(&mut self) {
        self.part(Gap::Blank);
    }

    /// The next word begins a line.
    pub(crate) fn line(&mut self) {
        self.part(Gap::Line);
    }

    /// Words with whatever parts them.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Stop> {
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if !c.is_whitespace() && !c.is_control() {
                continue;
            }
            self.word(&text[from..at])?;
            from = at + c.len_utf8();
            if matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}') {
                self.line();
            } else {
                self.blank();
            }
        }
        self.word(&text[from..])
    }

    /// Puts everything on its way.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|_| Stop::Gone)
    }

    fn part(&mut self, gap: Gap) {
        if self.written_bytes > 0 {
            self.gap = self.gap.max(gap);
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Stop> {
        if word.is_empty() {
            return Ok(());
        }
        if self.written_bytes + word.len() + 1 > TEXT_BYTES_MAX {
            return Err(TextState::TooLarge.into());
        }
        let gap = match std::mem::replace(&mut self.gap, Gap::None) {
            Gap::None => "",
            Gap::Blank => " ",
            Gap::Line => "\n",
        };
        let written = self.out.write_all(gap.as_bytes());
        let written = written.and_then(|()| self.out.write_all(word.as_bytes()));
        written.map_err(|_| Stop::Gone)?;
        self.written_bytes += gap.len() + word.len();
        self.letters += word.chars().filter(|c| c.is_alphanumeric()).count();
        Ok(())
    }
}
