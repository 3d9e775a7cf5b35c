use serde::Serialize;

use super::{FigureChoice, Figures, Link, View};

/// The page on which a spreadsheet becomes a table of figures; works without scripts.
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    /// The page's heading.
    pub title: String,
    /// What is wrong as a whole.
    pub faults: Vec<String>,
    /// Where the forms are sent.
    pub action: String,
    /// The revision that the page began from.
    pub base: String,
    /// The spreadsheet, where one was uploaded.
    pub sheet: Option<Sheet>,
    /// The entry it belongs to.
    pub back: Link,
}

/// An uploaded spreadsheet, and how it is laid out.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// Id of its file.
    pub file: String,
    /// What was found out about it.
    pub found: Vec<String>,
    /// Its sheets.
    pub sheets: Vec<FigureChoice>,
    /// First row of headings, from 1.
    pub heading_row: usize,
    /// Rows of headings.
    pub heading_rows: Vec<FigureChoice>,
    /// Columns of names.
    pub name_columns: Vec<FigureChoice>,
    /// Whether the last row of headings says two things.
    pub is_split: bool,
    /// How numbers are written.
    pub marks: Vec<FigureChoice>,
    /// Its dimensions.
    pub dimensions: Vec<SheetDimension>,
    /// What the numbers count.
    pub unit: String,
    /// What has to be known, a line each.
    pub notes: String,
    /// Letters of the columns that are shown.
    pub letters: Vec<String>,
    /// Rows that are shown.
    pub rows: Vec<SheetRow>,
    /// Says how much of it is not shown.
    pub rest: Option<String>,
    /// Cells that do not fit, in words.
    pub wrong: Vec<String>,
    /// How many there are in all, in words.
    pub wrong_count: Option<String>,
    /// The table that it makes.
    pub table: Option<Figures>,
}

/// A dimension that is named on the page.
#[derive(Debug, Clone, Serialize)]
pub struct SheetDimension {
    /// Its number, for the ids of its inputs.
    pub number: usize,
    /// Where it lies: "cột A", "hàng tiêu đề 1".
    pub place: String,
    /// What it is called.
    pub name: String,
    /// What it counts by.
    pub roles: Vec<FigureChoice>,
}

/// A row of a spreadsheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: usize,
    /// Whether it is one of headings.
    pub is_heading: bool,
    /// Its cells.
    pub cells: Vec<SheetCell>,
}

/// A cell of a spreadsheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetCell {
    /// What stands there.
    pub text: String,
    /// Whether it does not fit.
    pub is_wrong: bool,
    /// Whether it names figures.
    pub is_name: bool,
}

impl View for SheetPage {
    const TEMPLATE: &'static str = "sheet";
}
