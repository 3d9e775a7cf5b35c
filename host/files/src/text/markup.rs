//! Words out of XML, read as a stream: nothing is kept but the names of open elements.

use std::io::BufRead;

use dinh_domain::file_text::TextState;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Sink, Stop};

/// Deepest nesting that is read, in elements: a text with lists in tables has some thirty.
const DEPTH_MAX: usize = 1_000;

/// What the elements of a format mean to a reader; names without their prefix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Their text is read.
    pub(super) reads: &'static [&'static str],
    /// Nothing inside them is read.
    pub(super) skips: &'static [&'static str],
    /// Only what lies inside one of them is read; empty: everything.
    pub(super) within: &'static [&'static str],
    /// They begin and end a line.
    pub(super) lines: &'static [&'static str],
    /// They part words.
    pub(super) blanks: &'static [&'static str],
}

/// Reads one part of a package. Entities of its own make it a broken one: no office program
/// declares any, and those that do mean harm.
pub(super) fn read(xml: impl BufRead, rules: &Rules, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut reader = Reader::from_reader(xml);
    let mut place = Place::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|error| state_of(&error))? {
            Event::Start(element) => place.open(&element, rules, sink)?,
            Event::End(element) => place.close(element.local_name().into_inner(), rules, sink),
            Event::Empty(element) => {
                place.part(element.local_name().into_inner(), rules, sink);
            }
            Event::Text(text) if place.is_read(rules) => sink.text(&text)?,
            Event::CData(text) if place.is_read(rules) => sink.text(&text)?,
            Event::GeneralRef(entity) => {
                let c = character(&entity)?;
                if place.is_read(rules) {
                    sink.text(c.encode_utf8(&mut [0; 4]))?;
                }
            }
            Event::DocType(_) => return Err(TextState::Broken.into()),
            Event::Eof if place.depth == 0 => return Ok(()),
            Event::Eof => return Err(TextState::Broken.into()),
            _ => {}
        }
    }
}

/// Where the reader stands: how many elements of each sort are open.
#[derive(Debug, Default)]
struct Place {
    depth: usize,
    reads: usize,
    skips: usize,
    within: usize,
}

impl Place {
    fn is_read(&self, rules: &Rules) -> bool {
        self.reads > 0 && self.skips == 0 && (self.within > 0 || rules.within.is_empty())
    }

    /// What is skipped parts nothing.
    fn part(&self, name: &str, rules: &Rules, sink: &mut Sink<'_>) {
        if self.skips > 0 {
            return;
        }
        if rules.lines.contains(&name) {
            sink.line();
        } else if rules.blanks.contains(&name) {
            sink.blank();
        }
    }

    fn open(
        &mut self,
        element: &BytesStart<'_>,
        rules: &Rules,
        sink: &mut Sink<'_>,
    ) -> Result<(), Stop> {
        let name = element.local_name().into_inner();
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(TextState::TooLarge.into());
        }
        self.reads += usize::from(rules.reads.contains(&name));
        self.skips += usize::from(rules.skips.contains(&name));
        self.within += usize::from(rules.within.contains(&name));
        self.part(name, rules, sink);
        Ok(())
    }

    fn close(&mut self, name: &str, rules: &Rules, sink: &mut Sink<'_>) {
        self.depth = self.depth.saturating_sub(1);
        self.reads -= usize::from(rules.reads.contains(&name)).min(self.reads);
        self.skips -= usize::from(rules.skips.contains(&name)).min(self.skips);
        self.within -= usize::from(rules.within.contains(&name)).min(self.within);
        self.part(name, rules, sink);
    }
}

/// The character that a reference stands for: one by number, or one of the five of XML itself.
fn character(entity: &BytesRef<'_>) -> Result<char, Stop> {
    let by_number = entity.resolve_char_ref().map_err(|_| TextState::Broken)?;
    let named = || match entity.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    };
    by_number
        .or_else(named)
        .ok_or(Stop::State(TextState::Broken))
}

/// A part that unpacks beyond its bound ends as an error of the reader below.
fn state_of(error: &quick_xml::Error) -> TextState {
    match error {
        quick_xml::Error::Io(error) => super::package::state_of(error),
        _ => TextState::Broken,
    }
}
