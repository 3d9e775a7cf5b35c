//! A part of a table, read where the table lies: no cell is copied, however many are chosen.

use std::ops::Deref;

use super::{Cell, Code, Table};

/// Chosen values of a table, walked as a table of its own: the last dimension changes first.
#[derive(Debug, Clone)]
pub struct Part<T> {
    table: T,
    picks: Vec<Vec<usize>>,
    strides: Vec<usize>,
}

impl<T: Deref<Target = Table>> Part<T> {
    /// All of a table.
    pub fn whole(table: T) -> Self {
        let all = table.dimensions().iter();
        let picks = all.map(|it| (0..it.codes.len()).collect()).collect();
        Self::of(table, picks)
    }

    /// The values of each dimension that are chosen, rising.
    pub fn of(table: T, picks: Vec<Vec<usize>>) -> Self {
        Self {
            strides: table.strides(),
            table,
            picks,
        }
    }

    /// The table.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The chosen values of a dimension.
    pub fn codes(&self, dimension: usize) -> impl ExactSizeIterator<Item = &Code> {
        let codes = &self.table.dimensions()[dimension].codes;
        self.picks[dimension].iter().map(|at| &codes[*at])
    }

    /// One of the chosen values of a dimension.
    pub fn code(&self, dimension: usize, value: usize) -> &Code {
        &self.table.dimensions()[dimension].codes[self.picks[dimension][value]]
    }

    /// How many cells it has.
    pub fn cell_count(&self) -> usize {
        self.picks.iter().map(Vec::len).product()
    }

    /// The beginning of a walk through its cells.
    pub fn begin(&self) -> Walk {
        Walk {
            values: vec![0; self.picks.len()],
            left: self.cell_count(),
        }
    }
}

/// How far somebody has walked through a part.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Of each dimension, which of the chosen values comes next.
    values: Vec<usize>,
    left: usize,
}

impl Walk {
    /// Which of the chosen values of each dimension the next cell has; none behind the last.
    pub fn values(&self) -> Option<&[usize]> {
        (self.left > 0).then_some(&self.values)
    }

    /// The next cell; none behind the last.
    pub fn next<T: Deref<Target = Table>>(&mut self, part: &Part<T>) -> Option<Cell> {
        self.left = self.left.checked_sub(1)?;
        let of = |((value, picks), stride): ((&usize, &Vec<usize>), &usize)| picks[*value] * stride;
        let values = self.values.iter().zip(&part.picks).zip(&part.strides);
        let place = values.map(of).sum();
        for (value, picks) in self.values.iter_mut().zip(&part.picks).rev() {
            *value += 1;
            if *value < picks.len() {
                break;
            }
            *value = 0;
        }
        Some(part.table.cell(place))
    }
}
