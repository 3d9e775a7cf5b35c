//! Lines of a file, plain, `.gz` or `.xz`.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::packed::Packed;
use super::{BYTES_A_BATCH, Batch, Line, ROWS_A_BATCH};

#[cfg(test)]
mod tests;

/// Longest line, in bytes: the longest laws have 0.5 MB of text.
pub(super) const MAX_LINE_BYTES: u64 = 8 * 1024 * 1024;

/// An open file of JSON Lines.
pub(crate) struct Lines {
    reader: BufReader<Box<dyn Read + Send>>,
    packed: Packed,
    line: u64,
}

impl Lines {
    /// Opens a file; its name tells how it is packed.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let (packed, unpacked) = Packed::open(path)?;
        Ok(Self {
            reader: BufReader::new(unpacked),
            packed,
            line: 0,
        })
    }

    /// Size of the file as it lies on the disk, in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.packed.size()
    }

    /// The next lines that are not empty. What is read of a file that is written to meanwhile is not used.
    pub(crate) fn batch(&mut self) -> Result<Batch<Vec<u8>>, String> {
        let read = self.lines();
        self.packed.unchanged(&format!("line {}", self.line))?;
        Ok(Batch {
            lines: read?,
            taken: self.packed.taken(),
        })
    }

    fn lines(&mut self) -> Result<Vec<Line<Vec<u8>>>, String> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while lines.len() < ROWS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(text) = self.next_line()? else {
                break;
            };
            let text = match text {
                Ok(text) => {
                    let start = if self.line == 1 { "\u{feff}" } else { "" };
                    let text = text.strip_prefix(start.as_bytes()).unwrap_or(&text);
                    let text = text.trim_ascii();
                    if text.is_empty() {
                        continue;
                    }
                    bytes += text.len() as u64;
                    Ok(text.to_vec())
                }
                Err(reason) => Err(reason),
            };
            let number = self.line;
            lines.push(Line { number, text });
        }
        Ok(lines)
    }

    /// A line with its end; one that is too long is passed over. None at the end.
    fn next_line(&mut self) -> Result<Option<Result<Vec<u8>, String>>, String> {
        let mut bytes = Vec::new();
        let mut limited = self.reader.by_ref().take(MAX_LINE_BYTES + 1);
        let read = limited.read_until(b'\n', &mut bytes);
        let count = read.map_err(|error| self.broken(&error))?;
        self.grown(count)?;
        if count == 0 {
            return Ok(None);
        }
        self.line += 1;
        if bytes.len() as u64 > MAX_LINE_BYTES {
            self.skip_line()?;
            return Ok(Some(Err(format!(
                "the line is longer than {MAX_LINE_BYTES} bytes"
            ))));
        }
        Ok(Some(Ok(bytes)))
    }

    fn skip_line(&mut self) -> Result<(), String> {
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => {
                    return Err(self.packed.broken(&error, &format!("line {}", self.line)));
                }
            };
            if buffer.is_empty() {
                return Ok(());
            }
            let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.reader.consume(used);
            self.grown(used)?;
            if ended {
                return Ok(());
            }
        }
    }

    fn grown(&mut self, count: usize) -> Result<(), String> {
        self.packed.grown(count, &format!("line {}", self.line))
    }

    fn broken(&self, error: &std::io::Error) -> String {
        self.packed.broken(error, &format!("line {}", self.line))
    }
}
