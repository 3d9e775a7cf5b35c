//! From glyphs at places to words and lines. PDF files seldom draw the blanks between words, and a
//! writer that lacks a letter in one font draws it from another after the rest of the line.

use hayro_interpret::kurbo::{Affine, Point, Vec2};

use super::{Sink, Stop};

/// Widths of glyphs are given in thousandths of the font's size, and so are they drawn.
const UNITS_PER_EM: f64 = 1_000.0;
/// A gap of this share of the font's size parts two words; a blank has a quarter, letters that are
/// spread stay below a tenth.
const BLANK_EM: f64 = 0.18;
/// Off the line by more than this share of the font's size is another line.
const LINE_EM: f64 = 0.35;
/// The same letter nearer than this share of the font's size is drawn twice to look bold.
const TWICE_EM: f64 = 0.1;
/// How much two directions may differ and still be one: the cosine of two degrees.
const SAME_WAY: f64 = 0.9994;
/// Lines back in which the place of a letter is looked for.
const LINES_BACK: usize = 100;
/// Most glyphs that are held; a page of a newspaper has 20,000.
const GLYPHS_MAX: usize = 200_000;

/// A glyph on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    at: Point,
    /// One em along the line.
    em: Vec2,
    /// Width, in ems.
    width: f64,
}

impl Glyph {
    /// By where it is drawn and how far it moves the pen, in thousandths of the font's size.
    pub(super) fn new(place: Affine, advance: Option<f64>) -> Self {
        let at = place * Point::ZERO;
        Self {
            at,
            em: place * Point::new(UNITS_PER_EM, 0.0) - at,
            width: advance.unwrap_or_default() / UNITS_PER_EM,
        }
    }

    /// A glyph without a size, or at no place, is drawn by nobody.
    fn is_drawn(&self) -> bool {
        self.em.hypot().is_normal() && self.at.is_finite() && self.width.is_finite()
    }
}

/// What a glyph says, from where to where on its line.
#[derive(Debug)]
struct Said {
    start: f64,
    end: f64,
    text: String,
}

#[derive(Debug)]
struct Line {
    origin: Point,
    /// The way it runs, of length one.
    way: Vec2,
    /// Size of its first glyph.
    em: f64,
    start: f64,
    end: f64,
    said: Vec<Said>,
}

impl Line {
    fn of(glyph: &Glyph) -> Self {
        let em = glyph.em.hypot();
        Self {
            origin: glyph.at,
            way: glyph.em / em,
            em,
            start: 0.0,
            end: 0.0,
            said: Vec::new(),
        }
    }

    /// Where on the line a glyph begins; none if it is off it.
    fn place(&self, glyph: &Glyph) -> Option<f64> {
        let size = glyph.em.hypot();
        let moved = glyph.at - self.origin;
        let is_on = glyph.em.dot(self.way) >= SAME_WAY * size
            && moved.cross(self.way).abs() <= LINE_EM * self.em.min(size);
        is_on.then(|| moved.dot(self.way))
    }

    /// Whether a place is in the line or touches its end.
    fn holds(&self, place: f64) -> bool {
        let touch = BLANK_EM * self.em;
        (self.start - touch..=self.end + touch).contains(&place)
    }

    fn put(&mut self, start: f64, glyph: &Glyph, text: String) {
        let end = start + glyph.width * glyph.em.hypot();
        self.start = self.start.min(start);
        self.end = self.end.max(end);
        self.said.push(Said { start, end, text });
    }

    fn tell(mut self, sink: &mut Sink<'_>) -> Result<(), Stop> {
        self.said
            .sort_by(|one, other| one.start.total_cmp(&other.start));
        let mut last: Option<Said> = None;
        for said in self.said {
            if let Some(last) = &last {
                if last.text == said.text && said.start - last.start < TWICE_EM * self.em {
                    continue;
                }
                if said.start - last.end > BLANK_EM * self.em {
                    sink.blank();
                }
            }
            sink.text(&said.text)?;
            last = Some(said);
        }
        sink.line();
        Ok(())
    }
}

/// The lines of a page so far.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: Vec<Line>,
    /// The line of the last glyph.
    current: usize,
    glyphs: usize,
}

impl Layout {
    /// Takes a glyph with what it says, in the order in which they are drawn.
    pub(super) fn put(
        &mut self,
        glyph: &Glyph,
        text: String,
        sink: &mut Sink<'_>,
    ) -> Result<(), Stop> {
        if text.is_empty() || !glyph.is_drawn() {
            return Ok(());
        }
        if let Some(last) = self
            .lines
            .get_mut(self.current)
            .and_then(|it| it.said.last_mut())
            && text.chars().all(is_mark)
        {
            last.text.push_str(&text);
            return Ok(());
        }
        if self.glyphs == GLYPHS_MAX {
            self.tell(sink)?;
        }
        self.glyphs += 1;
        let (at, start) = self.find(glyph);
        self.current = at;
        if let Some(line) = self.lines.get_mut(at) {
            line.put(start, glyph, text);
        }
        Ok(())
    }

    /// Hands all lines on.
    pub(super) fn tell(&mut self, sink: &mut Sink<'_>) -> Result<(), Stop> {
        self.glyphs = 0;
        self.current = 0;
        for line in std::mem::take(&mut self.lines) {
            line.tell(sink)?;
        }
        Ok(())
    }

    /// The line of a glyph: the current one, which goes on after any gap, or one that has a place
    /// for it, or a new one.
    fn find(&mut self, glyph: &Glyph) -> (usize, f64) {
        let goes_on = self.lines.get(self.current).and_then(|line| {
            let place = line.place(glyph)?;
            (place >= line.start - BLANK_EM * line.em).then_some(place)
        });
        if let Some(place) = goes_on {
            return (self.current, place);
        }
        let back = self.lines.iter().enumerate().rev().take(LINES_BACK);
        let fits = |(at, line): (usize, &Line)| {
            let place = line.place(glyph)?;
            line.holds(place).then_some((at, place))
        };
        if let Some(found) = back.filter_map(fits).next() {
            return found;
        }
        self.lines.push(Line::of(glyph));
        (self.lines.len() - 1, 0.0)
    }
}

/// A mark that is drawn over the letter before it.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
