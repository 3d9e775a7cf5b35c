//! Which drawing stands beside a table of figures.

use dinh_domain::table::Role;
use dinh_domain::table::slice::offset;
use dinh_portal::shown::TableShown;
use dinh_render::SafeHtml;
use dinh_render::chart::{Chart, Kind, MAX_POINTS, MAX_SERIES, NoChart, Series, svg};
use dinh_render::view::FigureChoice;

use super::figures::labels;
use super::map::map;
use super::setting::Setting;

/// Words of the parameter, keys of their names.
const KINDS: [(&str, &str, Option<Kind>); 7] = [
    ("", "table.drawing_auto", None),
    ("duong", "table.drawing_lines", Some(Kind::Lines)),
    ("cot", "table.drawing_bars", Some(Kind::Bars)),
    ("chong", "table.drawing_stacked", Some(Kind::Stacked)),
    ("thap", "table.drawing_pyramid", Some(Kind::Pyramid)),
    (MAP, "table.drawing_map", None),
    (NONE, "table.drawing_none", None),
];
/// Asks for a map.
const MAP: &str = "ban-do";
/// Asks for no drawing.
const NONE: &str = "khong";

/// What can be chosen.
pub(super) fn choices(setting: &Setting<'_>, shown: &TableShown) -> Vec<FigureChoice> {
    let asked = shown.drawing.as_deref().unwrap_or_default();
    let kinds = KINDS.iter().map(|(word, key, _)| FigureChoice {
        value: (*word).to_owned(),
        label: setting.text(key).to_owned(),
        selected: *word == asked,
    });
    kinds.collect()
}

fn asked(shown: &TableShown) -> Option<Kind> {
    let word = shown.drawing.as_deref()?;
    KINDS.iter().find(|(own, ..)| *own == word)?.2
}

/// Whether a reader who asked for a drawing has to be told that there is none.
pub(super) fn is_refused(shown: &TableShown) -> bool {
    asked(shown).is_some() || shown.drawing.as_deref() == Some(MAP)
}

/// The drawing of what is shown; none where it cannot be drawn or nobody wants it.
pub(super) fn chart(setting: &Setting<'_>, shown: &TableShown, title: &str) -> Option<SafeHtml> {
    match shown.drawing.as_deref() {
        Some(NONE) => None,
        Some(MAP) => map(setting, shown, title),
        _ => draw(&drawn(shown, title)?),
    }
}

/// A drawing; none of figures that make none.
pub(super) fn draw(chart: &Chart) -> Option<SafeHtml> {
    match svg(chart) {
        Ok(svg) => Some(svg),
        Err(NoChart::Drawing(cause)) => {
            tracing::warn!(cause, "a drawing failed");
            None
        }
        Err(NoChart::Empty | NoChart::TooMuch | NoChart::Unfit) => None,
    }
}

/// Time lies along the axis; else what lies along the rows does, with a series for each column.
fn drawn(shown: &TableShown, title: &str) -> Option<Chart> {
    let (table, selection) = (&*shown.table, &shown.selection);
    let is_time = |lie: &[usize]| match lie {
        [at] => table.dimensions()[*at].role == Role::Time,
        _ => false,
    };
    let is_across = is_time(&selection.columns) && !is_time(&selection.rows);
    let (along, across) = match is_across {
        true => (
            (&selection.columns, selection.column_heads()),
            (&selection.rows, selection.row_heads()),
        ),
        false => (
            (&selection.rows, selection.row_heads()),
            (&selection.columns, selection.column_heads()),
        ),
    };
    if along.1.len() > MAX_POINTS || across.1.len() > MAX_POINTS {
        return None;
    }
    let kind = asked(shown).unwrap_or(match is_time(along.0) && along.1.len() > 1 {
        true => Kind::Lines,
        false => Kind::Bars,
    });
    // More lines than can be told apart: as many as can, from the top, would hide the others without a word.
    let (along, across) = match across.1.len() > MAX_SERIES && along.1.len() <= MAX_SERIES {
        true => (across, along),
        false => (along, across),
    };
    let kind = match kind {
        Kind::Lines if !is_time(along.0) => Kind::Bars,
        kind => kind,
    };
    let strides = table.strides();
    let base = selection.base(&strides);
    let scale = 10_f64.powi(table.decimals.into());
    let series = across.1.iter().map(|head| {
        let start = base + offset(across.0, head, &strides);
        let values = along.1.iter().map(|of| {
            let cell = table.cell(start + offset(along.0, of, &strides));
            cell.scaled.map(|it| number(it) / scale)
        });
        Series {
            name: labels(table, across.0, head).join(", "),
            values: values.collect(),
        }
    });
    Some(Chart {
        title: title.to_owned(),
        kind,
        labels: along
            .1
            .iter()
            .map(|it| labels(table, along.0, it).join(", "))
            .collect(),
        series: series.collect(),
        unit: table.unit.clone(),
    })
}

/// Fifteen digits are exact in a double.
#[expect(clippy::cast_precision_loss)]
pub(super) fn number(scaled: i64) -> f64 {
    scaled as f64
}
