//! From an uploaded spreadsheet to a table that is kept: cells are read apart, then laid out as its sender says.

use dinh_domain::body::MAX_BODY_BYTES;
use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::fault::Fault;
use dinh_domain::ids::FileId;
use dinh_domain::table::layout::{Given, Layout, SheetFault, SheetFaultKind, SheetFaults};
use dinh_domain::table::{StoredTable, Table, TableSource};
use dinh_domain::vietnamese::slugify;
use dinh_files::{Found, NoGrid};
use dinh_store::{StoredFile, TABLE_MEDIA_TYPE, new_file_id};
use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::{Draft, NewContent, NewFile};
use crate::visit::Visit;

/// Media type of separated values.
const CSV: &str = "text/csv";

/// A file of an uploaded table and the table's file, with what the body says of them.
type Tabulated = (Vec<StoredFile>, Value);

/// A table that is given with its entry: `{ csv = "…", layout = { … } }`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inline {
    csv: String,
    layout: Layout,
}

/// What was read of a spreadsheet.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) found: Found,
    /// Names of all sheets of the file.
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Vec<Given>>,
}

impl Portal {
    /// Makes files of the tables that a draft brings with it.
    pub(crate) fn inline_tables(collection: &Collection, draft: &mut Draft) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, field) in &collection.schema {
            if !matches!(field.kind, FieldKind::Table {}) {
                continue;
            }
            let Some(value) = draft.body.get(name).filter(|it| it.get("csv").is_some()) else {
                continue;
            };
            match serde_json::from_value::<Inline>(value.clone()) {
                Ok(inline) => {
                    draft.body.shift_remove(name);
                    draft.files.push(NewFile {
                        field: name.clone(),
                        name: format!("{name}.csv"),
                        label: String::new(),
                        content: NewContent::Bytes(inline.csv.into_bytes()),
                        layout: Some(Box::new(inline.layout)),
                    });
                }
                Err(error) => {
                    let fault = Fault::new(name, "fault.table-layout");
                    faults.push(fault.with("given", error));
                }
            }
        }
        faults
    }

    /// Reads one sheet of a spreadsheet; the fault says why there is none.
    pub(crate) async fn sheet(
        &self,
        field: &str,
        bytes: &[u8],
        number: usize,
    ) -> Result<Result<Sheet, Fault>, Failure> {
        let read = self.reader().read_cells(bytes).await;
        let read = read.map_err(|error| Failure::Unavailable {
            cause: error.to_string(),
        })?;
        let mut grid = match read {
            Ok(grid) => grid,
            Err(why) => return Ok(Err(Fault::new(field, no_grid(why)))),
        };
        let names = grid.sheets.iter().map(|(name, _)| name.clone()).collect();
        if number >= grid.sheets.len() {
            return Ok(Err(Fault::new(field, "fault.sheet-missing")));
        }
        let (_, rows) = grid.sheets.swap_remove(number);
        Ok(Ok(Sheet {
            found: grid.found,
            names,
            rows,
        }))
    }

    /// Takes a spreadsheet in as the table of a field, and keeps both.
    pub(crate) async fn tabulate(
        &self,
        visit: &Visit,
        (field, name): (&str, &str),
        (bytes, layout): (Vec<u8>, &Layout),
    ) -> Result<Result<Tabulated, Vec<Fault>>, Failure> {
        let sheet = match self.sheet(field, &bytes, layout.sheet).await? {
            Ok(sheet) => sheet,
            Err(fault) => return Ok(Err(vec![fault])),
        };
        let table = match laid_out(layout.clone(), sheet.rows).await? {
            Ok(table) => table,
            Err(faults) => {
                let named = faults.named.iter();
                return Ok(Err(named.map(|it| sheet_fault(field, it)).collect()));
            }
        };
        let media = media_of(&bytes);
        let source = self.stored(visit, name.to_owned(), media, bytes).await?;
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own = format!("{}.json", slugify(stem, 60));
        let file = self
            .stored(
                visit,
                own,
                TABLE_MEDIA_TYPE,
                table.to_json_stat(&[]).into_bytes(),
            )
            .await?;
        let told = StoredTable::new(
            &table,
            (file.id.clone(), file.name.clone(), file.hash.clone()),
            Some((
                TableSource {
                    file: source.id.clone(),
                    name: source.name.clone(),
                    sha256: source.hash.clone(),
                },
                layout.clone(),
            )),
        );
        let value =
            serde_json::to_value(told).map_err(|error| Failure::internal(error.to_string()))?;
        if value.to_string().len() > MAX_BODY_BYTES {
            return Ok(Err(vec![Fault::new(field, "fault.too-large")]));
        }
        Ok(Ok((vec![file, source], value)))
    }

    /// Keeps bytes on the shelf; the file still has to be written.
    pub(crate) async fn stored(
        &self,
        visit: &Visit,
        name: String,
        media_type: &str,
        bytes: Vec<u8>,
    ) -> Result<StoredFile, Failure> {
        let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let hash = self.keep_content(bytes).await?;
        let id: FileId = new_file_id();
        Ok(StoredFile {
            id,
            site: visit.site.id.clone(),
            hash,
            name,
            media_type: media_type.to_owned(),
            size_bytes,
            created_at: visit.now,
        })
    }
}

/// Media type of a spreadsheet; values in an old encoding say nothing by their first bytes.
pub(crate) fn media_of(bytes: &[u8]) -> &'static str {
    match dinh_files::sniff(bytes) {
        None | Some(dinh_files::Media::Text) => CSV,
        Some(media) => media.media_type(),
    }
}

/// Lays rows out as a table. A large one is work of a second: not on the threads that serve others.
pub(crate) async fn laid_out(
    layout: Layout,
    rows: Vec<Vec<Given>>,
) -> Result<Result<Table, SheetFaults>, Failure> {
    let done = tokio::task::spawn_blocking(move || layout.read(&rows)).await;
    done.map_err(|error| Failure::internal(error.to_string()))
}

fn no_grid(why: NoGrid) -> &'static str {
    match why {
        NoGrid::Unsupported => "fault.sheet-unsupported",
        NoGrid::Broken => "fault.sheet-broken",
        NoGrid::Encrypted => "fault.sheet-encrypted",
        NoGrid::TooLarge => "fault.sheet-too-large",
    }
}

/// A fault of a cell, in the words of people who look at their spreadsheet: `C14`.
pub(crate) fn sheet_fault(field: &str, fault: &SheetFault) -> Fault {
    let key = match fault.what {
        SheetFaultKind::Beyond => "fault.table-beyond",
        SheetFaultKind::TooWide => "fault.table-too-wide",
        SheetFaultKind::DimensionName => "fault.table-dimension",
        SheetFaultKind::NoHeading => "fault.table-no-heading",
        SheetFaultKind::NoName => "fault.table-no-name",
        SheetFaultKind::NotSplit => "fault.table-not-split",
        SheetFaultKind::LongName => "fault.table-long-name",
        SheetFaultKind::NoNumber => "fault.table-no-number",
        SheetFaultKind::MarkUnknown => "fault.table-mark",
        SheetFaultKind::TooManyDigits => "fault.table-digits",
        SheetFaultKind::SheetError => "fault.table-sheet-error",
        SheetFaultKind::Twice => "fault.table-twice",
        SheetFaultKind::TooManyCodes => "fault.table-codes",
        SheetFaultKind::TooManyCells => "fault.table-cells",
        SheetFaultKind::NotNotes => "fault.table-not-notes",
        SheetFaultKind::NoFigures => "fault.table-empty",
    };
    let at = match (fault.column, fault.row) {
        (Some(column), Some(row)) => format!("{}{}", letters(column), row + 1),
        (Some(column), None) => format!("cột {}", letters(column)),
        (None, Some(row)) => format!("hàng {}", row + 1),
        (None, None) => String::new(),
    };
    Fault::new(field, key)
        .with("at", at)
        .with("given", &fault.given)
}

/// The name of a column in spreadsheets: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    name.into_iter().rev().collect()
}

#[cfg(test)]
mod tests;
