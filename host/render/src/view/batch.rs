use serde::Serialize;

use super::{FigureChoice, HiddenField, Link, View};

/// The pages on which the rows of a spreadsheet become drafts; they work without scripts.
#[derive(Debug, Clone, Serialize)]
pub struct BatchPage {
    /// The page's heading.
    pub title: String,
    /// Where it goes: site and type.
    pub place: String,
    /// What was done a moment ago.
    pub said: Option<String>,
    /// Where what was done is seen.
    pub done: Option<Link>,
    /// What is wrong as a whole.
    pub faults: Vec<String>,
    /// Where the forms are sent, and where another file is chosen.
    pub action: String,
    /// The first step: a file is chosen.
    pub choose: Option<BatchChoose>,
    /// The second: which column is which.
    pub ask: Option<BatchAsk>,
    /// The third: what would become of the rows.
    pub look: Option<BatchLook>,
}

/// What is told before a file is chosen.
#[derive(Debug, Clone, Serialize)]
pub struct BatchChoose {
    /// What files are taken.
    pub limits: String,
    /// By what an entry is known again.
    pub known_by: String,
    /// Fields that no column fills.
    pub others: Option<String>,
    /// Empty tables to fill in.
    pub templates: Vec<Link>,
    /// What columns may fill, and what their cells hold.
    pub fields: Vec<BatchWanted>,
}

/// A field that a column may fill.
#[derive(Debug, Clone, Serialize)]
pub struct BatchWanted {
    /// What people call it.
    pub label: String,
    /// What its cells hold.
    pub guide: String,
}

/// What is asked of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct BatchAsk {
    /// Id of its file.
    pub file: String,
    /// What was found out about it.
    pub found: Vec<String>,
    /// For what the columns were proposed.
    pub read_as: String,
    /// The sheets of the file, where there are several.
    pub sheets: Vec<FigureChoice>,
    /// Mappings that it may follow, where there are any.
    pub mappings: Vec<FigureChoice>,
    /// The row of headings, from 1.
    pub heading_row: usize,
    /// Its columns.
    pub columns: Vec<BatchColumn>,
    /// How dates are written.
    pub dates: Vec<FigureChoice>,
    /// How numbers are written.
    pub marks: Vec<FigureChoice>,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct BatchColumn {
    /// Its place, for the ids of its inputs.
    pub number: usize,
    /// What it is called: its letter and its heading.
    pub label: String,
    /// Its first cells, in a sentence.
    pub samples: Option<String>,
    /// The fields that it may fill.
    pub fields: Vec<FigureChoice>,
}

/// What would become of the rows.
#[derive(Debug, Clone, Serialize)]
pub struct BatchLook {
    /// What was said of the sheet, and what is seen.
    pub hidden: Vec<HiddenField>,
    /// How many rows become what, in words.
    pub counts: Vec<String>,
    /// Fields that are shown.
    pub fields: Vec<String>,
    /// The first rows.
    pub rows: Vec<BatchRow>,
    /// Says how many rows are not shown.
    pub rest: Option<String>,
    /// What keeps rows out.
    pub out: BatchLines,
    /// What has to be put right before drafts are approved.
    pub lacking: BatchLines,
    /// Whether there is a list to take away.
    pub has_lines: bool,
    /// What the box says that leaves out rows that are not right.
    pub leave_out: Option<String>,
    /// What the button says that writes; none where there is nothing to write.
    pub keep: Option<String>,
}

/// A row as it would stand.
#[derive(Debug, Clone, Serialize)]
pub struct BatchRow {
    /// Its number in the sheet.
    pub number: usize,
    /// What becomes of it.
    pub becomes: String,
    /// Whether it is not written.
    pub is_out: bool,
    /// Its fields.
    pub cells: Vec<String>,
}

/// A bounded list of what is wrong.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BatchLines {
    /// Where, and what.
    pub lines: Vec<BatchLine>,
    /// Says how many are not shown.
    pub rest: Option<String>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Serialize)]
pub struct BatchLine {
    /// Its row and column, in words.
    pub at: String,
    /// What is wrong.
    pub message: String,
}

impl View for BatchPage {
    const TEMPLATE: &'static str = "batch";
}
