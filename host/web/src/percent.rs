//! Percent-encoding, read strictly: what is not well-formed is refused, never guessed.

use crate::asked::Refused;

/// The text behind `%XX` escapes: UTF-8 without control characters.
pub(crate) fn decode(raw: &str) -> Result<String, Refused> {
    let text = decode_any(raw)?;
    if text.chars().any(char::is_control) {
        return Err(Refused::Control);
    }
    Ok(text)
}

/// The same with whatever characters somebody typed into a form.
pub(crate) fn decode_any(raw: &str) -> Result<String, Refused> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, next) = match (first, after) {
            (b'%', [high, low, next @ ..]) => {
                let byte = hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low);
                (byte.ok_or(Refused::Percent)?, next)
            }
            (b'%', _) => return Err(Refused::Percent),
            (plain, next) => (*plain, next),
        };
        bytes.push(byte);
        rest = next;
    }
    String::from_utf8(bytes).map_err(|_| Refused::NotUtf8)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// One segment of a path, or a parameter: only letters, digits and `-._~` stay as they are.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            escape(&mut encoded, byte);
        }
    }
    encoded
}

/// A whole address or path that somebody wrote: only what may stand in no address is escaped.
pub(crate) fn tidy(address: &str) -> String {
    let mut tidied = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            tidied.push(char::from(byte));
        } else {
            escape(&mut tidied, byte);
        }
    }
    tidied
}

fn escape(text: &mut String, byte: u8) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    text.push('%');
    text.push(DIGITS[usize::from(byte >> 4)]);
    text.push(DIGITS[usize::from(byte & 15)]);
}

#[cfg(test)]
mod tests;
