//! The pages of a batch, as they are shown: what is asked of a sheet, and what would become of its rows.

use dinh_domain::declaration::TypedDates;
use dinh_domain::table::number::DecimalMark;
use dinh_files::Found;

use super::BatchField;

/// What somebody says of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchLayout {
    /// A mapping of the plugin that it follows; none where the columns are chosen one by one.
    pub mapping: Option<String>,
    /// Which sheet of the file, from 0.
    pub sheet: usize,
    /// The row of headings, from 0; none where it is to be found.
    pub heading_row: Option<usize>,
    /// The field of each column, from the left; an empty one is passed over. None where they are to be guessed.
    pub columns: Option<Vec<String>>,
    /// How dates are written that were typed as text.
    pub dates: Option<TypedDates>,
    /// How numbers are written that were typed as text.
    pub mark: Option<DecimalMark>,
}

/// A batch under way: what it is of, its sheet where there is one, its plan where it was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchForm {
    /// Name of the site.
    pub site: String,
    /// Name of the type, in Vietnamese.
    pub kind: String,
    /// What columns may fill.
    pub fields: Vec<BatchField>,
    /// What people call the fields that no column fills.
    pub others: Vec<String>,
    /// What people call the fields by which an entry is known again; none where its title is.
    pub known_by: Vec<String>,
    /// What is wrong as a whole, in words.
    pub faults: Vec<String>,
    /// The sheet.
    pub sheet: Option<BatchSheet>,
    /// What would become of its rows.
    pub plan: Option<BatchPlan>,
}

/// An uploaded sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchSheet {
    /// Id of its file.
    pub file: String,
    /// Name of its file.
    pub name: String,
    /// What was found out about it.
    pub found: Found,
    /// Names of the sheets of the file.
    pub sheets: Vec<String>,
    /// Mappings that it may follow: ids and names.
    pub mappings: Vec<(String, String)>,
    /// How it is read; heading row and columns are there.
    pub layout: BatchLayout,
    /// Its columns.
    pub columns: Vec<BatchColumn>,
    /// Rows of the sheet.
    pub rows: usize,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchColumn {
    /// As spreadsheets name it.
    pub letter: String,
    /// Its heading; may be empty.
    pub heading: String,
    /// Its first cells that hold something.
    pub samples: Vec<String>,
    /// The field that it fills; empty where it is passed over.
    pub field: String,
}

/// How many rows become what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct BatchCount {
    /// New drafts.
    pub new: usize,
    /// Drafts that are changed, and new texts behind what is public.
    pub changed: usize,
    /// Rows that say what is there.
    pub same: usize,
    /// Rows that are not written.
    pub faulty: usize,
}

impl BatchCount {
    /// Drafts that are written.
    pub fn written(&self) -> usize {
        self.new + self.changed
    }
}

/// What would become of the rows of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchPlan {
    /// How many.
    pub count: BatchCount,
    /// Those of the written ones that lack something before they can be approved.
    pub lacking: usize,
    /// Those of the written ones that the section's own code was not asked about, for want of time.
    pub unasked: usize,
    /// What people call the fields that are shown.
    pub fields: Vec<String>,
    /// The first rows.
    pub rows: Vec<BatchRow>,
    /// What is wrong, row by row; first what keeps rows out.
    pub lines: Vec<BatchLine>,
    /// Names all of this: who agrees sends it back.
    pub seen: String,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchRowBecomes {
    /// A new draft.
    New,
    /// Another text of a draft.
    Changed,
    /// A text behind the public one.
    Revised,
    /// It says what is there.
    Same,
    /// It is not written.
    Faulty,
}

/// A row as it would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Its number in the sheet, from 1.
    pub number: usize,
    /// What becomes of it.
    pub becomes: BatchRowBecomes,
    /// The title that it would have.
    pub title: String,
    /// Its fields, in words.
    pub cells: Vec<String>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// Its number in the sheet, from 1.
    pub row: usize,
    /// The heading of the column, or what people call the field; empty where it is about the row.
    pub heading: String,
    /// What is wrong, in Vietnamese.
    pub message: String,
    /// Whether the row is kept out; otherwise it has to be put right before it is approved.
    pub keeps_out: bool,
}
