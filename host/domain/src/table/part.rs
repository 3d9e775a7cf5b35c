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
        for (place, from) in self.places(picks).enumerate() {
            part.set(place, self.cell(from));
        }
        part
    }
}
