//! One call from its admission to its verdict.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::error::Elapsed;
use wasmtime::{PoolConcurrencyLimitError, Store, Trap, WasmBacktrace};

use crate::breaker::{BreakerKey, Export, Verdict};
use crate::engine::Slot;
use crate::state::{CallState, Stop};
use crate::{Budget, Call, CallError, Engine};

/// A call that holds a slot. Dropped early when the client goes: first the store, then the slot.
pub(super) struct Running {
    pub(super) store: Store<CallState>,
    _slot: Slot,
    engine: Engine,
    key: BreakerKey,
    now_ms: u64,
    budget: Budget,
}

impl Running {
    /// Asks the breaker, waits for a slot, makes the store.
    pub(super) async fn start(
        engine: &Engine,
        plugin: &Arc<str>,
        mut call: Call,
        export: Export,
    ) -> Result<Self, CallError> {
        call.budget.memory_bytes = call.budget.memory_bytes.min(Budget::MAX_MEMORY_BYTES);
        let key = BreakerKey {
            site: call.site.clone(),
            plugin: plugin.to_string(),
            export,
        };
        let slot = engine.slot(plugin).await?;
        let admitted = engine.breaker().admit(&key, call.now_ms);
        admitted.map_err(|until_ms| CallError::Parked { until_ms })?;
        Ok(Self {
            now_ms: call.now_ms,
            budget: call.budget,
            store: CallState::store(engine, plugin, call),
            _slot: slot,
            engine: engine.clone(),
            key,
        })
    }

    pub(super) fn wall(&self) -> Duration {
        Duration::from_millis(self.budget.wall_ms)
    }

    /// Tells the breaker how it went and gives the checked answer.
    pub(super) fn end<G, A>(
        self,
        answer: Result<wasmtime::Result<G>, Elapsed>,
        check: impl FnOnce(G) -> Result<A, CallError>,
    ) -> Result<A, CallError> {
        let answer = match answer {
            Ok(Ok(answer)) => check(answer),
            Ok(Err(error)) => Err(self.why(&error)),
            Err(_) => Err(CallError::WallClock {
                limit_ms: self.budget.wall_ms,
            }),
        };
        if let Some(verdict) = verdict(&answer) {
            self.engine
                .breaker()
                .record(&self.key, self.now_ms, verdict);
        }
        if let Err(error) = &answer {
            tracing::warn!(
                site = self.key.site,
                plugin = self.key.plugin,
                export = %self.key.export,
                %error,
                "a plugin's call failed"
            );
        }
        answer
    }

    fn why(&self, error: &wasmtime::Error) -> CallError {
        let state = self.store.data();
        match state.stopped_by() {
            Some(Stop::CpuBudget) => CallError::CpuBudget {
                limit_ms: self.budget.cpu_ms,
            },
            Some(Stop::HostCallBudget) => CallError::HostCallBudget {
                limit: self.budget.host_calls,
            },
            Some(Stop::Memory) => CallError::Memory {
                limit_bytes: self.budget.memory_bytes,
            },
            None if error.is::<PoolConcurrencyLimitError>() => CallError::Busy,
            None => CallError::Trap {
                message: match error.downcast_ref::<Trap>() {
                    Some(trap) => trap.to_string(),
                    None => error.root_cause().to_string(),
                },
                backtrace: match error.downcast_ref::<WasmBacktrace>() {
                    Some(backtrace) => backtrace.to_string(),
                    None => String::new(),
                },
                stderr: state.stderr(),
            },
        }
    }
}

/// None for what says nothing about the plugin.
fn verdict<A>(answer: &Result<A, CallError>) -> Option<Verdict> {
    let error = match answer {
        Ok(_) => return Some(Verdict::Success),
        Err(error) => error,
    };
    match error {
        CallError::Busy | CallError::Parked { .. } | CallError::NotExported(_) => None,
        CallError::Trap { .. } | CallError::CpuBudget { .. } | CallError::Memory { .. } => {
            Some(Verdict::Trap(error.to_string()))
        }
        // A slow store makes calls late too, so a late call weighs less than a trap.
        CallError::WallClock { .. }
        | CallError::HostCallBudget { .. }
        | CallError::ModelTooLarge { .. }
        | CallError::Broken(_)
        | CallError::Fault(_) => Some(Verdict::Failure(error.to_string())),
    }
}
