//! Whether something has words.

use html5ever::tokenizer::Tag as Element;

use super::super::{Run, runs};
use crate::template::Tag;

/// The attribute's value in pieces; none where the element has no such attribute.
pub(super) fn value_of<'t, 'r>(
    element: &'r Element,
    name: &str,
    tags: &[&'t Tag],
) -> Option<Vec<Run<'t, 'r>>> {
    let mut attributes = element.attrs.iter();
    let found = attributes.find(|it| &*it.name.local == name)?;
    runs(&found.value, tags)
}

/// The element is named by an attribute.
pub(super) fn is_said(element: &Element, tags: &[&Tag]) -> bool {
    ["aria-label", "aria-labelledby", "title"]
        .iter()
        .any(|name| value_of(element, name, tags).is_some_and(|value| !value.is_empty()))
}

/// Two letters beside each other outside of a character reference; a single one is a sign.
pub(super) fn has_words(text: &str) -> bool {
    let mut rest = text;
    let mut letters = 0;
    while let Some(letter) = rest.chars().next() {
        if letter == '&'
            && let Some(end) = rest.find(';').filter(|end| !rest[..*end].contains(' '))
        {
            rest = &rest[end + 1..];
            letters = 0;
            continue;
        }
        letters = if letter.is_alphabetic() {
            letters + 1
        } else {
            0
        };
        if letters == 2 {
            return true;
        }
        rest = &rest[letter.len_utf8()..];
    }
    false
}
