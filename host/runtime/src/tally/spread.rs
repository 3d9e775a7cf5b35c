//! How long calls took, in steps: a few counters hold what a list of all times would.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the steps in microseconds, six to a decade from 10 µs to 10 s; the last step is
/// everything beyond.
const BOUNDS_US: [u64; 37] = [
    10, 15, 20, 30, 50, 70, //
    100, 150, 200, 300, 500, 700, //
    1_000, 1_500, 2_000, 3_000, 5_000, 7_000, //
    10_000, 15_000, 20_000, 30_000, 50_000, 70_000, //
    100_000, 150_000, 200_000, 300_000, 500_000, 700_000, //
    1_000_000, 1_500_000, 2_000_000, 3_000_000, 5_000_000, 7_000_000, //
    10_000_000,
];

#[derive(Debug)]
pub(super) struct Times {
    counts: [AtomicU64; BOUNDS_US.len() + 1],
    sum_us: AtomicU64,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            counts: [const { AtomicU64::new(0) }; BOUNDS_US.len() + 1],
            sum_us: AtomicU64::new(0),
        }
    }
}

impl Times {
    pub(super) fn add(&self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let step = BOUNDS_US.partition_point(|bound| *bound < us);
        if let Some(count) = self.counts.get(step) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_us.fetch_add(us, Ordering::Relaxed);
    }

    pub(super) fn spread(&self) -> Spread {
        let counts = self.counts.iter().map(|it| it.load(Ordering::Relaxed));
        Spread {
            counts: counts.collect(),
            sum_us: self.sum_us.load(Ordering::Relaxed),
        }
    }
}

/// How many calls took how long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    counts: Vec<u64>,
    sum_us: u64,
}

impl Spread {
    /// How many calls there were.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// What all of them took together, in seconds.
    pub fn sum_s(&self) -> f64 {
        self.sum_us as f64 / 1e6
    }

    /// Upper bounds in microseconds, each with the number of calls that took no longer.
    pub fn cumulative(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let mut so_far = 0;
        BOUNDS_US
            .iter()
            .zip(&self.counts)
            .map(move |(bound, count)| {
                so_far += count;
                (*bound, so_far)
            })
    }

    /// The time that this part of the calls (0 to 1) did not exceed, in milliseconds, estimated
    /// within its step; none before the first call.
    pub fn quantile_ms(&self, part: f64) -> Option<f64> {
        let all = self.count();
        if all == 0 {
            return None;
        }
        let wanted = part * all as f64;
        let (mut lower_us, mut below) = (0_u64, 0_u64);
        for (upper_us, so_far) in self.cumulative() {
            if so_far as f64 >= wanted && so_far > below {
                let within = (wanted - below as f64) / (so_far - below) as f64;
                let step_us = (upper_us - lower_us) as f64;
                return Some((lower_us as f64 + step_us * within.clamp(0.0, 1.0)) / 1e3);
            }
            (lower_us, below) = (upper_us, so_far);
        }
        Some(lower_us as f64 / 1e3)
    }
}
