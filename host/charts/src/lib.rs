//! Drawings of figures, as SVG that stands in a page: no script, no style, presentation attributes alone, so that the
//! strictest content policy takes it and paper shows it. Series are told apart by colours which colour-blind people
//! tell apart (Okabe and Ito, 2008), by the shape of their points and by their order. A drawing is never alone: the
//! table that it was made from stands beside it.

mod bars;
mod lines;
mod map;
#[cfg(test)]
mod tests;

pub use map::{MAX_AREAS, Map, MapArea, map_svg};
use plotters::style::RGBColor;

/// Most series of one drawing: more colours are not told apart.
pub const MAX_SERIES: usize = 8;
/// Most values of one series.
pub const MAX_POINTS: usize = 60;

/// Width of all drawings, in units of their own; they grow and shrink with the page.
const WIDTH: u32 = 640;
/// Room of one letter, in the same units.
const LETTER: u32 = 8;
/// Height of letters.
const FONT: u32 = 14;

/// Colours of Okabe and Ito, the darker first.
const COLOURS: [RGBColor; MAX_SERIES] = [
    RGBColor(0, 90, 150),
    RGBColor(176, 80, 0),
    RGBColor(0, 120, 90),
    RGBColor(170, 80, 130),
    RGBColor(40, 130, 190),
    RGBColor(190, 130, 0),
    RGBColor(70, 70, 70),
    RGBColor(110, 110, 0),
];

/// What a drawing looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line for each series, along time.
    Lines,
    /// Bars beside each other, from the left.
    Bars,
    /// Bars behind each other: what they are together.
    Stacked,
    /// Two series, one to each side: a population by age.
    Pyramid,
}

/// Figures to draw.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows, for whoever does not see it.
    pub title: String,
    /// What it looks like.
    pub kind: Kind,
    /// Names along the axis.
    pub labels: Vec<String>,
    /// What is drawn; a value for each label, none where there is no figure.
    pub series: Vec<Series>,
    /// What the figures count.
    pub unit: String,
}

/// One row of figures.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<Option<f64>>,
}

/// Why there is no drawing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoChart {
    /// No figure at all.
    #[error("there are no figures to draw")]
    Empty,
    /// More than can be told apart.
    #[error("there are more than {MAX_SERIES} series or {MAX_POINTS} values")]
    TooMuch,
    /// A pyramid has two sides, and neither bars behind each other nor a pyramid show what is below nothing.
    #[error("these figures cannot be drawn like this")]
    Unfit,
    /// The library could not.
    #[error("{0}")]
    Drawing(String),
}

/// Draws figures as an `<svg>` element.
///
/// # Errors
/// Figures that make no drawing: the table has to do without.
pub fn svg(chart: &Chart) -> Result<String, NoChart> {
    let count = chart.labels.len();
    let values = || {
        chart
            .series
            .iter()
            .flat_map(|it| it.values.iter().flatten())
    };
    if values().next().is_none() {
        return Err(NoChart::Empty);
    }
    let is_uneven = chart.series.iter().any(|it| it.values.len() != count);
    if chart.series.len() > MAX_SERIES || count > MAX_POINTS || is_uneven {
        return Err(NoChart::TooMuch);
    }
    let is_negative = values().any(|it| *it < 0.0);
    let is_unfit = match chart.kind {
        Kind::Lines => count < 2,
        Kind::Bars => false,
        Kind::Stacked => is_negative,
        Kind::Pyramid => is_negative || chart.series.len() != 2,
    };
    if is_unfit {
        return Err(NoChart::Unfit);
    }
    let mut drawn = String::new();
    let done = match chart.kind {
        Kind::Lines => lines::draw(chart, &mut drawn),
        Kind::Bars | Kind::Stacked | Kind::Pyramid => bars::draw(chart, &mut drawn),
    };
    done.map_err(|error| NoChart::Drawing(error.to_string()))?;
    Ok(named("chart", &chart.title, &drawn))
}

/// The element with its name, growing with the page.
fn named(class: &str, title: &str, drawn: &str) -> String {
    let inside = drawn.split_once("<svg").map_or(drawn, |(_, rest)| rest);
    let (head, body) = inside.split_once('>').unwrap_or((inside, ""));
    let box_at = head
        .split_once("viewBox=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let view_box = box_at.map_or("", |(view_box, _)| view_box);
    let title = escaped(title);
    format!(
        "<svg class=\"{class}\" role=\"img\" aria-label=\"{title}\" viewBox=\"{view_box}\" \
         xmlns=\"http://www.w3.org/2000/svg\"><title>{title}</title>{}",
        body.trim_start()
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The smallest and the largest value, with zero between them.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), it| {
        (low.min(it), high.max(it))
    });
    if low == high {
        (0.0, 1.0)
    } else {
        (low * 1.05, high * 1.05)
    }
}

/// A number of an axis, in Vietnamese.
fn tick(value: f64) -> String {
    let text = if value.abs() >= 100.0 || value.fract().abs() < 1e-9 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let part = if part.is_empty() {
        String::new()
    } else {
        format!(",{part}")
    };
    format!("{sign}{grouped}{part}")
}

/// As much of a name as there is room for.
fn short(label: &str, letters: usize) -> String {
    if label.chars().count() <= letters {
        return label.to_owned();
    }
    let kept: String = label.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// How many names stand side by side in a legend below the drawing, and how high it is.
fn legend_rows(chart: &Chart) -> u32 {
    match chart.series.len() {
        0 | 1 => 0,
        count => u32::try_from(count).unwrap_or(1),
    }
}
