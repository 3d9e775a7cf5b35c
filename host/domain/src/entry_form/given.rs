//! From what was typed to a body, which is checked afterwards like any other.

use serde_json::{Map, Value, json};

use super::merge::unchanged;
use super::{Typed, TypedEdge, TypedField, TypedFile, Words};
use crate::dates::{LocalDate, LocalTime};
use crate::declaration::{Collection, FieldKind};
use crate::entry::Body;
use crate::fault::Fault;

impl Typed {
    /// What was typed as a body over the one that the form began from, whose values are kept where
    /// nothing was changed. Files that came meanwhile are named by `came`, as the body names files.
    /// What cannot be read as its kind is a fault; everything else is left to the check of bodies.
    pub fn body(
        &self,
        collection: &Collection,
        (base, words): (&Body, Words<'_>),
        came: &[Value],
    ) -> Result<Body, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut body = Body::new();
        let before = Self::of(collection, base, words);
        for (name, typed) in &self.0 {
            let Some(field) = collection.schema.get(name) else {
                continue;
            };
            let stored = base.get(name);
            if let Some(stored) = stored.filter(|_| unchanged(before.0.get(name), typed)) {
                body.insert(name.clone(), stored.clone());
                continue;
            }
            let value = match typed {
                TypedField::One(text) if text.trim().is_empty() => continue,
                TypedField::One(text) => match one(&field.kind, text) {
                    Ok(value) => value,
                    Err(key) => {
                        faults.push(Fault::new(name, key).with("given", text.trim()));
                        continue;
                    }
                },
                TypedField::Lines(lines) => json!(lines),
                TypedField::Rows(rows) => match rows_of(&field.kind, rows) {
                    Ok(value) => value,
                    Err((row, (given, key))) => {
                        let fault = Fault::new(format!("{name}[{row}]"), key);
                        faults.push(fault.with("given", given));
                        continue;
                    }
                },
                TypedField::Edges(edges) => Value::Array(edges.iter().map(edge).collect()),
                TypedField::Files(files) => {
                    let kept = files.iter().filter(|it| !it.is_removed);
                    let held = stored.and_then(Value::as_array).into_iter().flatten();
                    let known: Vec<&Value> = held.chain(came).collect();
                    Value::Array(kept.map(|it| file(it, &known)).collect())
                }
            };
            if value.as_array().is_none_or(|items| !items.is_empty()) {
                body.insert(name.clone(), value);
            }
        }
        if faults.is_empty() {
            Ok(body)
        } else {
            Err(faults)
        }
    }
}

/// A cell of a row, and the key of what is wrong with it.
type BadCell<'a> = (usize, (&'a str, &'static str));

/// Typed rows as the value of their kind; the error names the row.
fn rows_of<'a>(kind: &FieldKind, rows: &'a [Vec<String>]) -> Result<Value, BadCell<'a>> {
    let FieldKind::Rows { columns, .. } = kind else {
        return Ok(json!(rows));
    };
    let read = rows.iter().enumerate().map(|(at, cells)| {
        let row = crate::rows::read(columns, cells);
        row.map_err(|bad| (at, bad))
    });
    Ok(Value::Array(read.collect::<Result<_, _>>()?))
}

/// One input as the value of its kind; the error is the key of what is wrong.
pub fn one(kind: &FieldKind, text: &str) -> Result<Value, &'static str> {
    match kind {
        FieldKind::Date { .. } => {
            let date = date(text.trim()).ok_or("fault.date-typed")?;
            Ok(Value::String(date.to_string()))
        }
        FieldKind::Instant {} => {
            let time = instant(text.trim()).ok_or("fault.instant-typed")?;
            Ok(Value::String(time.to_string()))
        }
        FieldKind::Integer {} => {
            let number = integer(text).ok_or("fault.integer-typed")?;
            Ok(Value::from(number))
        }
        // Unchanged it is kept as it was; there is no other way to type one.
        FieldKind::Table {} => Err("fault.table"),
        _ => Ok(Value::String(text.to_owned())),
    }
}

/// A day as [`date`] reads it and a time of day after it: `5/3/2014 17:00`, `5/3/2014 17h30`, `2014-03-05T17:00`; or as pages
/// show it, `17:00 ngày 5/3/2014`.
fn instant(text: &str) -> Option<LocalTime> {
    let shown = text
        .split_once("ngày")
        .map(|(time, day)| (day.trim(), time));
    let (day, time) = shown.or_else(|| text.split_once([' ', 'T']))?;
    let (hour, minute) = time.trim().split_once([':', 'h', 'g'])?;
    let number = |part: &str| -> Option<u16> {
        let fits = (1..=2).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    let minute = match minute.trim() {
        "" => 0,
        minute => number(minute)?,
    };
    LocalTime::at(date(day)?, number(hour)?, minute)
}

/// `5/3/2014`, `05-03-2014`, `05.03.2014`, or `2014-03-05`.
fn date(text: &str) -> Option<LocalDate> {
    if let Ok(date) = LocalDate::parse(text) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let digits = |part: &str, most: usize| {
        let fits = (1..=most).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        fits.then(|| part.to_owned())
    };
    let (day, month, year) = (digits(day, 2)?, digits(month, 2)?, digits(year, 4)?);
    if year.len() != 4 {
        return None;
    }
    LocalDate::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()
}

/// `1234`, or `1.234` as the office writes it.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let groups: Vec<&str> = digits.split(['.', ' ', '\u{a0}']).collect();
    let mut later = groups.iter().skip(1);
    let first = groups.first().map_or(0, |it| it.len());
    if !later.all(|it| it.len() == 3) || groups.len() > 1 && first > 3 {
        return None;
    }
    let whole = groups.concat();
    if !whole.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    format!("{sign}{whole}").parse().ok()
}

fn edge(typed: &TypedEdge) -> Value {
    let mut edge = Map::new();
    edge.insert("kind".to_owned(), json!(typed.kind));
    edge.insert("target".to_owned(), json!(typed.target));
    if !typed.label.trim().is_empty() {
        edge.insert("label".to_owned(), json!(typed.label));
    }
    Value::Object(edge)
}

/// A file with the name and hash that are known of it; an id that is not known stays, and is refused
/// as another's.
fn file(typed: &TypedFile, known: &[&Value]) -> Value {
    let is_it = |it: &&&Value| it.get("file").and_then(Value::as_str) == Some(&typed.file);
    let mut item = known
        .iter()
        .find(is_it)
        .map_or_else(Map::new, |it| it.as_object().cloned().unwrap_or_default());
    item.insert("file".to_owned(), json!(typed.file));
    match typed.label.trim() {
        "" => item.shift_remove("label"),
        label => item.insert("label".to_owned(), json!(label)),
    };
    Value::Object(item)
}
