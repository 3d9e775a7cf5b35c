//! Office files: zip archives with XML inside (ISO/IEC 26300, ISO/IEC 29500).

use std::io::{self, BufReader, Cursor, Read};

use dinh_domain::file_text::TextState;
use zip::ZipArchive;

use super::markup::{self, Rules};
use super::{Sink, Stop};
use crate::media::Media;

/// Most members of an archive: a long text with a picture on every page has some hundreds.
const MEMBERS_MAX: usize = 10_000;
/// Most that all read members unpack to, in bytes: a table of 50 MB of text in its markup.
const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Most of a manifest that is looked at, in bytes: it lists the members.
const MANIFEST_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Says that a member unpacks to more than is read.
#[derive(Debug, thiserror::Error)]
#[error("the archive unpacks to more than {UNPACKED_BYTES_MAX} bytes")]
struct Bomb;

/// Text of OpenDocument, without what was struck out, notes in the margin and the numbers of
/// footnotes, which would stick to the word before them.
const ODF: Rules = Rules {
    reads: &["p", "h"],
    skips: &["tracked-changes", "annotation", "note-citation"],
    within: &[],
    lines: &["p", "h", "line-break", "table-row"],
    blanks: &["s", "tab", "table-cell"],
};

/// Heads and feet of pages.
const ODF_STYLES: Rules = Rules {
    within: &[
        "header",
        "footer",
        "header-left",
        "footer-left",
        "header-first",
        "footer-first",
    ],
    ..ODF
};

/// Text of Word and PowerPoint; `Fallback` says again what stands beside it.
const OOXML: Rules = Rules {
    reads: &["t"],
    skips: &["Fallback"],
    within: &[],
    lines: &["p", "br", "cr", "tr"],
    blanks: &["tab", "tc"],
};

/// Strings of Excel; `rPh` is how they are spoken.
const STRINGS: Rules = Rules {
    reads: &["t"],
    skips: &["rPh"],
    within: &[],
    lines: &["si"],
    blanks: &[],
};

/// Cells of Excel that hold their own value.
const SHEET: Rules = Rules {
    reads: &["t"],
    skips: &[],
    within: &["is"],
    lines: &["row"],
    blanks: &["c"],
};

/// Reads the parts with text, in the order of their names.
pub(super) fn read(media: Media, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TextState::Broken)?;
    if archive.len() > MEMBERS_MAX {
        return Err(TextState::TooLarge.into());
    }
    let mut package = Package {
        archive,
        room: UNPACKED_BYTES_MAX,
    };
    if package.is_locked() {
        return Err(TextState::Encrypted.into());
    }
    let parts = package.parts(media);
    if parts.is_empty() {
        return Err(TextState::Broken.into());
    }
    for (index, rules) in parts {
        package.read(index, &rules, sink)?;
        sink.line();
    }
    Ok(())
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    room: u64,
}

impl Package<'_> {
    /// An OpenDocument file with a password says so in its manifest, or is one sealed member.
    fn is_locked(&mut self) -> bool {
        if self.archive.index_for_name("encrypted-package").is_some() {
            return true;
        }
        let Ok(member) = self.archive.by_name("META-INF/manifest.xml") else {
            return false;
        };
        let mut manifest = Vec::new();
        // What cannot be unpacked says nothing; the text is refused later for what it is.
        let _part = member.take(MANIFEST_BYTES_MAX).read_to_end(&mut manifest);
        contains(&manifest, b":encryption-data")
    }

    /// Members with text, and how each is read.
    fn parts(&self, media: Media) -> Vec<(usize, Rules)> {
        let mut named: Vec<(String, usize)> = (0..self.archive.len())
            .filter_map(|at| Some((self.archive.name_for_index(at)?.ok()?.into_owned(), at)))
            .collect();
        named.sort_by_cached_key(|(name, _)| in_order(name));
        let parts = named
            .into_iter()
            .filter_map(|(name, at)| Some((at, rules(media, &name)?)));
        parts.collect()
    }

    fn read(&mut self, index: usize, rules: &Rules, sink: &mut Sink<'_>) -> Result<(), Stop> {
        let member = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                TextState::Encrypted
            }
            _ => TextState::Broken,
        })?;
        let mut bounded = Bounded {
            inner: member,
            room: self.room,
        };
        let done = markup::read(BufReader::new(&mut bounded), rules, sink);
        self.room = bounded.room;
        done
    }
}

fn rules(media: Media, name: &str) -> Option<Rules> {
    let is_page = |folder: &str, kind: &str| {
        let rest = name
            .strip_prefix(folder)
            .and_then(|it| it.strip_prefix(kind));
        let number = rest.and_then(|it| it.strip_suffix(".xml"));
        number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match (media, name) {
        (Media::Odt | Media::Ods | Media::Odp, "content.xml") => Some(ODF),
        // Those of a presentation hold the hints of its empty frames.
        (Media::Odt | Media::Ods, "styles.xml") => Some(ODF_STYLES),
        (Media::Docx, _) => {
            let kinds = ["document", "header", "footer", "footnotes", "endnotes"];
            let is_text = kinds.iter().any(|kind| is_page("word/", kind));
            is_text.then_some(OOXML)
        }
        (Media::Pptx, _) => is_page("ppt/slides/", "slide").then_some(OOXML),
        (Media::Xlsx, "xl/sharedStrings.xml") => Some(STRINGS),
        (Media::Xlsx, _) => is_page("xl/worksheets/", "sheet").then_some(SHEET),
        _ => None,
    }
}

/// `slide2` comes before `slide10`, and the text before heads and feet.
fn in_order(name: &str) -> (bool, usize, String) {
    let is_side = name.contains("styles") || name.contains("word/h") || name.contains("word/f");
    (is_side, name.len(), name.to_owned())
}

/// A reader with an end that the archive does not choose.
struct Bounded<R> {
    inner: R,
    room: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.room.checked_sub(count as u64);
        self.room = left.ok_or_else(|| io::Error::other(Bomb))?;
        Ok(count)
    }
}

/// What an error of reading a member says of the file.
pub(super) fn state_of(error: &io::Error) -> TextState {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Bomb>());
    inner.map_or(TextState::Broken, |_| TextState::TooLarge)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
