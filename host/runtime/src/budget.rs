//! What one call may use.

/// The limits of one call; [`Budget::PAGE`] and its sisters are the starting figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Time the guest itself computes, in steps of the engine's 10 ms tick.
    pub cpu_ms: u64,
    /// Time on the wall, host calls and waiting for a core included.
    pub wall_ms: u64,
    /// Linear memory of the instance. The pool's slots hold [`Budget::MAX_MEMORY_BYTES`].
    pub memory_bytes: usize,
    /// Questions about content, values and settings; log lines have a limit of their own, the clock
    /// is free.
    pub host_calls: u32,
    /// Requests to other systems.
    pub fetches: u32,
    /// Time on the wall for these, in addition to `wall_ms` and only while one is under way.
    pub fetch_ms: u64,
}

impl Budget {
    /// A computed page: a reader waits for it.
    pub const PAGE: Self = Self {
        cpu_ms: 50,
        wall_ms: 1_000,
        memory_bytes: Self::MAX_MEMORY_BYTES,
        host_calls: 32,
        fetches: 4,
        fetch_ms: 2_000,
    };

    /// A validate hook: it runs for every row of an import.
    pub const VALIDATE: Self = Self {
        cpu_ms: 20,
        wall_ms: 300,
        memory_bytes: Self::MAX_MEMORY_BYTES,
        host_calls: 8,
        fetches: 0,
        fetch_ms: 0,
    };

    /// A form's sending: a reader waits for it, and it comes rarely.
    pub const SUBMIT: Self = Self {
        cpu_ms: 100,
        wall_ms: 3_000,
        memory_bytes: Self::MAX_MEMORY_BYTES,
        host_calls: 64,
        fetches: 4,
        fetch_ms: 5_000,
    };

    /// A delivery of another system, which waits for it: as a form's sending.
    pub const RECEIVE: Self = Self::SUBMIT;

    /// One step of a job: nobody waits for it, and its neighbours do not notice it.
    pub const JOB: Self = Self {
        cpu_ms: 2_000,
        wall_ms: 30_000,
        memory_bytes: Self::MAX_MEMORY_BYTES,
        host_calls: 1_000,
        fetches: 16,
        fetch_ms: 30_000,
    };

    /// What a slot of the pool can hold, so no call can be given more: 64 MiB.
    pub const MAX_MEMORY_BYTES: usize = 64 << 20;
}
