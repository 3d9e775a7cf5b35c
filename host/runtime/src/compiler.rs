//! Compiling a stranger's component for the first time: in a short-lived process of its own, bounded
//! in time and memory, so that one that breaks the compiler breaks nothing else. What came through
//! is compiled by the host itself, as it will be at every start.

mod child;

use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

use dinh_confined::{Confined, Patience, hit_a_limit};

use crate::RuntimeError;
use crate::plugin::look_at;
pub use child::{COMPILE_COMMAND, compile_here};

/// Longest compilation by the clock on the wall: its CPU time, and patience for a busy machine.
const DEADLINE: Duration = Duration::from_secs(90);
/// Most that is kept of what the process says, in bytes.
const SAID_BYTES_MAX: u64 = 8 * 1024;

/// Why a component did not come through.
#[derive(Debug, thiserror::Error)]
pub enum CompilerFailure {
    /// The compiler refused it.
    #[error(transparent)]
    Refused(#[from] RuntimeError),
    /// It needs more than a compilation may.
    #[error(
        "compiling it takes more than {} s of CPU, {} MiB of memory or {} s: a plugin's code is simpler",
        child::CPU_SECONDS_MAX, child::MEMORY_BYTES_MAX >> 20, DEADLINE.as_secs()
    )]
    Limits,
    /// It broke the compiler.
    #[error("it broke the compiler: {0}")]
    Broke(String),
    /// The process did not start: no fault of the component.
    #[error("the compiler, {program}, does not start: {cause}")]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// Compiles components in processes of a program. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Compiler {
    by: Confined,
}

impl Compiler {
    /// By a program that calls [`compile_here`] for the command [`COMPILE_COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            by: Confined::new(program),
        }
    }

    /// By the program that asks, even when its file has been replaced meanwhile.
    pub fn of_this_program() -> Self {
        Self {
            by: Confined::of_this_program(),
        }
    }

    /// Whether a component compiles within the bounds.
    ///
    /// # Errors
    /// [`CompilerFailure`]; this process is unharmed by every one of them.
    pub async fn try_out(&self, id: &str, wasm: &[u8]) -> Result<(), CompilerFailure> {
        look_at(id, wasm)?;
        let patience = Patience {
            deadline: DEADLINE,
            told_bytes_max: SAID_BYTES_MAX,
            complaint_bytes_max: SAID_BYTES_MAX,
        };
        let ended = self.by.run(COMPILE_COMMAND, wasm, patience).await;
        let ended = ended.map_err(|cause| CompilerFailure::Start {
            program: self.by.program().to_path_buf(),
            cause,
        })?;
        let ended = ended.ok_or(CompilerFailure::Limits)?;
        let told = String::from_utf8_lossy(&ended.told);
        verdict(id, ended.status, told.trim(), &ended.complaint)
    }
}

fn verdict(
    id: &str,
    status: ExitStatus,
    told: &str,
    complained: &str,
) -> Result<(), CompilerFailure> {
    if told == child::GOOD && status.success() {
        return Ok(());
    }
    if let Some(cause) = told.strip_prefix(child::REFUSED) {
        return Err(CompilerFailure::Refused(RuntimeError::NotAComponent {
            plugin: id.to_owned(),
            cause: cause.trim().to_owned(),
        }));
    }
    if hit_a_limit(status, complained) {
        return Err(CompilerFailure::Limits);
    }
    Err(CompilerFailure::Broke(format!("{status} {complained}")))
}
