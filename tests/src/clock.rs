//! The time of a test: given in, and moved by the test alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_portal::Clock;

/// The day on which every test begins, at noon in Vietnam.
pub const DAY: &str = "2026-11-24";
/// Noon, in milliseconds since midnight.
const NOON_MS: i64 = 12 * 60 * 60 * 1000;

/// A clock that stands still until it is set.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// At noon of a day.
    pub fn at(day: &str) -> Self {
        Self(Arc::new(AtomicI64::new(noon(day))))
    }

    /// Moves it to noon of a day.
    pub fn set(&self, day: &str) {
        self.0.store(noon(day), Ordering::SeqCst);
    }

    /// Moves it to an instant.
    pub fn set_instant(&self, at: Instant) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves it on by milliseconds.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// For a portal.
    pub fn reading(&self) -> Clock {
        let own = self.0.clone();
        Arc::new(move || Instant(own.load(Ordering::SeqCst)))
    }
}

fn noon(day: &str) -> i64 {
    Zone::default().start_of(LocalDate::parse(day).unwrap()).0 + NOON_MS
}
