//! Importing rows: each becomes an entry, found again by its key, or is rejected with every fault.

mod attached;
mod columns;
mod mapping;
mod message;
mod prepare;
mod sheet;
pub(crate) mod typed;
mod unique;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use dinh_domain::declaration::ImportMapping;
use dinh_domain::fault::Fault;
use dinh_domain::file_text::TextState;
use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::table::layout::Given;
use serde_json::Value;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
pub use columns::ColumnNotes;
use columns::Columns;
pub(crate) use columns::has_default;
pub use message::message;
pub use sheet::ImportSheet;
use unique::Rehearsed;

use crate::post::check::Checked;
use crate::post::{End, Posted};

/// Rows are brought into the search index at this distance: a commit for each transaction would
/// write more than the rows themselves.
const FOLLOW_PAUSE: Duration = Duration::from_millis(700);

/// One line of an import file.
#[derive(Debug)]
pub struct ImportRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// The row, or why the line is none.
    pub row: Result<GivenRow, String>,
}

/// A row as its file has it.
#[derive(Debug)]
pub enum GivenRow {
    /// An object.
    Value(Value),
    /// Cells below the headings ([`ImportRun::columns`]).
    Cells(Vec<Given>),
}

/// A rejected row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowFaults {
    /// Line in the file, or row of the sheet, from 1.
    pub line: u64,
    /// The row as it was; null where the line was none.
    pub row: Value,
    /// Every fault.
    pub faults: Vec<TextFault>,
}

/// A fault with its text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// Where.
    pub path: String,
    /// The heading of the column that it is about, in a sheet.
    pub column: Option<String>,
    /// Key of the message.
    pub message_key: String,
    /// The message in Vietnamese.
    pub message: String,
}

/// What became of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct ImportCount {
    /// New entries.
    pub created: u64,
    /// New revisions of known ones.
    pub updated: u64,
    /// Rows that said what was there.
    pub unchanged: u64,
    /// Rows left out.
    pub rejected: u64,
    /// Attached files that are kept and whose text is not searched.
    pub flagged_files: u64,
}

/// A row that may be written, or the faults for which it may not.
pub struct PreparedRow {
    line: u64,
    row: Value,
    checked: Result<Checked, Vec<Fault>>,
}

/// An import that is under way: rows are prepared, side by side if need be, then written in the
/// order of the file.
pub struct ImportRun {
    preparing: ImportPreparer,
    following: JoinHandle<()>,
    written: Arc<Notify>,
    dry_run: bool,
    /// Rows of a sheet by their keys, hashed: one that stands twice is told, where one of a list would update the first.
    seen: Option<HashMap<u64, u64>>,
    /// What is unique of the rows so far, where nothing of them is kept.
    rehearsed: Option<Rehearsed>,
    /// What became of the rows so far.
    pub count: ImportCount,
    /// Attached files whose text is not searched, the first thousand.
    pub flagged: Vec<FlaggedFile>,
}

/// Turns rows into what may be written. Cheap to clone.
#[derive(Clone)]
pub struct ImportPreparer {
    portal: Portal,
    site: SiteId,
    collection: CollectionId,
    mapping: Option<Arc<ImportMapping>>,
    /// Where the cells of rows belong, once the headings of a sheet were read.
    columns: Option<Arc<Columns>>,
    /// Folder of the files that rows name.
    files: Option<PathBuf>,
}

/// An attached file that came in and says nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FlaggedFile {
    /// Line of its row, from 1.
    pub line: u64,
    /// Its name.
    pub name: String,
    /// Why its text is not searched.
    pub state: TextState,
}

/// Most files that the report of one run names; the rest are in the list of files.
const FLAGGED_MAX: usize = 1_000;
impl Portal {
    /// Begins an import into a collection of a site, by a mapping of its plugin or, without one,
    /// of rows in the collection's own shape.
    pub async fn begin_import(
        &self,
        collection: &str,
        site: &str,
        map: Option<&str>,
        dry_run: bool,
    ) -> Result<ImportRun, Failure> {
        let refused = |message: String| Failure::Refused(message);
        let id = CollectionId::parse(collection).map_err(|error| refused(error.to_string()))?;
        let known = || {
            let known: Vec<String> = self
                .plugins()
                .collections()
                .iter()
                .map(ToString::to_string)
                .collect();
            refused(format!(
                "there is no collection `{id}`; there are: {}",
                known.join(", ")
            ))
        };
        let (plugin, _) = self.plugins().collection(&id).ok_or_else(known)?;
        let site_id = SiteId::new(site).map_err(|error| refused(error.to_string()))?;
        let directory = self.directory().await?;
        if directory.site(&site_id).is_none() {
            let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
            let known = known.join(", ");
            return Err(refused(format!(
                "there is no site `{site}`; there are: {known}"
            )));
        }
        let shown = directory
            .modules
            .iter()
            .any(|it| it.site == site_id && it.plugin == *id.plugin() && it.enabled);
        if !shown {
            return Err(refused(format!(
                "{} is not enabled on {site}, so nothing would show: `dinh module enable {} --site {site}` first",
                id.plugin(),
                id.plugin()
            )));
        }
        let mapping = match map {
            None => None,
            Some(name) => Some(mapping_named(plugin, name).map_err(refused)?.clone()),
        };
        let written = Arc::new(Notify::new());
        Ok(ImportRun {
            following: tokio::spawn(follow(self.clone(), written.clone())),
            preparing: ImportPreparer {
                portal: self.clone(),
                site: site_id,
                collection: id,
                mapping: mapping.map(Arc::new),
                columns: None,
                files: None,
            },
            written,
            dry_run,
            seen: None,
            rehearsed: dry_run.then(Rehearsed::default),
            count: ImportCount::default(),
            flagged: Vec::new(),
        })
    }
}

fn mapping_named<'a>(plugin: &'a LoadedPlugin, name: &str) -> Result<&'a ImportMapping, String> {
    let imports = &plugin.declaration.imports;
    imports.get(name).ok_or_else(|| {
        let known: Vec<&str> = imports.keys().map(String::as_str).collect();
        format!(
            "there is no mapping `{name}`; there are: {}",
            known.join(", ")
        )
    })
}

/// Brings what is written into the search index while the next rows are prepared.
async fn follow(portal: Portal, written: Arc<Notify>) {
    loop {
        written.notified().await;
        tokio::time::sleep(FOLLOW_PAUSE).await;
        if let Err(error) = portal.catch_up().await {
            // The end of the import tries again and says why.
            tracing::warn!(%error, "the search index does not follow the import");
        }
    }
}

impl ImportRun {
    /// Rows may name files to attach, by their paths in this folder.
    pub fn files_from(&mut self, folder: &Path) {
        self.preparing.files = Some(folder.to_owned());
    }

    /// The row of headings in a sheet, counted from 0.
    pub fn heading_row(&self) -> usize {
        let mapping = self.preparing.mapping.as_ref();
        mapping.map_or(0, |it| it.sheet.heading_row)
    }

    /// Takes the headings of a sheet, below which its rows stand.
    ///
    /// # Errors
    /// A heading that is needed is missing or stands twice.
    pub fn columns(&mut self, headings: &[Given]) -> Result<ColumnNotes, Failure> {
        let preparing = &mut self.preparing;
        let known = preparing.portal.plugins().collection(&preparing.collection);
        let (_, collection) =
            known.ok_or_else(|| Failure::Refused("the collection is gone".to_owned()))?;
        let found = Columns::find(collection, preparing.mapping.as_deref(), headings);
        let (columns, notes) = found.map_err(Failure::Refused)?;
        preparing.columns = Some(Arc::new(columns));
        self.seen = Some(HashMap::new());
        Ok(notes)
    }

    /// What prepares rows for this import.
    pub fn preparer(&self) -> ImportPreparer {
        self.preparing.clone()
    }

    /// Writes prepared rows in one transaction; returns the rejected ones.
    pub async fn write(&mut self, rows: Vec<PreparedRow>) -> Result<Vec<RowFaults>, Failure> {
        let (mut told, mut checked) = (Vec::new(), Vec::new());
        for mut row in rows {
            self.note_key(&mut row);
            self.note_unique(&mut row);
            self.note_flagged(&row);
            told.push((row.line, row.row));
            checked.push(row.checked);
        }
        let end = if self.dry_run {
            End::Forget
        } else {
            End::Commit
        };
        let portal = &self.preparing.portal;
        let results = portal.write("import", checked, end).await?;
        if !self.dry_run {
            self.written.notify_one();
        }
        let mut rejected = Vec::new();
        for ((line, row), result) in told.into_iter().zip(results) {
            match result {
                Ok(Posted::Created) => self.count.created += 1,
                Ok(Posted::Updated) => self.count.updated += 1,
                Ok(Posted::Unchanged) => self.count.unchanged += 1,
                Err(faults) => rejected.push(self.preparing.told(line, row, faults)),
            }
        }
        self.count.rejected += rejected.len() as u64;
        Ok(rejected)
    }

    /// Refuses a row of a sheet whose key stood there before.
    fn note_key(&mut self, row: &mut PreparedRow) {
        let (Some(seen), Ok(checked)) = (&mut self.seen, &row.checked) else {
            return;
        };
        let key = checked.key().unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let before = *seen.entry(hasher.finish()).or_insert(row.line);
        if before != row.line {
            let mapping = self.preparing.mapping.as_ref();
            let member = mapping.map_or("key", |it| it.key.as_str());
            let fault = Fault::new(member, "fault.key-twice").with("given", key);
            row.checked = Err(vec![fault.with("row", before)]);
        }
    }

    /// Refuses a row of a rehearsal whose entry another one would have become.
    fn note_unique(&mut self, row: &mut PreparedRow) {
        let preparing = &self.preparing;
        let known = preparing.portal.plugins().collection(&preparing.collection);
        if let (Some(rehearsed), Some((_, collection))) = (&mut self.rehearsed, known) {
            rehearsed.note(collection, row);
        }
    }

    fn note_flagged(&mut self, row: &PreparedRow) {
        for (name, state) in row.checked.iter().flat_map(|it| &it.flagged) {
            self.count.flagged_files += 1;
            if self.flagged.len() < FLAGGED_MAX {
                self.flagged.push(FlaggedFile {
                    line: row.line,
                    name: name.clone(),
                    state: *state,
                });
            }
        }
    }

    /// Makes everything imported findable.
    pub async fn finish(self) -> Result<ImportCount, Failure> {
        if !self.dry_run {
            self.preparing.portal.read_missing_files().await?;
            self.preparing.portal.catch_up().await?;
        }
        Ok(self.count)
    }
}

impl Drop for ImportRun {
    fn drop(&mut self) {
        self.following.abort();
    }
}
