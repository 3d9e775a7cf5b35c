use std::borrow::Cow;

use regex::Regex;

use super::MAX_SENTENCE_CHARS;

/// Longest number of a paragraph, in bytes: `**Khoản 12`, `Điều 100`.
const NUMBER_BYTES_MAX: usize = 16;

/// Whether a code can stand in a text: nearly all lines of a law hold none, and are not looked at
/// twice.
pub(super) fn may_name_a_code(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().any(|b| b == b'/' || b == b'-')
}

/// The lines of a text; one that ends with a comma was broken by its page and goes on,
/// unless the next begins a paragraph for certain.
pub(super) fn whole_lines<'t>(text: &'t str, begins: Option<&Regex>) -> Vec<Cow<'t, str>> {
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        match lines.last_mut() {
            Some(before)
                if before.ends_with(',') && !begins.is_some_and(|it| it.is_match(line)) =>
            {
                let before = before.to_mut();
                before.push(' ');
                before.push_str(line);
            }
            _ => lines.push(Cow::Borrowed(line)),
        }
    }
    lines
}

/// The sentences of a line: a full stop ends one where a capital follows, unless it belongs to the
/// number of a paragraph (`1. Thông tư`, `Điều 4. Hiệu lực`).
pub(super) fn split(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    for (at, _) in line.match_indices(". ") {
        let before = line[begin..at].chars().next_back();
        let after = line[at + 1..].trim_start().chars().next();
        let is_number = before.is_some_and(|c| c.is_ascii_digit())
            && line[begin..at].trim().len() <= NUMBER_BYTES_MAX;
        let ends = before.is_some_and(|c| !c.is_whitespace())
            && !is_number
            && after.is_some_and(|c| c.is_uppercase() || c == '“' || c == '"');
        if ends {
            sentences.push(line[begin..=at].trim());
            begin = at + 1;
        }
    }
    sentences.push(line[begin..].trim());
    sentences
}

/// A sentence as it is kept: whole, or cut around the code.
pub(super) fn kept(sentence: &str, code: &str) -> String {
    let count = sentence.chars().count();
    if count <= MAX_SENTENCE_CHARS {
        return sentence.to_owned();
    }
    let at = sentence.find(code).unwrap_or_default();
    let before = sentence[..at].chars().count();
    let skipped = before
        .saturating_sub(MAX_SENTENCE_CHARS * 2 / 3)
        .min(count - MAX_SENTENCE_CHARS);
    let cut: String = sentence
        .chars()
        .skip(skipped)
        .take(MAX_SENTENCE_CHARS - 2)
        .collect();
    let begins = if skipped > 0 { "…" } else { "" };
    format!("{begins}{cut}…")
}
