//! Exact decimals: scaled whole numbers inside, texts outside.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Most digits behind the decimal mark.
pub const MAX_DECIMALS: u8 = 9;
/// Largest amount of a scaled number: fifteen digits, which a program that reads JSON numbers as
/// floating point still has exactly.
pub const MAX_SCALED: i64 = 999_999_999_999_999;

/// What stands between the whole and its parts in numbers that were typed as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DecimalMark {
    /// `1.234,5`, as in Vietnamese.
    Comma,
    /// `1,234.5`, as in English.
    Point,
}

impl DecimalMark {
    /// The mark itself.
    pub fn as_char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Point => '.',
        }
    }

    fn is_group(self, c: char) -> bool {
        match self {
            Self::Comma => c == '.',
            Self::Point => c == ',',
        }
    }
}

/// A number as it was written: `value / 10^decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// Without its mark.
    pub scaled: i64,
    /// Digits behind the mark.
    pub decimals: u8,
}

impl Decimal {
    /// Reads a number as people type it: groups of three digits by the other mark or by spaces, a sign in front. None
    /// where it is no number, or has more digits than are kept exactly.
    pub fn parse(text: &str, mark: DecimalMark) -> Option<Self> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '\u{2212}', '\u{2013}']);
        let is_negative = unsigned.is_some();
        let text = unsigned.unwrap_or_else(|| text.strip_prefix('+').unwrap_or(text));
        let (whole, part) = match text.split_once(mark.as_char()) {
            Some((whole, part)) => (whole, part),
            None => (text, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
        if whole.is_empty() || !is_digits(part) || text.ends_with(mark.as_char()) {
            return None;
        }
        let whole = without_groups(whole, mark)?;
        let part = part.trim_end_matches('0');
        let decimals = u8::try_from(part.len()).ok()?;
        if decimals > MAX_DECIMALS {
            return None;
        }
        let digits: i64 = format!("{whole}{part}").parse().ok()?;
        (digits <= MAX_SCALED).then_some(Self {
            scaled: if is_negative { -digits } else { digits },
            decimals,
        })
    }

    /// The same with more digits behind the mark; none where it does not fit.
    pub fn at(self, decimals: u8) -> Option<i64> {
        let more = decimals.checked_sub(self.decimals)?;
        let scaled = self.scaled.checked_mul(10_i64.checked_pow(more.into())?)?;
        (scaled.abs() <= MAX_SCALED).then_some(scaled)
    }
}

/// A whole number without its groups, which have three digits each but for the first.
fn without_groups(whole: &str, mark: DecimalMark) -> Option<Cow<'_, str>> {
    if whole.bytes().all(|it| it.is_ascii_digit()) {
        return Some(Cow::Borrowed(whole));
    }
    let is_break = |c: char| mark.is_group(c) || matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let groups: Vec<&str> = whole.split(is_break).collect();
    let (first, others) = groups.split_first()?;
    let is_digits = |text: &&str| text.bytes().all(|it| it.is_ascii_digit());
    let is_right = (1..=3).contains(&first.len())
        && others.iter().all(|it| it.len() == 3)
        && groups.iter().all(is_digits);
    is_right.then(|| Cow::Owned(groups.concat()))
}

/// A scaled number with a decimal mark, and groups of three digits where a mark for them is given: `-1.234,50`.
pub fn written(scaled: i64, decimals: u8, mark: char, group: Option<char>) -> String {
    let digits = scaled.unsigned_abs().to_string();
    let decimals = usize::from(decimals);
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let mut text = String::with_capacity(digits.len() + 8);
    if scaled < 0 {
        text.push('-');
    }
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.extend(group);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push(mark);
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests;
