//! Who may try to sign in, after how many failures (TCVN 14423:2026: 5 failures, at least 12 hours).
//!
//! Whoever knows a name must not be able to keep its owner out. So failures count apart: those from
//! an address at which the account was signed in before count for that address alone, all others
//! for the account at unknown addresses and for the address that they came from.

use crate::dates::Instant;

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// Failures for an account that lock it: at a known address there, else at all unknown ones.
pub const ACCOUNT_FAILURES: i64 = 5;
/// Failures from one address for accounts that are not known there, existing or not.
pub const ADDRESS_FAILURES: i64 = 20;
/// How long a lock holds.
pub const LOCK_MS: i64 = 12 * HOUR_MS;
/// Failures longer ago do not count.
pub const FAILURES_FADE_MS: i64 = 12 * HOUR_MS;
/// How long an address stays known after the last time that the account was signed in there.
pub const KNOWN_PLACE_MS: i64 = 45 * 24 * HOUR_MS;

/// Failures since the last success.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub failures: i64,
    /// When the last was.
    pub failed_at: Option<Instant>,
    /// Until when nobody may try.
    pub locked_until: Option<Instant>,
}

impl Tally {
    /// Whether nobody may try now.
    pub fn is_locked(&self, now: Instant) -> bool {
        self.locked_until.is_some_and(|until| until > now)
    }

    /// With one more failure; `most` of them lock. A try while it is locked changes nothing, so that
    /// the lock ends when it was to end.
    #[must_use]
    pub fn failed(self, most: i64, now: Instant) -> Self {
        if self.is_locked(now) {
            return self;
        }
        let counts = |at: Instant| now.0.saturating_sub(at.0) < FAILURES_FADE_MS;
        let fresh = self.locked_until.is_none() && self.failed_at.is_some_and(counts);
        let failures = if fresh { self.failures + 1 } else { 1 };
        Self {
            failures,
            failed_at: Some(now),
            locked_until: (failures >= most).then_some(Instant(now.0.saturating_add(LOCK_MS))),
        }
    }
}

/// What counts for somebody who tries to sign in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempt {
    /// When the account was last signed in at this address, with its failures there since.
    pub place: Option<(Instant, Tally)>,
    /// Failures for the account at unknown addresses.
    pub account: Tally,
    /// Failures from this address for accounts unknown there.
    pub address: Tally,
}

impl Attempt {
    /// Whether the account was signed in at this address not long ago.
    pub fn is_known(&self, now: Instant) -> bool {
        let recent = |at: Instant| now.0.saturating_sub(at.0) < KNOWN_PLACE_MS;
        self.place.is_some_and(|(at, _)| recent(at))
    }

    /// Whether the right password is refused too.
    pub fn is_locked(&self, now: Instant) -> bool {
        match self.place {
            Some((_, tally)) if self.is_known(now) => tally.is_locked(now),
            _ => self.account.is_locked(now) || self.address.is_locked(now),
        }
    }

    /// After one more failure.
    #[must_use]
    pub fn failed(self, now: Instant) -> Self {
        match self.place {
            Some((at, tally)) if self.is_known(now) => Self {
                place: Some((at, tally.failed(ACCOUNT_FAILURES, now))),
                ..self
            },
            _ => Self {
                account: self.account.failed(ACCOUNT_FAILURES, now),
                address: self.address.failed(ADDRESS_FAILURES, now),
                ..self
            },
        }
    }
}
