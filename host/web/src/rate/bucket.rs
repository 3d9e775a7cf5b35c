//! What one caller may still ask for. Rates are in requests a second, instants in milliseconds.

/// A caller that was silent may ask for this many seconds' worth at once: pages of a whole office
/// behind one address come in bursts.
pub(super) const BURST_SECONDS: u32 = 10;
/// A token in the unit that buckets count in.
const TOKEN: u64 = 1_000;

/// A bucket of tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    /// In thousandths of a token.
    left: u64,
    /// When that was so.
    at: u64,
}

impl Bucket {
    /// That of a caller who was silent.
    pub(super) fn full(per_second: u64, at: u64) -> Self {
        let left = most(per_second);
        Self { left, at }
    }

    /// Whether it says nothing that a missing one does not.
    pub(super) fn is_full(self, per_second: u64, now: u64) -> bool {
        self.left(per_second, now) >= most(per_second)
    }

    /// Takes a token; without one says how many seconds it takes to get one.
    pub(super) fn take(&mut self, per_second: u64, now: u64) -> Result<(), u32> {
        let left = self.left(per_second, now);
        let Some(left) = left.checked_sub(TOKEN) else {
            let wait_ms = (TOKEN - left).div_ceil(per_second);
            return Err(u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(1).max(1));
        };
        *self = Self { left, at: now };
        Ok(())
    }

    fn left(self, per_second: u64, now: u64) -> u64 {
        // Thousandths a millisecond are tokens a second.
        let gained = now.saturating_sub(self.at).saturating_mul(per_second);
        self.left.saturating_add(gained).min(most(per_second))
    }
}

fn most(per_second: u64) -> u64 {
    per_second * u64::from(BURST_SECONDS) * TOKEN
}
