//! The other side of the pipe: one component in, a word out, then the end.

use std::io::{self, Read, Write};

use dinh_confined::{Bounds, confine};

use crate::engine::{Allocator, Engine, EngineOptions};

/// The command by which a program compiles a component for its host.
pub const COMPILE_COMMAND: &str = "compile-plugin";

/// Most memory of a compilation, in bytes of address space: a large interpreter takes half.
pub(super) const MEMORY_BYTES_MAX: u64 = 2 << 30;
/// Most work, in seconds of a core: a Rust plugin takes one, a large interpreter ten.
pub(super) const CPU_SECONDS_MAX: u64 = 45;
/// What is said of a component that came through.
pub(super) const GOOD: &str = "compiled";
/// What stands before the compiler's reason.
pub(super) const REFUSED: &str = "refused:";

/// Compiles a component from standard input, within bounds that the process sets itself first and
/// cannot lift again.
///
/// # Errors
/// The system's words where the bounds cannot be set or the component cannot be read.
pub fn compile_here() -> Result<(), String> {
    compile().map_err(|error| error.to_string())
}

fn compile() -> io::Result<()> {
    let mut wasm = Vec::new();
    io::stdin().lock().read_to_end(&mut wasm)?;
    confine(Bounds {
        memory_bytes: MEMORY_BYTES_MAX,
        cpu_seconds: CPU_SECONDS_MAX,
    })?;
    // Code is only made, never placed: no pool, whose address space would pass the bounds.
    let engine = Engine::new(EngineOptions {
        concurrent_calls: 1,
        allocator: Allocator::OnDemand,
        ..EngineOptions::default()
    });
    let engine = engine.map_err(io::Error::other)?;
    let told = match engine.wasm().precompile_component(&wasm) {
        Ok(_) => GOOD.to_owned(),
        Err(error) => format!("{REFUSED} {error:#}"),
    };
    let mut out = io::stdout();
    out.write_all(told.as_bytes())?;
    out.flush()
}
