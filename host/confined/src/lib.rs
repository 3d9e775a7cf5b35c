//! Work that strangers' bytes could break: done by short-lived processes of a program's own, bounded
//! in time, memory and output, so that what breaks one of them breaks nothing else. Bytes go in by
//! standard input, the answer comes by standard output.

mod bounds;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

pub use bounds::{Bounds, confine, hit_a_limit};

/// The environment of such a process. The allocator reserves a gibibyte of address space at once
/// where nobody tells it less: that would be the whole of what a reader may take, before its first
/// byte.
const ENVIRONMENT: [(&str, &str); 1] = [("MIMALLOC_ARENA_RESERVE", "32M")];

/// A program that does such work. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Confined {
    program: Arc<Path>,
}

/// What one process may take and say.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Longest run by the clock on the wall.
    pub deadline: Duration,
    /// Most that is kept of its answer, in bytes.
    pub told_bytes_max: u64,
    /// Most that is kept of what it complains of, in bytes.
    pub complaint_bytes_max: u64,
}

/// What a process left.
#[derive(Debug)]
pub struct Ended {
    /// Its answer, as far as it was kept.
    pub told: Vec<u8>,
    /// What it complained of.
    pub complaint: String,
    /// How it ended.
    pub status: ExitStatus,
}

impl Confined {
    /// By a program that knows the commands which it is given.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into().into(),
        }
    }

    /// By the program that asks, even when its file has been replaced meanwhile.
    pub fn of_this_program() -> Self {
        let own = Path::new("/proc/self/exe");
        match std::env::current_exe() {
            Ok(named) if !own.exists() => Self::new(named),
            // Where neither is known, the start fails and names this one.
            _ => Self::new(own),
        }
    }

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Runs a command on bytes. None where it was not done by the deadline: it is ended then.
    ///
    /// # Errors
    /// What the system said where the process does not start.
    pub async fn run(
        &self,
        command: &str,
        bytes: &[u8],
        patience: Patience,
    ) -> io::Result<Option<Ended>> {
        let mut child = self.command(command).spawn()?;
        let given = child.stdin.take();
        let (told, complained) = (child.stdout.take(), child.stderr.take());
        let give = async {
            if let Some(mut to) = given {
                // One that has seen enough closes its end.
                let _seen_enough = to.write_all(bytes).await;
            }
        };
        let all = async {
            let told = take(told, patience.told_bytes_max);
            let complained = take(complained, patience.complaint_bytes_max);
            let ((), told, complained) = tokio::join!(give, told, complained);
            (told, complained, child.wait().await)
        };
        let Ok((told, complained, status)) = tokio::time::timeout(patience.deadline, all).await
        else {
            child.kill().await?;
            return Ok(None);
        };
        Ok(Some(Ended {
            told,
            complaint: String::from_utf8_lossy(&complained).trim().to_owned(),
            status: status?,
        }))
    }

    /// A process for a command, not started yet: with an environment of its own, at the root of the file system, gone
    /// with whoever waits for it.
    pub fn command(&self, command: &str) -> Command {
        let mut process = Command::new(&*self.program);
        process
            .arg(command)
            .env_clear()
            .envs(ENVIRONMENT)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        process
    }
}

/// What comes out of a pipe, up to a number of bytes; the rest is thrown away, so that its writer
/// does not wait for ever.
async fn take(pipe: Option<impl AsyncRead + Unpin>, most: u64) -> Vec<u8> {
    let mut taken = Vec::new();
    if let Some(mut pipe) = pipe {
        // A pipe that breaks has given what it had.
        let _broken = (&mut pipe).take(most).read_to_end(&mut taken).await;
        let _thrown_away = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
    }
    taken
}
