//! How far an import is, on its way to whoever waits for it.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use dinh_portal::ImportCount;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// Between two changes of the line on a terminal.
const ON_TERMINAL: Duration = Duration::from_millis(200);
/// Between two events for a program.
const FOR_PROGRAM: Duration = Duration::from_secs(1);
/// Between two lines in a log.
const IN_LOG: Duration = Duration::from_secs(5);

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
    /// What became of them.
    pub count: ImportCount,
    /// Bytes of the file taken, as it lies on the disk.
    pub bytes_read: u64,
    /// Its size.
    pub bytes_total: u64,
    /// Since the beginning.
    pub seconds: f64,
}

impl Progress {
    /// Rows a second, on the whole.
    pub fn rate(&self) -> f64 {
        self.rows as f64 / self.seconds.max(0.001)
    }

    /// Seconds to go, if the rest of the file is like what was read; none before anything was.
    pub fn remaining(&self) -> Option<f64> {
        if self.bytes_read == 0 {
            return None;
        }
        let rest = self.bytes_total.saturating_sub(self.bytes_read) as f64;
        Some(self.seconds * rest / self.bytes_read as f64)
    }

    fn percent(&self) -> u64 {
        (self.bytes_read.min(self.bytes_total) * 100) / self.bytes_total.max(1)
    }

    fn words(&self) -> String {
        let left = match self.remaining() {
            Some(seconds) => format!("about {} to go", span(seconds)),
            None => "just begun".to_owned(),
        };
        let rejected = match self.count.rejected {
            0 => String::new(),
            count => format!(", {count} rejected"),
        };
        format!(
            "{} rows ({} %), {:.0} a second, {left}{rejected}",
            self.rows,
            self.percent(),
            self.rate(),
        )
    }

    fn event(&self) -> serde_json::Value {
        serde_json::json!({
            "event": "progress",
            "rows": self.rows,
            "created": self.count.created,
            "updated": self.count.updated,
            "unchanged": self.count.unchanged,
            "rejected": self.count.rejected,
            "bytes_read": self.bytes_read,
            "bytes_total": self.bytes_total,
            "rows_per_second": self.rate().round(),
            "seconds": (self.seconds * 10.0).round() / 10.0,
            "remaining_seconds": self.remaining().map(f64::round),
        })
    }
}

/// A time as people say it: `40 s`, `12 min`, `2 h 5 min`.
pub(super) fn span(seconds: f64) -> String {
    // A file of any size is read in less than centuries, and a float that is none counts as 0.
    let seconds = seconds.round().clamp(0.0, 1e9) as u64;
    match seconds {
        0..=99 => format!("{seconds} s"),
        100..=5_999 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

/// Who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person at a terminal: one line that changes.
    Terminal,
    /// A log: a line now and then.
    Log,
    /// A program: one JSON object a line.
    Program,
}

/// Tells progress on standard error.
pub(crate) struct Teller {
    reader: Reader,
    last: Option<Instant>,
    is_line_open: bool,
}

impl Teller {
    /// For a program if JSON was asked for, else for whoever reads standard error.
    pub(crate) fn new(json: bool) -> Self {
        let reader = match json {
            true => Reader::Program,
            false if std::io::stderr().is_terminal() => Reader::Terminal,
            false => Reader::Log,
        };
        Self {
            reader,
            last: None,
            is_line_open: false,
        }
    }

    /// Tells it, unless the last telling was a moment ago. The terminal may be gone: the import
    /// goes on.
    pub(crate) fn tell(&mut self, progress: &Progress) {
        let pause = match self.reader {
            Reader::Terminal => ON_TERMINAL,
            Reader::Log => IN_LOG,
            Reader::Program => FOR_PROGRAM,
        };
        if self.last.is_some_and(|last| last.elapsed() < pause) {
            return;
        }
        self.last = Some(Instant::now());
        self.is_line_open = self.reader == Reader::Terminal;
        let mut out = std::io::stderr().lock();
        let _told = out
            .write_all(line(self.reader, progress).as_bytes())
            .and_then(|()| out.flush());
    }

    /// Leaves a clean line for what is said next.
    pub(crate) fn end(&mut self) {
        if std::mem::take(&mut self.is_line_open) {
            let _told = std::io::stderr().write_all(b"\r\x1b[K");
        }
    }
}

fn line(reader: Reader, progress: &Progress) -> String {
    match reader {
        Reader::Terminal => format!("\r{}\x1b[K", progress.words()),
        Reader::Log => format!("{}\n", progress.words()),
        Reader::Program => format!("{}\n", progress.event()),
    }
}
