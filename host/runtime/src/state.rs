//! What one call has: its limits, its host, and the inert pieces a language runtime asks for.

use std::sync::Arc;

use wasmtime::Store;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::{Call, Engine, HostCalls};
use limits::Limits;
use meter::Meter;
pub(crate) use meter::{Credit, Stop};
pub(crate) use repeated::burnt;
pub(crate) use secrets::Secrets;
use stderr::Stderr;

mod answers;
mod drafts;
mod fetched;
mod hosted;
mod jobs;
mod kept;
mod limits;
mod meter;
mod repeated;
mod secrets;
mod stderr;
mod tables;

/// What the host copies out of the guest for one host call or one answer; 128 MiB by default.
const HOSTCALL_FUEL_BYTES: usize = 2 << 20;
/// Random bytes of one WASI call; 64 MiB by default.
const RANDOM_BYTES: u64 = 64 << 10;
/// Handles of resources that a guest holds: a Rust guest has three streams.
const HANDLES: usize = 1_000;

/// The data of one call's store.
pub(crate) struct CallState {
    wasi: WasiCtx,
    table: ResourceTable,
    stderr: Stderr,
    plugin: Arc<str>,
    site: String,
    host: Arc<dyn HostCalls>,
    now_ms: u64,
    today: String,
    limits: Limits,
    meter: Meter,
    secrets: Secrets,
    /// A request to another system had no answer: what comes of it says nothing about the plugin.
    failed_elsewhere: bool,
}

impl CallState {
    /// A store with every limit of the call set; dropped after it, whatever happened.
    pub(crate) fn store(engine: &Engine, plugin: &Arc<str>, call: Call) -> Store<Self> {
        let stderr = Stderr::default();
        let mut wasi = WasiCtx::builder();
        wasi.stderr(stderr.clone())
            .allow_tcp(false)
            .allow_udp(false)
            .max_random_size(RANDOM_BYTES);
        if engine.is_repeatable() {
            repeated::set(&mut wasi, call.now_ms);
        }
        let mut table = ResourceTable::new();
        table.set_max_capacity(HANDLES);
        let state = Self {
            wasi: wasi.build(),
            table,
            stderr,
            plugin: plugin.clone(),
            site: call.site,
            host: call.host,
            now_ms: call.now_ms,
            today: call.today,
            limits: Limits::new(call.budget.memory_bytes),
            meter: Meter::new(call.budget),
            secrets: Secrets::default(),
            failed_elsewhere: false,
        };
        let mut store = Store::new(engine.wasm(), state);
        store.limiter(|state| &mut state.limits);
        store.set_hostcall_fuel(HOSTCALL_FUEL_BYTES);
        store.set_max_component_handles(HANDLES);
        if engine.is_repeatable() {
            repeated::fill(&mut store);
        }
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut store| Ok(store.data_mut().meter.tick()));
        store
    }

    /// The limit that the guest ran into, if one stopped it.
    pub(crate) fn stopped_by(&self) -> Option<Stop> {
        let memory = self.limits.memory_was_refused().then_some(Stop::Memory);
        self.meter.stop().or(memory)
    }

    /// What requests to other systems add to the time on the wall.
    pub(crate) fn credit(&self) -> Credit {
        self.meter.credit()
    }

    /// Whether a request to another system had no answer.
    pub(crate) fn failed_elsewhere(&self) -> bool {
        self.failed_elsewhere
    }

    /// The secrets that the guest was given.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The last of what the guest wrote to standard error.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.text()
    }
}

impl WasiView for CallState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

#[cfg(test)]
mod tests;
