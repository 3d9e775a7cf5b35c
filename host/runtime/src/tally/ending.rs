//! The ways in which a call ends.

use crate::CallError;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// It answered.
    Answered,
    /// It said that it failed.
    Failed,
    /// It crashed.
    Trapped,
    /// It computed too long.
    CpuBudget,
    /// It took too long.
    WallClock,
    /// It wanted too much memory.
    Memory,
    /// It asked too often.
    HostCalls,
    /// Its answer was too large.
    TooLarge,
    /// Its answer broke the contract.
    Broken,
    /// Who asked went away.
    CutOff,
    /// There was no slot.
    Busy,
    /// It was parked and did not run.
    Parked,
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Answered,
        Self::Failed,
        Self::Trapped,
        Self::CpuBudget,
        Self::WallClock,
        Self::Memory,
        Self::HostCalls,
        Self::TooLarge,
        Self::Broken,
        Self::CutOff,
        Self::Busy,
        Self::Parked,
    ];

    /// The word for it in figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Trapped => "trapped",
            Self::CpuBudget => "cpu-budget",
            Self::WallClock => "wall-clock",
            Self::Memory => "memory",
            Self::HostCalls => "host-calls",
            Self::TooLarge => "too-large",
            Self::Broken => "broken",
            Self::CutOff => "cut-off",
            Self::Busy => "busy",
            Self::Parked => "parked",
        }
    }

    /// Whether the guest ran.
    pub const fn has_run(self) -> bool {
        !matches!(self, Self::Busy | Self::Parked)
    }

    /// Whether the plugin is to blame.
    pub const fn is_failure(self) -> bool {
        self.has_run() && !matches!(self, Self::Answered | Self::CutOff)
    }

    pub(crate) fn of<A>(answer: &Result<A, CallError>) -> Self {
        match answer {
            Ok(_) => Self::Answered,
            Err(CallError::Trap { .. } | CallError::NotExported(_)) => Self::Trapped,
            Err(CallError::CpuBudget { .. }) => Self::CpuBudget,
            Err(CallError::WallClock { .. }) => Self::WallClock,
            Err(CallError::Memory { .. }) => Self::Memory,
            Err(CallError::HostCallBudget { .. }) => Self::HostCalls,
            Err(CallError::ModelTooLarge { .. }) => Self::TooLarge,
            Err(CallError::Broken(_)) => Self::Broken,
            Err(CallError::Fault(_)) => Self::Failed,
            Err(CallError::Busy) => Self::Busy,
            Err(CallError::Parked { .. }) => Self::Parked,
        }
    }
}
