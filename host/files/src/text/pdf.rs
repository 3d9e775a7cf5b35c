//! The text of a PDF file (ISO 32000), in the order in which it is drawn.

use dinh_domain::file_text::TextState;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, font, interpret_page,
};

use super::layout::{Glyph, Layout};
use super::{Sink, Stop};

/// Most pages that are read; a yearbook has one thousand.
const PAGES_MAX: usize = 5_000;

/// A page with a picture and fewer letters than this is a scan: what little it says is a stamp, a
/// number or a heading. A page of text has some 1,500.
const SCAN_LETTERS_MAX: usize = 100;

/// Deepest nesting of marked content that is followed.
const MARKS_MAX: usize = 100;

/// Reads page after page; what was read before a stop stays read.
pub(super) fn read(bytes: Vec<u8>, sink: &mut Sink<'_>) -> Result<TextState, Stop> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => TextState::Encrypted,
        LoadPdfError::Invalid => TextState::Broken,
    })?;
    let pages = pdf.pages();
    let cache = InterpreterCache::new();
    let mut scans = 0;
    for page in pages.iter().take(PAGES_MAX) {
        let before = sink.letters();
        let has_picture = draw(&pdf, page, &cache, RenderContent::PAGE, sink)?;
        let letters = sink.letters() - before;
        scans += usize::from(has_picture && letters < SCAN_LETTERS_MAX);
        // The stamps of signatures, which a scan has too, are not of the page itself.
        draw(&pdf, page, &cache, RenderContent::ANNOTATIONS, sink)?;
        sink.flush()?;
    }
    match pages.len() {
        0 => Err(TextState::Broken.into()),
        count if count > PAGES_MAX => Err(TextState::TooLarge.into()),
        count if scans * 2 >= count => Ok(TextState::NoText),
        _ => Ok(TextState::Text),
    }
}

/// Whether there was a picture on it.
fn draw<'a>(
    pdf: &'a Pdf,
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    content: RenderContent,
    sink: &mut Sink<'_>,
) -> Result<bool, Stop> {
    let settings = InterpreterSettings {
        render_content: content,
        ..InterpreterSettings::default()
    };
    let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
    let mut context = Context::new(Affine::IDENTITY, bounds, cache, pdf.xref(), settings);
    let mut reader = PageReader {
        layout: Layout::default(),
        marks: Vec::new(),
        has_picture: false,
        first: None,
        stopped: None,
        sink,
    };
    interpret_page(page, &mut context, &mut reader);
    reader.layout.tell(reader.sink)?;
    reader.stopped.map_or(Ok(reader.has_picture), Err)
}

/// A stretch of marked content.
enum Mark {
    /// Its glyphs say what they show.
    Plain,
    /// It says what its glyphs together stand for; told with the first of them.
    Says(String),
    /// That was told.
    Said,
}

/// A sheet on which nothing is drawn: it notes what the glyphs say.
struct PageReader<'s, 'w> {
    layout: Layout,
    marks: Vec<Mark>,
    has_picture: bool,
    /// Where the last run began: what is filled and then outlined is one text.
    first: Option<Point>,
    stopped: Option<Stop>,
    sink: &'s mut Sink<'w>,
}

impl PageReader<'_, '_> {
    fn run(&mut self, run: &font::GlyphRun<'_, '_>, transform: Affine) -> Result<(), Stop> {
        for positioned in run.glyphs() {
            let place = transform * positioned.transform();
            let advance = match &**positioned {
                font::Glyph::Outline(glyph) => glyph.advance_width(),
                font::Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let glyph = Glyph::new(place, advance.map(f64::from));
            let said = self
                .marks
                .iter_mut()
                .find(|mark| !matches!(mark, Mark::Plain));
            let text = match said {
                Some(mark @ Mark::Says(_)) => match std::mem::replace(mark, Mark::Said) {
                    Mark::Says(text) => text,
                    _ => String::new(),
                },
                Some(_) => String::new(),
                None => match positioned.as_unicode() {
                    Some(BfString::Char(c)) => c.to_string(),
                    Some(BfString::String(text)) => text,
                    None => String::new(),
                },
            };
            self.layout.put(&glyph, text, self.sink)?;
        }
        Ok(())
    }
}

impl<'a> Device<'a> for PageReader<'_, '_> {
    fn draw_glyph_run(
        &mut self,
        run: &font::GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        if self.stopped.is_some() {
            return;
        }
        let first = run.glyphs().first();
        let first = first.map(|it| props.transform * it.transform() * Point::ZERO);
        let is_outline = matches!(mode, DrawMode::Stroke(_)) && first == self.first;
        self.first = first;
        if !is_outline {
            self.stopped = self.run(run, props.transform).err();
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.has_picture = true;
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        if self.marks.len() >= MARKS_MAX {
            self.stopped = Some(TextState::TooLarge.into());
            return;
        }
        let says = properties.and_then(|it| it.get::<PdfString<'_>>("ActualText"));
        self.marks.push(match says {
            Some(text) => Mark::Says(decoded(text.as_bytes())),
            None => Mark::Plain,
        });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// A text string of PDF: UTF-16 or UTF-8 with their marks, or else Latin.
fn decoded(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = units.chunks_exact(2);
        let units: Vec<u16> = units
            .map(|two| u16::from_be_bytes([two[0], two[1]]))
            .collect();
        return String::from_utf16_lossy(&units);
    }
    match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(text) => String::from_utf8_lossy(text).into_owned(),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
