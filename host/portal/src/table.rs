//! Tables of figures: taken in from spreadsheets, kept as files that never change, shown in slices.

mod export;
mod kept;
mod map;
mod taken;

use std::sync::Arc;

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::entry::{Body, Entry};
use dinh_domain::fault::Fault;
use dinh_domain::ids::EntryId;
use dinh_domain::table::choice::chosen;
use dinh_domain::table::slice::{Asked, MAX_PAGE_CELLS, Selection};
use dinh_domain::table::{Part, StoredTable, Table};
use dinh_domain::visibility::Purpose;
use dinh_store::{StoredFile, TABLE_MEDIA_TYPE};

use crate::compare::{PartChanges, compare_tables};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{Answer, Browsing, Detail, TableShown};
use crate::visit::Visit;

pub use export::{TableExport, TableRow, TableSheet, table_csvw, table_header};
pub(crate) use kept::Tables;
pub use taken::letters;
pub(crate) use taken::{Sheet, laid_out, media_of, sheet_fault};

/// Parameters of a table's page: dimensions along rows and columns, values, drawing, comparison; and of its form: the dimension whose
/// values are looked through, those of them that are chosen, by which words and on which page they are found, another
/// dimension to go to, and that the form was sent.
pub(crate) const PARAMETERS: [&str; 11] = [
    "chieu", "chon", "cot", "doi", "gui", "hang", "o", "so-sanh", "tim", "trang", "ve",
];
/// What stands between a dimension and its value in the parameter of values.
const OF: char = ':';

/// The field of a collection that holds its table.
pub(crate) fn field_of(collection: &Collection) -> Option<&str> {
    let mut fields = collection.schema.iter();
    let found = fields.find(|(_, field)| matches!(field.kind, FieldKind::Table {}));
    found.map(|(name, _)| name.as_str())
}

/// Whether a field of a collection holds a table.
pub(crate) fn is_in(collection: &Collection, field: &str) -> bool {
    let field = collection.schema.get(field);
    field.is_some_and(|it| matches!(it.kind, FieldKind::Table {}))
}

/// What an entry says of its table.
pub(crate) fn stored_of(collection: &Collection, entry: &Entry) -> Option<StoredTable> {
    StoredTable::of(entry.body.get(field_of(collection)?)?)
}

/// Whether the tables of two bodies are different ones: a table is named by the hash of its file.
pub(crate) fn differs(field: &str, former: &Body, later: &Body) -> bool {
    let hash = |body: &Body| {
        body.get(field)
            .and_then(StoredTable::of)
            .map(|it| it.sha256)
    };
    hash(former) != hash(later)
}

/// A table that nobody made of a spreadsheet: neither the one that its entry has, nor in a file that was made now.
pub(crate) fn made_up(
    collection: &Collection,
    (known, body): (Option<&Body>, &Body),
    files: &[StoredFile],
) -> Option<Fault> {
    let mut fields = collection.schema.iter();
    let (name, _) = fields.find(|(name, field)| {
        let given = body
            .get(*name)
            .filter(|_| matches!(field.kind, FieldKind::Table {}));
        given.is_some_and(|given| {
            let is_known = known.and_then(|it| it.get(*name)) == Some(given);
            !is_known && !StoredTable::of(given).is_some_and(|it| is_made(&it, files))
        })
    })?;
    Some(Fault::new(name, "fault.table-made-up"))
}

/// No file that somebody uploads has the media type of a table's.
fn is_made(stored: &StoredTable, files: &[StoredFile]) -> bool {
    let is_it = |it: &StoredFile| it.id == stored.file && it.hash == stored.sha256;
    files
        .iter()
        .any(|it| is_it(it) && it.media_type == TABLE_MEDIA_TYPE)
}

/// A table that a page of this site shows, before it is read.
#[derive(Debug)]
pub struct TablePlace {
    /// The entry.
    pub detail: Detail,
    /// What it says of its table.
    pub stored: StoredTable,
    file: StoredFile,
}

impl TablePlace {
    /// SHA-256 of the file that holds the table.
    pub fn hash(&self) -> &str {
        &self.file.hash
    }
}

impl Portal {
    /// The table at the path of its page, unread; the answer where there is none.
    pub async fn table_place(
        &self,
        visit: &Visit,
        path: &str,
    ) -> Result<Result<TablePlace, Answer>, Failure> {
        let Some((here, _, rest)) = self.here(visit, path) else {
            return Ok(Err(Answer::NotFound));
        };
        let (detail, found) = match self.table_entry(&here, rest).await? {
            Answer::Detail(detail) => {
                let found = self.table_file(&here, &detail.entry).await?;
                (*detail, found)
            }
            Answer::Version(text) => {
                let entry = &text.detail.entry;
                let found = self.table_file_of(here.collection, &entry.id, &entry.body);
                let found = found.await?;
                (text.detail, found)
            }
            other => return Ok(Err(other)),
        };
        Ok(match found {
            Some((stored, file)) => Ok(TablePlace {
                detail,
                stored,
                file,
            }),
            None => Err(Answer::NotFound),
        })
    }

    /// What is chosen of a table, to be given out; of a dimension of which nothing is said everything. The words that it
    /// does not know, where there are any.
    pub async fn table_part(
        &self,
        place: &TablePlace,
        given: &[(String, String)],
    ) -> Result<Result<Part<Arc<Table>>, Vec<String>>, Failure> {
        let table = self.table_in(&place.file).await?;
        let dimension = |id: &str| table.dimensions().iter().any(|it| it.id == id);
        let lie = values(given, "hang").chain(values(given, "cot"));
        let mut unknown: Vec<String> = lie.filter(|it| !dimension(it)).map(str::to_owned).collect();
        let words: Vec<(&str, &str)> = values(given, "chon").map(pair).collect();
        let (mut picks, more) = chosen(&table, &words);
        unknown.extend(more);
        if !unknown.is_empty() {
            return Ok(Err(unknown));
        }
        for (picks, dimension) in picks.iter_mut().zip(table.dimensions()) {
            if picks.is_empty() {
                picks.extend(0..dimension.codes.len());
            }
        }
        Ok(Ok(Part::of(table, picks)))
    }

    /// What an entry says of its table, and the file that holds it; none where the reader may have none.
    async fn table_file(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Option<(StoredTable, StoredFile)>, Failure> {
        let Some(stored) = stored_of(here.collection, entry) else {
            return Ok(None);
        };
        let scope = here.visit.scope(Purpose::Read);
        let file = self.store().file(&scope, &stored.file).await?;
        Ok(file.map(|file| (stored, file)))
    }

    /// The table of any text of an entry; whoever asks may read that text.
    pub(crate) async fn table_of(
        &self,
        collection: &Collection,
        entry: &EntryId,
        body: &Body,
    ) -> Result<Option<Arc<Table>>, Failure> {
        let file = self.table_file_of(collection, entry, body).await?;
        Ok(match file {
            Some((_, file)) => Some(self.table_in(&file).await?),
            None => None,
        })
    }

    async fn table_file_of(
        &self,
        collection: &Collection,
        entry: &EntryId,
        body: &Body,
    ) -> Result<Option<(StoredTable, StoredFile)>, Failure> {
        let stored = field_of(collection).and_then(|it| StoredTable::of(body.get(it)?));
        let Some(stored) = stored else {
            return Ok(None);
        };
        let ids = std::slice::from_ref(&stored.file);
        let file = self.store().entry_files(entry, ids).await?.pop();
        Ok(file.map(|file| (stored, file)))
    }

    /// What two tables of an entry differ in; nothing where one of them is not there.
    pub(crate) async fn compare_tables_of(
        &self,
        collection: &Collection,
        entry: &EntryId,
        (former, later, language): (&Body, &Body, &str),
    ) -> Result<PartChanges, Failure> {
        let former = self.table_of(collection, entry, former).await?;
        let later = self.table_of(collection, entry, later).await?;
        let (Some(former), Some(later)) = (former, later) else {
            return Ok(PartChanges::default());
        };
        let language = language.to_owned();
        let compared =
            tokio::task::spawn_blocking(move || compare_tables(&former, &later, &language));
        compared.await.map_err(Failure::internal)
    }

    /// The page of an entry with its table, where it is shown.
    pub(crate) async fn with_table(
        &self,
        here: &Here<'_>,
        mut answer: Answer,
    ) -> Result<Answer, Failure> {
        if let Answer::Detail(detail) = &mut answer {
            detail.table = self.table_shown(here, &detail.entry, &[]).await?;
        }
        Ok(answer)
    }

    /// The table of a public entry, as a reader chose from it; none where it has none.
    pub(crate) async fn table_shown(
        &self,
        here: &Here<'_>,
        entry: &Entry,
        given: &[(String, String)],
    ) -> Result<Option<TableShown>, Failure> {
        let Some((_, file)) = self.table_file(here, entry).await? else {
            return Ok(None);
        };
        let table = self.table_in(&file).await?;
        Ok(Some(self.table_chosen(here, table, given).await?))
    }

    /// A table as a reader chose from it, with its places where a map was asked for.
    pub(crate) async fn table_chosen(
        &self,
        here: &Here<'_>,
        table: Arc<Table>,
        given: &[(String, String)],
    ) -> Result<TableShown, Failure> {
        let mut shown = shown(table, given);
        // What is too much for a page is not drawn either.
        let fits = shown.selection.cell_count() <= MAX_PAGE_CELLS;
        if fits && shown.drawing.as_deref() == Some(map::MAP) {
            let today = here.visit.today;
            let chosen = (&*shown.table, &shown.selection);
            shown.map = self.table_map(chosen, today).await?;
        }
        Ok(shown)
    }

    /// The table in a file; the caller has asked who may have it. It is read once for all who wait for it.
    pub(crate) async fn table_in(&self, file: &StoredFile) -> Result<Arc<Table>, Failure> {
        let reading = self.table_read(file);
        self.tables().get_or_read(&file.hash, reading).await
    }

    async fn table_read(&self, file: &StoredFile) -> Result<Arc<Table>, Failure> {
        let (_, content) = self.content_of(file.clone());
        let size = u64::try_from(file.size_bytes).unwrap_or_default();
        let bytes = content.open(0..size).await?.bytes().await;
        let bytes = bytes.map_err(|error| Failure::internal(error.to_string()))?;
        // A large one is read for some 50 ms: not on the threads that serve others.
        let read = tokio::task::spawn_blocking(move || Table::from_json_stat(&bytes)).await;
        let read = read.map_err(|error| Failure::internal(error.to_string()))?;
        let broken = |error: String| Failure::internal(format!("table {}: {error}", file.hash));
        Ok(Arc::new(read.map_err(broken)?))
    }
}

fn values<'a>(
    given: &'a [(String, String)],
    wanted: &'static str,
) -> impl Iterator<Item = &'a str> {
    let own = given
        .iter()
        .filter(move |(name, value)| name == wanted && !value.is_empty());
    own.map(|(_, value)| value.as_str())
}

/// A dimension and its values.
fn pair(word: &str) -> (&str, &str) {
    word.split_once(OF).unwrap_or((word, ""))
}

/// A table as somebody chose from it.
pub(crate) fn shown(table: Arc<Table>, given: &[(String, String)]) -> TableShown {
    let one = |wanted| values(given, wanted).next();
    let rows: Vec<&str> = values(given, "hang").collect();
    let columns: Vec<&str> = values(given, "cot").collect();
    let mut picks: Vec<(&str, &str)> = values(given, "chon").map(pair).collect();
    if let Some(browsed) = one("chieu") {
        picks.extend(values(given, "o").map(|value| (browsed, value)));
    }
    let asked = Asked {
        rows: &rows,
        columns: &columns,
        picks: &picks,
    };
    let of = |id: &str| table.dimensions().iter().position(|it| it.id == id);
    TableShown {
        selection: Selection::of(&table, asked),
        drawing: one("ve").map(str::to_owned),
        is_compared: one("so-sanh").is_some(),
        is_chosen: !(rows.is_empty() && columns.is_empty() && picks.is_empty()),
        map: None,
        is_sent: one("gui").is_some(),
        browsing: Browsing {
            dimension: one("doi").or(one("chieu")).and_then(of),
            words: one("tim").unwrap_or_default().to_owned(),
            // The button behind the field where it stands.
            page: values(given, "trang")
                .last()
                .and_then(|it| it.parse().ok())
                .unwrap_or(1),
        },
        table,
    }
}
