//! The imports of `table`: what a table is, and cells of it.

use super::CallState;
use crate::bindings::imports::dinh::content::{table, types};
use crate::table::{TableCell, TableDescription, TableDimension, TablePlace, TableRole};

/// A sign is at most two letters: what a cell weighs beside its number.
const CELL_BYTES: usize = 24;

type Answer<T> = wasmtime::Result<Result<T, types::Error>>;

impl table::Host for CallState {
    async fn describe(
        &mut self,
        collection: String,
        id: String,
        field: String,
    ) -> Answer<table::Description> {
        let began = self.begin()?;
        let place = TablePlace {
            collection: &collection,
            id: &id,
            field: &field,
        };
        let answer = self.host.describe_table(place).await;
        Ok(self.end(began, answer.map(description), description_bytes))
    }

    async fn slice(
        &mut self,
        collection: String,
        id: String,
        field: String,
        picks: Vec<(String, Vec<String>)>,
    ) -> Answer<Vec<table::Cell>> {
        let began = self.begin()?;
        let place = TablePlace {
            collection: &collection,
            id: &id,
            field: &field,
        };
        let answer = self.host.slice_table(place, picks).await;
        let answer = answer.map(|cells| cells.into_iter().map(cell).collect());
        Ok(self.end(began, answer, |cells: &Vec<_>| {
            cells.iter().map(cell_bytes).sum()
        }))
    }
}

fn description(told: TableDescription) -> table::Description {
    table::Description {
        title: told.title,
        unit: told.unit,
        decimals: told.decimals,
        notes: told.notes,
        version: told.version,
        dimensions: told.dimensions.into_iter().map(dimension).collect(),
        cells: told.cells,
    }
}

fn dimension(told: TableDimension) -> table::Dimension {
    let codes = told.codes.into_iter();
    table::Dimension {
        id: told.id,
        label: told.label,
        role: match told.role {
            TableRole::Time => table::Role::Time,
            TableRole::Geo => table::Role::Geo,
            TableRole::Metric => table::Role::Metric,
            TableRole::Other => table::Role::Other,
        },
        codes: codes.map(|(id, label)| table::Code { id, label }).collect(),
    }
}

fn cell(told: TableCell) -> table::Cell {
    table::Cell {
        number: told.number,
        sign: told.sign.to_owned(),
    }
}

fn description_bytes(told: &table::Description) -> usize {
    let notes: usize = told.notes.iter().map(String::len).sum();
    let dimensions = told.dimensions.iter().map(|it| {
        let codes = it.codes.iter().map(|it| it.id.len() + it.label.len());
        it.id.len() + it.label.len() + codes.sum::<usize>()
    });
    told.title.len() + told.unit.len() + notes + dimensions.sum::<usize>()
}

fn cell_bytes(told: &table::Cell) -> usize {
    CELL_BYTES + told.number.as_ref().map_or(0, String::len)
}
