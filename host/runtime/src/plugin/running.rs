//! One call from its admission to its verdict.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use wasmtime::{PoolConcurrencyLimitError, Store, Trap, WasmBacktrace};

use crate::breaker::{BreakerKey, Export, Verdict};
use crate::engine::Slot;
use crate::state::{self, CallState, Credit, Stop};
use crate::tally::{Ending, Tally};
use crate::{Budget, Call, CallError, Engine};

/// A call that holds a slot. Dropped early when the client goes: first the store, then the slot.
pub(super) struct Running {
    pub(super) store: Store<CallState>,
    _slot: Slot,
    engine: Engine,
    key: BreakerKey,
    now_ms: u64,
    budget: Budget,
    counted: Counted,
}

/// Counts a call that nobody waited for to its end.
struct Counted {
    tally: Option<Arc<Tally>>,
    has_ended: bool,
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let (Some(tally), false) = (&self.tally, self.has_ended) {
            tally.count(Ending::CutOff);
        }
    }
}

/// What came of the guest, and how long it took.
pub(super) struct Ran<G> {
    /// None when time was up.
    answer: Option<wasmtime::Result<G>>,
    cpu: Duration,
    wall: Duration,
}

/// Runs the guest until its answer or the end of its time on the wall.
pub(super) async fn run<G>(
    (wall, credit): (Duration, Credit),
    guest: impl Future<Output = wasmtime::Result<G>>,
) -> Ran<G> {
    let (began, mut cpu) = (Instant::now(), Duration::ZERO);
    let mut guest = pin!(guest);
    // A task holds its core while it is polled, and at no other time.
    let on_a_core = poll_fn(|context| {
        let began = Instant::now();
        let polled = guest.as_mut().poll(context);
        cpu += began.elapsed();
        polled
    });
    let answer = tokio::select! {
        biased;
        answer = on_a_core => Some(answer),
        () = time_is_up(began + wall, &credit) => None,
    };
    Ran {
        answer,
        cpu,
        wall: began.elapsed(),
    }
}

/// How often the end of a call's time is looked at.
const LOOK_EACH: Duration = Duration::from_millis(100);

/// Ends when the time on the wall is over, with what requests to other systems add to it.
async fn time_is_up(end: Instant, credit: &Credit) {
    loop {
        let until = end + Duration::from_millis(credit.load(Ordering::Relaxed));
        if Instant::now() >= until {
            return;
        }
        // A request that ends early makes the end come earlier.
        let look = until.min(Instant::now() + LOOK_EACH);
        tokio::time::sleep_until(look.into()).await;
    }
}

impl Running {
    /// Asks the breaker, waits for a slot, makes the store. `tally` is none where nobody watches.
    pub(super) async fn start(
        engine: &Engine,
        plugin: &Arc<str>,
        mut call: Call,
        export: Export,
        tally: Option<Arc<Tally>>,
    ) -> Result<Self, CallError> {
        call.budget.memory_bytes = call.budget.memory_bytes.min(Budget::MAX_MEMORY_BYTES);
        let key = BreakerKey {
            site: call.site.clone(),
            plugin: plugin.to_string(),
            export,
        };
        let slot = match Self::admit(engine, &key, call.now_ms, tally.is_some()).await {
            Ok(slot) => slot,
            Err(error) => {
                if let Some(tally) = &tally {
                    tally.count(Ending::of::<()>(&Err(error.clone())));
                }
                return Err(error);
            }
        };
        Ok(Self {
            now_ms: call.now_ms,
            budget: call.budget,
            store: CallState::store(engine, plugin, call),
            _slot: slot,
            engine: engine.clone(),
            key,
            counted: Counted {
                tally,
                has_ended: false,
            },
        })
    }

    async fn admit(
        engine: &Engine,
        key: &BreakerKey,
        now_ms: u64,
        is_watched: bool,
    ) -> Result<Slot, CallError> {
        let slot = engine.slot(&key.plugin).await?;
        if is_watched {
            let admitted = engine.breaker().admit(key, now_ms);
            admitted.map_err(|until_ms| CallError::Parked { until_ms })?;
        }
        Ok(slot)
    }

    pub(super) fn wall(&self) -> (Duration, Credit) {
        let wall = Duration::from_millis(self.budget.wall_ms);
        (wall, self.store.data().credit())
    }

    /// Tells the breaker and the figures how it went, and gives the checked answer.
    pub(super) fn end<G, A>(
        mut self,
        ran: Ran<G>,
        check: impl FnOnce(G) -> Result<A, CallError>,
    ) -> Result<A, CallError> {
        let answer = match ran.answer {
            Some(Ok(answer)) => check(answer),
            Some(Err(error)) => Err(self.why(&error)),
            None => Err(CallError::WallClock {
                limit_ms: self.budget.wall_ms,
            }),
        };
        let answer = answer.map_err(|error| self.store.data().secrets().out_of(error));
        self.counted.has_ended = true;
        if let Some(tally) = &self.counted.tally {
            tally.count(Ending::of(&answer));
            tally.time(ran.cpu, ran.wall);
            // Where nothing is counted, asking makes an error, with all that it takes.
            if self.engine.is_repeatable() {
                tally.burnt(state::burnt(&self.store).unwrap_or(0));
            }
            let is_elsewhere = matches!(
                &answer,
                Err(CallError::Fault(_) | CallError::WallClock { .. })
            ) && self.store.data().failed_elsewhere();
            if let Some(verdict) = verdict(&answer).filter(|_| !is_elsewhere) {
                if let (Verdict::Trap(_), Err(error)) = (&verdict, &answer) {
                    tally.trapped(self.now_ms, &self.key.site, error);
                }
                self.engine
                    .breaker()
                    .record(&self.key, self.now_ms, verdict);
            }
        }
        if let Err(error) = &answer {
            self.tell(error);
        }
        answer
    }

    /// As fields of text, which the log quotes: what a plugin says never looks like another line.
    fn tell(&self, error: &CallError) {
        let reason = error.to_string();
        tracing::warn!(
            site = self.key.site,
            plugin = self.key.plugin,
            export = %self.key.export,
            reason,
            "a plugin's call failed"
        );
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
