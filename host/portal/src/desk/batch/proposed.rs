//! How a sheet is read of which not everything was said. Pure.

use dinh_domain::declaration::ImportMapping;
use dinh_domain::table::layout::Given;

use super::BatchLayout;
use super::field::fields;
use super::guess::{Names, is_of, known_by};
use crate::desk::form::Place;

/// The mappings of the plugin that a sheet of this collection may follow.
pub(super) fn mappings<'a>(place: &Place<'a>) -> Vec<(&'a str, &'a ImportMapping)> {
    let imports = place.plugin.declaration.imports.iter();
    let own = imports.filter(|(_, it)| is_of(it, place.collection));
    own.map(|(name, it)| (name.as_str(), it)).collect()
}

/// How a sheet is read: as it was said, and as it is proposed where nothing was; with its headings.
pub(super) fn proposed(
    place: &Place<'_>,
    own: &[(&str, &ImportMapping)],
    rows: &[Vec<Given>],
    mut layout: BatchLayout,
) -> (BatchLayout, Vec<String>) {
    let fields = fields(place.plugin, place.collection);
    let others: Vec<&ImportMapping> = own.iter().map(|(_, it)| *it).collect();
    let names = |chosen| Names::of(&fields, chosen, &others);
    let is_first = layout.columns.is_none() && layout.heading_row.is_none();
    let row = match layout.heading_row {
        Some(row) => row,
        None => names(None).heading_row(rows),
    };
    let row = row.min(rows.len().saturating_sub(1));
    let cells = rows.get(row).map(Vec::as_slice).unwrap_or_default();
    let heading = |at: usize| cells.get(at).map_or("", Given::text).trim().to_owned();
    let headings: Vec<String> = (0..width(rows)).map(heading).collect();
    let mut chosen = own
        .iter()
        .find(|(name, _)| layout.mapping.as_deref() == Some(*name));
    if is_first {
        let named = headings.iter().filter(|it| !it.is_empty()).count();
        // More than half of the headings are its own: it is written as the mapping says.
        chosen = own
            .iter()
            .find(|(_, it)| known_by(it, &headings) * 2 > named);
    }
    if let (Some((_, mapping)), None) = (chosen, &layout.columns) {
        layout.dates = layout.dates.or(mapping.sheet.dates);
        layout.mark = layout.mark.or(mapping.sheet.mark);
    }
    let mut columns = match layout.columns {
        Some(columns) => columns,
        None => names(chosen.map(|(_, it)| *it)).guess(&headings),
    };
    columns.resize(headings.len(), String::new());
    for field in &mut columns {
        if !fields.iter().any(|it| it.name == *field) {
            field.clear();
        }
    }
    let layout = BatchLayout {
        mapping: chosen.map(|(name, _)| (*name).to_owned()),
        heading_row: Some(row),
        columns: Some(columns),
        ..layout
    };
    (layout, headings)
}

/// Columns up to the last one that holds something.
pub(super) fn width(rows: &[Vec<Given>]) -> usize {
    let last = |row: &Vec<Given>| row.iter().rposition(|it| !it.text().is_empty());
    rows.iter().filter_map(last).max().map_or(0, |at| at + 1)
}
