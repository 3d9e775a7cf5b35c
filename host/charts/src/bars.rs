//! Bars from the left, one group for each name; the first name stands at the top, but for a pyramid, whose base it is.

use plotters::coord::Shift;
use plotters::coord::ranged1d::SegmentedCoord;
use plotters::coord::types::{RangedCoordf64, RangedCoordusize};
use plotters::prelude::*;

use crate::{COLOURS, Chart, FONT, Kind, LETTER, WIDTH, legend_rows, range, short, tick};

/// Height of one bar, and of what is between groups.
const BAR: u32 = 16;
const GAP: u32 = 8;
/// Most letters of a name beside its bars.
const NAME_LETTERS: usize = 26;
/// Room for the numbers below.
const AXIS: u32 = FONT + 16;

type Drawn = Result<(), Box<dyn std::error::Error>>;
type Plane<'a, 'b> =
    ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, SegmentedCoord<RangedCoordusize>>>;

pub(crate) fn draw(chart: &Chart, out: &mut String) -> Drawn {
    // The library has no axis of one name: a single one stands above an empty row.
    let labels = chart.labels.len().max(2);
    let count = u32::try_from(labels).unwrap_or(2);
    let side_by_side = match chart.kind {
        Kind::Bars => u32::try_from(chart.series.len()).unwrap_or(1),
        _ => 1,
    };
    let group = side_by_side * BAR + GAP;
    let height = count * group + AXIS + 20;
    let all = height + legend_rows(chart) * (FONT + 6);
    let area = SVGBackend::with_string(out, (WIDTH, all)).into_drawing_area();
    let (figures, legend) = area.split_vertically(height);
    let (low, high) = ends(chart);
    let widest = chart
        .labels
        .iter()
        .map(|it| it.chars().count().min(NAME_LETTERS))
        .max();
    let room = u32::try_from(widest.unwrap_or(4) + 1).unwrap_or(8) * LETTER;
    let mut plane: Plane<'_, '_> = ChartBuilder::on(&figures)
        .margin(10)
        .margin_right(30)
        .x_label_area_size(AXIS)
        .y_label_area_size(room)
        .build_cartesian_2d(low..high, (0..labels - 1).into_segmented())?;
    let name = |at: &SegmentValue<usize>| match at {
        SegmentValue::CenterOf(at) => {
            let label = row(chart, *at).and_then(|it| chart.labels.get(it));
            label.map_or_else(String::new, |it| short(it, NAME_LETTERS))
        }
        _ => String::new(),
    };
    plane
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(215, 215, 215))
        .axis_style(RGBColor(90, 90, 90))
        .x_labels(6)
        .y_labels(labels)
        .y_label_formatter(&name)
        .x_label_formatter(&|it| {
            tick(if chart.kind == Kind::Pyramid {
                it.abs()
            } else {
                *it
            })
        })
        .label_style(("sans-serif", FONT))
        .draw()?;
    for (at, series) in chart.series.iter().enumerate() {
        bars(chart, &mut plane, at, &series.values)?;
    }
    names(chart, &legend)?;
    area.present()?;
    Ok(())
}

/// The row of a name, or the name of a row, counted from below.
fn row(chart: &Chart, at: usize) -> Option<usize> {
    match chart.kind {
        Kind::Pyramid => Some(at),
        _ => chart.labels.len().max(2).checked_sub(at + 1),
    }
}

/// How far the bars of a drawing reach.
fn ends(chart: &Chart) -> (f64, f64) {
    let values = chart
        .series
        .iter()
        .flat_map(|it| it.values.iter().flatten().copied());
    match chart.kind {
        Kind::Stacked => {
            let sums = (0..chart.labels.len())
                .map(|at| chart.series.iter().filter_map(|it| it.values[at]).sum());
            range(sums)
        }
        Kind::Pyramid => {
            let (_, high) = range(values);
            (-high, high)
        }
        Kind::Lines | Kind::Bars => range(values),
    }
}

/// The bars of one series.
fn bars(chart: &Chart, plane: &mut Plane<'_, '_>, series: usize, values: &[Option<f64>]) -> Drawn {
    let colour = COLOURS[series % COLOURS.len()];
    let before = |at: usize| -> f64 {
        let earlier = chart
            .series
            .iter()
            .take(series)
            .filter_map(|it| it.values[at]);
        if chart.kind == Kind::Stacked {
            earlier.sum()
        } else {
            0.0
        }
    };
    let (above, below) = match chart.kind {
        Kind::Bars => (series, chart.series.len() - series - 1),
        _ => (0, 0),
    };
    let room = |bars: usize| u32::try_from(bars).unwrap_or_default() * BAR + GAP / 2;
    let drawn = values.iter().enumerate().filter_map(|(at, value)| {
        let value = value.as_ref()?;
        let from = before(at);
        let to = match (chart.kind, series) {
            (Kind::Pyramid, 0) => -value,
            _ => from + value,
        };
        let row = row(chart, at)?;
        let corners = [
            (from, SegmentValue::Exact(row)),
            (to, SegmentValue::Exact(row + 1)),
        ];
        let mut bar = Rectangle::new(corners, colour.filled());
        bar.set_margin(room(above), room(below), 0, 0);
        Some(bar)
    });
    let drawn: Vec<_> = drawn.collect();
    plane.draw_series(drawn)?;
    Ok(())
}

/// The names of several series, below the drawing.
fn names(chart: &Chart, legend: &DrawingArea<SVGBackend<'_>, Shift>) -> Drawn {
    if chart.series.len() < 2 {
        return Ok(());
    }
    for (at, series) in chart.series.iter().enumerate() {
        let y = i32::try_from(at).unwrap_or_default() * i32::try_from(FONT + 6).unwrap_or(20);
        let colour = COLOURS[at % COLOURS.len()];
        legend.draw(&Rectangle::new(
            [(10, y + 2), (30, y + 14)],
            colour.filled(),
        ))?;
        legend.draw(&Text::new(
            short(&series.name, 70),
            (38, y),
            ("sans-serif", FONT),
        ))?;
    }
    Ok(())
}
