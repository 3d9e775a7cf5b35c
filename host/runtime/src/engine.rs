//! One engine a process: the compiler, the pool of instances, its slots and its clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub(crate) use config::{CORE_INSTANCES_PER_COMPONENT, TABLE_ELEMENTS, TABLES_PER_COMPONENT};
pub(crate) use slots::Slot;
use slots::Slots;
pub(crate) use ticker::TICK;

use wasmtime::component::Component;

use crate::tally::{Ledger, Tally};
use crate::{
    Breaker, CallError, CallFigures, CodeCache, CodeFigures, CodeSource, Export, RuntimeError,
};

mod config;
mod slots;
mod ticker;

/// A small server's plugin calls at the same time.
const CONCURRENT_CALLS: u32 = 64;

/// How the engine is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineOptions {
    /// Plugin calls at the same time, at least 1; each reserves address space.
    pub concurrent_calls: u32,
    /// The best allocator to try; smaller ones follow when the machine does not allow it.
    pub allocator: Allocator,
    /// Whether calls are counted and failing exports kept from being called.
    pub oversight: Oversight,
    /// For vendors' tests: the guest's operations are counted, and every call draws the same random
    /// numbers, so that two runs tell the same. Compiled code is slower.
    pub repeatable: bool,
}

/// Who looks after calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oversight {
    /// The breaker and the figures.
    Full,
    /// Nobody: for measuring what the others cost.
    None,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            concurrent_calls: CONCURRENT_CALLS,
            allocator: Allocator::Pooling,
            oversight: Oversight::Full,
            repeatable: false,
        }
    }
}

/// Where instances live, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allocator {
    /// A pool whose slots reserve 4 GiB of address space each: bounds checks cost nothing.
    Pooling,
    /// A pool whose slots reserve what a plugin may use: for a host with little address space.
    PoolingSmall,
    /// No pool, each call maps its own memory: slower, and for a host that allows neither.
    OnDemand,
}

impl Allocator {
    /// The word for it in lists and figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pooling => "pooling",
            Self::PoolingSmall => "pooling-small",
            Self::OnDemand => "on-demand",
        }
    }
}

/// What an operator sees of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// What the probe at the start found to work.
    pub allocator: Allocator,
    /// Calls that may run at the same time.
    pub slots: u32,
    /// Calls that run now.
    pub in_use: u32,
    /// Calls that had to wait for a slot since the start.
    pub waited: u64,
    /// Calls that got none within 50 ms.
    pub refused: u64,
}

/// Compiles and runs plugins; a cheap handle.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    wasm: wasmtime::Engine,
    allocator: Allocator,
    slots: Slots,
    breaker: Breaker,
    ledger: Ledger,
    oversight: Oversight,
    repeatable: bool,
    code: Code,
}

/// Where compiled code is kept, and how often it was at hand.
struct Code {
    cache: Option<CodeCache>,
    from_cache: AtomicU64,
    compiled: AtomicU64,
}

impl Engine {
    /// Probes which allocator this machine allows, loudly when it is not the best one.
    ///
    /// # Errors
    /// [`RuntimeError::Engine`] when not even the smallest engine can be made.
    pub fn new(options: EngineOptions) -> Result<Self, RuntimeError> {
        Self::keeping(options, None)
    }

    /// The same with a folder where compiled code is kept.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn keeping(options: EngineOptions, cache: Option<CodeCache>) -> Result<Self, RuntimeError> {
        let concurrent_calls = options.concurrent_calls.max(1);
        let (wasm, allocator) = probe(&options, concurrent_calls, cache.as_ref())?;
        ticker::start(&wasm).map_err(|error| RuntimeError::Engine(error.to_string()))?;
        Ok(Self {
            inner: Arc::new(Inner {
                wasm,
                allocator,
                slots: Slots::new(concurrent_calls),
                breaker: Breaker::default(),
                ledger: Ledger::default(),
                oversight: options.oversight,
                repeatable: options.repeatable,
                code: Code {
                    cache,
                    from_cache: AtomicU64::new(0),
                    compiled: AtomicU64::new(0),
                },
            }),
        })
    }

    /// Whether operations are counted and random numbers repeat.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.inner.repeatable
    }

    /// The allocator in use and how full it is.
    pub fn health(&self) -> Health {
        let slots = &self.inner.slots;
        Health {
            allocator: self.inner.allocator,
            slots: slots.total(),
            in_use: slots.in_use(),
            waited: slots.waited(),
            refused: slots.refused(),
        }
    }

    /// How often compiled code was at hand.
    pub fn code(&self) -> CodeFigures {
        let code = &self.inner.code;
        CodeFigures {
            from_cache: code.from_cache.load(Relaxed),
            compiled: code.compiled.load(Relaxed),
            thrown_away: code.cache.as_ref().map_or(0, CodeCache::thrown_away),
        }
    }

    /// Whether compiled code is kept between starts.
    pub fn keeps_code(&self) -> bool {
        self.inner.code.cache.is_some()
    }

    /// Which exports are called and which are not.
    pub fn breaker(&self) -> &Breaker {
        &self.inner.breaker
    }

    /// What the calls of every loaded export came to, by plugin and export.
    pub fn figures(&self) -> Vec<CallFigures> {
        self.inner.ledger.list()
    }

    pub(crate) fn tally(&self, plugin: &str, export: Export) -> Option<Arc<Tally>> {
        match self.inner.oversight {
            Oversight::Full => Some(self.inner.ledger.of(plugin, export)),
            Oversight::None => None,
        }
    }

    /// Compiles a component, or takes what was kept of it.
    pub(crate) fn component(&self, wasm: &[u8]) -> wasmtime::Result<(Component, CodeSource)> {
        let (code, engine) = (&self.inner.code, &self.inner.wasm);
        let make = || Component::from_binary(engine, wasm);
        let made = match &code.cache {
            Some(cache) => cache.around(engine, wasm, make),
            None => make().map(|component| (component, CodeSource::Compiled)),
        };
        if let Ok((_, source)) = &made {
            let counted = match source {
                CodeSource::Cache => &code.from_cache,
                CodeSource::Compiled => &code.compiled,
            };
            counted.fetch_add(1, Relaxed);
        }
        made
    }

    pub(crate) fn wasm(&self) -> &wasmtime::Engine {
        &self.inner.wasm
    }

    pub(crate) async fn slot(&self, plugin: &str) -> Result<Slot, CallError> {
        self.inner.slots.take(plugin).await.ok_or(CallError::Busy)
    }
}

fn probe(
    options: &EngineOptions,
    concurrent_calls: u32,
    cache: Option<&CodeCache>,
) -> Result<(wasmtime::Engine, Allocator), RuntimeError> {
    let mut last = String::new();
    let allocators = [
        Allocator::Pooling,
        Allocator::PoolingSmall,
        Allocator::OnDemand,
    ];
    for allocator in allocators
        .into_iter()
        .filter(|one| *one >= options.allocator)
    {
        let mut config = config::config(allocator, concurrent_calls, cache);
        config.consume_fuel(options.repeatable);
        match wasmtime::Engine::new(&config) {
            Ok(engine) => return Ok((engine, allocator)),
            Err(error) => {
                last = format!("{error:#}");
                tracing::warn!(
                    ?allocator,
                    concurrent_calls,
                    cause = last,
                    "the sandbox cannot use this allocator; trying a smaller one. Fewer concurrent calls or more address space (ulimit -v, vm.overcommit_memory) would help"
                );
            }
        }
    }
    Err(RuntimeError::Engine(last))
}

#[cfg(test)]
mod tests;
