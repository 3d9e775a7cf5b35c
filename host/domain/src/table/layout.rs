//! From the rows of a spreadsheet to a table: where its headings lie is said by whoever uploads it, and what does not
//! fit is named cell by cell. Nothing is guessed: a number that can be read in two ways is not read at all.

mod cells;
mod reading;
mod signs;

use serde::{Deserialize, Serialize};

use super::number::DecimalMark;
use super::{MAX_DIMENSIONS, MAX_LABEL_CHARS, Role, Table};
use reading::{Names, Reading};

/// Most columns of a sheet, as the widest spreadsheets have them.
pub const MAX_COLUMNS: usize = 16_384;
/// Most faults that are named; the others are counted.
pub const MAX_FAULTS: usize = 100;
/// Most rows of headings, and most columns of names.
pub const MAX_HEADINGS: usize = 4;

/// Most rows of words below the figures: more are names whose figures are missing, and somebody has to say so.
pub const MAX_NOTES: usize = 20;
/// Longest of them, in characters.
pub const MAX_NOTE_CHARS: usize = 1_000;

/// A cell of a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Empty,
    /// What was typed.
    Text(String),
    /// A number that the file holds as one, with a decimal point.
    Number(String),
    /// A day that the file holds as one: `2024-12-31`.
    Date(String),
    /// The file has an error there (`#REF!`).
    Error(String),
}

impl Given {
    /// What is read there.
    pub fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Error(text) => {
                text.trim()
            }
        }
    }
}

/// How a sheet is laid out. Rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Which sheet of the file.
    #[serde(default)]
    pub sheet: usize,
    /// The first row of headings.
    #[serde(default)]
    pub heading_row: usize,
    /// How many rows of headings there are: one dimension each.
    pub heading_rows: usize,
    /// How many columns of names stand in front: one dimension each.
    pub name_columns: usize,
    /// The last row of headings says two things: "2015 Tiểu học" is a year and a level.
    #[serde(default)]
    pub is_split: bool,
    /// Name and role of each dimension: those of columns first, then those of headings.
    pub dimensions: Vec<(String, Role)>,
    /// How numbers are written that were typed as text; none where nobody has said so.
    #[serde(default)]
    pub mark: Option<DecimalMark>,
    /// What the numbers count.
    #[serde(default)]
    pub unit: String,
    /// What has to be known to read it.
    #[serde(default)]
    pub notes: Vec<String>,
    /// What stands in headings and is no part of them: `(*)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drop: Vec<String>,
}

/// What is wrong with a sheet, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFault {
    /// The row, counted from 0; none where it is about the whole.
    pub row: Option<usize>,
    /// The column, counted from 0.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: SheetFaultKind,
    /// What stands there.
    pub given: String,
}

/// What can be wrong with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFaultKind {
    /// The layout names rows or columns that the sheet does not have.
    Beyond,
    /// More columns than [`MAX_COLUMNS`].
    TooWide,
    /// A dimension without a name, or named like another one.
    DimensionName,
    /// Figures below no heading.
    NoHeading,
    /// Figures beside no name.
    NoName,
    /// A heading that should say two things says one.
    NotSplit,
    /// A name longer than [`MAX_LABEL_CHARS`].
    LongName,
    /// No number, and none of the signs for a missing one.
    NoNumber,
    /// A number as text, and nobody said how numbers are written.
    MarkUnknown,
    /// More digits than are kept exactly.
    TooManyDigits,
    /// An error of the spreadsheet.
    SheetError,
    /// The same names as in a row or column before; `given` names which.
    Twice,
    /// More values of one dimension than [`crate::table::MAX_CODES`].
    TooManyCodes,
    /// More cells than [`crate::table::MAX_CELLS`].
    TooManyCells,
    /// Below the figures stand more rows of words than [`MAX_NOTES`], or longer ones than [`MAX_NOTE_CHARS`].
    NotNotes,
    /// There is no figure in it.
    NoFigures,
}

/// Faults with their count; the first [`MAX_FAULTS`] are named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetFaults {
    /// The first ones.
    pub named: Vec<SheetFault>,
    /// How many there are in all.
    pub count: usize,
}

impl SheetFaults {
    fn add(&mut self, what: SheetFaultKind, at: (Option<usize>, Option<usize>), given: &str) {
        self.count += 1;
        if self.named.len() < MAX_FAULTS {
            self.named.push(SheetFault {
                row: at.0,
                column: at.1,
                what,
                given: given.chars().take(80).collect(),
            });
        }
    }

    fn one(what: SheetFaultKind) -> Self {
        let mut faults = Self::default();
        faults.add(what, (None, None), "");
        faults
    }
}

impl Layout {
    /// How many dimensions it speaks of.
    pub fn dimension_count(&self) -> usize {
        self.name_columns + self.heading_rows + usize::from(self.is_split)
    }

    /// Reads the rows of a sheet.
    ///
    /// # Errors
    /// Everything that does not fit.
    pub fn read(&self, rows: &[Vec<Given>]) -> Result<Table, SheetFaults> {
        self.check(rows)?;
        let mut reading = Reading {
            layout: self,
            rows,
            faults: SheetFaults::default(),
            dimensions: self.dimensions.iter().map(|_| Names::default()).collect(),
            notes: Vec::new(),
        };
        let columns = reading.columns();
        let lines = reading.lines(&columns);
        let table = reading.cells(&columns, &lines);
        match table {
            Some(table) if reading.faults.count == 0 => Ok(table),
            _ => Err(reading.faults),
        }
    }

    fn check(&self, rows: &[Vec<Given>]) -> Result<(), SheetFaults> {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut faults = SheetFaults::default();
        let counts = [self.heading_rows, self.name_columns];
        if counts.iter().any(|it| !(1..=MAX_HEADINGS).contains(it))
            || self.dimension_count() > MAX_DIMENSIONS
            || self.dimensions.len() != self.dimension_count()
            || self.heading_row.saturating_add(self.heading_rows) >= rows.len()
            || self.name_columns >= width
        {
            return Err(SheetFaults::one(SheetFaultKind::Beyond));
        }
        if width > MAX_COLUMNS {
            faults.add(SheetFaultKind::TooWide, (None, None), &width.to_string());
        }
        for (at, (name, _)) in self.dimensions.iter().enumerate() {
            let is_twice = self.dimensions[..at].iter().any(|(it, _)| it == name);
            if name.trim().is_empty() || is_twice || name.chars().count() > MAX_LABEL_CHARS {
                faults.add(SheetFaultKind::DimensionName, (None, None), name);
            }
        }
        if faults.count == 0 {
            Ok(())
        } else {
            Err(faults)
        }
    }
}
