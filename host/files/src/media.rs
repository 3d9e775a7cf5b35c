//! What a file is, by its first bytes and the names of its parts; its own name is never believed.

/// A known kind of file (TT 19/2011/TT-BTTTT: OpenDocument to edit, PDF to read).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// Portable Document Format.
    Pdf,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// Word before 2007, and whatever else is packed as it was: a file of a newer Word with a
    /// password among them.
    Doc,
    /// Word since 2007.
    Docx,
    /// Excel since 2007.
    Xlsx,
    /// PowerPoint since 2007.
    Pptx,
    /// Text without form, tables of it (`.csv`) among them.
    Text,
}

impl Media {
    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Text => "text/plain",
        }
    }
}

/// The ending of names of files of a media type of [`Media`]; none of others.
pub fn ending(media_type: &str) -> Option<&'static str> {
    Some(match media_type {
        "application/pdf" => "pdf",
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/vnd.oasis.opendocument.spreadsheet" => "ods",
        "application/vnd.oasis.opendocument.presentation" => "odp",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "text/plain" => "txt",
        _ => return None,
    })
}

/// First bytes of a zip archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// First bytes of what Word packed until 2007.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Bytes at the end of an archive in which its list of members is looked for. An archive with a
/// longer list is no text of an office.
const LIST_BYTES: usize = 1024 * 1024;
/// Bytes before the name of an archive's first member, and where the lengths of name and extra
/// field stand in them.
const HEADER_BYTES: usize = 30;

/// Tells what a file is; none for anything not listed in [`Media`]. Nothing is unpacked.
pub fn sniff(bytes: &[u8]) -> Option<Media> {
    if bytes.starts_with(b"%PDF-") {
        return Some(Media::Pdf);
    }
    if bytes.starts_with(COMPOUND) {
        return Some(Media::Doc);
    }
    if bytes.starts_with(ZIP) {
        return open_document(bytes).or_else(|| office_open_xml(bytes));
    }
    is_plain(bytes).then_some(Media::Text)
}

/// The standard wants `mimetype` as the first member, neither packed nor with an extra field, so
/// that it stands where everybody can read it.
fn open_document(bytes: &[u8]) -> Option<Media> {
    let named = bytes.get(HEADER_BYTES..)?.strip_prefix(b"mimetype")?;
    let extra = u16::from_le_bytes([*bytes.get(28)?, *bytes.get(29)?]);
    let kind = named.get(usize::from(extra)..)?;
    let kind = kind.strip_prefix(b"application/vnd.oasis.opendocument.")?;
    let kinds: [(&[u8], Media); 3] = [
        (b"text", Media::Odt),
        (b"spreadsheet", Media::Ods),
        (b"presentation", Media::Odp),
    ];
    // A template (`text-template`) or a master document is another kind.
    let is_end = |rest: &[u8]| rest.starts_with(b"PK") || rest.is_empty();
    let found = kinds
        .into_iter()
        .find(|(name, _)| kind.strip_prefix(*name).is_some_and(is_end));
    found.map(|(_, media)| media)
}

fn office_open_xml(bytes: &[u8]) -> Option<Media> {
    let list = &bytes[bytes.len().saturating_sub(LIST_BYTES)..];
    let has = |name: &[u8]| list.windows(name.len()).any(|window| window == name);
    let kinds: [(&[u8], Media); 3] = [
        (b"word/document.xml", Media::Docx),
        (b"xl/workbook.xml", Media::Xlsx),
        (b"ppt/presentation.xml", Media::Pptx),
    ];
    kinds
        .into_iter()
        .find(|(name, _)| has(name))
        .map(|(_, media)| media)
}

/// Words and line breaks, and nothing that a browser or a word processor would take for markup.
fn is_plain(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return bytes.len() > 2 && bytes.len().is_multiple_of(2);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let text = text.trim_start_matches('\u{feff}');
    let is_word = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let start = text.trim_start();
    let is_markup = start.starts_with('<') || start.starts_with("{\\rtf");
    !start.is_empty() && !is_markup && text.chars().all(is_word)
}
