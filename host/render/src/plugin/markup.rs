//! Reads a template's markup with the tokenizer of a browser engine.
//!
//! Each tag of the template language is replaced by a marker that survives in two places only: in text, and in
//! a double-quoted attribute value. The marker holds a space, `'` and `>`; anywhere else (tag names, attribute
//! names, unquoted and single-quoted values, comments) the tokenizer breaks it, and the broken marker is a
//! fault. So what the tokenizer saw is what a browser will see, whatever the values are.

mod access;
mod elements;
mod sink;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TokenSink, Tokenizer, TokenizerOpts};

use crate::template::{Fault, Piece, Segment, Tag};

/// First and last character of a marker; templates may not contain them.
const START: char = '\u{E000}';
const MIDDLE: char = '\u{E001}';
const END: char = '\u{E002}';
/// What only text and double-quoted values let pass.
const PROBE: &str = " '>";

/// Every rule that the markup breaks.
pub(super) fn check(segments: &[Segment<'_>]) -> Vec<Fault> {
    let forbidden = segments
        .iter()
        .find(|segment| segment.source.contains([START, MIDDLE, END, '\0']));
    if let Some(segment) = forbidden {
        return vec![Fault::new(
            segment.line,
            "characters of the private use area and U+0000 are not allowed",
        )];
    }
    let (html, tags) = marked(segments);
    tokenized(&html, sink::Sink::new(tags)).into_faults()
}

/// Everything that keeps readers out of what the markup shows; `is_page` where it is no part of another template.
pub(super) fn check_access(segments: &[Segment<'_>], is_page: bool) -> Vec<Fault> {
    let (html, tags) = marked(segments);
    tokenized(&html, access::Sink::new(tags, is_page)).into_faults()
}

/// The markup with a marker in the place of each tag of the template language, and those tags.
fn marked<'t>(segments: &'t [Segment<'_>]) -> (String, Vec<&'t Tag>) {
    let mut tags = Vec::new();
    let mut html = String::new();
    for segment in segments {
        match &segment.piece {
            Piece::Text => html.push_str(segment.source),
            Piece::Tag { tag, .. } => {
                html.push_str(&format!("{START}{}{MIDDLE}{PROBE}{END}", tags.len()));
                html.extend(segment.source.chars().filter(|c| *c == '\n'));
                tags.push(tag);
            }
        }
    }
    (html, tags)
}

fn tokenized<S: TokenSink>(html: &str, sink: S) -> S {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let options = TokenizerOpts {
        exact_errors: true,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(sink, options);
    while !input.is_empty() {
        // The sink never asks for a pause; if the tokenizer did, going on is right.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink
}

/// A run of text or attribute value, with the markers read.
enum Run<'t, 'r> {
    Text(&'r str),
    Tag(&'t Tag),
}

/// Cuts a text at its markers; none when a marker is broken.
fn runs<'t, 'r>(text: &'r str, tags: &[&'t Tag]) -> Option<Vec<Run<'t, 'r>>> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(START) {
        if start > 0 {
            runs.push(Run::Text(&rest[..start]));
        }
        let (index, after) = rest[start + START.len_utf8()..].split_once(MIDDLE)?;
        runs.push(Run::Tag(tags.get(index.parse::<usize>().ok()?)?));
        rest = after.strip_prefix(PROBE)?.strip_prefix(END)?;
    }
    if rest.contains([MIDDLE, END]) {
        return None;
    }
    if !rest.is_empty() {
        runs.push(Run::Text(rest));
    }
    Some(runs)
}
