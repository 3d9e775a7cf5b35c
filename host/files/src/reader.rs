//! Reading the text of files that strangers made: in a short-lived process of its own, bounded in
//! time, memory and output, so that a file that breaks the reader breaks nothing else.

mod child;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use dinh_confined::{Confined, Ended, Patience};
use dinh_domain::file_text::TextState;
use dinh_domain::vietnamese::nfc;
use tokio::sync::Semaphore;

use crate::grid::{self, Grid, NoGrid};
use crate::text::TEXT_BYTES_MAX;
pub use child::{READ_CELLS_COMMAND, READ_COMMAND, read_cells_here, read_here};

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
    by: Confined,
    places: Arc<Semaphore>,
    deadline: Duration,
}

impl Reader {
    /// By a program that calls [`read_here`] for the command [`READ_COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self::by(Confined::new(program))
    }

    /// By the program that asks, even when its file has been replaced meanwhile.
    pub fn of_this_program() -> Self {
        Self::by(Confined::of_this_program())
    }

    fn by(by: Confined) -> Self {
        Self {
            by,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            deadline: DEADLINE,
        }
    }

    /// The program.
    pub fn program(&self) -> &Path {
        self.by.program()
    }

    /// Reads the text of a file. Waits for a place; after that it takes at most half a minute.
    pub async fn read(&self, bytes: &[u8]) -> Result<ReadText, ReaderFailure> {
        let most = TEXT_BYTES_MAX as u64 + child::END_BYTES_MAX;
        match self.run(READ_COMMAND, bytes, most).await? {
            Some(ended) => self.answer(&ended),
            None => {
                tracing::warn!(bytes = bytes.len(), "a file took too long to read");
                Ok(ReadText {
                    state: TextState::TooLarge,
                    text: String::new(),
                })
            }
        }
    }

    /// Reads the cells of a spreadsheet. Waits for a place; after that it takes at most half a minute.
    pub async fn read_cells(&self, bytes: &[u8]) -> Result<Result<Grid, NoGrid>, ReaderFailure> {
        let ended = self
            .run(READ_CELLS_COMMAND, bytes, grid::WIRE_BYTES_MAX)
            .await?;
        let Some(ended) = ended else {
            tracing::warn!(bytes = bytes.len(), "a spreadsheet took too long to read");
            return Ok(Err(NoGrid::TooLarge));
        };
        // A large one is many values to make of a text: no work for a thread that serves others.
        let told = ended.told;
        let read = tokio::task::spawn_blocking(move || grid::read(&told)).await;
        match read.ok().flatten() {
            Some(read) => Ok(read),
            None if ended.status.success() => Err(ReaderFailure::NoAnswer {
                program: self.program().to_path_buf(),
            }),
            None => {
                let (status, said) = (ended.status, ended.complaint.as_str());
                tracing::info!(%status, said, "a spreadsheet ended its reader");
                Ok(Err(child::no_cells_of_end(status, said)))
            }
        }
    }

    /// Runs a command on a file, when there is a place for it; none where it took too long.
    async fn run(
        &self,
        command: &str,
        bytes: &[u8],
        told_bytes_max: u64,
    ) -> Result<Option<Ended>, ReaderFailure> {
        // The semaphore is never closed; without it there is one place less.
        let _place = self.places.acquire().await.ok();
        let patience = Patience {
            deadline: self.deadline,
            told_bytes_max,
            complaint_bytes_max: COMPLAINT_BYTES_MAX,
        };
        let ended = self.by.run(command, bytes, patience).await;
        ended.map_err(|cause| ReaderFailure::Start {
            program: self.program().to_path_buf(),
            cause,
        })
    }

    fn answer(&self, ended: &Ended) -> Result<ReadText, ReaderFailure> {
        let (text, state) = match child::state_at_end(&ended.told) {
            Some((text, state)) => (text, state),
            None if ended.status.success() => {
                return Err(ReaderFailure::NoAnswer {
                    program: self.program().to_path_buf(),
                });
            }
            None => {
                let (status, said) = (ended.status, ended.complaint.as_str());
                tracing::info!(%status, said, "a file ended its reader");
                (ended.told.as_slice(), child::state_of_end(status, said))
            }
        };
        let text = nfc(&String::from_utf8_lossy(text));
        Ok(ReadText { state, text })
    }
}
