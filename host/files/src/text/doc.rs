//! Word before 2007 (MS-DOC): a table of pieces says where the text lies in a file of streams.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use dinh_domain::file_text::TextState;

use super::{Sink, Stop};

/// Places in the head of a document, in bytes.
mod at {
    pub(super) const IDENT: usize = 0;
    pub(super) const VERSION: usize = 2;
    pub(super) const FLAGS: usize = 10;
    pub(super) const PIECES_START: usize = 0x1A2;
    pub(super) const PIECES_LENGTH: usize = 0x1A6;
}

/// What every Word document begins with.
const WORD: u16 = 0xA5EC;
/// Word 97; those before it have another head.
const OLDEST_VERSION: u16 = 0xC1;
const IS_ENCRYPTED: u16 = 0x0100;
const USES_TABLE_1: u16 = 0x0200;
/// Marks of the two parts of the table of pieces.
const PROPERTIES: u8 = 1;
const PIECES: u8 = 2;
/// Bytes of one piece's entry, and the flag in its place that says: one byte a character.
const PIECE_BYTES: usize = 8;
const IS_NARROW: u32 = 1 << 30;
/// Parts of a field: what computes it, then what it shows.
const FIELD_BEGINS: char = '\u{13}';
const FIELD_SHOWS: char = '\u{14}';
const FIELD_ENDS: char = '\u{15}';

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Reads a document; other files of the same packing are not read.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| TextState::Broken)?;
    if file.is_stream("EncryptedPackage") {
        return Err(TextState::Encrypted.into());
    }
    if !file.is_stream("WordDocument") {
        return Err(TextState::Unsupported.into());
    }
    let document = stream(&mut file, "WordDocument")?;
    if short(&document, at::IDENT)? != WORD || short(&document, at::VERSION)? < OLDEST_VERSION {
        return Err(TextState::Unsupported.into());
    }
    let flags = short(&document, at::FLAGS)?;
    if flags & IS_ENCRYPTED != 0 {
        return Err(TextState::Encrypted.into());
    }
    let table = if flags & USES_TABLE_1 != 0 {
        "1Table"
    } else {
        "0Table"
    };
    let table = stream(&mut file, table)?;
    let (start, length) = (
        long(&document, at::PIECES_START)?,
        long(&document, at::PIECES_LENGTH)?,
    );
    let pieces = part(&table, start, length)?;
    let mut fields = Fields::default();
    for (place, characters) in piece_places(pieces)? {
        let is_narrow = place & IS_NARROW != 0;
        let place = (place & !IS_NARROW) as usize;
        if is_narrow {
            let text = part(&document, place / 2, characters)?;
            fields.tell(text.iter().map(|byte| latin(*byte)), sink)?;
        } else {
            let text = part(&document, place, characters.saturating_mul(2))?;
            let units = text
                .chunks_exact(2)
                .map(|two| u16::from_le_bytes([two[0], two[1]]));
            let text = char::decode_utf16(units);
            fields.tell(text.map(|c| c.unwrap_or(' ')), sink)?;
        }
    }
    Ok(())
}

fn stream(file: &mut File<'_>, name: &str) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let mut stream = file.open_stream(name).map_err(|_| TextState::Broken)?;
    stream
        .read_to_end(&mut bytes)
        .map_err(|_| TextState::Broken)?;
    Ok(bytes)
}

/// Place and number of characters of each piece, in reading order.
fn piece_places(mut table: &[u8]) -> Result<Vec<(u32, usize)>, Stop> {
    while table.first() == Some(&PROPERTIES) {
        let length = usize::from(short(table, 1)?);
        table = table.get(3 + length..).ok_or(TextState::Broken)?;
    }
    if table.first() != Some(&PIECES) {
        return Err(TextState::Broken.into());
    }
    let length = long(table, 1)?;
    let table = part(table, 5, length)?;
    // One more end than there are pieces.
    let count = length.saturating_sub(4) / (4 + PIECE_BYTES);
    let entries = 4 * (count + 1);
    let places = (0..count).map(|at| {
        let (from, to) = (long(table, 4 * at)?, long(table, 4 * (at + 1))?);
        let place = long(table, entries + PIECE_BYTES * at + 2)?;
        let place = u32::try_from(place).map_err(|_| TextState::Broken)?;
        Ok((place, to.saturating_sub(from)))
    });
    places.collect()
}

/// Which fields are open: true where what computes them is not read.
#[derive(Debug, Default)]
struct Fields(Vec<bool>);

impl Fields {
    fn tell(&mut self, text: impl Iterator<Item = char>, sink: &mut Sink<'_>) -> Result<(), Stop> {
        let mut said = String::new();
        for c in text {
            match c {
                FIELD_BEGINS => self.0.push(true),
                FIELD_SHOWS => {
                    if let Some(last) = self.0.last_mut() {
                        *last = false;
                    }
                }
                FIELD_ENDS => {
                    self.0.pop();
                }
                _ if self.0.contains(&true) => {}
                // A hyphen that shows only at the end of a line, and one that never breaks.
                '\u{1f}' => {}
                '\u{1e}' => said.push('-'),
                c => said.push(c),
            }
        }
        sink.text(&said)
    }
}

/// A byte of Windows 1252; of its signs those that stand in sentences.
fn latin(byte: u8) -> char {
    match byte {
        0x85 => '…',
        0x91 | 0x92 => '’',
        0x93 | 0x94 => '”',
        0x96 | 0x97 => '–',
        0x80..=0x9f => ' ',
        byte => char::from(byte),
    }
}

fn part(bytes: &[u8], start: usize, length: usize) -> Result<&[u8], Stop> {
    let end = start.checked_add(length).ok_or(TextState::Broken)?;
    Ok(bytes.get(start..end).ok_or(TextState::Broken)?)
}

fn short(bytes: &[u8], at: usize) -> Result<u16, Stop> {
    let two = part(bytes, at, 2)?;
    Ok(u16::from_le_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> Result<usize, Stop> {
    let four = part(bytes, at, 4)?;
    Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize)
}
