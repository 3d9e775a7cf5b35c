//! The bytes of a stored file on their way to a reader.

use std::io;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use crate::shelf::hex;

/// A stored file or a part of it, as a stream.
pub struct Contents {
    size_bytes: u64,
    stream: BoxStream<'static, io::Result<Bytes>>,
}

impl Contents {
    pub(crate) fn new(
        size_bytes: u64,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        let stream = stream.boxed();
        Self { size_bytes, stream }
    }

    /// How many bytes will come.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The bytes. A stream that fails ends before its last byte: what was read is not the file.
    pub fn stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        self.stream
    }

    /// All bytes at once; not for what a reader downloads.
    pub async fn bytes(self) -> io::Result<Vec<u8>> {
        let room = usize::try_from(self.size_bytes).unwrap_or_default();
        self.stream
            .try_fold(Vec::with_capacity(room), |mut all, part| async move {
                all.extend_from_slice(&part);
                Ok(all)
            })
            .await
    }

    /// The same bytes, compared with their hash before the last of them is given out. `good` is
    /// told when they were right.
    pub(crate) fn checked(
        self,
        sha256: String,
        place: String,
        good: impl FnOnce() + Send + 'static,
    ) -> Self {
        let size_bytes = self.size_bytes;
        let check = Check {
            stream: self.stream,
            hash: Sha256::new(),
            held: None,
            wanted: Some((sha256, place)),
            good: Some(Box::new(good)),
        };
        Self::new(size_bytes, stream::try_unfold(check, Check::next))
    }
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contents of {} bytes", self.size_bytes)
    }
}

struct Check {
    stream: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
    hash: Sha256,
    /// The part that came last: given out when another one comes, or when the hash is right.
    held: Option<Bytes>,
    /// Hash and place, until they were compared.
    wanted: Option<(String, String)>,
    good: Option<Box<dyn FnOnce() + Send>>,
}

impl Check {
    async fn next(mut self) -> io::Result<Option<(Bytes, Self)>> {
        while let Some(part) = self.stream.try_next().await? {
            if part.is_empty() {
                continue;
            }
            self.hash.update(&part);
            if let Some(before) = self.held.replace(part) {
                return Ok(Some((before, self)));
            }
        }
        if let Some((sha256, place)) = self.wanted.take() {
            let actual = hex(&std::mem::take(&mut self.hash).finalize());
            if actual != sha256 {
                tracing::error!(place, actual, "a stored file is not what its name says");
                let told = format!("stored file {place} has the hash {actual}");
                return Err(io::Error::new(io::ErrorKind::InvalidData, told));
            }
            if let Some(good) = self.good.take() {
                good();
            }
        }
        Ok(self.held.take().map(|last| (last, self)))
    }
}
