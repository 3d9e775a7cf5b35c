//! The shelf: contents by their SHA-256, wherever they lie.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::contents::Contents;
use crate::error::FileError;
use crate::folder::Folder;
use crate::s3::{Bucket, S3Options};

/// Largest file, in bytes: a scanned decision with its annexes stays below 50 MiB.
pub const MAX_FILE_BYTES: usize = 50 * 1024 * 1024;

/// Files by content. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shelf(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Folder(Arc<Folder>),
    S3(Arc<Bucket>),
}

impl Shelf {
    /// In a folder, which is made if need be.
    pub fn open(folder: &Path) -> Result<Self, FileError> {
        Ok(Self(Kind::Folder(Arc::new(Folder::open(folder)?))))
    }

    /// In a bucket, which must be there. Nothing is asked of it yet.
    pub fn on_s3(options: &S3Options) -> Result<Self, FileError> {
        Ok(Self(Kind::S3(Arc::new(Bucket::new(options)?))))
    }

    /// The SHA-256 of a content, hexadecimal: what it is called here.
    pub async fn name(bytes: &Bytes) -> Result<String, FileError> {
        let bytes = bytes.clone();
        off_thread(move || Ok(hex(&Sha256::digest(&bytes)))).await
    }

    /// Keeps a content and returns its name. It lasts when this returns; a second time the same changes nothing.
    pub async fn put(&self, bytes: impl Into<Bytes>) -> Result<String, FileError> {
        let bytes: Bytes = bytes.into();
        if bytes.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge(bytes.len()));
        }
        let hash = Self::name(&bytes).await?;
        match &self.0 {
            Kind::Folder(folder) => {
                let (folder, hash) = (folder.clone(), hash.clone());
                off_thread(move || folder.put(&hash, &bytes)).await?;
            }
            Kind::S3(bucket) => bucket.put(&hash, bytes).await?,
        }
        Ok(hash)
    }

    /// A content, or a part of it (`first..end`, within the content). One that is missing or of
    /// another size fails here; one whose bytes are others fails before its last byte, and a part
    /// of such a one in a bucket fails here. (A folder's parts are as good as its disk.)
    pub async fn read(
        &self,
        sha256: &str,
        size_bytes: u64,
        part: Range<u64>,
    ) -> Result<Contents, FileError> {
        if !is_hash(sha256) || part.start > part.end || part.end > size_bytes {
            let place = format!("{sha256} {part:?}");
            return Err(FileError::Missing { place });
        }
        match &self.0 {
            Kind::Folder(folder) => {
                let is_whole = part == (0..size_bytes);
                let contents = folder.read(sha256, size_bytes, part).await?;
                let place = || folder.place(sha256).display().to_string();
                Ok(if is_whole {
                    contents.checked(sha256.to_owned(), place(), || ())
                } else {
                    contents
                })
            }
            Kind::S3(bucket) => bucket.read(sha256, size_bytes, part).await,
        }
    }

    /// Takes a content off; what is not there is gone already. The caller has made sure that nobody keeps it now.
    pub async fn remove(&self, sha256: &str) -> Result<(), FileError> {
        if !is_hash(sha256) {
            return Ok(());
        }
        match &self.0 {
            Kind::Folder(folder) => {
                let (folder, hash) = (folder.clone(), sha256.to_owned());
                off_thread(move || folder.remove(&hash)).await
            }
            Kind::S3(bucket) => bucket.remove(sha256).await,
        }
    }

    /// Whether a content is kept.
    pub async fn exists(&self, sha256: &str) -> Result<bool, FileError> {
        if !is_hash(sha256) {
            return Ok(false);
        }
        match &self.0 {
            Kind::Folder(folder) => {
                let place = folder.place(sha256);
                let found = tokio::fs::try_exists(&place).await;
                found.map_err(|cause| FileError::disk(&place, cause))
            }
            Kind::S3(bucket) => bucket.exists(sha256).await,
        }
    }

    /// Whether nothing at all is kept.
    pub async fn is_empty(&self) -> Result<bool, FileError> {
        match &self.0 {
            Kind::Folder(folder) => {
                let folder = folder.clone();
                off_thread(move || folder.is_empty()).await
            }
            Kind::S3(bucket) => bucket.is_empty().await,
        }
    }

    /// Whether contents can be written, read and removed: an object store is tried with an object
    /// of its own, which is gone afterwards.
    pub async fn try_out(&self) -> Result<(), FileError> {
        match &self.0 {
            Kind::Folder(_) => Ok(()),
            Kind::S3(bucket) => bucket.try_out().await,
        }
    }
}

/// Only a hash names a content: nothing else becomes a part of a path or a key.
pub(crate) fn is_hash(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(is_digit)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, FileError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| FileError::Options(format!("the work broke off: {error}")))?
}
