//! Two texts compared in words, for whoever reads what is different: at the desk and in public.

mod parts;
mod tables;

use std::time::{Duration, Instant};

use similar::{ChangeTag, TextDiff};

pub(crate) use parts::{Part, compare_parts};
pub use parts::{PartChange, PartChanges};
pub(crate) use tables::compare_tables;

/// Longest comparison of one field, or of a text in parts; beyond it the difference is coarser, not wrong.
const COMPARE_TIME: Duration = Duration::from_millis(300);
/// Texts up to this long are compared by words, longer ones by lines.
const WORDWISE_CHARS: usize = 40_000;
/// Words that did not change are shown this far around what did.
const AROUND_CHARS: usize = 160;

/// Words of a field of which two texts have been compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Both have them; long ones are cut in the middle.
    Same(String),
    /// Only the former one.
    Gone(String),
    /// Only the later one.
    New(String),
}

/// Fields that differ, in the order of the later text, then those that it has no more.
pub(crate) fn compare(
    former: &[(String, String)],
    later: &[(String, String)],
) -> Vec<(String, Vec<Words>)> {
    let of = |text: &[(String, String)], label: &String| {
        let found = text.iter().find(|(known, _)| known == label);
        found.map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let gone = former
        .iter()
        .filter(|(label, _)| later.iter().all(|(it, _)| it != label));
    let labels = later.iter().chain(gone).map(|(label, _)| label);
    let pairs = labels.map(|label| (label, of(former, label), of(later, label)));
    let differing = pairs.filter(|(_, former, later)| former != later);
    differing
        .map(|(label, former, later)| (label.clone(), words(&former, &later)))
        .collect()
}

pub(crate) fn words(former: &str, later: &str) -> Vec<Words> {
    words_until(former, later, Instant::now() + COMPARE_TIME)
}

/// Beyond the instant it is coarser, not wrong.
fn words_until(former: &str, later: &str, until: Instant) -> Vec<Words> {
    let mut config = TextDiff::configure();
    config.deadline(until);
    let diff = match former.len().max(later.len()) > WORDWISE_CHARS {
        true => config.diff_lines(former, later),
        false => config.diff_words(former, later),
    };
    let mut parts: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match parts.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => parts.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = parts.len().saturating_sub(1);
    let told = parts
        .into_iter()
        .enumerate()
        .map(|(at, (tag, text))| match tag {
            ChangeTag::Equal => Words::Same(shortened(&text, at > 0, at < last)),
            ChangeTag::Delete => Words::Gone(text),
            ChangeTag::Insert => Words::New(text),
        });
    told.collect()
}

/// What did not change, without its middle where it is long; what is before it or behind it did.
fn shortened(text: &str, is_behind: bool, is_before: bool) -> String {
    let count = text.chars().count();
    if count <= 2 * AROUND_CHARS + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(AROUND_CHARS).collect();
    let tail: String = text.chars().skip(count - AROUND_CHARS).collect();
    match (is_behind, is_before) {
        (true, true) => format!("{head} […] {tail}"),
        (true, false) => format!("{head} […]"),
        _ => format!("[…] {tail}"),
    }
}

#[cfg(test)]
mod tests;
