//! What a password must be (TCVN 14423:2026, from level 2; NĐ 331/2026).

use unicode_normalization::UnicodeNormalization;

/// Fewest characters of a password that stands alone; it also needs all four classes.
pub const LONG_PASSWORD: usize = 14;
/// Fewest characters of a password beside a second factor.
pub const SHORT_PASSWORD: usize = 8;
/// Most bytes of a password: a hash takes all of them, and nobody types more.
pub const MAX_PASSWORD_BYTES: usize = 1_024;
/// How many former passwords may not come back, the present one among them.
pub const FORMER_PASSWORDS: usize = 10;
/// How long an administrator's password holds: two months.
pub const ADMINISTRATOR_PASSWORD_AGE_MS: i64 = 60 * 24 * 60 * 60 * 1_000;

/// Fewest different characters: `aaaaaaaa` is no password.
const FEWEST_DIFFERENT: usize = 5;

/// What is wrong with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PasswordFault {
    /// Fewer characters than it needs.
    TooShort {
        /// As many.
        fewest: usize,
    },
    /// More than [`MAX_PASSWORD_BYTES`].
    TooLong,
    /// Small and capital letters, digits and other signs: one is missing.
    Classes,
    /// Nearly the same character again and again.
    Monotonous,
    /// It holds the name to sign in with.
    HoldsName,
    /// It was used before.
    Former,
}

/// A password as it is hashed: keyboards write one letter with its tone mark in several ways
/// (NIST SP 800-63B, section 5.1.1.2).
pub fn composed_password(password: &str) -> String {
    password.nfkc().collect()
}

/// What is wrong with a new password, all at once; whether it was used before shows only by its
/// hashes.
pub fn password_faults(password: &str, name: &str, has_second_factor: bool) -> Vec<PasswordFault> {
    let fewest = if has_second_factor {
        SHORT_PASSWORD
    } else {
        LONG_PASSWORD
    };
    let mut faults = Vec::new();
    if password.chars().count() < fewest {
        faults.push(PasswordFault::TooShort { fewest });
    }
    if password.len() > MAX_PASSWORD_BYTES {
        faults.push(PasswordFault::TooLong);
    }
    if !has_second_factor && classes(password) < 4 {
        faults.push(PasswordFault::Classes);
    }
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    if different.len() < FEWEST_DIFFERENT {
        faults.push(PasswordFault::Monotonous);
    }
    if password.to_lowercase().contains(name) {
        faults.push(PasswordFault::HoldsName);
    }
    faults
}

/// How many of: small letters, capital letters, digits, everything else.
fn classes(password: &str) -> usize {
    let other = |it: char| !it.is_lowercase() && !it.is_uppercase() && !it.is_numeric();
    [
        password.contains(char::is_lowercase),
        password.contains(char::is_uppercase),
        password.contains(char::is_numeric),
        password.contains(other),
    ]
    .into_iter()
    .filter(|has| *has)
    .count()
}
