//! From the rows of a spreadsheet to a table: where its headings lie is said by whoever uploads it, and what does not
//! fit is named cell by cell. Nothing is guessed: a number that can be read in two ways is not read at all.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::number::{Decimal, DecimalMark, MAX_DECIMALS};
use super::{
    Cell, Code, Dimension, MAX_CELLS, MAX_CODES, MAX_DIMENSIONS, MAX_LABEL_CHARS, Mark, Role,
    Shape, Table, own_id,
};
use crate::vietnamese::nfc;

/// Most columns of a sheet, as the widest spreadsheets have them.
pub const MAX_COLUMNS: usize = 16_384;
/// Most faults that are named; the others are counted.
pub const MAX_FAULTS: usize = 100;
/// Most rows of headings, and most columns of names.
pub const MAX_HEADINGS: usize = 4;

/// A cell of a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Empty,
    /// What was typed.
    Text(String),
    /// A number that the file holds as one, with a decimal point.
    Number(String),
    /// The file has an error there (`#REF!`).
    Error(String),
}

impl Given {
    /// What is read there.
    pub fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text.trim(),
        }
    }
}

/// How a sheet is laid out. Rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// More values of one dimension than [`MAX_CODES`].
    TooManyCodes,
    /// More cells than [`MAX_CELLS`].
    TooManyCells,
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

/// The values of one dimension, as they turn up.
#[derive(Default)]
struct Names {
    codes: Vec<Code>,
    by_label: HashMap<String, usize>,
    ids: HashMap<String, ()>,
}

impl Names {
    fn place(&mut self, label: &str) -> usize {
        if let Some(known) = self.by_label.get(label) {
            return *known;
        }
        let id = own_id(label, |id| self.ids.contains_key(id));
        self.ids.insert(id.clone(), ());
        self.by_label.insert(label.to_owned(), self.codes.len());
        self.codes.push(Code {
            id,
            label: label.to_owned(),
        });
        self.codes.len() - 1
    }
}

/// A row or a column of figures: its values of the dimensions that lie across it.
struct Line {
    at: usize,
    places: Vec<usize>,
    mark: Mark,
}

struct Reading<'a> {
    layout: &'a Layout,
    rows: &'a [Vec<Given>],
    faults: SheetFaults,
    dimensions: Vec<Names>,
}

impl Reading<'_> {
    fn given(&self, row: usize, column: usize) -> &Given {
        const NOTHING: &Given = &Given::Empty;
        let row = self.rows.get(row);
        row.and_then(|it| it.get(column)).unwrap_or(NOTHING)
    }

    fn first_row(&self) -> usize {
        self.layout.heading_row + self.layout.heading_rows
    }

    /// The columns of figures with what their headings say. A heading above several columns stands in the first.
    fn columns(&mut self) -> Vec<Line> {
        let layout = self.layout;
        let heading = layout.heading_row..self.first_row();
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut above = vec![String::new(); layout.heading_rows];
        let mut columns = Vec::new();
        for column in layout.name_columns..width {
            let mut labels = Vec::new();
            for (depth, row) in heading.clone().enumerate() {
                let own = clean(self.given(row, column).text());
                let is_last = depth + 1 == layout.heading_rows;
                if !own.is_empty() || is_last {
                    above[depth] = own;
                    // What stands below another heading begins anew.
                    above[depth + 1..].iter_mut().for_each(String::clear);
                }
                labels.push(above[depth].clone());
            }
            if let Some(line) = self.column(column, labels) {
                columns.push(line);
            }
        }
        columns
    }

    fn column(&mut self, column: usize, mut labels: Vec<String>) -> Option<Line> {
        let last_row = self.first_row() - 1;
        if labels.iter().any(String::is_empty) {
            let figures = self.rows.iter().enumerate().skip(self.first_row());
            let figure =
                figures.filter(|(_, row)| row.get(column).is_some_and(|it| !it.text().is_empty()));
            let first = figure.map(|(at, _)| at).next();
            if let Some(row) = first {
                let given = self.given(row, column).text().to_owned();
                let at = (Some(row), Some(column));
                self.faults.add(SheetFaultKind::NoHeading, at, &given);
            }
            return None;
        }
        let mut sure = Mark::Plain;
        if self.layout.is_split
            && let Some(both) = labels.pop()
        {
            // "Sơ bộ 2016 Tiểu học": what it says of its figures is no part of the year.
            let (both, mark) = without_status(&both);
            sure = mark;
            let Some((one, other)) = both.split_once(' ') else {
                let at = (Some(last_row), Some(column));
                self.faults.add(SheetFaultKind::NotSplit, at, both);
                return None;
            };
            labels.push(one.to_owned());
            labels.push(other.trim().to_owned());
        }
        let first = self.layout.name_columns;
        let place = (Some(last_row), Some(column));
        let mut line = self.line(column, place, first, &labels);
        if sure != Mark::Plain {
            line.mark = sure;
        }
        Some(line)
    }

    /// The rows of figures with their names. A name for several rows stands in the first.
    fn lines(&mut self, columns: &[Line]) -> Vec<Line> {
        let layout = self.layout;
        let mut above = vec![String::new(); layout.name_columns];
        let mut lines = Vec::new();
        for row in self.first_row()..self.rows.len() {
            let is_blank = |it: &Line| self.given(row, it.at).text().is_empty();
            let has_figures = !columns.iter().all(is_blank);
            for (depth, label) in above.iter_mut().enumerate() {
                let own = clean(self.given(row, depth).text());
                if !own.is_empty() || depth + 1 == layout.name_columns {
                    *label = own;
                }
            }
            if above.iter().any(String::is_empty) {
                if has_figures {
                    self.faults
                        .add(SheetFaultKind::NoName, (Some(row), None), "");
                }
                continue;
            }
            // A line of words alone is a heading between rows, or a note below them.
            if has_figures {
                let labels = above.clone();
                lines.push(self.line(row, (Some(row), None), 0, &labels));
            }
        }
        lines
    }

    fn line(
        &mut self,
        at: usize,
        place: (Option<usize>, Option<usize>),
        first: usize,
        labels: &[String],
    ) -> Line {
        let mut line = Line {
            at,
            places: Vec::with_capacity(labels.len()),
            mark: Mark::Plain,
        };
        for (depth, label) in labels.iter().enumerate() {
            let (label, mark) = without_status(label);
            if label.chars().count() > MAX_LABEL_CHARS {
                self.faults.add(SheetFaultKind::LongName, place, label);
            }
            if mark != Mark::Plain {
                line.mark = mark;
            }
            line.places
                .push(self.dimensions[first + depth].place(label));
        }
        line
    }

    /// All cells in their places; none where they cannot be.
    fn cells(&mut self, columns: &[Line], lines: &[Line]) -> Option<Table> {
        if columns.is_empty() || lines.is_empty() {
            if self.faults.count == 0 {
                self.faults = SheetFaults::one(SheetFaultKind::NoFigures);
            }
            return None;
        }
        let mut table = self.table()?;
        let strides = table.strides();
        let behind = self.layout.name_columns;
        let offset = |places: &[usize], strides: &[usize]| -> usize {
            places
                .iter()
                .zip(strides)
                .map(|(place, stride)| place * stride)
                .sum()
        };
        let across: Vec<usize> = columns
            .iter()
            .map(|it| offset(&it.places, &strides[behind..]))
            .collect();
        let down: Vec<usize> = lines
            .iter()
            .map(|it| offset(&it.places, &strides[..behind]))
            .collect();
        self.twice(columns, &across, |at| (None, Some(at)));
        self.twice(lines, &down, |at| (Some(at), None));
        let decimals = self.decimals(columns, lines);
        table.decimals = decimals;
        for (line, down) in lines.iter().zip(&down) {
            for (column, across) in columns.iter().zip(&across) {
                let cell = self.cell((line.at, column.at), decimals);
                let Some(mut cell) = cell else { continue };
                let marks = [line.mark, column.mark];
                if cell.mark == Mark::Plain
                    && let Some(mark) = marks.into_iter().find(|it| *it != Mark::Plain)
                {
                    cell.mark = mark;
                }
                table.set(down + across, cell);
            }
        }
        Some(table)
    }

    fn table(&mut self) -> Option<Table> {
        let names = self
            .dimensions
            .iter_mut()
            .map(|it| std::mem::take(&mut it.codes));
        let mut dimensions: Vec<Dimension> = Vec::new();
        for (codes, (label, role)) in names.zip(&self.layout.dimensions) {
            let label = clean(label);
            let id = own_id(&label, |id| dimensions.iter().any(|it| it.id == id));
            dimensions.push(Dimension {
                id,
                label,
                role: *role,
                codes,
            });
        }
        match Table::empty(dimensions) {
            Ok(mut table) => {
                table.unit = clean(&self.layout.unit);
                let notes = self.layout.notes.iter().map(|it| clean(it));
                table.notes = notes.filter(|it| !it.is_empty()).collect();
                Some(table)
            }
            Err(shape) => {
                let (what, most) = match shape {
                    Shape::Codes(_) => (SheetFaultKind::TooManyCodes, MAX_CODES),
                    Shape::Cells => (SheetFaultKind::TooManyCells, MAX_CELLS),
                    Shape::Dimensions(_) => (SheetFaultKind::Beyond, MAX_DIMENSIONS),
                };
                self.faults.add(what, (None, None), &most.to_string());
                None
            }
        }
    }

    fn twice(
        &mut self,
        lines: &[Line],
        offsets: &[usize],
        at: impl Fn(usize) -> (Option<usize>, Option<usize>),
    ) {
        let mut seen: HashMap<usize, usize> = HashMap::with_capacity(lines.len());
        for (line, offset) in lines.iter().zip(offsets) {
            if let Some(before) = seen.insert(*offset, line.at) {
                let before = (before + 1).to_string();
                self.faults.add(SheetFaultKind::Twice, at(line.at), &before);
            }
        }
    }

    /// As many digits behind the mark as the figures need.
    fn decimals(&self, columns: &[Line], lines: &[Line]) -> u8 {
        let cells = lines
            .iter()
            .flat_map(|line| columns.iter().map(move |it| (line.at, it.at)));
        let decimals = cells.filter_map(|at| self.number(at).map(|it| it.decimals));
        decimals.max().unwrap_or_default()
    }

    fn number(&self, (row, column): (usize, usize)) -> Option<Decimal> {
        match self.given(row, column) {
            Given::Number(text) => Decimal::parse(text, DecimalMark::Point),
            Given::Text(text) => match self.layout.mark {
                Some(mark) => Decimal::parse(text, mark),
                // Digits alone are the same number whichever mark there is.
                None if text.contains(['.', ',']) => None,
                None => Decimal::parse(text, DecimalMark::Comma),
            },
            Given::Empty | Given::Error(_) => None,
        }
    }

    fn cell(&mut self, at: (usize, usize), decimals: u8) -> Option<Cell> {
        if let Some(number) = self.number(at) {
            let scaled = number.at(decimals);
            if scaled.is_none() {
                self.fault(SheetFaultKind::TooManyDigits, at);
            }
            return scaled.map(|scaled| Cell {
                scaled: Some(scaled),
                mark: Mark::Plain,
            });
        }
        let given = self.given(at.0, at.1);
        let what = match given {
            Given::Error(_) => SheetFaultKind::SheetError,
            given => match missing(given.text()) {
                Some(mark) => return Some(Cell { scaled: None, mark }),
                None if self.layout.mark.is_none() && has_digits_alone(given.text()) => {
                    SheetFaultKind::MarkUnknown
                }
                None if is_long(given.text()) => SheetFaultKind::TooManyDigits,
                None => SheetFaultKind::NoNumber,
            },
        };
        self.fault(what, at);
        None
    }

    fn fault(&mut self, what: SheetFaultKind, (row, column): (usize, usize)) {
        let given = self.given(row, column).text().to_owned();
        self.faults.add(what, (Some(row), Some(column)), &given);
    }
}

fn has_digits_alone(text: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '-' | '\u{2212}');
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(is_part)
}

fn is_long(text: &str) -> bool {
    has_digits_alone(text)
        && text.chars().filter(char::is_ascii_digit).count() > usize::from(MAX_DECIMALS)
}

/// What a cell without a number says, by the signs of statistical yearbooks.
fn missing(text: &str) -> Option<Mark> {
    match text {
        "" => Some(Mark::Absent),
        "-" | "\u{2013}" | "\u{2014}" | "\u{2212}" => Some(Mark::Nil),
        ".." | "..." | "\u{2026}" | "n/a" | "N/A" | "NA" => Some(Mark::NotCollected),
        "." => Some(Mark::NotApplicable),
        "x" | "X" => Some(Mark::Confidential),
        _ => None,
    }
}

/// A name without the word that says how sure its figures are: "Sơ bộ 2016".
fn without_status(label: &str) -> (&str, Mark) {
    const WORDS: [(&str, Mark); 6] = [
        ("Sơ bộ ", Mark::Preliminary),
        ("Prel. ", Mark::Preliminary),
        ("Ước tính ", Mark::Estimated),
        ("Ước thực hiện ", Mark::Estimated),
        ("Ước ", Mark::Estimated),
        ("Est. ", Mark::Estimated),
    ];
    for (word, mark) in WORDS {
        if let Some(rest) = label.strip_prefix(word)
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return (rest, mark);
        }
    }
    (label, Mark::Plain)
}

/// Composed, on one line, without what cannot be seen.
fn clean(text: &str) -> String {
    let text = nfc(text);
    let shown = text.split(|c: char| c.is_whitespace() || c.is_control());
    shown
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
