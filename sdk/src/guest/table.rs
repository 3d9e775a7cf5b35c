//! Tables of the real host.

use super::bindings::imports::dinh::content::table;
use super::portal::error;
use crate::{Cell, Code, ContentError, Dimension, Role, Slice, Table};

pub(super) fn describe(collection: &str, id: &str, field: &str) -> Result<Table, ContentError> {
    let told = table::describe(collection, id, field).map_err(error)?;
    Ok(Table {
        title: told.title,
        unit: told.unit,
        decimals: told.decimals,
        notes: told.notes,
        version: told.version,
        dimensions: told.dimensions.into_iter().map(dimension).collect(),
        cells: told.cells,
    })
}

pub(super) fn slice(
    (collection, id, field): (&str, &str, &str),
    wanted: &Slice,
) -> Result<Vec<Cell>, ContentError> {
    let cells = table::slice(collection, id, field, &wanted.picks).map_err(error)?;
    let cells = cells.into_iter().map(|it| Cell {
        number: it.number,
        sign: it.sign,
    });
    Ok(cells.collect())
}

fn dimension(told: table::Dimension) -> Dimension {
    let codes = told.codes.into_iter().map(|it| Code {
        id: it.id,
        label: it.label,
    });
    Dimension {
        id: told.id,
        label: told.label,
        role: match told.role {
            table::Role::Time => Role::Time,
            table::Role::Geo => Role::Geo,
            table::Role::Metric => Role::Metric,
            table::Role::Other => Role::Other,
        },
        codes: codes.collect(),
    }
}
