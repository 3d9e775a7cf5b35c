//! The page on which a spreadsheet becomes a table, as it is shown.

use dinh_domain::entry::Entry;
use dinh_domain::ids::{EntryId, RevisionId};
use dinh_domain::table::layout::{Given, Layout};
use dinh_files::Found;

use super::{PREVIEW_COLUMNS, PREVIEW_ROWS};
use crate::desk::form::Place;
use crate::shown::TableShown;
use crate::table::{self, Sheet};

/// The page on which a spreadsheet becomes a table.
#[derive(Debug, Clone)]
pub struct TableForm {
    /// The entry.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// What people call the field.
    pub label: String,
    /// The revision that is there now.
    pub revision: RevisionId,
    /// The uploaded spreadsheet: id and name.
    pub file: Option<(String, String)>,
    /// What was found out about it.
    pub found: Option<Found>,
    /// Names of its sheets.
    pub sheets: Vec<String>,
    /// Its first rows.
    pub rows: Vec<Vec<Given>>,
    /// Rows and columns that it has in all.
    pub size: (usize, usize),
    /// How it is laid out, as far as that was said.
    pub layout: Option<Layout>,
    /// What is wrong with the file.
    pub faults: Vec<String>,
    /// What is wrong with its cells, in words.
    pub cells: Vec<String>,
    /// How many cells are wrong in all.
    pub wrong: usize,
    /// Places of the wrong cells.
    pub places: Vec<(usize, usize)>,
    /// The table that it makes.
    pub table: Option<TableShown>,
}

impl TableForm {
    pub(super) fn empty(place: &Place<'_>, entry: &Entry, layout: Option<Layout>) -> Self {
        let field = table::field_of(place.collection);
        let label = field.and_then(|it| place.collection.schema.get(it));
        let label = label.map_or("", |it| &it.label);
        Self {
            entry: entry.id.clone(),
            title: entry.title.clone(),
            label: place.plugin.text("vi", label),
            revision: entry.revision.clone(),
            file: None,
            found: None,
            sheets: Vec::new(),
            rows: Vec::new(),
            size: (0, 0),
            layout,
            faults: Vec::new(),
            cells: Vec::new(),
            wrong: 0,
            places: Vec::new(),
            table: None,
        }
    }

    /// Shows the beginning of a sheet, and gives back all of its rows.
    pub(super) fn read(&mut self, sheet: Sheet) -> Vec<Vec<Given>> {
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or_default();
        self.size = (sheet.rows.len(), width);
        self.found = Some(sheet.found);
        self.sheets = sheet.names;
        let shown = sheet.rows.iter().take(PREVIEW_ROWS);
        let shown = shown.map(|row| row.iter().take(PREVIEW_COLUMNS).cloned().collect());
        self.rows = shown.collect();
        sheet.rows
    }
}
