//! Text without form: `.txt` and `.csv`.

use dinh_domain::file_text::TextState;

use super::{Sink, Stop};

/// UTF-8, or UTF-16 where a byte order mark says so.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let wide = |from_bytes: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2);
        let units = units.map(move |two| from_bytes([two[0], two[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
    };
    let text: String = if bytes.starts_with(&[0xFF, 0xFE]) {
        wide(u16::from_le_bytes).collect()
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        wide(u16::from_be_bytes).collect()
    } else {
        let text = std::str::from_utf8(bytes).map_err(|_| TextState::Broken)?;
        text.trim_start_matches('\u{feff}').to_owned()
    };
    sink.text(&text)
}
