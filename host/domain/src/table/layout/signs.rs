//! What stands in a sheet beside numbers.

use crate::table::Mark;
use crate::table::number::MAX_DECIMALS;
use crate::vietnamese::nfc;

pub(super) fn has_digits_alone(text: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '-' | '\u{2212}');
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(is_part)
}

pub(super) fn is_long(text: &str) -> bool {
    has_digits_alone(text)
        && text.chars().filter(char::is_ascii_digit).count() > usize::from(MAX_DECIMALS)
}

/// What a cell without a number says, by the signs of statistical yearbooks.
pub(super) fn missing(text: &str) -> Option<Mark> {
    match text {
        "" => Some(Mark::Absent),
        "-" | "\u{2013}" | "\u{2014}" | "\u{2212}" => Some(Mark::Nil),
        ".." | "..." | "\u{2026}" | "n/a" | "N/A" | "NA" => Some(Mark::NotCollected),
        "." => Some(Mark::NotApplicable),
        "x" | "X" => Some(Mark::Confidential),
        _ => None,
    }
}

/// A name without the word that says how sure its figures are: "Sơ bộ 2016".
pub(super) fn without_status(label: &str) -> (&str, Mark) {
    const WORDS: [(&str, Mark); 6] = [
        ("Sơ bộ ", Mark::Preliminary),
        ("Prel. ", Mark::Preliminary),
        ("Ước tính ", Mark::Estimated),
        ("Ước thực hiện ", Mark::Estimated),
        ("Ước ", Mark::Estimated),
        ("Est. ", Mark::Estimated),
    ];
    for (word, mark) in WORDS {
        if let Some(rest) = label.strip_prefix(word)
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return (rest, mark);
        }
    }
    (label, Mark::Plain)
}

/// Composed, on one line, without what cannot be seen.
pub(super) fn clean(text: &str) -> String {
    let text = nfc(text);
    let shown = text.split(|c: char| c.is_whitespace() || c.is_control());
    shown
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
