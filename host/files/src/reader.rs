//! Reading the text of files that strangers made: in a short-lived process of its own, bounded in
//! time, memory and output, so that a file that breaks the reader breaks nothing else.

mod child;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use dinh_domain::file_text::TextState;
use dinh_domain::vietnamese::nfc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use crate::text::TEXT_BYTES_MAX;
pub use child::{READ_COMMAND, read_here};

/// Files read at once: half of a small machine's cores, the others serve readers.
const AT_ONCE: usize = 2;
/// Longest reading of one file by the clock on the wall. It works at most
/// [`child::CPU_SECONDS_MAX`]; the rest is for a machine that has others to serve.
const DEADLINE: Duration = Duration::from_secs(30);
/// Most that is kept of what a reader complains of, in bytes.
const COMPLAINT_BYTES_MAX: u64 = 4 * 1024;

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadText {
    /// What came of it.
    pub state: TextState,
    /// Words and line breaks, composed (NFC). There may be some in any state: what was read before
    /// the reading ended.
    pub text: String,
}

/// A file could not be read for no fault of its own; it is worth another try.
#[derive(Debug, thiserror::Error)]
pub enum ReaderFailure {
    /// The process does not start.
    #[error("the reader of files, {program}, does not start: {cause}")]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The process ended well and did not say what it read.
    #[error("the reader of files, {program}, gave no answer")]
    NoAnswer {
        /// The program.
        program: PathBuf,
    },
}

/// Reads files in processes of a program. Cheap to clone; the clones share the places.
#[derive(Debug, Clone)]
pub struct Reader {
    program: Arc<Path>,
    places: Arc<Semaphore>,
    deadline: Duration,
}

impl Reader {
    /// By a program that calls [`read_here`] for the command [`READ_COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into().into(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            deadline: DEADLINE,
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

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Reads the text of a file. Waits for a place; after that it takes at most half a minute.
    pub async fn read(&self, bytes: &[u8]) -> Result<ReadText, ReaderFailure> {
        // The semaphore is never closed; without it there is one place less.
        let _place = self.places.acquire().await.ok();
        let mut child = self.start()?;
        let given = child.stdin.take();
        let (told, complained) = (child.stdout.take(), child.stderr.take());
        let give = async {
            if let Some(mut to) = given {
                // A reader that has seen enough closes its end.
                let _seen_enough = to.write_all(bytes).await;
            }
        };
        let all = async {
            let told = take(told, TEXT_BYTES_MAX as u64 + child::END_BYTES_MAX);
            let complained = take(complained, COMPLAINT_BYTES_MAX);
            tokio::join!(give, told, complained)
        };
        let ended = tokio::time::timeout(self.deadline, async {
            let ((), told, complained) = all.await;
            (told, complained, child.wait().await)
        });
        match ended.await {
            Ok((told, complained, Ok(status))) => self.answer(&told, &complained, status),
            Ok((_, _, Err(cause))) => Err(self.does_not_start(cause)),
            Err(_) => {
                self.end(&mut child).await;
                tracing::warn!(bytes = bytes.len(), "a file took too long to read");
                Ok(ReadText {
                    state: TextState::TooLarge,
                    text: String::new(),
                })
            }
        }
    }

    fn start(&self) -> Result<Child, ReaderFailure> {
        Command::new(&*self.program)
            .arg(READ_COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|cause| self.does_not_start(cause))
    }

    async fn end(&self, child: &mut Child) {
        if let Err(error) = child.kill().await {
            tracing::error!(%error, "a reader of files cannot be ended");
        }
    }

    fn does_not_start(&self, cause: std::io::Error) -> ReaderFailure {
        ReaderFailure::Start {
            program: self.program.to_path_buf(),
            cause,
        }
    }

    fn answer(
        &self,
        told: &[u8],
        complained: &[u8],
        status: ExitStatus,
    ) -> Result<ReadText, ReaderFailure> {
        let (text, state) = match child::state_at_end(told) {
            Some((text, state)) => (text, state),
            None if status.success() => {
                return Err(ReaderFailure::NoAnswer {
                    program: self.program.to_path_buf(),
                });
            }
            None => {
                let said = String::from_utf8_lossy(complained);
                let said = said.trim();
                tracing::info!(%status, said, "a file ended its reader");
                (told, child::state_of_end(status, said))
            }
        };
        let text = nfc(&String::from_utf8_lossy(text));
        Ok(ReadText { state, text })
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
