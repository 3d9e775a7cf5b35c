//! JSON inside a `<script type="application/ld+json">` data block.

use serde_json::Value;

/// `value` as JSON in which no `<`, `>` or `&` stands as such, so that neither `</script` nor `<!--` can
/// occur; U+2028 and U+2029 are escaped for old parsers.
pub(crate) fn json(value: &Value) -> String {
    let plain = value.to_string();
    let mut json = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '<' => json.push_str("\\u003c"),
            '>' => json.push_str("\\u003e"),
            '&' => json.push_str("\\u0026"),
            '\u{2028}' => json.push_str("\\u2028"),
            '\u{2029}' => json.push_str("\\u2029"),
            c => json.push(c),
        }
    }
    json
}
