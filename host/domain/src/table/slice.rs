//! What a reader chose of a table: which dimension lies along its rows and columns, and which values are shown.

use super::choice::chosen;
use super::{Dimension, Role, Table};

/// Most cells of one slice: what a plugin is given at once, and more than a page shows.
pub const MAX_SLICE_CELLS: usize = 10_000;
/// Most cells of a page: beyond it a download is the better form.
pub const MAX_PAGE_CELLS: usize = 1_000;
/// Rows and columns of a table that nobody has chosen from.
const FIRST_ROWS: usize = 100;
const FIRST_COLUMNS: usize = 8;

/// What is shown of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Dimensions along the rows, from the outside in.
    pub rows: Vec<usize>,
    /// Dimensions along the columns, from the outside in.
    pub columns: Vec<usize>,
    /// The values that are shown of each dimension, rising; at least one.
    pub picks: Vec<Vec<usize>>,
    /// Words of the choice that the table does not know, and were passed over.
    pub unknown: Vec<String>,
}

/// What was asked for, in words of addresses.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Ids of dimensions along the rows; empty asks for none in particular.
    pub rows: &'a [&'a str],
    /// Ids of dimensions along the columns.
    pub columns: &'a [&'a str],
    /// Dimension and its values, as [`super::choice`] writes them.
    pub picks: &'a [(&'a str, &'a str)],
}

impl Selection {
    /// What a table shows for a choice; what it leaves open is filled with the nearest sense.
    pub fn of(table: &Table, asked: Asked<'_>) -> Self {
        let dimensions = table.dimensions();
        let mut unknown = Vec::new();
        let mut ids = |asked: &[&str]| {
            let places = asked.iter().filter_map(|id| {
                let place = dimensions.iter().position(|it| it.id == *id);
                if place.is_none() {
                    unknown.push((*id).to_owned());
                }
                place
            });
            places.collect::<Vec<usize>>()
        };
        let lie = (ids(asked.rows), ids(asked.columns));
        let (picks, more) = chosen(table, asked.picks);
        unknown.extend(more);
        Self {
            unknown,
            ..Self::filled(dimensions, lie, picks)
        }
    }

    /// What is shown where these lie along rows and columns, and these values are chosen; none chooses none in particular.
    fn filled(
        dimensions: &[Dimension],
        (rows, columns): (Vec<usize>, Vec<usize>),
        mut picks: Vec<Vec<usize>>,
    ) -> Self {
        let mut rows = without_twins(rows);
        let mut columns = without_twins(columns);
        columns.retain(|it| !rows.contains(it));
        if columns.is_empty() {
            let free = |at: &usize| !rows.contains(at);
            let time = dimensions
                .iter()
                .position(|it| it.role == Role::Time)
                .filter(free);
            let last = (0..dimensions.len()).rev().find(free);
            columns.extend(time.or(last));
        }
        if rows.is_empty() {
            let free = (0..dimensions.len()).filter(|it| !columns.contains(it));
            rows.extend(free.max_by_key(|at| (dimensions[*at].codes.len(), usize::MAX - at)));
        }
        fill(dimensions, (&mut rows, &columns), &mut picks);
        Self {
            rows,
            columns,
            picks,
            unknown: Vec::new(),
        }
    }

    /// The same with everything left out that is filled in anyway: what an address has to say.
    pub fn said(&self, table: &Table) -> Said {
        let dimensions = table.dimensions();
        let mut said = Said {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            picks: vec![true; dimensions.len()],
        };
        let is_same = |it: &Said| {
            let picks = self.picks.iter().zip(&it.picks);
            let picks = picks.map(|(own, is_said)| match is_said {
                true => own.clone(),
                false => Vec::new(),
            });
            let lie = (it.rows.clone(), it.columns.clone());
            let filled = Self::filled(dimensions, lie, picks.collect());
            (&filled.rows, &filled.columns, &filled.picks)
                == (&self.rows, &self.columns, &self.picks)
        };
        let mut shorten = |change: &dyn Fn(&mut Said)| {
            let mut shorter = said.clone();
            change(&mut shorter);
            if is_same(&shorter) {
                said = shorter;
            }
        };
        for at in 0..dimensions.len() {
            shorten(&|it| it.picks[at] = false);
        }
        shorten(&|it| it.rows.clear());
        shorten(&|it| it.columns.clear());
        said
    }

    /// How many cells it shows.
    pub fn cell_count(&self) -> usize {
        self.picks
            .iter()
            .fold(1, |all, it| all.saturating_mul(it.len()))
    }

    /// The values along the rows, row by row: one for each dimension there.
    pub fn row_heads(&self) -> Vec<Vec<usize>> {
        product(&self.rows, &self.picks)
    }

    /// The values along the columns.
    pub fn column_heads(&self) -> Vec<Vec<usize>> {
        product(&self.columns, &self.picks)
    }

    /// Dimensions that have one value for the whole slice, and lie nowhere.
    pub fn fixed(&self) -> impl Iterator<Item = usize> + '_ {
        let lies = |at: &usize| self.rows.contains(at) || self.columns.contains(at);
        (0..self.picks.len()).filter(move |at| !lies(at))
    }

    /// Place of the first cell of a slice: that of the dimensions which lie nowhere.
    pub fn base(&self, strides: &[usize]) -> usize {
        self.fixed().map(|at| strides[at] * self.picks[at][0]).sum()
    }
}

/// What an address says of a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Dimensions along the rows.
    pub rows: Vec<usize>,
    /// Dimensions along the columns.
    pub columns: Vec<usize>,
    /// Whether it says the values of each dimension.
    pub picks: Vec<bool>,
}

/// How far values of dimensions lie from the slice's first cell.
pub fn offset(dimensions: &[usize], values: &[usize], strides: &[usize]) -> usize {
    let pairs = dimensions.iter().zip(values);
    pairs.map(|(at, value)| strides[*at] * value).sum()
}

fn without_twins(mut places: Vec<usize>) -> Vec<usize> {
    let mut seen = Vec::new();
    places.retain(|it| {
        let is_new = !seen.contains(it);
        seen.push(*it);
        is_new
    });
    places
}

/// Dimensions without a choice show what a page has room for; the others one value: the newest of time, or the first.
fn fill(dimensions: &[Dimension], lie: (&mut Vec<usize>, &[usize]), picks: &mut [Vec<usize>]) {
    let (rows, columns) = lie;
    let (mut row_room, mut column_room) = (FIRST_ROWS, FIRST_COLUMNS);
    for (at, dimension) in dimensions.iter().enumerate() {
        let count = dimension.codes.len();
        let is_row = rows.contains(&at);
        if picks[at].len() > 1 && !is_row && !columns.contains(&at) {
            rows.push(at);
        }
        if !picks[at].is_empty() {
            continue;
        }
        let room = match (is_row, columns.contains(&at)) {
            (true, _) => &mut row_room,
            (_, true) => &mut column_room,
            _ => &mut 1,
        };
        let shown = count.min((*room).max(1));
        *room /= shown.max(1);
        picks[at] = if dimension.role == Role::Time {
            (count - shown..count).collect()
        } else {
            (0..shown).collect()
        };
    }
}

fn product(dimensions: &[usize], picks: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut heads = vec![Vec::new()];
    for at in dimensions {
        let longer = heads.iter().flat_map(|head| {
            picks[*at].iter().map(move |pick| {
                let mut head = head.clone();
                head.push(*pick);
                head
            })
        });
        heads = longer.collect();
    }
    heads
}
