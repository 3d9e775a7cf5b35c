//! Tables of figures: dimensions with their values, exact numbers, and what is said where there is no number. What an
//! entry publishes as a table is one of these, kept as JSON-stat 2 and never changed.

mod change;
pub mod choice;
mod json_stat;
pub mod layout;
pub mod number;
mod part;
mod pick;
pub mod slice;
mod stored;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::vietnamese::slugify;
pub use change::Change;
pub use json_stat::JsonStat;
pub use part::{Part, Walk};
pub use pick::PickFault;
pub use stored::{StoredDimension, StoredTable, TableSource};

/// Most cells: 2,000,000 are every commune of the country by some two hundred figures.
pub const MAX_CELLS: usize = 2_000_000;
/// Most dimensions.
pub const MAX_DIMENSIONS: usize = 8;
/// Most values of one dimension.
pub const MAX_CODES: usize = 50_000;
/// Longest name of a dimension, a value or a unit, in characters.
pub const MAX_LABEL_CHARS: usize = 300;
/// Longest id of a dimension or a value, in bytes: it stands in addresses.
const MAX_ID_BYTES: usize = 40;

/// What a dimension counts by.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Years, quarters, months.
    Time,
    /// Places: communes, provinces.
    Geo,
    /// What is measured, each with a unit of its own perhaps.
    Metric,
    /// Anything else.
    #[default]
    Other,
}

/// Names of roles, as forms and files give them.
pub const ROLES: [(&str, Role); 4] = [
    ("other", Role::Other),
    ("time", Role::Time),
    ("geo", Role::Geo),
    ("metric", Role::Metric),
];

/// One dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// A word for addresses, its own in the table.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it counts by.
    pub role: Role,
    /// Its values, in the order of the table.
    pub codes: Vec<Code>,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// A word for addresses, its own in the dimension.
    pub id: String,
    /// What people call it.
    pub label: String,
}

/// What is said of a cell beside its number, or instead of it; the signs are those of statistical yearbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Mark {
    /// A number, and official.
    Plain,
    /// A number that was published before all was counted (sơ bộ).
    Preliminary,
    /// A number that was estimated (ước tính).
    Estimated,
    /// Nothing of the kind occurred (-).
    Nil,
    /// It occurred, and the figure was not collected (..).
    NotCollected,
    /// There can be none (.).
    NotApplicable,
    /// The law keeps it secret (x).
    Confidential,
    /// The cell is empty.
    Absent,
}

impl Mark {
    /// All of them, by their number.
    pub const ALL: [Self; 8] = [
        Self::Plain,
        Self::Preliminary,
        Self::Estimated,
        Self::Nil,
        Self::NotCollected,
        Self::NotApplicable,
        Self::Confidential,
        Self::Absent,
    ];

    /// Whether there is a number.
    pub fn has_number(self) -> bool {
        matches!(self, Self::Plain | Self::Preliminary | Self::Estimated)
    }

    /// The sign that stands in the cell, or beside its number; empty where there is none.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Plain | Self::Absent => "",
            Self::Preliminary => "p",
            Self::Estimated => "e",
            Self::Nil => "-",
            Self::NotCollected => "..",
            Self::NotApplicable => ".",
            Self::Confidential => "x",
        }
    }
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The number without its decimal mark, where there is one.
    pub scaled: Option<i64>,
    /// What is said of it.
    pub mark: Mark,
}

/// A whole table. Cells lie in rows: the last dimension changes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// What the numbers count: "ha", "người"; empty where each value of a dimension says its own.
    pub unit: String,
    /// Digits behind the decimal mark, of all numbers.
    pub decimals: u8,
    /// What has to be known to read it.
    pub notes: Vec<String>,
    dimensions: Vec<Dimension>,
    scaled: Vec<i64>,
    marks: Vec<Mark>,
}

/// Why dimensions make no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Fewer than one dimension or more than [`MAX_DIMENSIONS`].
    Dimensions(usize),
    /// A dimension without values, or with more than [`MAX_CODES`]; its place.
    Codes(usize),
    /// More than [`MAX_CELLS`] cells.
    Cells,
}

impl Table {
    /// A table of empty cells.
    ///
    /// # Errors
    /// Dimensions that make too many cells, or none.
    pub fn empty(dimensions: Vec<Dimension>) -> Result<Self, Shape> {
        let count = cell_count(&dimensions)?;
        Ok(Self {
            title: String::new(),
            unit: String::new(),
            decimals: 0,
            notes: Vec::new(),
            dimensions,
            scaled: vec![0; count],
            marks: vec![Mark::Absent; count],
        })
    }

    /// Its dimensions.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// How many cells it has.
    pub fn cell_count(&self) -> usize {
        self.marks.len()
    }

    /// How far the places of neighbours of each dimension lie apart.
    pub fn strides(&self) -> Vec<usize> {
        let mut strides = vec![1; self.dimensions.len()];
        for at in (1..self.dimensions.len()).rev() {
            strides[at - 1] = strides[at] * self.dimensions[at].codes.len();
        }
        strides
    }

    /// The cell at a place; an empty one beyond the last.
    pub fn cell(&self, place: usize) -> Cell {
        let mark = self.marks.get(place).copied().unwrap_or(Mark::Absent);
        let scaled = self.scaled.get(place).copied();
        Cell {
            scaled: scaled.filter(|_| mark.has_number()),
            mark,
        }
    }

    /// Sets the cell at a place.
    pub fn set(&mut self, place: usize, cell: Cell) {
        if let (Some(scaled), Some(mark)) = (self.scaled.get_mut(place), self.marks.get_mut(place))
        {
            *scaled = cell.scaled.unwrap_or_default();
            *mark = cell.mark;
        }
    }

    /// The dimension that counts by something.
    pub fn by_role(&self, role: Role) -> Option<usize> {
        self.dimensions.iter().position(|it| it.role == role)
    }

    /// Room that it takes in memory, in bytes, roughly.
    pub fn size_bytes(&self) -> usize {
        let codes = self
            .dimensions
            .iter()
            .map(|it| it.codes.len())
            .sum::<usize>();
        self.marks.len() * (size_of::<i64>() + size_of::<Mark>()) + codes * 128
    }
}

fn cell_count(dimensions: &[Dimension]) -> Result<usize, Shape> {
    if dimensions.is_empty() || dimensions.len() > MAX_DIMENSIONS {
        return Err(Shape::Dimensions(dimensions.len()));
    }
    let mut count = 1_usize;
    for (at, dimension) in dimensions.iter().enumerate() {
        let codes = dimension.codes.len();
        if codes == 0 || codes > MAX_CODES {
            return Err(Shape::Codes(at));
        }
        count = count.saturating_mul(codes);
    }
    if count > MAX_CELLS {
        return Err(Shape::Cells);
    }
    Ok(count)
}

/// Words for addresses, one for each name: the name without marks. Names that fold alike have a number made of the name behind
/// it, so that a word never means another name when their order changes.
fn ids(labels: &[String]) -> Vec<String> {
    let bases: Vec<String> = labels.iter().map(|it| slugify(it, MAX_ID_BYTES)).collect();
    let mut alike: HashMap<&str, usize> = HashMap::with_capacity(labels.len());
    for base in &bases {
        *alike.entry(base).or_default() += 1;
    }
    let alone = bases.iter().filter(|it| alike[it.as_str()] == 1);
    let mut taken: HashSet<String> = alone.cloned().collect();
    let mut next: HashMap<(&str, u32), u32> = HashMap::new();
    let mut ids = Vec::with_capacity(labels.len());
    for (label, base) in labels.iter().zip(&bases) {
        if alike[base.as_str()] == 1 {
            ids.push(base.clone());
            continue;
        }
        let own = number_of([label.as_str()]);
        // Names that were chosen to have one number take the next ones, each looked for once.
        let number = next.entry((base, own)).or_insert(own);
        loop {
            let id = format!("{base}-{number:08x}");
            *number = number.wrapping_add(1);
            if taken.insert(id.clone()) {
                ids.push(id);
                break;
            }
        }
    }
    ids
}

/// Tells words from others: FNV-1a, a line for each.
fn number_of<'a>(words: impl IntoIterator<Item = &'a str>) -> u32 {
    let lines = words.into_iter();
    let bytes = lines.flat_map(|it| it.bytes().chain([b'\n']));
    bytes.fold(0x811c_9dc5, |number, byte| {
        (number ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
