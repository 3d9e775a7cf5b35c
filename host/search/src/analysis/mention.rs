use std::collections::BTreeSet;

use dinh_domain::vietnamese::code_key;

/// Longest number that is looked for in a text, in bytes: joint circulars of nine bodies have 60.
const MENTION_BYTES_MAX: usize = 96;

/// Capitals in the symbol of a number, at least: `QH13` has two, `1/năm` and `2/3` are no numbers.
const CAPITALS_MIN: usize = 2;

/// Keys of the numbers that a text mentions, each once: runs without spaces that begin with a
/// digit and have a slash and capitals (`06/2014/QĐ-UBND`, `19/QĐ-UBND`).
pub(crate) fn mentions(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (slash, _) in text.match_indices('/') {
        let number = run_around(text, slash).trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number.contains('/')
            && number.chars().filter(|c| c.is_uppercase()).count() >= CAPITALS_MIN;
        if is_number {
            keys.insert(code_key(number));
        }
    }
    keys
}

/// The characters around a byte up to the next spaces, not further than a number is long.
fn run_around(text: &str, at: usize) -> &str {
    let first = text.ceil_char_boundary(at.saturating_sub(MENTION_BYTES_MAX));
    let last = text.floor_char_boundary(at + MENTION_BYTES_MAX);
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':' | '"');
    let before = text[first..at].rfind(parts).map_or(first, |found| {
        first
            + found
            + text[first + found..]
                .chars()
                .next()
                .map_or(0, char::len_utf8)
    });
    let behind = text[at..last].find(parts).map_or(last, |found| at + found);
    &text[before..behind]
}
