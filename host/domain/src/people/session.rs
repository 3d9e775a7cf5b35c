//! How long somebody stays signed in (TCVN 14423:2026).

use crate::dates::Instant;

const MINUTE_MS: i64 = 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A business application lets go of whoever does nothing for 15 minutes.
pub const STAFF_IDLE_MS: i64 = 15 * MINUTE_MS;
/// An administrator after 5 minutes.
pub const ADMINISTRATOR_IDLE_MS: i64 = 5 * MINUTE_MS;
/// Nobody stays signed in longer, however busy: a working day with its evening.
pub const SESSION_MS: i64 = DAY_MS / 2;
/// How often it is written down that somebody is still there.
pub const SEEN_EVERY_MS: i64 = MINUTE_MS;
/// An account that nobody has used for so long is disabled.
pub const IDLE_ACCOUNT_MS: i64 = 45 * DAY_MS;
/// How long an invitation holds: over a weekend and a journey.
pub const INVITATION_MS: i64 = 7 * DAY_MS;

/// When a session ends unless something is done before. What is done is written down once in
/// [`SEEN_EVERY_MS`], so that somebody may stay that much shorter, never longer.
pub fn session_ends(seen: Instant, expires: Instant, is_administrator: bool) -> Instant {
    let idle = if is_administrator {
        ADMINISTRATOR_IDLE_MS
    } else {
        STAFF_IDLE_MS
    };
    Instant((seen.0.saturating_add(idle)).min(expires.0))
}
