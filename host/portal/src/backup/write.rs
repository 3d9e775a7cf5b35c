//! The file of a backup while it is written: packed and put on the disk by a thread of its own.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use bytes::Bytes;
use dinh_package::{BLOCK, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Pieces that wait for the disk: memory stays flat when it is slow.
const WAITING: usize = 4;

/// An archive under way. Dropped, it is not whole.
#[derive(Debug)]
pub(super) struct Archive {
    to: Option<mpsc::Sender<Bytes>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Archive {
    pub(super) fn begin(file: File) -> Self {
        let (to, mut from) = mpsc::channel::<Bytes>(WAITING);
        let thread = tokio::task::spawn_blocking(move || {
            let mut packed = GzEncoder::new(BufWriter::new(file), Compression::fast());
            while let Some(piece) = from.blocking_recv() {
                packed.write_all(&piece)?;
            }
            let file = packed.finish()?.into_inner();
            file.map_err(io::IntoInnerError::into_error)?.sync_all()
        });
        Self {
            to: Some(to),
            thread: Some(thread),
        }
    }

    /// A member whose content follows in pieces of that size in all.
    pub(super) async fn head(&mut self, name: &str, size_bytes: u64) -> io::Result<()> {
        let block = header(name, size_bytes);
        self.piece(Bytes::copy_from_slice(&block)).await
    }

    pub(super) async fn piece(&mut self, bytes: Bytes) -> io::Result<()> {
        if let Some(to) = &self.to
            && to.send(bytes).await.is_ok()
        {
            return Ok(());
        }
        // The thread has ended, and knows why.
        self.end().await?;
        Err(io::ErrorKind::BrokenPipe.into())
    }

    /// What fills the last block of a member.
    pub(super) async fn fill(&mut self, size_bytes: u64) -> io::Result<()> {
        let rest = usize::try_from(size_bytes % BLOCK as u64).unwrap_or_default();
        match rest {
            0 => Ok(()),
            rest => self.piece(Bytes::from(vec![0; BLOCK - rest])).await,
        }
    }

    pub(super) async fn member(&mut self, name: &str, bytes: Vec<u8>) -> io::Result<()> {
        let size = bytes.len() as u64;
        self.head(name, size).await?;
        self.piece(bytes.into()).await?;
        self.fill(size).await
    }

    /// All of it is on the disk when this returns.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        self.piece(Bytes::from(vec![0; 2 * BLOCK])).await?;
        self.end().await
    }

    async fn end(&mut self) -> io::Result<()> {
        self.to = None;
        match self.thread.take() {
            Some(thread) => thread.await.map_err(io::Error::other)?,
            None => Ok(()),
        }
    }
}
