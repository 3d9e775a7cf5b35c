//! A part of a table is a table.

use super::{Dimension, Table};

impl Table {
    /// A table of the chosen values alone, with the same dimensions.
    pub fn part(&self, picks: &[Vec<usize>]) -> Self {
        let dimensions = self
            .dimensions
            .iter()
            .zip(picks)
            .map(|(it, picks)| Dimension {
                codes: picks
                    .iter()
                    .filter_map(|at| it.codes.get(*at).cloned())
                    .collect(),
                ..it.clone()
            });
        // Fewer values than there were always fit.
        let Ok(mut part) = Self::empty(dimensions.collect()) else {
            return self.clone();
        };
        part.title.clone_from(&self.title);
        part.unit.clone_from(&self.unit);
        part.notes.clone_from(&self.notes);
        part.decimals = self.decimals;
        let strides = self.strides();
        let mut places = vec![0_usize; picks.len()];
        for place in 0..part.cell_count() {
            let of = |(at, pick): (usize, &usize)| picks[at][*pick] * strides[at];
            part.set(place, self.cell(places.iter().enumerate().map(of).sum()));
            step(&mut places, picks);
        }
        part
    }
}

/// The next combination; the last dimension changes first.
fn step(places: &mut [usize], picks: &[Vec<usize>]) {
    for (place, picks) in places.iter_mut().zip(picks).rev() {
        *place += 1;
        if *place < picks.len() {
            return;
        }
        *place = 0;
    }
}
