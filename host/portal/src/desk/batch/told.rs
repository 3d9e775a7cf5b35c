//! A plan in words, for whoever decides whether it is written.

use dinh_domain::fault::Fault;

use super::identity::Identity;
use super::planned::{Becomes, Planned, fingerprint};
use super::sheet::Opened;
use super::{BATCH_ROWS_SHOWN, BatchCount, BatchLine, BatchPlan, BatchRow, BatchRowBecomes};
use crate::desk::form::Place;
use crate::desk::open::told;
use crate::import::message;

/// Longest part of a field that is shown, in characters.
const CELL_CHARS: usize = 200;

pub(super) fn plan(
    place: &Place<'_>,
    opened: &Opened,
    identity: &Identity<'_>,
    (planned, lacks): (&[Planned], &[(usize, Vec<Fault>)]),
    unasked: usize,
) -> BatchPlan {
    let columns = opened
        .sheet
        .columns
        .iter()
        .filter(|it| !it.field.is_empty());
    let fields: Vec<&str> = columns.map(|it| it.field.as_str()).collect();
    let out = planned.iter().filter_map(|row| match &row.becomes {
        Becomes::Faulty(faults) => Some((row.number, faults)),
        _ => None,
    });
    let out = out.flat_map(|(row, faults)| faults.iter().map(move |it| (row, it)));
    let lacking = lacks.iter();
    let lacking = lacking.flat_map(|(row, faults)| faults.iter().map(move |it| (*row, it)));
    let lines = out.map(|(row, fault)| line(place, opened, (row, fault), true));
    let lacking = lacking.map(|(row, fault)| line(place, opened, (row, fault), false));
    let shown = planned.iter().take(BATCH_ROWS_SHOWN);
    BatchPlan {
        count: count(planned),
        lacking: lacks.len(),
        unasked,
        fields: fields.iter().map(|it| label(place, it)).collect(),
        rows: shown.map(|it| row(place, identity, it, &fields)).collect(),
        lines: lines.chain(lacking).collect(),
        seen: fingerprint(planned),
    }
}

/// How many rows become what.
pub(super) fn count(planned: &[Planned]) -> BatchCount {
    let mut count = BatchCount::default();
    for row in planned {
        match row.becomes {
            Becomes::New => count.new += 1,
            Becomes::Changed(..) => count.changed += 1,
            Becomes::Same(_) => count.same += 1,
            Becomes::Faulty(_) => count.faulty += 1,
        }
    }
    count
}

fn row(place: &Place<'_>, identity: &Identity<'_>, row: &Planned, fields: &[&str]) -> BatchRow {
    let cell = |field: &&str| {
        let words = told(place.plugin, place.collection, &row.body, field);
        words.unwrap_or_default().chars().take(CELL_CHARS).collect()
    };
    BatchRow {
        number: row.number,
        becomes: match &row.becomes {
            Becomes::New => BatchRowBecomes::New,
            Becomes::Changed(known, _) if known.working.published.is_some() => {
                BatchRowBecomes::Revised
            }
            Becomes::Changed(..) => BatchRowBecomes::Changed,
            Becomes::Same(_) => BatchRowBecomes::Same,
            Becomes::Faulty(_) => BatchRowBecomes::Faulty,
        },
        title: identity.title(&row.body),
        cells: fields.iter().map(cell).collect(),
    }
}

fn line(
    place: &Place<'_>,
    opened: &Opened,
    (row, fault): (usize, &Fault),
    keeps_out: bool,
) -> BatchLine {
    let field = fault.path.split(['[', '.', ',']).next().unwrap_or_default();
    let mut columns = opened.sheet.columns.iter();
    let column = columns.find(|it| !field.is_empty() && it.field == field);
    let heading = column.map(|it| match it.heading.as_str() {
        "" => it.letter.clone(),
        heading => heading.to_owned(),
    });
    BatchLine {
        row,
        heading: heading.unwrap_or_else(|| label(place, field)),
        message: message(Some(place.plugin), fault),
        keeps_out,
    }
}

/// What people call a field; the empty word where it is none.
fn label(place: &Place<'_>, field: &str) -> String {
    let field = place.collection.schema.get(field);
    field.map_or_else(String::new, |it| place.plugin.text("vi", &it.label))
}
