//! Tables as JSON-stat 2.0 (<https://json-stat.org/full/>): how they are kept, and how they are given to programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};

use super::number::{MAX_DECIMALS, MAX_SCALED, written};
use super::{Cell, Code, Dimension, Mark, ROLES, Role, Table};

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

impl Table {
    /// As JSON-stat 2.0. `more` adds members at the top: `href`, `source`, `updated`.
    pub fn to_json_stat(&self, more: &[(&str, Value)]) -> String {
        let ids: Vec<&str> = self.dimensions.iter().map(|it| it.id.as_str()).collect();
        let sizes: Vec<usize> = self.dimensions.iter().map(|it| it.codes.len()).collect();
        let mut head = json!({
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "note": self.notes,
            "id": ids,
            "size": sizes,
            "role": self.roles(),
            "dimension": self.described(),
            "extension": {"unit": self.unit, "decimals": self.decimals},
        });
        for (name, value) in more {
            head[*name] = value.clone();
        }
        // The cells are written by hand: a number keeps its digits, and a million of them need no tree.
        let mut text = head.to_string();
        text.pop();
        text.push_str(",\"value\":[");
        for place in 0..self.cell_count() {
            if place > 0 {
                text.push(',');
            }
            match self.cell(place).scaled {
                Some(scaled) => text.push_str(&written(scaled, self.decimals, '.', None)),
                None => text.push_str("null"),
            }
        }
        text.push_str("],\"status\":{");
        let mut is_first = true;
        for place in 0..self.cell_count() {
            let sign = self.cell(place).mark.sign();
            if !sign.is_empty() {
                let comma = if is_first { "" } else { "," };
                // Writing to a text never fails.
                let _written = write!(text, "{comma}\"{place}\":\"{sign}\"");
                is_first = false;
            }
        }
        text.push_str("}}");
        text
    }

    fn roles(&self) -> Value {
        let mut roles = serde_json::Map::new();
        for (name, role) in ROLES {
            let own = self.dimensions.iter().filter(|it| it.role == role);
            let own: Vec<&str> = own.map(|it| it.id.as_str()).collect();
            if role != Role::Other && !own.is_empty() {
                roles.insert(name.to_owned(), json!(own));
            }
        }
        Value::Object(roles)
    }

    fn described(&self) -> Value {
        let described = self.dimensions.iter().map(|dimension| {
            let index: Vec<&str> = dimension.codes.iter().map(|it| it.id.as_str()).collect();
            let labels = dimension.codes.iter();
            let labels = labels.map(|it| (it.id.clone(), Value::from(it.label.as_str())));
            let labels: serde_json::Map<String, Value> = labels.collect();
            let mut category = json!({"index": index, "label": labels});
            if dimension.role == Role::Metric {
                let unit = json!({"decimals": self.decimals, "label": self.unit});
                let units = index.iter().map(|id| ((*id).to_owned(), unit.clone()));
                category["unit"] = Value::Object(units.collect());
            }
            let value = json!({"label": dimension.label, "category": category});
            (dimension.id.clone(), value)
        });
        Value::Object(described.collect())
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
