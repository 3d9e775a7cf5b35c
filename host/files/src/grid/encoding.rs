//! How the letters of a text file are written. Offices have files from before Unicode: TCVN 5712:1993 in its third form
//! (fonts named `.Vn…`), VNI for Windows, and Windows-1258. Which it is, its own words tell: the reading that makes the
//! most Vietnamese syllables is right.

mod tcvn3;
mod vni;

use dinh_domain::vietnamese::nfc;
use serde::{Deserialize, Serialize};

use super::NoGrid;
use tcvn3::tcvn3;
use vni::vni;

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Unicode, as it should be.
    Utf8,
    /// Unicode in units of two bytes.
    Utf16,
    /// The code page of Windows for Vietnamese.
    Windows1258,
    /// TCVN 5712:1993, VN3.
    Tcvn3,
    /// VNI for Windows.
    Vni,
}

/// The text of a file, composed (NFC).
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, Encoding), NoGrid> {
    if let Some(text) = utf16(bytes) {
        return text
            .map(|text| (nfc(&text), Encoding::Utf16))
            .ok_or(NoGrid::Broken);
    }
    let letters = Letters::of(bytes)?;
    let plain = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let text = letters.text(plain).ok_or(NoGrid::Broken)?;
    Ok((text, letters.encoding))
}

/// The mark of UTF-8 at the beginning of a file.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// How the letters of a file without zeros between them are read, piece by piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    pub(super) encoding: Encoding,
    /// TCVN3 and VNI also travel as the letters of another code page, saved as Unicode.
    is_again: bool,
}

impl Letters {
    /// UTF-8 and nothing else.
    pub(super) const UTF_8: Self = Self {
        encoding: Encoding::Utf8,
        is_again: false,
    };

    /// Told by a file, or by whole lines of its beginning.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, NoGrid> {
        let plain = bytes.strip_prefix(MARK).unwrap_or(bytes);
        let is_control = |it: &u8| *it < b' ' && !matches!(it, b'\t' | b'\n' | b'\r' | 0x0c);
        if plain.iter().any(is_control) {
            return Err(NoGrid::Unsupported);
        }
        if let Ok(text) = std::str::from_utf8(plain) {
            let again = again(text);
            return Ok(Self {
                encoding: again.unwrap_or(Encoding::Utf8),
                is_again: again.is_some(),
            });
        }
        let readings = [
            (windows_1258(plain), Encoding::Windows1258),
            (tcvn3(plain), Encoding::Tcvn3),
            (vni(plain), Encoding::Vni),
        ];
        let best = readings.into_iter().max_by_key(|(text, _)| syllables(text));
        let (_, encoding) = best.ok_or(NoGrid::Unsupported)?;
        Ok(Self {
            encoding,
            is_again: false,
        })
    }

    /// A piece of the file, composed (NFC); none where it is not written in this way.
    pub(super) fn text(self, bytes: &[u8]) -> Option<String> {
        let plain = || std::str::from_utf8(bytes).ok();
        let bytes = match self.is_again {
            false => bytes.to_vec(),
            true => plain()?.chars().map(western).collect::<Option<_>>()?,
        };
        let text = match self.encoding {
            Encoding::Utf8 | Encoding::Utf16 => plain()?.to_owned(),
            Encoding::Windows1258 => windows_1258(&bytes),
            Encoding::Tcvn3 => tcvn3(&bytes),
            Encoding::Vni => vni(&bytes),
        };
        Some(nfc(&text))
    }
}

/// Makes a unit of two bytes, in their order.
type FromBytes = fn([u8; 2]) -> u16;

/// By its mark, or by the zeros between the letters of a table without one.
fn utf16(bytes: &[u8]) -> Option<Option<String>> {
    let (order, marked) = utf16_order(bytes)?;
    let bytes = &bytes[marked..];
    let from: FromBytes = match order {
        Order::Little => u16::from_le_bytes,
        Order::Big => u16::from_be_bytes,
    };
    if !bytes.len().is_multiple_of(2) {
        return Some(None);
    }
    let units = bytes.chunks_exact(2).map(|two| from([two[0], two[1]]));
    Some(
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .ok(),
    )
}

/// Which byte of two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The order of UTF-16 and the bytes of its mark; none where a file is something else.
pub(super) fn utf16_order(bytes: &[u8]) -> Option<(Order, usize)> {
    let zeros = |first: usize| {
        let half = bytes.iter().skip(first).step_by(2).take(256);
        let (all, zeros) = half.fold((0, 0), |(all, zeros), it| {
            (all + 1, zeros + usize::from(*it == 0))
        });
        all > 0 && zeros * 2 > all
    };
    Some(match bytes {
        [0xFF, 0xFE, ..] => (Order::Little, 2),
        [0xFE, 0xFF, ..] => (Order::Big, 2),
        _ if zeros(1) && !zeros(0) => (Order::Little, 0),
        _ if zeros(0) && !zeros(1) => (Order::Big, 0),
        _ => return None,
    })
}

/// The old encoding in which letters of Western Europe make Vietnamese, if there is one.
fn again(text: &str) -> Option<Encoding> {
    let has_own = text
        .chars()
        .any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'đ' | 'ơ' | 'ư' | 'ă'));
    if has_own {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(western).collect::<Option<_>>()?;
    if bytes.is_ascii() {
        return None;
    }
    let readings = [
        (tcvn3(&bytes), Encoding::Tcvn3),
        (vni(&bytes), Encoding::Vni),
    ];
    let best = readings
        .into_iter()
        .max_by_key(|(text, _)| syllables(text))?;
    (syllables(&best.0) > syllables(text)).then_some(best.1)
}

fn western(c: char) -> Option<u8> {
    let text = String::from(c);
    let (bytes, _, has_failed) = encoding_rs::WINDOWS_1252.encode(&text);
    match (&*bytes, has_failed) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

/// How many words of a text are Vietnamese and need marks to be so, less what no word has.
fn syllables(text: &str) -> i64 {
    let text = nfc(text);
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|it| !it.is_ascii());
    words
        .map(|word| if is_syllable(word) { 1 } else { -1 })
        .sum()
}

/// Whether a word has the build of a syllable: consonants, vowels with at most one tone, consonants.
fn is_syllable(word: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    const FIRST: [&str; 27] = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
        "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v",
    ];
    const LAST: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    let lower = word.to_lowercase();
    let mut letters = String::new();
    let mut tones = 0;
    for c in lower.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones += 1,
            // Circumflex, breve, horn belong to the vowel.
            '\u{302}' | '\u{306}' | '\u{31b}' => {}
            c => letters.push(c),
        }
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let Some(start) = letters.find(is_vowel) else {
        return false;
    };
    let end = letters.rfind(is_vowel).map_or(start, |at| at + 1);
    let first = letters.get(..start).unwrap_or_default();
    let (vowels, last) = (
        letters.get(start..end).unwrap_or_default(),
        letters.get(end..).unwrap_or_default(),
    );
    tones <= 1
        && (FIRST.contains(&first) || matches!(first, "q" | "x"))
        && vowels.chars().all(is_vowel)
        && vowels.len() <= 4
        && LAST.contains(&last)
}

fn windows_1258(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1258
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

fn western_letter(byte: u8) -> char {
    let text = encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&[byte])
        .0
        .into_owned();
    text.chars().next().unwrap_or('\u{fffd}')
}
