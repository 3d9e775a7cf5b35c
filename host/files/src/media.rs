//! What a file is, by its first bytes and its name; the name alone is never believed.

use std::io::{Cursor, Read as _};

/// A known kind of file (TT 19/2011/TT-BTTTT: OpenDocument to edit, PDF to read).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// Portable Document Format.
    Pdf,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// Word before 2007.
    Doc,
    /// Word since 2007.
    Docx,
}

impl Media {
    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// Tells what a file is; none for anything not listed in [`Media`].
pub fn sniff(bytes: &[u8]) -> Option<Media> {
    if bytes.starts_with(b"%PDF-") {
        return Some(Media::Pdf);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Some(Media::Doc);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.by_name("word/document.xml").is_ok() {
        return Some(Media::Docx);
    }
    let first = archive.by_index(0).ok()?;
    if first.name().ok()? != "mimetype" {
        return None;
    }
    let mut kind = String::new();
    std::io::Read::take(first, 100)
        .read_to_string(&mut kind)
        .ok()?;
    match kind.trim() {
        "application/vnd.oasis.opendocument.text" => Some(Media::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Some(Media::Ods),
        _ => None,
    }
}
