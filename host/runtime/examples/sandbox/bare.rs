//! The engine alone: the same component, instantiated and called without a limit, a check or a count
//! of ours.

use std::time::Instant;

use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::Failed;
use glue::WithPagesPre;
use glue::exports::dinh::module::pages::Request;

#[allow(
    unsafe_code,
    unreachable_pub,
    clippy::all,
    clippy::too_many_lines,
    reason = "the generated glue of the canonical ABI"
)]
mod glue {
    wasmtime::component::bindgen!({
        path: "../../sdk/wit",
        world: "dinh:module/with-pages",
        exports: { default: async },
    });
}

/// What the pool keeps mapped, as the host has it.
const KEEP_RESIDENT_BYTES: usize = 512 << 10;

/// A component, ready to be instantiated.
pub(crate) struct Bare {
    engine: Engine,
    pages: WithPagesPre<Wasi>,
}

struct Wasi {
    context: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Wasi {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.context,
            table: &mut self.table,
        }
    }
}

fn engine() -> Result<Engine, Failed> {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(64)
        .total_core_instances(256)
        .total_memories(64)
        .total_tables(192)
        .total_stacks(64)
        .linear_memory_keep_resident(KEEP_RESIDENT_BYTES);
    let mut config = Config::new();
    config
        .concurrency_support(false)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config).map_err(|error| error.to_string().into())
}

impl Bare {
    pub(crate) fn new(wasm: &[u8]) -> Result<Self, Failed> {
        let engine = engine()?;
        let made = || {
            let component = Component::from_binary(&engine, wasm)?;
            let mut linker = Linker::new(&engine);
            wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
            WithPagesPre::new(linker.instantiate_pre(&component)?)
        };
        let pages = made().map_err(|error: wasmtime::Error| error.to_string())?;
        Ok(Self { engine, pages })
    }

    pub(crate) async fn call(&self) -> Result<(), Failed> {
        let state = Wasi {
            context: WasiCtx::builder().build(),
            table: ResourceTable::new(),
        };
        let mut store = Store::new(&self.engine, state);
        let request = Request {
            route: String::new(),
            params: Vec::new(),
            query: Vec::new(),
            locale: String::new(),
            site: "site".into(),
            viewer: None,
        };
        let answered = async {
            let instance = self.pages.instantiate_async(&mut store).await?;
            let guest = instance.dinh_module_pages();
            guest.call_page(&mut store, &request).await
        };
        let answered: wasmtime::Result<_> = answered.await;
        answered.map_err(|error| error.to_string())??;
        Ok(())
    }
}

/// The shortest time in which what was compiled before is ready again.
pub(crate) fn cached_load_ms(wasm: &[u8], times: usize) -> Result<f64, Failed> {
    let engine = engine()?;
    let compiled = Component::from_binary(&engine, wasm).and_then(|it| it.serialize());
    let compiled = compiled.map_err(|error| error.to_string())?;
    let mut shortest_ms = f64::INFINITY;
    for _ in 0..times {
        let began = Instant::now();
        #[expect(unsafe_code, reason = "bytes that this engine has made a moment ago")]
        // SAFETY: nothing else than `serialize` of the same engine has touched them.
        let loaded = unsafe { Component::deserialize(&engine, &compiled) };
        loaded.map_err(|error| error.to_string())?;
        shortest_ms = shortest_ms.min(began.elapsed().as_secs_f64() * 1e3);
    }
    Ok(shortest_ms)
}
