//! The linker of one plugin: what it was granted, and inert pieces a language runtime needs.

use wasmtime::component::{Component, HasData, HasSelf, InstancePre, Linker, ResourceTable};
use wasmtime_wasi::WasiView;
use wasmtime_wasi::cli::{WasiCli, WasiCliView};
use wasmtime_wasi::p2::bindings::{cli, io, random};
use wasmtime_wasi::random::WasiRandom;

use crate::bindings::imports::dinh::content::{read, table, write};
use crate::bindings::imports::dinh::host::{clock, fetch, jobs, kv, log, settings};
use crate::state::CallState;
use crate::{Capability, Engine, RuntimeError};

/// Linked for every plugin because Rust's standard library imports them: no arguments, no
/// environment, closed standard streams but standard error, a seed for hash maps. No file
/// system, no sockets, no clock; they are not merely denied, they are absent.
const INERT: [&str; 15] = [
    "wasi:cli/environment",
    "wasi:cli/exit",
    "wasi:cli/stdin",
    "wasi:cli/stdout",
    "wasi:cli/stderr",
    "wasi:cli/terminal-input",
    "wasi:cli/terminal-output",
    "wasi:cli/terminal-stdin",
    "wasi:cli/terminal-stdout",
    "wasi:cli/terminal-stderr",
    "wasi:io/error",
    "wasi:io/poll",
    "wasi:io/streams",
    "wasi:random/insecure-seed",
    "wasi:random/random",
];

pub(super) fn is_inert(interface: &str) -> bool {
    INERT.contains(&interface)
}

pub(super) fn link(
    engine: &Engine,
    id: &str,
    component: &Component,
    capabilities: &[Capability],
) -> Result<InstancePre<CallState>, RuntimeError> {
    let mut linker = Linker::new(engine.wasm());
    let link = |linker: &mut Linker<CallState>| {
        add_inert(linker)?;
        for capability in capabilities {
            add(linker, *capability)?;
        }
        linker.instantiate_pre(component)
    };
    link(&mut linker).map_err(|error| RuntimeError::Mismatch {
        plugin: id.to_owned(),
        cause: format!("{error:#}"),
    })
}

fn add(linker: &mut Linker<CallState>, capability: Capability) -> wasmtime::Result<()> {
    match capability {
        Capability::ContentRead => {
            read::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state)?;
            table::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state)
        }
        Capability::ContentWrite => {
            write::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state)
        }
        Capability::Log => log::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state),
        Capability::Clock => clock::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state),
        Capability::Kv => kv::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state),
        Capability::Settings => {
            settings::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state)
        }
        Capability::Fetch => fetch::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state),
        Capability::Jobs => jobs::add_to_linker::<_, HasSelf<CallState>>(linker, |state| state),
        // An export: there is nothing to give to the guest.
        Capability::Forms | Capability::Webhooks => Ok(()),
    }
}

struct Table;

impl HasData for Table {
    type Data<'a> = &'a mut ResourceTable;
}

fn add_inert(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    cli::environment::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::exit::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::stdin::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::stdout::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::stderr::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::terminal_input::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::terminal_output::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::terminal_stdin::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::terminal_stdout::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    cli::terminal_stderr::add_to_linker::<_, WasiCli>(linker, CallState::cli)?;
    io::error::add_to_linker::<_, Table>(linker, |state| state.ctx().table)?;
    io::poll::add_to_linker::<_, Table>(linker, |state| state.ctx().table)?;
    io::streams::add_to_linker::<_, Table>(linker, |state| state.ctx().table)?;
    random::insecure_seed::add_to_linker::<_, WasiRandom>(linker, |state| {
        state.ctx().ctx.random()
    })?;
    random::random::add_to_linker::<_, WasiRandom>(linker, |state| state.ctx().ctx.random())
}
