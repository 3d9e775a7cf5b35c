//! A file as it lies on the disk, and what comes out of it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A packed file that grows by more than this is no list of rows. Real ones grow tenfold, endless
/// repetition a thousandfold.
const MAX_GROWTH: u64 = 200;
/// Bytes that may come out of a packed file before its growth is looked at.
const FREE_BYTES: u64 = 64 * 1024 * 1024;
/// Memory that unpacking `.xz` may take, in bytes; the strongest usual setting takes 65 MiB.
const XZ_MEMORY_BYTES: u64 = 128 * 1024 * 1024;

/// An open file.
pub(super) struct Packed {
    path: PathBuf,
    file: File,
    stamp: Stamp,
    taken: Arc<AtomicU64>,
    unpacked: u64,
}

/// What tells that a file was written to.
#[derive(PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: (i64, i64),
}

impl Packed {
    /// Opens a file, and what it unpacks to; its name tells how it is packed.
    pub(super) fn open(path: &Path) -> Result<(Self, Box<dyn Read + Send>), String> {
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
        let packed = Self {
            path: path.to_owned(),
            file,
            stamp,
            taken,
            unpacked: 0,
        };
        Ok((packed, unpacked))
    }

    /// Its size, in bytes.
    pub(super) fn size(&self) -> u64 {
        self.stamp.size
    }

    /// Bytes of it that were read.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// That nobody wrote to it since it was opened.
    pub(super) fn unchanged(&self, after: &str) -> Result<(), String> {
        let now = Stamp::of(&self.file).map_err(|error| self.broken(&error, after))?;
        if now == self.stamp {
            return Ok(());
        }
        Err(format!(
            "{} was changed while it was read, after {after}: run the import again when the file is complete",
            self.path.display(),
        ))
    }

    /// Takes note of what came out of it.
    pub(super) fn grown(&mut self, count: usize, after: &str) -> Result<(), String> {
        self.unpacked += count as u64;
        if self.unpacked > FREE_BYTES && self.unpacked / MAX_GROWTH > self.taken() {
            return Err(format!(
                "{} unpacks to more than {MAX_GROWTH} times its size (after {after}): that is no list of rows; unpack it and look",
                self.path.display(),
            ));
        }
        Ok(())
    }

    /// Why it cannot be read.
    pub(super) fn broken(&self, error: &dyn std::fmt::Display, after: &str) -> String {
        let path = self.path.display();
        format!("{path}: the file cannot be read after {after}: {error}")
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
