//! Separated values of any length, row by row: what is held is the beginning of the file, which tells its encoding, and
//! one row.

use std::io::{self, Cursor, Read};

use dinh_domain::table::layout::Given;
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};

use super::encoding::{self, Letters, MARK, Order};
use super::separated::{given, separator};
use super::{Encoding, Found, NoGrid};

/// Bytes that tell how a file is written.
const TOLD_BY_BYTES: u64 = 1024 * 1024;
/// Longest row, in bytes: a quotation mark that nobody closes takes no more than this.
const ROW_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Bytes of UTF-16 that are read at once.
const PIECE_BYTES: usize = 8 * 1024;
/// Stands for what could not be read.
const LOST: char = '\u{fffd}';

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeparatedRow {
    /// Its number as spreadsheet programs count, from 1.
    pub number: u64,
    /// Its cells; none where its letters are not those of the file.
    pub cells: Option<Vec<Given>>,
}

/// Why rows come to an end.
#[derive(Debug, thiserror::Error)]
pub enum SeparatedFailure {
    /// It is no file of separated values.
    #[error("it is no file of separated values")]
    NoText,
    /// A row has no end.
    #[error(
        "a quotation mark is not closed: a row has more than {ROW_BYTES_MAX} bytes, or goes on to the end of the file"
    )]
    Endless,
    /// The file cannot be read.
    #[error("{0}")]
    Io(io::Error),
}

/// Rows of a file under way.
pub struct SeparatedRows<R> {
    reader: csv::Reader<Short<Text<R>>>,
    letters: Letters,
    found: Found,
    record: csv::ByteRecord,
    line: u64,
    number: u64,
}

impl<R: Read> SeparatedRows<R> {
    /// Looks at the beginning of a file.
    ///
    /// # Errors
    /// It holds bytes that no text has, or it cannot be read.
    pub fn open(mut from: R) -> Result<Self, SeparatedFailure> {
        let mut begin = Vec::new();
        let told = from.by_ref().take(TOLD_BY_BYTES).read_to_end(&mut begin);
        told.map_err(SeparatedFailure::Io)?;
        let no_text = |_: NoGrid| SeparatedFailure::NoText;
        let order = encoding::utf16_order(&begin);
        let (letters, is_text) = match order {
            Some(_) => (Letters::UTF_8, false),
            None => (Letters::of(lines_of(&begin)).map_err(no_text)?, true),
        };
        let marked = if is_text && begin.starts_with(MARK) {
            MARK.len()
        } else {
            order.map_or(0, |(_, marked)| marked)
        };
        let sample = match order {
            Some((order, marked)) => Some(decoder(order).decode(&begin[marked..])),
            None => letters.text(lines_of(&begin[marked..])),
        };
        let separator = separator(&sample.ok_or(SeparatedFailure::NoText)?);
        let mut begun = Cursor::new(begin);
        begun.set_position(marked as u64);
        let text = Text {
            from: begun.chain(from),
            decoder: order.map(|(order, _)| decoder(order)),
            ready: Cursor::new(Vec::new()),
            is_ended: false,
        };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(separator).unwrap_or(b','))
            .from_reader(Short {
                from: text,
                left: ROW_BYTES_MAX,
            });
        let encoding = order.map_or(letters.encoding, |_| Encoding::Utf16);
        Ok(Self {
            reader,
            letters,
            found: Found {
                encoding: Some(encoding),
                separator: Some(separator),
            },
            record: csv::ByteRecord::new(),
            line: 1,
            number: 0,
        })
    }

    /// What was found out about the file.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The next row that is not blank; none at the end.
    ///
    /// # Errors
    /// The rest of the file cannot be read.
    pub fn next_row(&mut self) -> Result<Option<SeparatedRow>, SeparatedFailure> {
        self.reader.get_mut().left = ROW_BYTES_MAX;
        let read = self.reader.read_byte_record(&mut self.record);
        let is_there = read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                SeparatedFailure::Endless
            }
            csv::ErrorKind::Io(error) => SeparatedFailure::Io(error),
            other => SeparatedFailure::Io(io::Error::other(format!("{other:?}"))),
        })?;
        if !is_there {
            return Ok(None);
        }
        // The line break that ends the file stands within the last cell.
        let last = self.record.iter().next_back().unwrap_or_default();
        if self.reader.get_ref().from.is_ended && last.ends_with(b"\n") {
            return Err(SeparatedFailure::Endless);
        }
        // The reader passes over blank lines; spreadsheet programs count them.
        let breaks = self.record.iter().flatten().filter(|it| **it == b'\n');
        let breaks = u64::try_from(breaks.count()).unwrap_or_default();
        let after = self.reader.position().line();
        let blank = after.saturating_sub(self.line + breaks + 1);
        self.line = after;
        self.number += blank + 1;
        let cells = self.record.iter().map(|it| {
            let text = self.letters.text(it)?;
            (!text.contains(LOST)).then(|| given(&text))
        });
        Ok(Some(SeparatedRow {
            number: self.number,
            cells: cells.collect(),
        }))
    }
}

/// Whole lines of the beginning of a file; all of it where it has one alone.
fn lines_of(begin: &[u8]) -> &[u8] {
    let is_all = (begin.len() as u64) < TOLD_BY_BYTES;
    let last = begin.iter().rposition(|it| *it == b'\n');
    match last.filter(|_| !is_all) {
        Some(at) => &begin[..=at],
        None => begin,
    }
}

/// The text of a file as UTF-8, or in its own letters of one byte.
struct Text<R> {
    from: io::Chain<Cursor<Vec<u8>>, R>,
    decoder: Option<Wide>,
    ready: Cursor<Vec<u8>>,
    is_ended: bool,
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.read_own(buffer)?;
        let Some(first) = buffer.first_mut().filter(|_| count == 0 && !self.is_ended) else {
            return Ok(count);
        };
        // The last line ends too, or the blank ones before it would not be counted.
        self.is_ended = true;
        *first = b'\n';
        Ok(1)
    }
}

impl<R: Read> Text<R> {
    fn read_own(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else {
            return self.from.read(buffer);
        };
        loop {
            let count = self.ready.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let mut piece = vec![0; PIECE_BYTES];
            let count = self.from.read(&mut piece)?;
            if count == 0 {
                return Ok(0);
            }
            self.ready = Cursor::new(decoder.decode(&piece[..count]).into_bytes());
        }
    }
}

/// Letters of two bytes each.
struct Wide(Decoder);

fn decoder(order: Order) -> Wide {
    let encoding = match order {
        Order::Little => UTF_16LE,
        Order::Big => UTF_16BE,
    };
    Wide(encoding.new_decoder_without_bom_handling())
}

impl Wide {
    fn decode(&mut self, bytes: &[u8]) -> String {
        let room = self.0.max_utf8_buffer_length(bytes.len());
        let mut text = String::with_capacity(room.unwrap_or_default());
        // With that room all of it is read; what is half a letter waits for the next piece.
        let _done = self.0.decode_to_string(bytes, &mut text, false);
        text
    }
}

/// Ends a row that is too long.
struct Short<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Short<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = buffer.len().min(most);
        let count = self.from.read(&mut buffer[..room])?;
        self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
