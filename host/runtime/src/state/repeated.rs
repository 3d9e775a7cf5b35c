//! Calls that tell the same in every run: for vendors' tests.

use std::time::Duration;

use wasmtime::Store;
use wasmtime_wasi::random::Deterministic;
use wasmtime_wasi::{HostWallClock, WasiCtxBuilder};

use super::CallState;

/// More than a call can burn within any budget of time.
const FUEL: u64 = u64::MAX;
/// What the random numbers of every call begin with.
const SEED: u8 = 0x5d;

/// Gives a call the random numbers and the clock of every other.
pub(super) fn set(wasi: &mut WasiCtxBuilder, now_ms: u64) {
    // An odd step visits all bytes before one comes again.
    let bytes: Vec<u8> = (0..=u8::MAX).map(|at| at.wrapping_mul(SEED)).collect();
    wasi.secure_random(Deterministic::new(bytes.clone()))
        .insecure_random(Deterministic::new(bytes))
        .insecure_random_seed(u128::from(SEED))
        .wall_clock(Stopped(Duration::from_millis(now_ms)));
}

/// Fills the tank of a call whose operations are counted.
pub(super) fn fill(store: &mut Store<CallState>) {
    let filled = store.set_fuel(FUEL);
    debug_assert!(filled.is_ok(), "an engine that counts takes fuel");
}

/// Operations of the guest so far; none where they are not counted.
pub(crate) fn burnt(store: &Store<CallState>) -> Option<u64> {
    store.get_fuel().ok().map(|left| FUEL - left)
}

/// The host's instant of the call, as WASI tells it.
struct Stopped(Duration);

impl HostWallClock for Stopped {
    fn resolution(&self) -> Duration {
        Duration::from_millis(1)
    }

    fn now(&self) -> Duration {
        self.0
    }
}
