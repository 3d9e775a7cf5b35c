//! The index on disk: opened, changed, read.

mod folder;
#[cfg(test)]
mod tests;
mod write;

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use dinh_domain::search_words::SearchWords;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher};

use crate::analysis;
use crate::document::Change;
use crate::error::SearchError;
use crate::fields::Fields;
use crate::query::Wording;

/// Memory in which changes are gathered before they go to disk, in bytes; the engine's least is
/// 15 MB. A batch of 500 documents with their terms takes about this much.
const WRITER_HEAP_BYTES: usize = 64_000_000;

/// One thread makes terms: searches keep the other core.
const WRITER_THREADS: usize = 1;

/// How an index was found when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It goes on from [`Index::number`].
    Existing,
    /// There was none; it is empty.
    New,
    /// It was of another version or unreadable, and is empty now.
    Rebuilt {
        /// For the operator's log.
        why: String,
    },
}

/// The search index of this node. Searches go on while changes are applied.
pub struct Index {
    pub(crate) fields: Fields,
    engine: tantivy::Index,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    number: AtomicI64,
    /// What its documents were made from; kept with the number.
    origin: Mutex<String>,
    opened: Opened,
    wording: RwLock<Arc<Wording>>,
}

impl Index {
    /// Opens the index in a folder of its own, or makes it. One that another version made, or that
    /// cannot be read, is emptied; [`Index::opened`] says so.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let (engine, fields, opened) = folder::open(folder)?;
        Self::start(engine, fields, opened).map_err(|error| folder::locked_or(error, folder))
    }

    /// An index that vanishes with the process: for tests.
    pub fn open_in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::schema();
        let engine = tantivy::Index::create_in_ram(schema);
        Self::start(engine, fields, Opened::New)
    }

    fn start(engine: tantivy::Index, fields: Fields, opened: Opened) -> Result<Self, SearchError> {
        analysis::register(engine.tokenizers());
        let writer = engine.writer_with_num_threads(WRITER_THREADS, WRITER_HEAP_BYTES)?;
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let payload = engine.load_metas()?.payload;
        let payload = payload.unwrap_or_default();
        let (number, origin) = payload.split_once(' ').unwrap_or((&payload, ""));
        let number = number.parse().unwrap_or(0);
        let origin = Mutex::new(origin.to_owned());
        let writer = Mutex::new(writer);
        let number = AtomicI64::new(number);
        Ok(Self {
            fields,
            engine,
            reader,
            writer,
            number,
            origin,
            opened,
            wording: RwLock::default(),
        })
    }

    /// The edited words that questions are read by from now on. They change nothing in the index.
    pub fn use_words(&self, words: &SearchWords) {
        let wording = Arc::new(Wording::new(words));
        *self.wording.write().unwrap_or_else(PoisonError::into_inner) = wording;
    }

    pub(crate) fn wording(&self) -> Arc<Wording> {
        let wording = self.wording.read().unwrap_or_else(PoisonError::into_inner);
        wording.clone()
    }

    /// How it was found.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The number in the change log up to which it is complete; 0 if it is new.
    pub fn number(&self) -> i64 {
        self.number.load(Ordering::Acquire)
    }

    /// Documents in it.
    pub fn document_count(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Applies changes in their order, all or none. When it returns they are on disk with the
    /// number, and every later search sees them.
    pub fn apply(&self, changes: Vec<Change>, number: i64) -> Result<(), SearchError> {
        self.write(number, |writer, fields| {
            for change in changes {
                write::change(writer, fields, change)?;
            }
            Ok(())
        })
    }

    /// Says what the documents are made from: which database, by which declarations. An index made
    /// from something else is emptied; true where that was so.
    pub fn bind(&self, origin: &str) -> Result<bool, SearchError> {
        {
            let mut known = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
            if *known == origin {
                return Ok(false);
            }
            origin.clone_into(&mut known);
        }
        self.empty()?;
        Ok(true)
    }

    /// Takes all documents out and begins again at number 0.
    pub fn empty(&self) -> Result<(), SearchError> {
        self.write(0, |writer, _| writer.delete_all_documents().map(|_| ()))
    }

    fn write(
        &self,
        number: i64,
        change: impl FnOnce(&IndexWriter, &Fields) -> tantivy::Result<()>,
    ) -> Result<(), SearchError> {
        // A writer whose holder panicked is rolled back with the next failure, not lost.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let done = change(&writer, &self.fields).and_then(|()| {
            let mut commit = writer.prepare_commit()?;
            let origin = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
            commit.set_payload(&format!("{number} {origin}"));
            commit.commit()
        });
        if let Err(error) = done {
            // The engine's threads may have stopped: this starts new ones.
            writer.rollback()?;
            return Err(error.into());
        }
        self.reader.reload()?;
        self.number.store(number, Ordering::Release);
        Ok(())
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let directory = self.engine.directory();
        f.debug_struct("Index")
            .field("in", directory)
            .field("number", &self.number())
            .finish()
    }
}
