//! Two tables compared cell by cell: places with the same names are the same place.

use std::collections::{HashMap, HashSet};

use dinh_domain::table::number::written;
use dinh_domain::table::{Cell, Dimension, Part, Table};

use super::{PartChange, PartChanges, Words};

/// Most cells that are named; the others are counted.
const CELLS_NAMED_MAX: usize = 50;
/// Most values of a dimension that are named.
const VALUES_NAMED_MAX: usize = 20;

/// Words for what has no name in a table.
struct Named {
    unit: &'static str,
    notes: &'static str,
    empty: &'static str,
}

/// What is different between two tables, told in a language: unit and notes, dimensions and values that came or went,
/// figures that changed. A dimension that only one of them has leaves no two cells to compare.
pub(crate) fn compare_tables(former: &Table, later: &Table, language: &str) -> PartChanges {
    let named = match language {
        "en" => Named {
            unit: "Unit",
            notes: "Notes",
            empty: "(empty)",
        },
        _ => Named {
            unit: "Đơn vị tính",
            notes: "Ghi chú",
            empty: "(trống)",
        },
    };
    let mut told = PartChanges::default();
    told.texts(named.unit, &former.unit, &later.unit);
    let notes = |table: &Table| table.notes.join("\n");
    told.texts(named.notes, &notes(former), &notes(later));
    let (before, after) = (former.dimensions(), later.dimensions());
    let of = |dimensions: &'_ [Dimension], id: &str| dimensions.iter().position(|it| it.id == id);
    for gone in before.iter().filter(|it| of(after, &it.id).is_none()) {
        told.values(&gone.label, &labels(gone, |_| true), &[]);
    }
    let mut places = Vec::new();
    for dimension in after {
        match of(before, &dimension.id) {
            Some(at) => {
                told.dimensions(&before[at], dimension);
                places.push(places_of(former, at, dimension));
            }
            None => told.values(&dimension.label, &[], &labels(dimension, |_| true)),
        }
    }
    if places.len() == before.len() && places.len() == after.len() {
        told.cells(former, later, &places, named.empty);
    }
    told
}

/// For each value of a later dimension how far it lies from the first cell of the former table; none where it is new.
fn places_of(former: &Table, at: usize, later: &Dimension) -> Vec<Option<usize>> {
    let stride = former.strides()[at];
    let before = former.dimensions()[at].codes.iter().enumerate();
    let before = before.map(|(place, it)| (it.label.as_str(), place));
    let before: HashMap<&str, usize> = before.collect();
    let codes = later.codes.iter();
    codes
        .map(|it| Some(before.get(it.label.as_str())? * stride))
        .collect()
}

fn labels(dimension: &Dimension, is_told: impl Fn(&str) -> bool) -> Vec<String> {
    let labels = dimension.codes.iter().map(|it| it.label.clone());
    labels.filter(|it| is_told(it)).collect()
}

/// A figure with its sign, exactly; what the same figure is written as with more decimals is the same.
fn figure(table: &Table, cell: Cell, empty: &str) -> String {
    let sign = cell.mark.sign();
    match cell.scaled {
        Some(scaled) => {
            let text = written(scaled, table.decimals, ',', Some('.'));
            let text = match table.decimals {
                0 => text.as_str(),
                _ => text.trim_end_matches('0').trim_end_matches(','),
            };
            format!("{text}{sign}")
        }
        None if sign.is_empty() => empty.to_owned(),
        None => sign.to_owned(),
    }
}

/// Whether two cells say the same, whatever decimals their tables have.
fn is_same(former: &Table, was: Cell, later: &Table, is: Cell) -> bool {
    let scaled = |cell: Cell, other: &Table| {
        let more = 10_i128.pow(other.decimals.into());
        cell.scaled.map(|it| i128::from(it) * more)
    };
    was.mark == is.mark && scaled(was, later) == scaled(is, former)
}

impl PartChanges {
    fn texts(&mut self, name: &str, former: &str, later: &str) {
        if former != later {
            self.changes.push(PartChange {
                name: name.to_owned(),
                words: pair(former.to_owned(), later.to_owned()),
            });
        }
    }

    /// Values that went and came.
    fn values(&mut self, name: &str, gone: &[String], new: &[String]) {
        let listed = |values: &[String]| {
            let named = values.iter().take(VALUES_NAMED_MAX).cloned();
            let more = values.len().saturating_sub(VALUES_NAMED_MAX);
            let more = (more > 0).then(|| format!("… (+{more})"));
            named.chain(more).collect::<Vec<_>>().join("; ")
        };
        if !gone.is_empty() || !new.is_empty() {
            self.changes.push(PartChange {
                name: name.to_owned(),
                words: pair(listed(gone), listed(new)),
            });
        }
    }

    fn dimensions(&mut self, former: &Dimension, later: &Dimension) {
        let known = |dimension: &Dimension| -> HashSet<String> {
            labels(dimension, |_| true).into_iter().collect()
        };
        let (before, after) = (known(former), known(later));
        // What is called otherwise is told as gone and new.
        let gone = labels(former, |it| !after.contains(it));
        let new = labels(later, |it| !before.contains(it));
        self.values(&later.label, &gone, &new);
    }

    fn cells(&mut self, former: &Table, later: &Table, places: &[Vec<Option<usize>>], empty: &str) {
        let part = Part::whole(later);
        let mut walk = part.begin();
        while let Some(values) = walk.values() {
            let pairs = values.iter().zip(places);
            let place: Option<usize> = pairs.map(|(value, places)| places[*value]).sum();
            let names = (self.cells < CELLS_NAMED_MAX).then(|| values.to_vec());
            let Some(is) = walk.next(&part) else { break };
            let Some(was) = place.map(|it| former.cell(it)) else {
                continue;
            };
            if is_same(former, was, later, is) {
                continue;
            }
            self.cells += 1;
            if let Some(values) = names {
                let names = values.iter().enumerate();
                let names = names.map(|(at, value)| part.code(at, *value).label.as_str());
                self.changes.push(PartChange {
                    name: names.collect::<Vec<_>>().join(", "),
                    words: pair(figure(former, was, empty), figure(later, is, empty)),
                });
            }
        }
    }

    /// How many changed cells are named.
    pub fn cells_named(&self) -> usize {
        self.cells.min(CELLS_NAMED_MAX)
    }

    /// All of it as the words of one field, a part on each line.
    pub(crate) fn in_lines(self) -> Vec<Words> {
        let parts = self.changes.into_iter().flat_map(|it| {
            let name = Words::Same(format!("{}: ", it.name));
            std::iter::once(name)
                .chain(it.words)
                .chain([Words::Same("\n".to_owned())])
        });
        parts.collect()
    }
}

/// What went, and what came in its place.
fn pair(gone: String, new: String) -> Vec<Words> {
    let between = (!gone.is_empty() && !new.is_empty()).then(|| Words::Same(" → ".to_owned()));
    let gone = Some(gone).filter(|it| !it.is_empty()).map(Words::Gone);
    let new = Some(new).filter(|it| !it.is_empty()).map(Words::New);
    gone.into_iter().chain(between).chain(new).collect()
}
