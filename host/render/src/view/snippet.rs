use std::ops::Range;

use serde::Serialize;

/// A text in which some parts are marked, shown with `<mark>`; escaping is the template's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Snippet(Vec<SnippetPart>);

/// A run of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SnippetPart {
    /// The text.
    pub text: String,
    /// Found by the search.
    pub marked: bool,
}

impl Snippet {
    /// A text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::from_parts([(text.into(), false)])
    }

    /// Runs of text in order, each with whether it is marked.
    pub fn from_parts(parts: impl IntoIterator<Item = (String, bool)>) -> Self {
        let parts = parts
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, marked)| SnippetPart { text, marked });
        Self(parts.collect())
    }

    /// `text` with these byte ranges marked; ranges that are out of order, overlap, or do not fall on
    /// characters are left out.
    pub fn from_ranges(text: &str, ranges: &[Range<usize>]) -> Self {
        let mut parts = Vec::new();
        let mut at = 0;
        for range in ranges {
            let (Some(before), Some(marked)) = (text.get(at..range.start), text.get(range.clone()))
            else {
                continue;
            };
            parts.push((before.to_owned(), false));
            parts.push((marked.to_owned(), true));
            at = range.end;
        }
        parts.push((text[at..].to_owned(), false));
        Self::from_parts(parts)
    }

    /// The runs, in order.
    pub fn parts(&self) -> &[SnippetPart] {
        &self.0
    }
}
