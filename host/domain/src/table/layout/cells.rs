//! The cells of a sheet in their places.

use std::collections::HashMap;

use super::reading::{Line, Reading};
use super::signs::{clean, has_digits_alone, is_long, missing};
use super::{Given, SheetFaultKind, SheetFaults};
use crate::table::number::{Decimal, DecimalMark};
use crate::table::{
    Cell, Dimension, MAX_CELLS, MAX_CODES, MAX_DIMENSIONS, Mark, Shape, Table, ids,
};

impl Reading<'_> {
    /// All cells in their places; none where they cannot be.
    pub(super) fn cells(&mut self, columns: &[Line], lines: &[Line]) -> Option<Table> {
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
        let declared = &self.layout.dimensions;
        let labels: Vec<String> = declared.iter().map(|(label, _)| clean(label)).collect();
        let named = ids(&labels).into_iter().zip(labels);
        let names = self.dimensions.iter_mut().zip(declared);
        let dimensions = names
            .zip(named)
            .map(|((names, (_, role)), (id, label))| Dimension {
                id,
                label,
                role: *role,
                codes: names.take(),
            });
        match Table::empty(dimensions.collect()) {
            Ok(mut table) => {
                table.unit = clean(&self.layout.unit);
                let notes = self.layout.notes.iter().map(|it| clean(it));
                table.notes = notes.filter(|it| !it.is_empty()).collect();
                let below = std::mem::take(&mut self.notes);
                let is_new = |it: &String| !table.notes.contains(it);
                let below: Vec<String> = below.into_iter().filter(is_new).collect();
                table.notes.extend(below);
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
            Given::Empty | Given::Date(_) | Given::Error(_) => None,
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
            Given::Date(_) => SheetFaultKind::NoNumber,
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
