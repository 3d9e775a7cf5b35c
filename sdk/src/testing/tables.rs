//! Tables that a test has put in, cut as the portal cuts them.

use super::FakeHost;
use crate::{Cell, ContentError, Dimension, Slice, Table};

/// As the contract says: cells of one slice.
const CELLS_MAX: usize = 10_000;

/// A table in a field of an entry; its cells in the order of the dimensions, the last one changing first.
#[derive(Debug)]
pub(super) struct Kept {
    place: [String; 3],
    table: Table,
    cells: Vec<Cell>,
}

impl FakeHost {
    /// Adds a table to a field of an entry. How many cells it has is counted; empty ones are added where there are
    /// fewer.
    #[must_use]
    pub fn with_table(
        mut self,
        (collection, id, field): (&str, &str, &str),
        mut table: Table,
        mut cells: Vec<Cell>,
    ) -> Self {
        let count = table.dimensions.iter().map(|it| it.codes.len()).product();
        cells.resize(count, Cell::default());
        table.cells = count as u64;
        self.tables.push(Kept {
            place: [collection.into(), id.into(), field.into()],
            table,
            cells,
        });
        self
    }

    pub(super) fn described(&self, place: [&str; 3]) -> Result<Table, ContentError> {
        self.table(place).map(|it| it.table.clone())
    }

    pub(super) fn sliced(
        &self,
        place: [&str; 3],
        wanted: &Slice,
    ) -> Result<Vec<Cell>, ContentError> {
        let kept = self.table(place)?;
        let picks = picks(&kept.table.dimensions, wanted)?;
        let count: usize = picks.iter().map(Vec::len).product();
        if count > CELLS_MAX {
            return invalid(format!(
                "{count} cells are chosen, at most {CELLS_MAX} are given at once"
            ));
        }
        let mut places = vec![0];
        for (picks, dimension) in picks.iter().zip(&kept.table.dimensions) {
            let codes = dimension.codes.len();
            let longer = places
                .iter()
                .flat_map(|at| picks.iter().map(move |pick| at * codes + pick));
            places = longer.collect();
        }
        Ok(places
            .into_iter()
            .filter_map(|at| kept.cells.get(at).cloned())
            .collect())
    }

    fn table(&self, place: [&str; 3]) -> Result<&Kept, ContentError> {
        let found = self.tables.iter().find(|it| it.place == place);
        found.ok_or(ContentError::NotFound)
    }
}

fn picks(dimensions: &[Dimension], wanted: &Slice) -> Result<Vec<Vec<usize>>, ContentError> {
    for (at, (name, _)) in wanted.picks.iter().enumerate() {
        if !dimensions.iter().any(|it| it.id == *name) {
            return invalid(format!("`{name}` is no dimension of the table"));
        }
        let before = wanted.picks.iter().take(at);
        if before.into_iter().any(|(other, _)| other == name) {
            return invalid(format!("`{name}` is named twice"));
        }
    }
    let picks = dimensions.iter().map(|dimension| {
        let own = wanted.picks.iter().find(|(name, _)| *name == dimension.id);
        match own {
            Some((_, codes)) if !codes.is_empty() => chosen(dimension, codes),
            _ => Ok((0..dimension.codes.len()).collect()),
        }
    });
    picks.collect()
}

fn chosen(dimension: &Dimension, codes: &[String]) -> Result<Vec<usize>, ContentError> {
    let mut places = Vec::with_capacity(codes.len());
    for code in codes {
        match dimension.codes.iter().position(|it| it.id == *code) {
            None => {
                let dimension = &dimension.id;
                return invalid(format!(
                    "`{code}` is no value of the dimension `{dimension}`"
                ));
            }
            Some(at) if places.contains(&at) => return invalid(format!("`{code}` is named twice")),
            Some(at) => places.push(at),
        }
    }
    Ok(places)
}

fn invalid<T>(why: String) -> Result<T, ContentError> {
    Err(ContentError::Invalid(why))
}
