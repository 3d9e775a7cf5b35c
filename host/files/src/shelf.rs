//! The shelf: a folder of files named by the SHA-256 of their content.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Largest file, in bytes: a scanned decision with its annexes stays below 50 MiB.
pub const MAX_FILE_BYTES: usize = 50 * 1024 * 1024;

/// Why a file is not kept or not found.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("the file has {0} bytes; the limit is {MAX_FILE_BYTES}")]
    TooLarge(usize),
    /// The folder cannot be read or written.
    #[error("{path}: {cause}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

/// A folder of files by content.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// Opens the folder, making it if need be, and clears away what a crash left half-written.
    pub fn open(folder: &Path) -> Result<Self, FileError> {
        let unfinished = folder.join("unfinished");
        fs::create_dir_all(&unfinished).map_err(|cause| disk(&unfinished, cause))?;
        let left = fs::read_dir(&unfinished).map_err(|cause| disk(&unfinished, cause))?;
        for entry in left {
            let path = entry.map_err(|cause| disk(&unfinished, cause))?.path();
            fs::remove_file(&path).map_err(|cause| disk(&path, cause))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Keeps a content and returns its SHA-256, hexadecimal. It is on the disk when this returns.
    pub fn put(&self, bytes: &[u8]) -> Result<String, FileError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge(bytes.len()));
        }
        let hash: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let place = self.place(&hash);
        if place.is_file() {
            return Ok(hash);
        }
        let shelf = place.parent().unwrap_or(&self.folder).to_owned();
        fs::create_dir_all(&shelf).map_err(|cause| disk(&shelf, cause))?;
        let unfinished = self
            .folder
            .join("unfinished")
            .join(format!("{hash}-{}", std::process::id()));
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|cause| disk(&unfinished, cause))?;
        fs::rename(&unfinished, &place).map_err(|cause| disk(&place, cause))?;
        for folder in [&shelf, &self.folder] {
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(|cause| disk(folder, cause))?;
        }
        Ok(hash)
    }

    /// A whole content.
    pub async fn get(&self, sha256: &str) -> Result<Vec<u8>, FileError> {
        let place = self.place(sha256);
        tokio::fs::read(&place)
            .await
            .map_err(|cause| disk(&place, cause))
    }

    /// Where the content with that hash lies, whether it is there or not. Anything that is not a
    /// hash lies nowhere.
    pub fn place(&self, sha256: &str) -> PathBuf {
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hash {
            self.folder.join(&sha256[..2]).join(sha256)
        } else {
            self.folder.join("no-such-file")
        }
    }
}

fn disk(path: &Path, cause: std::io::Error) -> FileError {
    FileError::Disk {
        path: path.to_owned(),
        cause,
    }
}
