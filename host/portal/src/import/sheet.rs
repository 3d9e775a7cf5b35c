//! Files that are read as a whole: spreadsheets with rows, and tables of figures of which each becomes one entry.

use dinh_domain::declaration::{FILE_MEMBER, TITLE_MEMBER, TableFile};
use dinh_domain::fault::Fault;
use dinh_domain::table::layout::Given;
use dinh_files::{Found, Grid, NoGrid};
use serde_json::{Value, json};

use super::{ImportRun, PreparedRow, mapping};
use crate::failure::Failure;
use crate::post::{Draft, NewContent, NewFile};

/// The sheet of a file that rows are taken from.
#[derive(Debug)]
pub struct ImportSheet {
    /// What was found out about the file.
    pub found: Found,
    /// Its rows from the first, the blank ones too.
    pub rows: Vec<Vec<Given>>,
}

impl ImportRun {
    /// The declaration of a file that is one table, where the mapping has one.
    pub fn table_file(&self) -> Option<&TableFile> {
        self.preparing.mapping.as_ref()?.table.as_ref()
    }

    /// Reads the declared sheet of a spreadsheet, in a process of its own.
    ///
    /// # Errors
    /// It is no spreadsheet that can be read, or has no such sheet.
    pub async fn sheet(&self, bytes: &[u8]) -> Result<ImportSheet, Failure> {
        let grid = self.grid(bytes).await?;
        let mapping = self.preparing.mapping.as_ref();
        let wanted = mapping.and_then(|it| it.sheet.name.as_deref());
        let names: Vec<String> = grid.sheets.iter().map(|(name, _)| name.clone()).collect();
        let is_it = |name: &str| wanted.is_none_or(|wanted| wanted == name || name.is_empty());
        let found = grid.sheets.into_iter().find(|(name, _)| is_it(name));
        let Some((_, rows)) = found else {
            let wanted = wanted.unwrap_or("1");
            let names = names.join(", ");
            return Err(Failure::Refused(format!(
                "the file has no sheet “{wanted}”; it has: {names}"
            )));
        };
        Ok(ImportSheet {
            found: grid.found,
            rows,
        })
    }

    /// Takes a file as the one table of figures that it is.
    ///
    /// # Errors
    /// It cannot be read, or the mapping is one of rows.
    pub async fn table(&self, (name, bytes): (&str, Vec<u8>)) -> Result<Vec<PreparedRow>, Failure> {
        let preparing = &self.preparing;
        let refused = |why: &str| Failure::Refused(why.to_owned());
        let known = preparing.portal.plugins().collection(&preparing.collection);
        let (plugin, collection) = known.ok_or_else(|| refused("the collection is gone"))?;
        let of_rows = || refused("this mapping takes rows, and no table");
        let mapping = preparing.mapping.as_deref().ok_or_else(of_rows)?;
        let table = mapping.table.as_ref().ok_or_else(of_rows)?;
        let title = match table.title_row {
            None => String::new(),
            Some(row) => title(&self.grid(&bytes).await?, row, table),
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let row = json!({ FILE_MEMBER: stem, TITLE_MEMBER: title });
        let checked = match mapping::map(&plugin.declaration, collection, Some(mapping), &row) {
            Err(faults) => Err(faults),
            Ok(mapped) => {
                let draft = Draft {
                    site: preparing.site.clone(),
                    collection: preparing.collection.clone(),
                    import_key: Some(mapped.key),
                    body: mapped.body,
                    source: mapped.source,
                    lifted: mapped.lifted,
                    files: vec![NewFile {
                        field: table.field.clone(),
                        name: name.to_owned(),
                        label: String::new(),
                        content: NewContent::Bytes(bytes),
                        layout: Some(Box::new(table.layout.clone())),
                    }],
                    published_at: None,
                    faults: mapped.faults,
                };
                let checked = preparing.portal.checked(vec![draft]).await?.pop();
                checked.unwrap_or_else(|| Err(vec![Fault::new("", "fault.collection")]))
            }
        };
        Ok(vec![PreparedRow {
            line: 1,
            row: without_empty(row),
            checked,
        }])
    }

    async fn grid(&self, bytes: &[u8]) -> Result<Grid, Failure> {
        let read = self.preparing.portal.reader().read_cells(bytes).await;
        let read = read.map_err(|error| Failure::Unavailable {
            cause: error.to_string(),
        })?;
        read.map_err(|why| Failure::Refused(told(why).to_owned()))
    }
}

/// The title above a table, as far as it is one.
fn title(grid: &Grid, row: usize, table: &TableFile) -> String {
    let sheet = grid.sheets.get(table.layout.sheet);
    let cell = sheet.and_then(|(_, rows)| rows.get(row)?.first());
    let mut title = cell.map_or("", Given::text);
    for end in table.title_ends.iter().filter(|it| !it.is_empty()) {
        if let Some(at) = title.rfind(end.as_str()).filter(|at| *at > 0) {
            title = &title[..at];
        }
    }
    title.trim().to_owned()
}

fn without_empty(row: Value) -> Value {
    match row {
        Value::Object(mut members) => {
            members.retain(|_, it| it != "");
            Value::Object(members)
        }
        other => other,
    }
}

fn told(why: NoGrid) -> &'static str {
    match why {
        NoGrid::Unsupported => "the file is neither CSV nor ODS nor XLSX",
        NoGrid::Broken => "the file is broken or empty; open it and save it again",
        NoGrid::Encrypted => "the file is locked with a password",
        NoGrid::TooLarge => {
            "the file has too many cells, or takes too long to read; save it as CSV, which has no such limit"
        }
    }
}
