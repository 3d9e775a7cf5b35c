//! What became of a number: how much more or less it is than another, and in percent.

use super::{Cell, Mark};

/// From one number to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The later less the former, with the decimals of the table.
    pub difference: i64,
    /// The same in tenths of a percent of the former, rounded away from zero; none from nothing, from less than
    /// nothing, or where it is too much to be said.
    pub tenths: Option<i64>,
    /// Both numbers are official, or the less certain of the two marks.
    pub mark: Mark,
}

impl Change {
    /// Between two cells; none where one of them has no number.
    pub fn between(former: Cell, later: Cell) -> Option<Self> {
        let (from, to) = (former.scaled?, later.scaled?);
        let difference = to.checked_sub(from)?;
        let tenths = (from > 0).then(|| tenths(difference, from)).flatten();
        Some(Self {
            difference,
            tenths,
            mark: former.mark.max(later.mark),
        })
    }
}

fn tenths(difference: i64, from: i64) -> Option<i64> {
    let (whole, from) = (i128::from(difference) * 1_000, i128::from(from));
    let half = from / 2 * whole.signum();
    i64::try_from((whole + half) / from).ok()
}

#[cfg(test)]
mod tests;
