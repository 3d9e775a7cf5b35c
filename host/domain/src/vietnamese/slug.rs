//! The last part of an address.

use super::normal::fold;

/// The slug of a text that leaves nothing (mục: item).
pub const EMPTY_SLUG: &str = "muc";

/// Words of a–z and 0–9 joined by single hyphens, cut behind a whole word where `max_chars` ends;
/// a first word longer than that is cut itself. [`EMPTY_SLUG`] if nothing is left.
pub fn slugify(text: &str, max_chars: usize) -> String {
    let folded = fold(text);
    let mut words = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let Some(first) = words
        .next()
        .and_then(|word| word.get(..word.len().min(max_chars)))
    else {
        return EMPTY_SLUG.to_owned();
    };
    if first.is_empty() {
        return EMPTY_SLUG.to_owned();
    }
    let mut slug = first.to_owned();
    for word in words {
        if slug.len() + 1 + word.len() > max_chars {
            break;
        }
        slug.push('-');
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests;
