//! Figures of places: each area as dark as its figure, in five classes that hold equally many.

use plotters::prelude::*;

use crate::{FONT, NoChart, named, short, tick};

/// Most areas of a map: those of a province.
pub const MAX_AREAS: usize = 300;
/// From light to dark, all told apart on paper without colours.
const CLASSES: [RGBColor; 5] = [
    RGBColor(239, 243, 255),
    RGBColor(189, 215, 231),
    RGBColor(107, 174, 214),
    RGBColor(49, 130, 189),
    RGBColor(8, 81, 156),
];
/// No figure.
const NOTHING: RGBColor = RGBColor(240, 240, 235);
const EDGE: RGBColor = RGBColor(90, 90, 90);
const INK: RGBColor = RGBColor(25, 25, 25);
const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Narrower than other drawings, so that its names can be read where it fills a phone.
const WIDTH: u32 = 400;
/// Highest drawing, without its legend.
const HEIGHT_MAX: f64 = 480.0;
const MARGIN: i32 = 10;
/// Letters above the legend.
const OF_LETTERS: usize = 50;
/// Letters of a name in its area, and their height.
const NAME_LETTERS: usize = 12;
const NAME_FONT: u32 = 11;
/// Narrowest area, in units of the drawing, that has room for its name.
const NAMED_FROM: i32 = 50;

/// A map to draw.
#[derive(Debug, Clone)]
pub struct Map {
    /// What it shows, for whoever does not see it.
    pub title: String,
    /// What the figures are of, above the legend: the year, the unit.
    pub of: String,
    /// Areas, with or without a figure.
    pub areas: Vec<MapArea>,
    /// What stands in the legend where there is no figure.
    pub nothing: String,
}

/// One place.
#[derive(Debug, Clone)]
pub struct MapArea {
    /// Its name, short.
    pub name: String,
    /// Outer rings, longitude and latitude in degrees.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// Its figure.
    pub value: Option<f64>,
}

/// From degrees to units of the drawing.
struct Frame {
    west: f64,
    north: f64,
    scale: [f64; 2],
    height: i32,
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Draws a map as an `<svg>` element.
///
/// # Errors
/// Figures or areas that make no map.
pub fn map_svg(map: &Map) -> Result<String, NoChart> {
    let values: Vec<f64> = map.areas.iter().filter_map(|it| it.value).collect();
    if values.is_empty() {
        return Err(NoChart::Empty);
    }
    if map.areas.len() > MAX_AREAS {
        return Err(NoChart::TooMuch);
    }
    let frame = Frame::around(map).ok_or(NoChart::Unfit)?;
    let bounds = bounds(values);
    let mut drawn = String::new();
    let done = draw(map, (&frame, &bounds), &mut drawn);
    done.map_err(|error| NoChart::Drawing(error.to_string()))?;
    Ok(named("chart map", &map.title, &drawn))
}

impl Frame {
    /// None where the areas have no width or height.
    fn around(map: &Map) -> Option<Self> {
        let corners = map.areas.iter().flat_map(|it| it.rings.iter().flatten());
        let begin = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        let [west, south, east, north] = corners.fold(begin, |[w, s, e, n], [x, y]| {
            [w.min(*x), s.min(*y), e.max(*x), n.max(*y)]
        });
        // A degree of longitude is shorter the farther north it lies.
        let narrow = ((south + north) / 2.0).to_radians().cos();
        let (wide, high) = ((east - west) * narrow, north - south);
        let fits = wide > 0.0 && high > 0.0 && wide.is_finite() && high.is_finite();
        let room = f64::from(WIDTH) - 2.0 * f64::from(MARGIN);
        let scale = (room / wide).min((HEIGHT_MAX - 2.0 * f64::from(MARGIN)) / high);
        fits.then(|| Self {
            west,
            north,
            scale: [scale * narrow, scale],
            height: rounded(high * scale) + 2 * MARGIN,
        })
    }

    fn place(&self, [x, y]: [f64; 2]) -> (i32, i32) {
        let across = (x - self.west) * self.scale[0];
        let down = (self.north - y) * self.scale[1];
        (rounded(across) + MARGIN, rounded(down) + MARGIN)
    }
}

/// The upper ends of the classes, rising: each holds about equally many figures.
fn bounds(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len() - 1;
    let ends = (1..=CLASSES.len()).map(|it| {
        values[(it * values.len())
            .div_ceil(CLASSES.len())
            .saturating_sub(1)
            .min(last)]
    });
    let mut ends: Vec<f64> = ends.collect();
    ends.dedup();
    ends
}

/// Few classes take the colours that are farthest apart.
fn colour(class: usize, classes: usize) -> RGBColor {
    match classes {
        0 | 1 => CLASSES[2],
        _ => CLASSES[class * (CLASSES.len() - 1) / (classes - 1)],
    }
}

fn draw(map: &Map, (frame, bounds): (&Frame, &[f64]), out: &mut String) -> Drawn {
    let row = i32::try_from(FONT + 8)?;
    let rows = i32::try_from(bounds.len() + 2)?;
    let size = (WIDTH, u32::try_from(frame.height + rows * row + MARGIN)?);
    let area = SVGBackend::with_string(out, size).into_drawing_area();
    let class = |value: f64| {
        bounds
            .iter()
            .position(|end| value <= *end)
            .unwrap_or_default()
    };
    let mut names = Vec::new();
    for it in &map.areas {
        let class = it.value.map(class);
        let fill = class.map_or(NOTHING, |class| colour(class, bounds.len()));
        for ring in &it.rings {
            let corners: Vec<(i32, i32)> = ring.iter().map(|at| frame.place(*at)).collect();
            area.draw(&Polygon::new(corners.clone(), fill.filled()))?;
            area.draw(&PathElement::new(corners, EDGE.stroke_width(1)))?;
        }
        let is_dark = class.is_some_and(|class| {
            colour(class, bounds.len()) == CLASSES[3] || colour(class, bounds.len()) == CLASSES[4]
        });
        names.extend(name(it, frame, is_dark));
    }
    // Above all areas, so that no neighbour covers a name.
    for name in names {
        area.draw(&name)?;
    }
    let sign = |at: usize, fill: RGBColor, words: String| -> Drawn {
        let y = frame.height + i32::try_from(at + 1)? * row;
        let corners = [(MARGIN, y), (MARGIN + 28, y + 14)];
        area.draw(&Rectangle::new(corners, fill.filled()))?;
        area.draw(&Rectangle::new(corners, EDGE.stroke_width(1)))?;
        area.draw(&Text::new(words, (MARGIN + 38, y), ("sans-serif", FONT)))?;
        Ok(())
    };
    let of = short(&map.of, OF_LETTERS);
    area.draw(&Text::new(of, (MARGIN, frame.height), ("sans-serif", FONT)))?;
    let low = map
        .areas
        .iter()
        .filter_map(|it| it.value)
        .fold(f64::INFINITY, f64::min);
    for (at, end) in bounds.iter().enumerate() {
        let values = map.areas.iter().filter_map(|it| it.value);
        let own = values.filter(|it| class(*it) == at);
        let from = own.fold(f64::INFINITY, f64::min).max(low);
        let words = match from < *end {
            true => format!("{} – {}", tick(from), tick(*end)),
            false => tick(*end),
        };
        sign(at, colour(at, bounds.len()), words)?;
    }
    if map.areas.iter().any(|it| it.value.is_none()) {
        sign(bounds.len(), NOTHING, map.nothing.clone())?;
    }
    area.present()?;
    Ok(())
}

type Name = Text<'static, (i32, i32), String>;

/// The name of an area in its middle, where there is room.
fn name(it: &MapArea, frame: &Frame, is_dark: bool) -> Option<Name> {
    use plotters::style::text_anchor::{HPos, Pos, VPos};
    let corners = it.rings.iter().max_by_key(|it| it.len())?;
    let places: Vec<(i32, i32)> = corners.iter().map(|at| frame.place(*at)).collect();
    let across = places.iter().map(|it| it.0);
    let wide = across.clone().max()? - across.min()?;
    if wide < NAMED_FROM {
        return None;
    }
    let style = TextStyle::from(("sans-serif", NAME_FONT).into_font())
        .color(if is_dark { &PAPER } else { &INK })
        .pos(Pos::new(HPos::Center, VPos::Center));
    Some(Text::new(
        short(&it.name, NAME_LETTERS),
        middle(&places),
        style,
    ))
}

/// The centre of gravity of a ring; of its corners where it has no area.
fn middle(places: &[(i32, i32)]) -> (i32, i32) {
    let wide = places.iter().map(|(x, y)| (f64::from(*x), f64::from(*y)));
    let pairs = wide.clone().zip(wide.skip(1));
    let (mut twice, mut x, mut y) = (0.0, 0.0, 0.0);
    for ((x0, y0), (x1, y1)) in pairs {
        let cross = x0 * y1 - x1 * y0;
        twice += cross;
        x += (x0 + x1) * cross;
        y += (y0 + y1) * cross;
    }
    match twice.abs() < 1.0 {
        true => places.first().copied().unwrap_or_default(),
        false => (rounded(x / (3.0 * twice)), rounded(y / (3.0 * twice))),
    }
}

/// Within the drawing: it fits.
#[expect(clippy::cast_possible_truncation)]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests;
