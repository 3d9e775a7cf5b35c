//! The log on standard error. The line of a request is part of answering it, so it costs no system
//! call: lines are gathered in memory and written by a thread of their own, what warns at once, the
//! rest a moment later.

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// Longest time that a line waits when nothing warns.
const GATHER: Duration = Duration::from_millis(100);
/// Bytes that are written without waiting for more.
const MANY_BYTES: usize = 64 * 1024;
/// Most bytes that wait when nobody takes them: a terminal that is stopped must stop no request.
/// Further lines are dropped, and counted.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Keeps the log going. What is gathered is written when it is dropped.
pub(crate) struct Log {
    lines: Arc<Lines>,
    writing: Option<JoinHandle<()>>,
}

/// Starts the log of the program.
pub(crate) fn start(filter: &str) -> Result<Log, String> {
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .map_err(|error| format!("log.filter: {error}"))?;
    let log = Log::to(io::stderr())?;
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(Writers(log.lines.clone()))
        .try_init();
    started.map_err(|error| error.to_string())?;
    Ok(log)
}

#[derive(Default)]
struct Lines {
    gathered: Mutex<Gathered>,
    /// Told when there is something to write now.
    now: Condvar,
}

#[derive(Default)]
struct Gathered {
    bytes: Vec<u8>,
    dropped_lines: u64,
    is_urgent: bool,
    is_over: bool,
}

impl Log {
    fn to(out: impl Write + Send + 'static) -> Result<Self, String> {
        let lines = Arc::new(Lines::default());
        let own = lines.clone();
        let writing = std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || own.write_to(out))
            .map_err(|error| format!("the log cannot be written: {error}"))?;
        Ok(Self {
            lines,
            writing: Some(writing),
        })
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.lines.gathered().is_over = true;
        self.lines.now.notify_one();
        if let Some(writing) = self.writing.take() {
            // A thread that panicked has nothing left to write.
            drop(writing.join());
        }
    }
}

impl Lines {
    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, line: &[u8], is_urgent: bool) {
        let mut gathered = self.gathered();
        if gathered.bytes.len() + line.len() > MAX_BYTES {
            gathered.dropped_lines += 1;
            return;
        }
        gathered.bytes.extend_from_slice(line);
        gathered.is_urgent |= is_urgent;
        if gathered.is_urgent || gathered.bytes.len() >= MANY_BYTES {
            self.now.notify_one();
        }
    }

    /// Until the log is over.
    fn write_to(&self, mut out: impl Write) {
        let mut bytes = Vec::new();
        loop {
            let is_over = self.next(&mut bytes);
            // Nobody is left to be told that the log itself cannot be written.
            let _ = out.write_all(&bytes).and_then(|()| out.flush());
            bytes.clear();
            if is_over {
                return;
            }
        }
    }

    /// Waits for lines and takes them; true when there will be no more.
    fn next(&self, bytes: &mut Vec<u8>) -> bool {
        let waits = |gathered: &mut Gathered| {
            !gathered.is_urgent && !gathered.is_over && gathered.bytes.len() < MANY_BYTES
        };
        let gathered = self.gathered();
        let (mut gathered, _) = self
            .now
            .wait_timeout_while(gathered, GATHER, waits)
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(bytes, &mut gathered.bytes);
        gathered.is_urgent = false;
        let dropped = std::mem::take(&mut gathered.dropped_lines);
        if dropped > 0 {
            let told = format!("{dropped} lines of the log were dropped: nobody took them\n");
            bytes.extend_from_slice(told.as_bytes());
        }
        gathered.is_over
    }
}

/// Makes the writer of each line.
struct Writers(Arc<Lines>);

/// A line under way.
pub(crate) struct Line {
    lines: Arc<Lines>,
    is_urgent: bool,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines.put(bytes, self.is_urgent);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Writers {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line {
            lines: self.0.clone(),
            is_urgent: true,
        }
    }

    fn make_writer_for(&'a self, of: &Metadata<'_>) -> Line {
        Line {
            lines: self.0.clone(),
            is_urgent: *of.level() <= Level::WARN,
        }
    }
}
