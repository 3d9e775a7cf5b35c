//! Compiling a stranger's component for the first time: in a short-lived process of its own, bounded
//! in time and memory, so that one that breaks the compiler breaks nothing else. What came through
//! is compiled by the host itself, as it will be at every start.

mod child;

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

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
    program: Arc<Path>,
}

impl Compiler {
    /// By a program that calls [`compile_here`] for the command [`COMPILE_COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into().into(),
        }
    }

    /// By the program that asks, even when its file has been replaced meanwhile.
    pub fn of_this_program() -> Self {
        let own = Path::new("/proc/self/exe");
        if own.exists() {
            Self::new(own)
        } else {
            Self::new(std::env::current_exe().unwrap_or_default())
        }
    }

    /// Whether a component compiles within the bounds.
    ///
    /// # Errors
    /// [`CompilerFailure`]; this process is unharmed by every one of them.
    pub async fn try_out(&self, id: &str, wasm: &[u8]) -> Result<(), CompilerFailure> {
        look_at(id, wasm)?;
        let mut child = self.start()?;
        let given = child.stdin.take();
        let (told, complained) = (child.stdout.take(), child.stderr.take());
        let work = async {
            if let Some(mut to) = given {
                // A compiler that has ended closes its end.
                let _ended = to.write_all(wasm).await;
            }
            let told = said(told).await;
            (told, said(complained).await, child.wait().await)
        };
        match tokio::time::timeout(DEADLINE, work).await {
            Ok((told, complained, Ok(status))) => verdict(id, status, told, &complained),
            Ok((_, _, Err(cause))) => Err(self.does_not_start(cause)),
            // Dropping the process ends it.
            Err(_) => Err(CompilerFailure::Limits),
        }
    }

    fn start(&self) -> Result<Child, CompilerFailure> {
        Command::new(&*self.program)
            .arg(COMPILE_COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|cause| self.does_not_start(cause))
    }

    fn does_not_start(&self, cause: std::io::Error) -> CompilerFailure {
        CompilerFailure::Start {
            program: self.program.to_path_buf(),
            cause,
        }
    }
}

async fn said(pipe: Option<impl tokio::io::AsyncRead + Unpin>) -> String {
    let mut taken = Vec::new();
    if let Some(mut pipe) = pipe {
        // A pipe that breaks has given what it had.
        let _broken = (&mut pipe)
            .take(SAID_BYTES_MAX)
            .read_to_end(&mut taken)
            .await;
        let _thrown_away = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
    }
    String::from_utf8_lossy(&taken).trim().to_owned()
}

fn verdict(
    id: &str,
    status: ExitStatus,
    told: String,
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
    if child::hit_a_limit(status, complained) {
        return Err(CompilerFailure::Limits);
    }
    Err(CompilerFailure::Broke(format!("{status} {complained}")))
}
