//! The index on disk: opened, changed, read.

mod folder;
#[cfg(test)]
mod tests;
mod write;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::thread;

use dinh_domain::search_words::SearchWords;
use dinh_domain::visibility::Scope;
use tantivy::{Executor, IndexReader, IndexWriter, ReloadPolicy, Searcher};

use crate::analysis;
use crate::document::Change;
use crate::error::{self, SearchError};
use crate::fields::Fields;
use crate::query::Wording;
use crate::visible::{Remembered, Visible};

/// Memory in which changes are gathered before they go to disk, in bytes; the engine's least is
/// 15 MB. A batch of 500 documents with their terms takes about this much.
const WRITER_HEAP_BYTES: usize = 64_000_000;

/// Threads that make terms: most of an import is theirs.
const WRITER_THREADS: usize = 2;

/// Threads that make the hits of one answer, at most: reading the texts of a page of hits takes
/// longer than finding them.
const HANDS_MAX: usize = 4;

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
    /// Whether the writer holds what no search sees yet: an index that is made anew.
    gathering: AtomicBool,
    /// What its documents were made from; kept with the number.
    origin: Mutex<String>,
    opened: Opened,
    /// Its folder, for messages; empty for one in memory.
    place: PathBuf,
    /// The writer could not be rolled back, since nothing could be written: it is, before the next
    /// change.
    is_stuck: AtomicBool,
    wording: RwLock<Arc<Wording>>,
    visible: Remembered,
    /// Threads that make the hits of one answer.
    pub(crate) hands: Executor,
    /// Last, so that it ends when everything else of the index has.
    life: Arc<()>,
}

impl Index {
    /// Opens the index in a folder of its own, or makes it. One that another version made, or that
    /// cannot be read, is emptied; [`Index::opened`] says so.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let (engine, fields, opened) = folder::open(folder)?;
        Self::start(engine, fields, opened, folder)
            .map_err(|error| folder::locked_or(error, folder))
    }

    /// An index that vanishes with the process: for tests.
    pub fn open_in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = Fields::schema();
        let engine = tantivy::Index::create_in_ram(schema);
        Self::start(engine, fields, Opened::New, Path::new(""))
    }

    fn start(
        engine: tantivy::Index,
        fields: Fields,
        opened: Opened,
        place: &Path,
    ) -> Result<Self, SearchError> {
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
            gathering: AtomicBool::new(false),
            origin,
            opened,
            place: place.to_owned(),
            is_stuck: AtomicBool::new(false),
            wording: RwLock::default(),
            visible: Remembered::default(),
            hands: hands()?,
            life: Arc::default(),
        })
    }

    /// Ends when the index has: until then its files come and go, even behind its last owner.
    pub fn life(&self) -> Weak<()> {
        Arc::downgrade(&self.life)
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

    /// Takes changes in without making them last or showing them: the next [`Index::apply`] does.
    /// After a failure, of this or that, nothing of them is left, and who changes the index begins
    /// again from [`Index::number`].
    pub fn take(&self, changes: Vec<Change>) -> Result<(), SearchError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.free(&mut writer)?;
        let fields = &self.fields;
        let mut changes = changes.into_iter();
        let taken = changes.try_for_each(|change| write::change(&writer, fields, change));
        self.or_undone(&mut writer, taken)
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

    /// Begins to make the index anew. Searches see what it held until [`Index::finish_anew`] puts
    /// what was gathered in its place; a change in between, or the end of the process, forgets what
    /// was gathered.
    pub fn begin_anew(&self) -> Result<(), SearchError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.free(&mut writer)?;
        self.gathering.store(true, Ordering::Release);
        // What an earlier beginning gathered.
        writer.rollback()?;
        writer.delete_all_documents()?;
        Ok(())
    }

    /// Puts what was gathered in the place of all that the index held. Fails where it was forgotten.
    pub fn finish_anew(&self, number: i64) -> Result<(), SearchError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.gathering.swap(false, Ordering::AcqRel) {
            return Err(SearchError::Forgotten);
        }
        self.commit(&mut writer, number, |_, _| Ok(()))
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

    /// Says that the documents are now as these declarations make them: whoever changed some of
    /// them has brought theirs over.
    pub fn adopt(&self, origin: &str) -> Result<(), SearchError> {
        origin.clone_into(&mut self.origin.lock().unwrap_or_else(PoisonError::into_inner));
        self.write(self.number(), |_, _| Ok(()))
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
        self.free(&mut writer)?;
        if self.gathering.swap(false, Ordering::AcqRel) {
            writer.rollback()?;
        }
        self.commit(&mut writer, number, change)
    }

    fn commit(
        &self,
        writer: &mut IndexWriter,
        number: i64,
        change: impl FnOnce(&IndexWriter, &Fields) -> tantivy::Result<()>,
    ) -> Result<(), SearchError> {
        let done = change(writer, &self.fields).and_then(|()| {
            let mut commit = writer.prepare_commit()?;
            let origin = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
            commit.set_payload(&format!("{number} {origin}"));
            commit.commit()
        });
        self.or_undone(writer, done.map(|_| ()))?;
        self.reader.reload()?;
        self.number.store(number, Ordering::Release);
        Ok(())
    }

    fn free(&self, writer: &mut IndexWriter) -> Result<(), SearchError> {
        if self.is_stuck.load(Ordering::Acquire) {
            let freed = writer.rollback().map(|_| ());
            self.or_undone(writer, freed)?;
            self.is_stuck.store(false, Ordering::Release);
        }
        Ok(())
    }

    fn or_undone(
        &self,
        writer: &mut IndexWriter,
        done: tantivy::Result<()>,
    ) -> Result<(), SearchError> {
        let Err(error) = done else {
            return Ok(());
        };
        // The engine's threads die of a full disk without a word; undoing makes room again, so the
        // disk is asked before.
        let is_full = error::is_full(&error) || folder::has_no_room(&self.place);
        // They may have stopped: this starts new ones.
        let undone = writer.rollback();
        self.is_stuck.store(undone.is_err(), Ordering::Release);
        if is_full {
            let path = self.place.clone();
            return Err(SearchError::Full { path });
        }
        undone?;
        Err(error.into())
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// What a scope sees of what a searcher searches.
    pub(crate) fn visible(
        &self,
        searcher: &Searcher,
        scope: &Scope,
    ) -> Result<Visible, SearchError> {
        self.visible.visible(searcher, scope, &self.fields)
    }
}

fn hands() -> tantivy::Result<Executor> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    match cores.min(HANDS_MAX) {
        1 => Ok(Executor::single_thread()),
        several => Executor::multi_thread(several, "hits-"),
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
