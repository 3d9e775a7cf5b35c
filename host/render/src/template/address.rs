//! Which addresses a page may lead to.

/// Schemes of addresses that lead somewhere and run nothing.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// What stands instead of an address that is not allowed: it leads nowhere and can be found in the page.
pub(crate) const UNSAFE: &str = "#dia-chi-khong-an-toan";

/// An address relative to this site, or with one of the four schemes. Browsers drop control characters and
/// take `\` for `/`, so both are refused; `//host` is refused because it hides that it leaves the site.
pub(crate) fn is_safe_address(address: &str) -> bool {
    if address
        .chars()
        .any(|c| c <= ' ' || c == '\\' || c == '\u{7f}' || c.is_whitespace() || c.is_control())
    {
        return false;
    }
    if address.starts_with("//") {
        return false;
    }
    match address.find([':', '/', '?', '#']) {
        Some(at) if address.as_bytes()[at] == b':' => SCHEMES
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case(&address[..at])),
        _ => true,
    }
}

/// `text` as one path segment or query value: unreserved characters stay, all others become `%XX`.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}
