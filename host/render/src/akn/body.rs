//! The text: what stands before the first level becomes the preamble, the rest a tree.

use std::collections::HashMap;

use super::write::Xml;

/// One piece of a text, in order; a flat list as the outline has it.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Depth of its level, from 0; pieces without a level lie deepest.
    pub depth: usize,
    /// Element and its abbreviation in identifiers; none for a piece without a level.
    pub element: Option<(&'static str, &'static str)>,
    /// Its identifier stands alone: an article's needs no chapter before it.
    pub outer: bool,
    /// Its own number, as part of an identifier: `4`, `iv`.
    pub number: String,
    /// Its number as people read it: `Điều 4.`.
    pub label: String,
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// A text taken apart.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// Paragraphs before the first level, each with whether it is a citation.
    pub preamble: Vec<(String, bool)>,
    /// The rest.
    pub pieces: Vec<Piece>,
}

/// Name and abbreviation of a piece without a level.
const PLAIN: (&str, &str) = ("hcontainer", "hcontainer");

pub(super) fn preamble(text: &Structure, xml: &mut Xml) {
    if text.preamble.is_empty() {
        return;
    }
    xml.open("preamble", &[]);
    let mut rest = text.preamble.as_slice();
    let mut number = 0;
    while let Some((paragraph, is_citation)) = rest.first() {
        if !is_citation {
            xml.text("p", &[], paragraph);
            rest = &rest[1..];
            continue;
        }
        let run = rest.iter().take_while(|(_, citation)| *citation).count();
        xml.open("citations", &[]);
        for (paragraph, _) in &rest[..run] {
            number += 1;
            xml.open("citation", &[("eId", &format!("cit_{number}"))]);
            xml.text("p", &[], paragraph);
            xml.close("citation");
        }
        xml.close("citations");
        rest = &rest[run..];
    }
    xml.close("preamble");
}

pub(super) fn body(text: &Structure, xml: &mut Xml) {
    xml.open("body", &[]);
    let mut ids = Ids::default();
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    for (at, piece) in text.pieces.iter().enumerate() {
        while let Some((depth, name)) = open.pop_if(|(depth, _)| *depth >= piece.depth) {
            let _ = depth;
            xml.close(name);
        }
        let id = ids.of(piece);
        let has_children = text
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.depth > piece.depth);
        let (name, _) = piece.element.unwrap_or(PLAIN);
        start(piece, name, &id, xml);
        let place = if has_children { "intro" } else { "content" };
        paragraphs(piece, place, xml);
        if has_children {
            open.push((piece.depth, name));
        } else {
            xml.close(name);
        }
    }
    while let Some((_, name)) = open.pop() {
        xml.close(name);
    }
    if text.pieces.is_empty() {
        let attributes = [("eId", "hcontainer_1"), ("name", "text")];
        xml.open(PLAIN.0, &attributes);
        paragraphs(&Piece::default(), "content", xml);
        xml.close(PLAIN.0);
    }
    xml.close("body");
}

fn start(piece: &Piece, name: &'static str, id: &str, xml: &mut Xml) {
    if piece.element.is_some() {
        xml.open(name, &[("eId", id)]);
    } else {
        xml.open(name, &[("eId", id), ("name", "text")]);
    }
    if !piece.label.is_empty() {
        xml.text("num", &[], &piece.label);
    }
    if !piece.heading.is_empty() {
        xml.text("heading", &[], &piece.heading);
    }
}

/// `intro` may be left out, `content` may not: an element without words has an empty paragraph.
fn paragraphs(piece: &Piece, place: &str, xml: &mut Xml) {
    let said = piece.paragraphs.iter().filter(|text| !text.is_empty());
    let said: Vec<&String> = said.collect();
    if said.is_empty() && place == "intro" {
        return;
    }
    xml.open(place, &[]);
    for paragraph in &said {
        xml.text("p", &[], paragraph);
    }
    if said.is_empty() {
        xml.empty("p", &[]);
    }
    xml.close(place);
}

/// Identifiers after the standard's naming convention: `art_4__cl_1__point_a`.
#[derive(Default)]
struct Ids {
    path: Vec<(usize, String)>,
    seen: HashMap<String, usize>,
}

impl Ids {
    fn of(&mut self, piece: &Piece) -> String {
        let (_, short) = piece.element.unwrap_or(PLAIN);
        self.path.retain(|(depth, _)| *depth < piece.depth);
        let own = if piece.number.is_empty() {
            let count = self.seen.entry(format!("{short}_")).or_default();
            *count += 1;
            format!("{short}_{count}")
        } else {
            format!("{short}_{}", piece.number)
        };
        let id = match self.path.last().filter(|_| !piece.outer) {
            Some((_, upper)) => format!("{upper}__{own}"),
            None => own,
        };
        let count = self.seen.entry(id.clone()).or_default();
        *count += 1;
        let id = if *count == 1 {
            id
        } else {
            format!("{id}-{count}")
        };
        self.path.push((piece.depth, id.clone()));
        id
    }
}
