//! Tables as JSON-stat 2.0 (<https://json-stat.org/full/>): how they are kept, and how they are given to programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Deref;

use serde::Deserialize;
use serde_json::{Value, json};

use super::number::{MAX_DECIMALS, MAX_SCALED, written};
use super::{Cell, Code, Dimension, Mark, Part, ROLES, Role, Table, Walk};

#[derive(Deserialize)]
struct Dataset {
    version: String,
    class: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    note: Vec<String>,
    id: Vec<String>,
    size: Vec<usize>,
    #[serde(default)]
    role: BTreeMap<String, Vec<String>>,
    dimension: BTreeMap<String, Described>,
    value: Vec<Option<f64>>,
    #[serde(default)]
    status: BTreeMap<usize, String>,
    #[serde(default)]
    extension: Extension,
}

#[derive(Deserialize)]
struct Described {
    #[serde(default)]
    label: String,
    category: Category,
}

#[derive(Deserialize)]
struct Category {
    index: Vec<String>,
    #[serde(default)]
    label: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
struct Extension {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    decimals: u8,
}

/// Cells of one piece of a text.
const PIECE: usize = 8_192;

/// A part of a table as the pieces of a text of JSON-stat 2.0, one held at a time.
#[derive(Debug)]
pub struct JsonStat<T> {
    part: Part<T>,
    next: Next,
}

#[derive(Debug)]
enum Next {
    Head(String),
    Values(Walk),
    /// Where the walk is, the place of its next cell in the text, and whether a status was written.
    Status(Walk, usize, bool),
    End,
}

impl<T: Deref<Target = Table>> JsonStat<T> {
    /// Begins one. `more` adds members at the top: `href`, `source`, `updated`.
    pub fn of(part: Part<T>, more: &[(&str, Value)]) -> Self {
        let head = head(&part, more);
        Self {
            part,
            next: Next::Head(head),
        }
    }
}

impl<T: Deref<Target = Table>> Iterator for JsonStat<T> {
    type Item = String;

    /// The cells are written by hand: a number keeps its digits, and a million of them need no tree.
    fn next(&mut self) -> Option<String> {
        match std::mem::replace(&mut self.next, Next::End) {
            Next::Head(text) => {
                self.next = Next::Values(self.part.begin());
                Some(text)
            }
            Next::Values(mut walk) => {
                let mut text = values(&self.part, &mut walk);
                self.next = match walk.values() {
                    Some(_) => {
                        text.push(',');
                        Next::Values(walk)
                    }
                    None => {
                        text.push_str("],\"status\":{");
                        Next::Status(self.part.begin(), 0, false)
                    }
                };
                Some(text)
            }
            Next::Status(mut walk, mut place, mut is_begun) => {
                let mut text = String::new();
                for cell in std::iter::from_fn(|| walk.next(&self.part)).take(PIECE) {
                    let sign = cell.mark.sign();
                    if !sign.is_empty() {
                        let comma = if is_begun { "," } else { "" };
                        // Writing to a text never fails.
                        let _written = write!(text, "{comma}\"{place}\":\"{sign}\"");
                        is_begun = true;
                    }
                    place += 1;
                }
                match walk.values() {
                    Some(_) => self.next = Next::Status(walk, place, is_begun),
                    None => text.push_str("}}"),
                }
                Some(text)
            }
            Next::End => None,
        }
    }
}

fn values<T: Deref<Target = Table>>(part: &Part<T>, walk: &mut Walk) -> String {
    let decimals = part.table().decimals;
    let mut text = String::new();
    for (at, cell) in std::iter::from_fn(|| walk.next(part))
        .take(PIECE)
        .enumerate()
    {
        if at > 0 {
            text.push(',');
        }
        match cell.scaled {
            Some(scaled) => text.push_str(&written(scaled, decimals, '.', None)),
            None => text.push_str("null"),
        }
    }
    text
}

/// Everything before the first value.
fn head<T: Deref<Target = Table>>(part: &Part<T>, more: &[(&str, Value)]) -> String {
    let table = part.table();
    let ids: Vec<&str> = table.dimensions.iter().map(|it| it.id.as_str()).collect();
    let sizes: Vec<usize> = (0..ids.len()).map(|at| part.codes(at).len()).collect();
    let mut head = json!({
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        "note": table.notes,
        "id": ids,
        "size": sizes,
        "role": roles(table),
        "dimension": described(part),
        "extension": {"unit": table.unit, "decimals": table.decimals},
    });
    for (name, value) in more {
        head[*name] = value.clone();
    }
    let mut text = head.to_string();
    text.pop();
    text.push_str(",\"value\":[");
    text
}

fn roles(table: &Table) -> Value {
    let mut roles = serde_json::Map::new();
    for (name, role) in ROLES {
        let own = table.dimensions.iter().filter(|it| it.role == role);
        let own: Vec<&str> = own.map(|it| it.id.as_str()).collect();
        if role != Role::Other && !own.is_empty() {
            roles.insert(name.to_owned(), json!(own));
        }
    }
    Value::Object(roles)
}

fn described<T: Deref<Target = Table>>(part: &Part<T>) -> Value {
    let table = part.table();
    let described = table.dimensions.iter().enumerate().map(|(at, dimension)| {
        let index: Vec<&str> = part.codes(at).map(|it| it.id.as_str()).collect();
        let labels = part.codes(at);
        let labels = labels.map(|it| (it.id.clone(), Value::from(it.label.as_str())));
        let labels: serde_json::Map<String, Value> = labels.collect();
        let mut category = json!({"index": index, "label": labels});
        if dimension.role == Role::Metric {
            let unit = json!({"decimals": table.decimals, "label": table.unit});
            let units = index.iter().map(|id| ((*id).to_owned(), unit.clone()));
            category["unit"] = Value::Object(units.collect());
        }
        let value = json!({"label": dimension.label, "category": category});
        (dimension.id.clone(), value)
    });
    Value::Object(described.collect())
}

impl Table {
    /// All of it as JSON-stat 2.0, with more members at the top.
    pub fn to_json_stat(&self, more: &[(&str, Value)]) -> String {
        JsonStat::of(Part::whole(self), more).collect()
    }

    /// Reads what [`Table::to_json_stat`] wrote, and no other dialect.
    ///
    /// # Errors
    /// What is wrong with it, in English.
    pub fn from_json_stat(bytes: &[u8]) -> Result<Self, String> {
        let read: Dataset = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if read.version != "2.0" || read.class != "dataset" {
            return Err("it is no dataset of JSON-stat 2.0".to_owned());
        }
        if read.id.len() != read.size.len() || read.extension.decimals > MAX_DECIMALS {
            return Err("`id`, `size` or `decimals` do not fit".to_owned());
        }
        let dimensions = dimensions(&read)?;
        let mut table = Self::empty(dimensions).map_err(|shape| format!("{shape:?}"))?;
        if read.value.len() != table.cell_count() {
            return Err("`value` has another length than `size` says".to_owned());
        }
        table.title = read.label;
        table.notes = read.note;
        table.unit = read.extension.unit;
        table.decimals = read.extension.decimals;
        let scale = 10_f64.powi(table.decimals.into());
        for (place, value) in read.value.iter().enumerate() {
            let sign = read.status.get(&place).map_or("", String::as_str);
            let cell = match value {
                Some(number) => number_cell(number * scale, sign)?,
                None => Cell {
                    scaled: None,
                    mark: mark(sign, false)?,
                },
            };
            table.set(place, cell);
        }
        Ok(table)
    }
}

/// Fifteen digits are exact in a double, so that rounding gives back what was written.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn number_cell(scaled: f64, sign: &str) -> Result<Cell, String> {
    let rounded = scaled.round();
    if rounded.abs() > MAX_SCALED as f64 {
        return Err(format!("{rounded} has too many digits"));
    }
    Ok(Cell {
        scaled: Some(rounded as i64),
        mark: mark(sign, true)?,
    })
}

fn mark(sign: &str, has_number: bool) -> Result<Mark, String> {
    let fits = |it: &Mark| it.has_number() == has_number && it.sign() == sign;
    let found = Mark::ALL.into_iter().find(fits);
    found.ok_or_else(|| format!("`{sign}` is no status of such a cell"))
}

fn dimensions(read: &Dataset) -> Result<Vec<Dimension>, String> {
    let all = read.id.iter().zip(&read.size).map(|(id, size)| {
        let described = read.dimension.get(id);
        let described = described.ok_or_else(|| format!("dimension `{id}` is not described"))?;
        if described.category.index.len() != *size {
            return Err(format!("dimension `{id}` has another size"));
        }
        let codes = described.category.index.iter().map(|id| Code {
            id: id.clone(),
            label: described.category.label.get(id).unwrap_or(id).clone(),
        });
        let named = |name: &str| read.role.get(name).is_some_and(|ids| ids.contains(id));
        let role = ROLES.into_iter().find(|(name, _)| named(name));
        Ok(Dimension {
            id: id.clone(),
            label: described.label.clone(),
            role: role.map_or(Role::Other, |(_, role)| role),
            codes: codes.collect(),
        })
    });
    all.collect()
}
