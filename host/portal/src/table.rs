//! Tables of figures: taken in from spreadsheets, kept as files that never change, shown in slices.

mod export;
mod kept;
mod map;
mod taken;

use std::sync::Arc;

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::entry::Entry;
use dinh_domain::table::slice::{Asked, Selection};
use dinh_domain::table::{StoredTable, Table};
use dinh_domain::visibility::Purpose;
use dinh_store::StoredFile;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::TableShown;

pub use export::{TableExport, TableSheet};
pub(crate) use kept::Tables;
pub use taken::letters;
pub(crate) use taken::{Sheet, laid_out, media_of, sheet_fault};

/// Parameters of a table's page: dimensions along rows and columns, values, drawing.
pub(crate) const PARAMETERS: [&str; 4] = ["hang", "cot", "chon", "ve"];
/// What stands between a dimension and its value in the parameter of values.
const OF: char = ':';

/// The field of a collection that holds its table.
pub(crate) fn field_of(collection: &Collection) -> Option<&str> {
    let mut fields = collection.schema.iter();
    let found = fields.find(|(_, field)| matches!(field.kind, FieldKind::Table {}));
    found.map(|(name, _)| name.as_str())
}

/// What an entry says of its table.
pub(crate) fn stored_of(collection: &Collection, entry: &Entry) -> Option<StoredTable> {
    StoredTable::of(entry.body.get(field_of(collection)?)?)
}

impl Portal {
    /// The table of a public entry, as a reader chose from it; none where it has none.
    pub(crate) async fn table_shown(
        &self,
        here: &Here<'_>,
        entry: &Entry,
        given: &[(String, String)],
    ) -> Result<Option<TableShown>, Failure> {
        let Some(stored) = stored_of(here.collection, entry) else {
            return Ok(None);
        };
        let scope = here.visit.scope(Purpose::Read);
        let Some(file) = self.store().file(&scope, &stored.file).await? else {
            return Ok(None);
        };
        let table = self.table_in(&file).await?;
        let mut shown = shown(table, given);
        if shown.drawing.as_deref() == Some(map::MAP) {
            let today = here.visit.today;
            let chosen = (&*shown.table, &shown.selection);
            shown.map = self.table_map(chosen, today).await?;
        }
        Ok(Some(shown))
    }

    /// The table in a file; the caller has asked who may have it.
    pub(crate) async fn table_in(&self, file: &StoredFile) -> Result<Arc<Table>, Failure> {
        if let Some(known) = self.tables().get(&file.hash) {
            return Ok(known);
        }
        let (_, content) = self.content_of(file.clone());
        let size = u64::try_from(file.size_bytes).unwrap_or_default();
        let bytes = content.open(0..size).await?.bytes().await;
        let bytes = bytes.map_err(|error| Failure::internal(error.to_string()))?;
        // A large one is read for some 50 ms: not on the threads that serve others.
        let read = tokio::task::spawn_blocking(move || Table::from_json_stat(&bytes)).await;
        let read = read.map_err(|error| Failure::internal(error.to_string()))?;
        let broken = |error: String| Failure::internal(format!("table {}: {error}", file.hash));
        let table = Arc::new(read.map_err(broken)?);
        self.tables().put(&file.hash, &table);
        Ok(table)
    }
}

/// A table as somebody chose from it.
pub(crate) fn shown(table: Arc<Table>, given: &[(String, String)]) -> TableShown {
    let values = |wanted: &str| {
        let own = given
            .iter()
            .filter(move |(name, value)| name == wanted && !value.is_empty());
        own.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    let (rows, columns) = (values("hang"), values("cot"));
    let picks: Vec<(&str, &str)> = values("chon")
        .into_iter()
        .map(|it| it.split_once(OF).unwrap_or((it, "")))
        .collect();
    let asked = Asked {
        rows: &rows,
        columns: &columns,
        picks: &picks,
    };
    TableShown {
        selection: Selection::of(&table, asked),
        drawing: values("ve").first().map(|it| (*it).to_owned()),
        is_chosen: !(rows.is_empty() && columns.is_empty() && picks.is_empty()),
        map: None,
        table,
    }
}
