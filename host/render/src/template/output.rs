//! Where a page is written, and what it may cost.

use super::RenderError;

/// What rendering may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    /// Bytes of the page.
    pub(crate) bytes: usize,
    /// Nodes and expressions evaluated.
    pub(crate) steps: usize,
}

/// Bytes that are copied or compared in about the time of one step, so that long texts cannot hide work.
const BYTES_A_STEP: usize = 256;

/// A page being written.
pub(crate) struct Output {
    html: String,
    budget: Budget,
    steps_left: usize,
}

impl Output {
    pub(crate) fn new(budget: Budget) -> Self {
        Self {
            html: String::new(),
            budget,
            steps_left: budget.steps,
        }
    }

    pub(crate) fn into_html(self) -> String {
        self.html
    }

    pub(crate) fn step(&mut self) -> Result<(), RenderError> {
        self.steps(1)
    }

    /// Counts the handling of a text of so many bytes.
    pub(crate) fn handle(&mut self, bytes: usize) -> Result<(), RenderError> {
        self.steps(bytes / BYTES_A_STEP)
    }

    fn steps(&mut self, count: usize) -> Result<(), RenderError> {
        self.steps_left = self
            .steps_left
            .checked_sub(count)
            .ok_or(RenderError::TooManySteps {
                limit: self.budget.steps,
            })?;
        Ok(())
    }

    /// Bytes that may still be written.
    pub(crate) fn room(&self) -> usize {
        self.budget.bytes - self.html.len()
    }

    /// Writes markup as it is.
    pub(crate) fn markup(&mut self, html: &str) -> Result<(), RenderError> {
        if html.len() > self.room() {
            return Err(RenderError::TooLong {
                limit: self.budget.bytes,
            });
        }
        self.html.push_str(html);
        Ok(())
    }

    /// Writes text, escaped for element content and for attribute values in either kind of quotes.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), RenderError> {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.markup(&rest[..at])?;
            self.markup(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        self.markup(rest)
    }
}
