//! Lines of an import file: JSON Lines, plain, `.gz` or `.xz`, read one batch at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(test)]
mod tests;

/// Longest line, in bytes: the longest laws have 0.5 MB of text.
pub(super) const MAX_LINE_BYTES: u64 = 8 * 1024 * 1024;
/// Rows of one batch, which is written in one transaction: a killed import loses at most these.
pub(super) const ROWS_A_BATCH: usize = 100;
/// Bytes after which a batch ends earlier, so that memory stays flat whatever the rows are.
const BYTES_A_BATCH: u64 = 4 * 1024 * 1024;
/// A packed file that grows by more than this is no list of rows. Real ones grow tenfold, endless
/// repetition a thousandfold.
const MAX_GROWTH: u64 = 200;
/// Bytes that may come out of a packed file before its growth is looked at.
const FREE_BYTES: u64 = 64 * 1024 * 1024;
/// Memory that unpacking `.xz` may take, in bytes; the strongest usual setting takes 65 MiB.
const XZ_MEMORY_BYTES: u64 = 128 * 1024 * 1024;

/// An open import file.
pub(crate) struct Source {
    reader: Box<dyn BufRead + Send>,
    path: PathBuf,
    file: File,
    stamp: Stamp,
    taken: Arc<AtomicU64>,
    unpacked: u64,
    line: u64,
}

/// What tells that a file was written to.
#[derive(PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: (i64, i64),
}

/// One line that is not empty.
#[derive(Debug)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// What it holds, without the line's end; or why it is not read.
    pub(crate) text: Result<Vec<u8>, String>,
}

/// Some lines.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Empty at the end of the file.
    pub(crate) lines: Vec<Line>,
    /// Bytes of the file taken so far, as it lies on the disk.
    pub(crate) taken: u64,
}

impl Source {
    /// Opens a file; its name tells how it is packed.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let told = |error: io::Error| format!("{}: {error}", path.display());
        if !std::fs::metadata(path).map_err(told)?.is_file() {
            return Err(format!("{} is no file", path.display()));
        }
        let file = File::open(path).map_err(told)?;
        let stamp = Stamp::of(&file).map_err(told)?;
        let taken = Arc::new(AtomicU64::new(0));
        let counted = BufReader::new(Counted {
            file: file.try_clone().map_err(told)?,
            taken: taken.clone(),
        });
        let name = path.to_string_lossy().to_lowercase();
        let unpacked: Box<dyn Read + Send> = if name.ends_with(".gz") {
            Box::new(flate2::bufread::MultiGzDecoder::new(counted))
        } else if name.ends_with(".xz") {
            let flags = liblzma::stream::CONCATENATED;
            let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY_BYTES, flags);
            let stream = stream.map_err(|error| format!("{}: {error}", path.display()))?;
            Box::new(liblzma::bufread::XzDecoder::new_stream(counted, stream))
        } else {
            Box::new(counted)
        };
        Ok(Self {
            reader: Box::new(BufReader::new(unpacked)),
            path: path.to_owned(),
            file,
            stamp,
            taken,
            unpacked: 0,
            line: 0,
        })
    }

    /// Size of the file as it lies on the disk, in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.stamp.size
    }

    /// The next lines. What is read of a file that is written to meanwhile is not used.
    pub(crate) fn batch(&mut self) -> Result<Batch, String> {
        let read = self.lines();
        let now = Stamp::of(&self.file).map_err(|error| self.broken(&error))?;
        if now != self.stamp {
            return Err(format!(
                "{} was changed while it was read, after line {}: run the import again when the file is complete",
                self.path.display(),
                self.line
            ));
        }
        Ok(Batch {
            lines: read?,
            taken: self.taken.load(Ordering::Relaxed),
        })
    }

    fn lines(&mut self) -> Result<Vec<Line>, String> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while lines.len() < ROWS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(text) = self.next_line()? else {
                break;
            };
            let text = match text {
                Ok(text) => {
                    let start = if self.line == 1 { "\u{feff}" } else { "" };
                    let text = text.strip_prefix(start.as_bytes()).unwrap_or(&text);
                    let text = text.trim_ascii();
                    if text.is_empty() {
                        continue;
                    }
                    bytes += text.len() as u64;
                    Ok(text.to_vec())
                }
                Err(reason) => Err(reason),
            };
            let number = self.line;
            lines.push(Line { number, text });
        }
        Ok(lines)
    }

    /// A line with its end; one that is too long is passed over. None at the end.
    fn next_line(&mut self) -> Result<Option<Result<Vec<u8>, String>>, String> {
        let mut bytes = Vec::new();
        let mut limited = self.reader.by_ref().take(MAX_LINE_BYTES + 1);
        let read = limited.read_until(b'\n', &mut bytes);
        let count = read.map_err(|error| self.broken(&error))?;
        self.grown(count)?;
        if count == 0 {
            return Ok(None);
        }
        self.line += 1;
        if bytes.len() as u64 > MAX_LINE_BYTES {
            self.skip_line()?;
            return Ok(Some(Err(format!(
                "the line is longer than {MAX_LINE_BYTES} bytes"
            ))));
        }
        Ok(Some(Ok(bytes)))
    }

    fn skip_line(&mut self) -> Result<(), String> {
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) => return Err(self.broken(&error)),
            };
            if buffer.is_empty() {
                return Ok(());
            }
            let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            self.reader.consume(used);
            self.grown(used)?;
            if ended {
                return Ok(());
            }
        }
    }

    fn grown(&mut self, count: usize) -> Result<(), String> {
        self.unpacked += count as u64;
        let taken = self.taken.load(Ordering::Relaxed);
        if self.unpacked > FREE_BYTES && self.unpacked / MAX_GROWTH > taken {
            return Err(format!(
                "{} unpacks to more than {MAX_GROWTH} times its size (after line {}): that is no list of rows; unpack it and look",
                self.path.display(),
                self.line
            ));
        }
        Ok(())
    }

    fn broken(&self, error: &io::Error) -> String {
        let path = self.path.display();
        let line = self.line;
        format!("{path}: the file cannot be read after line {line}: {error}")
    }
}

impl Stamp {
    fn of(file: &File) -> io::Result<Self> {
        let about = file.metadata()?;
        Ok(Self {
            size: about.size(),
            modified: (about.mtime(), about.mtime_nsec()),
        })
    }
}

/// Counts what is read of the file itself.
struct Counted {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
