//! Lines along time.

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::{COLOURS, Chart, FONT, LETTER, WIDTH, legend_rows, range, short, tick};

/// Height of the drawing above its legend.
const HEIGHT: u32 = 300;
/// Names that stand beside each other along the axis.
const NAMES_MAX: usize = 12;

type Drawn = Result<(), Box<dyn std::error::Error>>;

pub(crate) fn draw(chart: &Chart, out: &mut String) -> Drawn {
    let height = HEIGHT + legend_rows(chart) * (FONT + 6);
    let area = SVGBackend::with_string(out, (WIDTH, height)).into_drawing_area();
    let (figures, legend) = area.split_vertically(HEIGHT);
    let values = chart
        .series
        .iter()
        .flat_map(|it| it.values.iter().flatten().copied());
    let (low, high) = range(values);
    let last = chart.labels.len().saturating_sub(1);
    let widest = [low, high]
        .map(|it| tick(it).chars().count())
        .into_iter()
        .max();
    let room = u32::try_from(widest.unwrap_or(4) + 2).unwrap_or(8) * LETTER;
    let mut drawn = ChartBuilder::on(&figures)
        .margin(10)
        .margin_right(30)
        .x_label_area_size(FONT + 16)
        .y_label_area_size(room)
        .build_cartesian_2d(0..last.max(1), low..high)?;
    let label = |at: &usize| {
        chart
            .labels
            .get(*at)
            .map_or_else(String::new, |it| short(it, 10))
    };
    drawn
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(215, 215, 215))
        .axis_style(RGBColor(90, 90, 90))
        .x_labels(chart.labels.len().min(NAMES_MAX))
        .x_label_formatter(&label)
        .y_label_formatter(&|it| tick(*it))
        .label_style(("sans-serif", FONT))
        .draw()?;
    for (at, series) in chart.series.iter().enumerate() {
        let colour = COLOURS[at % COLOURS.len()];
        // A year without a figure breaks the line.
        let all: Vec<Option<(usize, f64)>> = series
            .values
            .iter()
            .enumerate()
            .map(|(x, y)| y.map(|y| (x, y)))
            .collect();
        for part in all.split(Option::is_none).filter(|it| !it.is_empty()) {
            drawn.draw_series(LineSeries::new(
                part.iter().flatten().copied(),
                colour.stroke_width(2),
            ))?;
        }
        let points = all.iter().flatten().copied();
        match at % 3 {
            0 => drawn.draw_series(points.map(|it| Circle::new(it, 4, colour.filled())))?,
            1 => drawn.draw_series(points.map(|it| TriangleMarker::new(it, 5, colour.filled())))?,
            _ => drawn.draw_series(points.map(|it| Cross::new(it, 4, colour.stroke_width(2))))?,
        };
    }
    names(chart, &legend)?;
    area.present()?;
    Ok(())
}

/// The names of several lines, below the drawing.
fn names(chart: &Chart, legend: &DrawingArea<SVGBackend<'_>, Shift>) -> Drawn {
    if chart.series.len() < 2 {
        return Ok(());
    }
    for (at, series) in chart.series.iter().enumerate() {
        let colour = COLOURS[at % COLOURS.len()];
        let y = i32::try_from(at).unwrap_or_default() * i32::try_from(FONT + 6).unwrap_or(20);
        let middle = (24, y + 8);
        legend.draw(&PathElement::new(
            [(10, y + 8), (38, y + 8)],
            colour.stroke_width(2),
        ))?;
        match at % 3 {
            0 => legend.draw(&Circle::new(middle, 4, colour.filled()))?,
            1 => legend.draw(&TriangleMarker::new(middle, 5, colour.filled()))?,
            _ => legend.draw(&Cross::new(middle, 4, colour.stroke_width(2)))?,
        }
        legend.draw(&Text::new(
            short(&series.name, 70),
            (46, y),
            ("sans-serif", FONT),
        ))?;
    }
    Ok(())
}
