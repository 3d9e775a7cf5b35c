//! The shelf as a folder: files named by the SHA-256 of their content.

use std::fs::{self, File};
use std::io::{self, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::contents::Contents;
use crate::error::FileError;

/// Bytes read at once: few system calls, and little memory for each reader.
const READ_BYTES: usize = 64 * 1024;

/// Where files are written before they have their names.
const UNFINISHED: &str = "unfinished";

/// A folder of files by content.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, making it if need be, and clears away what a crash left half-written.
    pub(crate) fn open(path: &Path) -> Result<Self, FileError> {
        let unfinished = path.join(UNFINISHED);
        fs::create_dir_all(&unfinished).map_err(|cause| FileError::disk(&unfinished, cause))?;
        let left =
            fs::read_dir(&unfinished).map_err(|cause| FileError::disk(&unfinished, cause))?;
        for entry in left {
            let path = entry
                .map_err(|cause| FileError::disk(&unfinished, cause))?
                .path();
            fs::remove_file(&path).map_err(|cause| FileError::disk(&path, cause))?;
        }
        let path = path.to_owned();
        Ok(Self { path })
    }

    /// Where the content with that hash lies, whether it is there or not. Anything that is not a
    /// hash lies nowhere.
    pub(crate) fn place(&self, sha256: &str) -> PathBuf {
        if crate::shelf::is_hash(sha256) {
            self.path.join(&sha256[..2]).join(sha256)
        } else {
            self.path.join("no-such-file")
        }
    }

    /// Whether nothing is kept: a place for what is unfinished does not count.
    pub(crate) fn is_empty(&self) -> Result<bool, FileError> {
        let failed = |cause| FileError::disk(&self.path, cause);
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name() != UNFINISHED {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps a content; it is on the disk when this returns.
    pub(crate) fn put(&self, hash: &str, bytes: &[u8]) -> Result<(), FileError> {
        let place = self.place(hash);
        let has_size = |known: fs::Metadata| known.is_file() && known.len() == bytes.len() as u64;
        if fs::metadata(&place).is_ok_and(has_size) {
            return Ok(());
        }
        let shelf = place.parent().unwrap_or(&self.path).to_owned();
        fs::create_dir_all(&shelf).map_err(|cause| FileError::disk(&shelf, cause))?;
        let name = format!("{hash}-{}-{}", std::process::id(), next());
        let unfinished = self.path.join(UNFINISHED).join(name);
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        if let Err(cause) = written {
            // Half a file helps nobody; a crash here is cleared away when the shelf is opened.
            let _gone = fs::remove_file(&unfinished);
            return Err(FileError::disk(&unfinished, cause));
        }
        fs::rename(&unfinished, &place).map_err(|cause| FileError::disk(&place, cause))?;
        for folder in [&shelf, &self.path] {
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(|cause| FileError::disk(folder, cause))?;
        }
        Ok(())
    }

    /// Takes a content away; it stays away when this returns.
    pub(crate) fn remove(&self, hash: &str) -> Result<(), FileError> {
        let place = self.place(hash);
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(FileError::disk(&place, cause)),
        }
        let shelf = place.parent().unwrap_or(&self.path);
        File::open(shelf)
            .and_then(|folder| folder.sync_all())
            .map_err(|cause| FileError::disk(shelf, cause))
    }

    /// Reads a part. Fails before the first byte where the file is not as large as it should be.
    pub(crate) async fn read(
        &self,
        sha256: &str,
        size_bytes: u64,
        part: Range<u64>,
    ) -> Result<Contents, FileError> {
        let place = self.place(sha256);
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::NotFound => FileError::Missing {
                place: place.display().to_string(),
            },
            _ => FileError::disk(&place, cause),
        };
        let mut file = tokio::fs::File::open(&place).await.map_err(failed)?;
        let actual = file.metadata().await.map_err(failed)?.len();
        if actual != size_bytes {
            let place = place.display().to_string();
            return Err(FileError::wrong_size(place, actual, size_bytes));
        }
        file.seek(SeekFrom::Start(part.start))
            .await
            .map_err(failed)?;
        let length = part.end - part.start;
        let parts = stream::try_unfold((file, length), |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let room = usize::try_from(left).map_or(READ_BYTES, |left| left.min(READ_BYTES));
            let mut buffer = BytesMut::with_capacity(room);
            let read = (&mut file).take(left).read_buf(&mut buffer).await?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok::<_, io::Error>(Some((Bytes::from(buffer), (file, left - read as u64))))
        });
        Ok(Contents::new(length, parts))
    }
}

/// Two writers of one content write two files; the last name wins, and both are whole.
fn next() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
