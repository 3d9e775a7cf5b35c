use unicode_normalization::UnicodeNormalization;

/// Longest name to sign in with, in characters.
pub const MAX_NAME_CHARS: usize = 64;

/// Why a text is no name to sign in with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no name to sign in with: use 2 to {MAX_NAME_CHARS} letters, digits, `.`, `-`, `_` and `@`"
)]
pub struct BadName {
    text: String,
}

/// The name as it is kept: composed, in lower case, without space around it. `Lan.Hoàng` and
/// `lan.hoàng` are one.
///
/// # Errors
/// [`BadName`] for what is too short, too long, or holds other characters.
pub fn sign_in_name(text: &str) -> Result<String, BadName> {
    let folded: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    let fits = (2..=MAX_NAME_CHARS).contains(&folded.chars().count())
        && folded
            .chars()
            .all(|it| it.is_alphanumeric() || ".-_@".contains(it));
    if fits {
        Ok(folded)
    } else {
        let text = text.chars().take(MAX_NAME_CHARS).collect();
        Err(BadName { text })
    }
}
