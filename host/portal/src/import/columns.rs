//! What the columns of a spreadsheet are to an import, and from its cells to a row. Pure.

use std::collections::HashMap;

use dinh_domain::declaration::{Collection, FieldKind, ImportMapping, SheetRows};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::table::layout::{Given, MAX_COLUMNS};
use dinh_domain::vietnamese::nfc;
use serde_json::{Map, Value};

use super::typed;
use crate::table::letters;

/// Members that rows in the collection's own shape have beside its fields.
const OWN_MEMBERS: [&str; 2] = ["key", "source"];
/// Columns beyond the headings that are named in one fault.
const BESIDE_MAX: usize = 3;

/// The columns that are taken, by the member that each one holds.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    places: HashMap<String, usize>,
    /// The heading of each field, and whether its cell becomes its value unchanged.
    fields: HashMap<String, (String, bool)>,
    width: usize,
    /// Columns without a heading.
    blank: Vec<usize>,
    sheet: SheetRows,
}

/// What is said of the columns before rows are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnNotes {
    /// Headings of the file that nothing is taken from.
    pub unused: Vec<String>,
    /// Headings of the mapping that the file does not have, and that rows can do without.
    pub absent: Vec<String>,
}

impl Columns {
    /// Finds the columns of a row of headings.
    ///
    /// # Errors
    /// A heading that is needed is missing or stands twice; in English.
    pub(super) fn find(
        collection: &Collection,
        mapping: Option<&ImportMapping>,
        headings: &[Given],
    ) -> Result<(Self, ColumnNotes), String> {
        if headings.len() > MAX_COLUMNS {
            let count = headings.len();
            return Err(format!(
                "the row of headings has {count} columns, more than {MAX_COLUMNS}: is it a list of rows?"
            ));
        }
        let wanted = wanted(collection, mapping);
        let mut found: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, heading) in headings.iter().enumerate() {
            found.entry(alike(heading.text())).or_default().push(at);
        }
        let (mut places, mut notes) = (HashMap::new(), ColumnNotes::default());
        let (mut missing, mut twice) = (Vec::new(), Vec::new());
        for (member, is_needed) in &wanted {
            match found.get(&alike(member)).map(Vec::as_slice) {
                Some([at]) => {
                    places.insert(member.clone(), *at);
                }
                Some(all) => {
                    let all: Vec<String> = all.iter().map(|at| letters(*at)).collect();
                    twice.push(format!("“{member}” ({})", all.join(", ")));
                }
                None if *is_needed => missing.push(format!("“{member}”")),
                None => notes.absent.push(member.clone()),
            }
        }
        if !twice.is_empty() {
            return Err(format!("headings stand twice: {}", twice.join("; ")));
        }
        if !missing.is_empty() {
            return Err(format!(
                "headings are missing: {}; the file has: {}",
                missing.join(", "),
                named(headings)
            ));
        }
        let is_taken = |at: &usize| places.values().any(|it| it == at);
        let unused = headings.iter().enumerate();
        let unused = unused.filter(|(at, it)| !is_taken(at) && !it.text().is_empty());
        notes.unused = unused.map(|(_, it)| it.text().to_owned()).collect();
        let columns = Self {
            places,
            fields: fields(collection, mapping),
            blank: blank(headings),
            width: headings.len(),
            sheet: mapping.map(|it| it.sheet.clone()).unwrap_or_default(),
        };
        Ok((columns, notes))
    }

    /// The row as an object of texts, and what is wrong with cells as such.
    pub(super) fn object(&self, cells: &[Given]) -> (Value, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut object = Map::new();
        let mut members: Vec<(&String, &usize)> = self.places.iter().collect();
        members.sort_by_key(|(_, at)| **at);
        for (member, at) in members {
            let cell = cells.get(*at).unwrap_or(&Given::Empty);
            match (cell, cell.text()) {
                (_, "") => {}
                (Given::Error(text), _) => {
                    let fault = Fault::new(self.path(member), "fault.cell-error");
                    faults.push(fault.with("given", text));
                }
                (_, text) if text.starts_with('=') => {
                    let fault = Fault::new(self.path(member), "fault.cell-formula");
                    faults.push(fault.with("given", text));
                }
                (_, text) => {
                    object.insert(member.clone(), Value::from(text));
                }
            }
        }
        let cells = cells.iter().enumerate();
        let beside = cells.filter(|(at, it)| {
            (*at >= self.width || self.blank.contains(at)) && !it.text().is_empty()
        });
        let beside: Vec<String> = beside
            .take(BESIDE_MAX)
            .map(|(at, it)| format!("{}: {}", letters(at), it.text()))
            .collect();
        if !beside.is_empty() {
            faults.push(Fault::new("", "fault.cell-beside").with("given", beside.join("; ")));
        }
        (Value::Object(object), faults)
    }

    /// Reads the cells that become values unchanged as the kinds of their fields.
    pub(super) fn typed(
        &self,
        collection: &Collection,
        cells: &[Given],
        body: &mut Body,
        faults: &mut Vec<Fault>,
    ) {
        for (name, value) in body.iter_mut() {
            let Some(kind) = collection.schema.get(name).map(|it| &it.kind) else {
                continue;
            };
            let Some((heading, true)) = self.fields.get(name) else {
                continue;
            };
            let cell = self.places.get(heading).and_then(|at| cells.get(*at));
            // An empty cell leaves what the mapping itself says.
            let cell = cell.filter(|it| !it.text().is_empty());
            let Some(cell) = cell.filter(|_| !matches!(kind, FieldKind::Files { .. })) else {
                continue;
            };
            match typed::value(kind, &self.sheet, cell) {
                Ok(read) => *value = read,
                Err(key) => faults.push(Fault::new(name, key).with("given", cell.text())),
            }
        }
        // What is no value of its kind is told once, by what stands there.
        body.retain(|name, _| !faults.iter().any(|it| it.path == *name));
    }

    /// The heading of what a fault is about.
    pub(super) fn heading(&self, path: &str) -> Option<&str> {
        let name = path.split(['[', '.']).next().unwrap_or(path);
        match self.fields.get(name) {
            Some((heading, _)) => Some(heading),
            None => self.places.get_key_value(path).map(|(it, _)| it.as_str()),
        }
    }

    /// The field of a member; the member where it is none's alone.
    fn path(&self, member: &str) -> String {
        let mut fields = self.fields.iter();
        let own = fields.find(|(_, (heading, _))| heading == member);
        own.map_or(member, |(name, _)| name.as_str()).to_owned()
    }
}

/// Places of columns without a heading: what stands in them is beside the others.
fn blank(headings: &[Given]) -> Vec<usize> {
    let headings = headings.iter().enumerate();
    let blank = headings.filter(|(_, it)| it.text().is_empty());
    blank.map(|(at, _)| at).collect()
}

/// The members that are looked for, and whether no row can do without them.
fn wanted(collection: &Collection, mapping: Option<&ImportMapping>) -> Vec<(String, bool)> {
    let needs = |field: &str, lifted: &[String]| {
        let field_of = collection.schema.get(field);
        field_of.is_some_and(|it| {
            !has_default(&it.kind)
                && (it.required || it.gate && !lifted.iter().any(|it| it == field))
        })
    };
    let mut wanted: Vec<(String, bool)> = Vec::new();
    let mut want =
        |member: &str, is_needed: bool| match wanted.iter_mut().find(|(own, _)| own == member) {
            Some((_, needed)) => *needed |= is_needed,
            None => wanted.push((member.to_owned(), is_needed)),
        };
    match mapping {
        Some(mapping) => {
            want(&mapping.key, true);
            for (field, from) in &mapping.fields {
                want(from.from(), needs(field, &mapping.lift));
            }
        }
        None => {
            want(OWN_MEMBERS[0], true);
            want(OWN_MEMBERS[1], false);
            for field in collection.schema.keys() {
                want(field, needs(field, &[]));
            }
        }
    }
    wanted
}

/// Whether an entry has a value of a field that was given none.
pub(crate) fn has_default(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Choice { default, .. } => default.is_some(),
        FieldKind::Date { default } => default.is_some(),
        _ => false,
    }
}

fn fields(
    collection: &Collection,
    mapping: Option<&ImportMapping>,
) -> HashMap<String, (String, bool)> {
    match mapping {
        Some(mapping) => {
            let fields = mapping.fields.iter();
            let fields = fields
                .map(|(field, from)| (field.clone(), (from.from().to_owned(), from.is_plain())));
            fields.collect()
        }
        None => {
            let fields = collection.schema.keys();
            fields.map(|it| (it.clone(), (it.clone(), true))).collect()
        }
    }
}

/// A heading as it is compared: composed, on one line, whatever its case.
fn alike(heading: &str) -> String {
    let heading = nfc(heading).to_lowercase();
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headings there are, in a line.
fn named(headings: &[Given]) -> String {
    const NAMED: usize = 40;
    let there = headings.iter().filter(|it| !it.text().is_empty());
    let mut names: Vec<String> = there
        .clone()
        .take(NAMED)
        .map(|it| format!("“{}”", it.text()))
        .collect();
    if there.count() > NAMED {
        names.push("…".to_owned());
    }
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}
