//! The sheet of a batch: kept when it came, read anew at each step, and its columns with the fields that they fill.

use dinh_domain::declaration::{ImportMapping, SheetRows};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::FileId;
use dinh_domain::people::Staff;
use dinh_domain::table::layout::Given;
use dinh_domain::visibility::Actor;
use dinh_store::StoredFile;
use serde_json::json;

use super::identity::Identity;
use super::proposed::{mappings, proposed, width};
use super::row::{Column, ReadRow, read};
use super::{BATCH_BYTES_MAX, BATCH_COLUMNS_MAX, BATCH_ROWS_MAX};
use super::{BatchColumn, BatchLayout, BatchSheet};
use crate::desk::form::Place;
use crate::desk::{Done, Undone};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::table::{self, letters};

/// Cells of a column that are shown beside its heading.
const SAMPLES: usize = 3;
/// Longest part of a cell that is shown there, in characters.
const SAMPLE_CHARS: usize = 60;
/// Rows that stand above those of entries: a title, the headings, and what columns want.
const HEAD_ROWS: usize = 3;
/// Bytes of a mebibyte.
const MIB: usize = 1024 * 1024;

/// A sheet with what was said of it.
pub(super) struct Opened {
    pub(super) sheet: BatchSheet,
    /// Its rows from the first.
    pub(super) rows: Vec<Vec<Given>>,
    /// What was kept of it.
    pub(super) file: StoredFile,
}

impl Portal {
    /// The sheet that came now or before; none where none did. What cannot be read is not kept.
    pub(super) async fn batch_opened(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        (upload, id): (Option<(String, Vec<u8>)>, Option<FileId>),
        layout: &BatchLayout,
    ) -> Result<Done<Option<Opened>>, Failure> {
        let refused = |fault: Fault| Ok(Err(Undone::Faults(vec![fault])));
        let (file, bytes) = match (&upload, id) {
            (Some((_, bytes)), _) if bytes.len() > BATCH_BYTES_MAX => {
                let fault = Fault::new("", "fault.batch-bytes");
                return refused(fault.with("max", BATCH_BYTES_MAX / MIB));
            }
            (Some((_, bytes)), _) => (None, bytes.clone()),
            (None, Some(id)) => {
                let ids = std::slice::from_ref(&id);
                let whose = (staff.account.as_str(), &place.site.id);
                let file = self.store().uploads(whose, ids).await?.pop();
                // Of what came for another page there may be more.
                let own = |it: &StoredFile| it.size_bytes.unsigned_abs() <= BATCH_BYTES_MAX as u64;
                let Some(file) = file.filter(own) else {
                    return Ok(Err(Undone::NotFound));
                };
                let bytes = self.bytes_of(&file).await?;
                (Some(file), bytes)
            }
            (None, None) => return Ok(Ok(None)),
        };
        let sheet = match self.sheet("", &bytes, layout.sheet).await? {
            Ok(sheet) => sheet,
            Err(fault) => return refused(fault),
        };
        if let Some(fault) = too_much(&sheet.rows) {
            return refused(fault);
        }
        let file = match (file, upload) {
            (Some(file), _) => file,
            (None, Some((name, bytes))) => {
                let directory = self.directory().await?;
                let actor = Actor::Staff(staff.clone());
                let visit = self.visit(&directory, place.site.clone(), actor)?;
                self.sheet_kept(staff, &visit, name, bytes).await?
            }
            (None, None) => return Ok(Ok(None)),
        };
        Ok(Ok(Some(opened(place, file, sheet, layout.clone()))))
    }
}

impl Opened {
    /// What is wrong with what was said of the sheet, before any row is looked at.
    pub(super) fn faults(&self, place: &Place<'_>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let chosen = |field: &str| {
            let columns = self
                .sheet
                .columns
                .iter()
                .filter(move |it| it.field == field);
            columns.map(|it| it.letter.as_str()).collect::<Vec<_>>()
        };
        for (name, field) in &place.collection.schema {
            let columns = chosen(name);
            if columns.len() > 1 {
                let fault = Fault::new(name, "fault.batch-twice").with("field", &field.label);
                faults.push(fault.with("given", columns.join(", ")));
            }
        }
        let values = self.values(place);
        for name in Identity::of(place).given_fields() {
            let label = place
                .collection
                .schema
                .get(name)
                .map(|it| it.label.as_str());
            if chosen(name).is_empty() && !values.contains_key(name) {
                let fault = Fault::new(name, "fault.batch-identity");
                faults.push(fault.with("field", label.unwrap_or(name)));
            }
        }
        if self.sheet.columns.iter().all(|it| it.field.is_empty()) {
            faults.push(Fault::new("", "fault.batch-no-column"));
        }
        if faults.is_empty() && self.read(place).is_empty() {
            faults.push(Fault::new("", "fault.batch-empty"));
        }
        faults
    }

    /// The rows below the headings.
    pub(super) fn read(&self, place: &Place<'_>) -> Vec<ReadRow> {
        let layout = &self.sheet.layout;
        let rows = SheetRows {
            name: None,
            heading_row: layout.heading_row.unwrap_or_default(),
            dates: layout.dates,
            mark: layout.mark,
        };
        let columns = self.sheet.columns.iter().enumerate();
        let columns: Vec<Column<'_>> = columns
            .filter_map(|(at, it)| {
                let (name, field) = place.collection.schema.get_key_value(&it.field)?;
                Some((at, name.as_str(), field))
            })
            .collect();
        read(&place.plugin.declaration, (&columns, &rows), &self.rows)
    }

    /// What the chosen mapping says of every entry.
    pub(super) fn values(&self, place: &Place<'_>) -> Body {
        let values = self.mapping(place).into_iter().flat_map(|it| &it.values);
        let own = values.filter(|(name, _)| place.collection.schema.contains_key(*name));
        own.map(|(name, value)| (name.clone(), json!(value)))
            .collect()
    }

    /// The source that the chosen mapping names.
    pub(super) fn source(&self, place: &Place<'_>) -> Option<String> {
        let named = self.mapping(place)?.values.get("source")?;
        let is_field = place.collection.schema.contains_key("source");
        (!is_field).then(|| named.clone())
    }

    fn mapping<'a>(&self, place: &Place<'a>) -> Option<&'a ImportMapping> {
        let name = self.sheet.layout.mapping.as_deref()?;
        place.plugin.declaration.imports.get(name)
    }
}

fn too_much(rows: &[Vec<Given>]) -> Option<Fault> {
    let filled = rows
        .iter()
        .filter(|row| row.iter().any(|it| !it.text().is_empty()));
    let count = filled.count();
    if count > BATCH_ROWS_MAX + HEAD_ROWS {
        let fault = Fault::new("", "fault.batch-rows").with("count", count);
        return Some(fault.with("max", BATCH_ROWS_MAX));
    }
    let width = width(rows);
    (width > BATCH_COLUMNS_MAX).then(|| {
        let fault = Fault::new("", "fault.batch-columns").with("count", width);
        fault.with("max", BATCH_COLUMNS_MAX)
    })
}

/// The sheet with what was said of it, and what was not said as it is proposed.
fn opened(place: &Place<'_>, file: StoredFile, sheet: table::Sheet, layout: BatchLayout) -> Opened {
    let own = mappings(place);
    let (layout, headings) = proposed(place, &own, &sheet.rows, layout);
    let row = layout.heading_row.unwrap_or_default();
    let chosen = layout.columns.clone().unwrap_or_default();
    let column = |(at, heading): (usize, String)| BatchColumn {
        letter: letters(at),
        samples: samples(&sheet.rows, (at, row)),
        field: chosen.get(at).cloned().unwrap_or_default(),
        heading,
    };
    let columns = headings.into_iter().enumerate().map(column).collect();
    let name_of = |name: &str| {
        let named = place.plugin.locales.text("vi", &format!("import.{name}"));
        named.unwrap_or(name).to_owned()
    };
    let mappings = own
        .iter()
        .map(|(name, _)| ((*name).to_owned(), name_of(name)));
    Opened {
        sheet: BatchSheet {
            file: file.id.to_string(),
            name: file.name.clone(),
            found: sheet.found,
            sheets: sheet.names,
            mappings: mappings.collect(),
            layout,
            columns,
            rows: sheet.rows.len(),
        },
        rows: sheet.rows,
        file,
    }
}

fn samples(rows: &[Vec<Given>], (column, heading_row): (usize, usize)) -> Vec<String> {
    let below = rows.iter().skip(heading_row + 1);
    let cells = below.filter_map(|row| row.get(column)).map(Given::text);
    let filled = cells.filter(|it| !it.is_empty()).take(SAMPLES);
    filled
        .map(|it| it.chars().take(SAMPLE_CHARS).collect())
        .collect()
}
