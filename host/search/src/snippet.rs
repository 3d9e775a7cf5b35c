//! The part of a text that fits a question best, with what fits marked, in the text's own words.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dinh_domain::vietnamese;

use crate::analysis::{self, Signs, Word};

/// Length of a snippet, in bytes: about 200 Vietnamese characters, three lines on a desktop.
const WINDOW_BYTES: usize = 270;

/// Text that is read for one snippet, in bytes: with more, a page of hits would take longer than
/// the search.
const READ_BYTES_MAX: usize = 64 * 1_024;

/// Piece that is read at once, in bytes: reading stops when nothing better can come.
const PIECE_BYTES: usize = 4_096;

/// A word on its own is marked if it is at least this rare, compared with the rarest one asked for.
const RARE_SHARE: f32 = 0.5;

/// What two neighbours of the question that stand together count, in times their weight.
const PAIR_WEIGHT: f32 = 1.0;

/// Stands for what is left out.
const ELLIPSIS: &str = "…";

/// Text in runs, marked or not; the runs put together are the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Each run with whether it is marked.
    pub parts: Vec<(String, bool)>,
}

/// Knows the words that were asked for.
#[derive(Debug)]
pub(crate) struct Marker {
    weights: HashMap<String, f32>,
    pairs: HashSet<(String, String)>,
    signs: Signs,
    rare: f32,
    best: f32,
}

impl Marker {
    /// Whether nothing can fit better.
    pub(crate) fn is_best(&self, score: f32) -> bool {
        score >= self.best
    }

    pub(crate) fn new(weights: Vec<(String, f32)>, pairs: Vec<(String, String)>) -> Self {
        let rarest = weights
            .iter()
            .map(|(_, weight)| *weight)
            .fold(0.0, f32::max);
        let weights: HashMap<String, f32> = weights.into_iter().collect();
        let pairs: HashSet<(String, String)> = pairs.into_iter().collect();
        let pair_weight = |(_, word): &(String, String)| weights.get(word).copied();
        let best = weights.values().sum::<f32>()
            + PAIR_WEIGHT * pairs.iter().filter_map(pair_weight).sum::<f32>();
        Self {
            signs: Signs::of(weights.keys()),
            weights,
            pairs,
            rare: rarest * RARE_SHARE,
            best,
        }
    }
}

/// A word of the text that was asked for.
#[derive(Debug, Clone)]
struct Match {
    span: Range<usize>,
    word: String,
    weight: f32,
    /// The word before it was asked for just before it.
    follows: bool,
    marked: bool,
}

/// The whole text, marked.
pub(crate) fn mark(text: &str, marker: &Marker) -> Snippet {
    let mut reader = Reader::new(text, marker);
    while reader.read_piece() {}
    parts(text, 0..text.len(), &reader.matches)
}

/// The best part of a text of any length.
#[cfg(test)]
pub(crate) fn window(text: &str, marker: &Marker) -> Snippet {
    scored_window(text, marker).1
}

/// How well the best part of a text fits, 0 for not at all, with that part.
pub(crate) fn scored_window(text: &str, marker: &Marker) -> (f32, Snippet) {
    let mut reader = Reader::new(text, marker);
    let mut best = Best::default();
    loop {
        let more = reader.read_piece();
        let known = if more {
            reader.at.saturating_sub(WINDOW_BYTES)
        } else {
            reader.at
        };
        best.look(&reader.matches, known, marker);
        if !more || best.score >= marker.best {
            break;
        }
    }
    let span = best.span.unwrap_or(0..0);
    let shown = widened(text, span);
    let mut snippet = parts(text, shown.clone(), &reader.matches);
    if shown.start > 0 {
        snippet.parts.insert(0, (ELLIPSIS.to_owned(), false));
    }
    if shown.end < text.len() {
        snippet.parts.push((ELLIPSIS.to_owned(), false));
    }
    (best.score, snippet)
}

/// Reads a text piece by piece.
struct Reader<'a> {
    text: &'a str,
    marker: &'a Marker,
    at: usize,
    /// Where the word before stands.
    before: Option<Range<usize>>,
    matches: Vec<Match>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, marker: &'a Marker) -> Self {
        Self {
            text,
            marker,
            at: 0,
            before: None,
            matches: Vec::new(),
        }
    }

    /// False when there is nothing left to read.
    fn read_piece(&mut self) -> bool {
        let text = &self.text[..self.text.floor_char_boundary(READ_BYTES_MAX)];
        let end = self.at + analysis::piece_end(&text[self.at..], PIECE_BYTES);
        let piece = &text[self.at..end];
        for (start, last) in vietnamese::spans(piece) {
            let written = &piece[start..last];
            if self.marker.signs.may_say(written) {
                self.take(written, self.at + start);
            }
            self.before = Some(self.at + start..self.at + last);
        }
        self.at = end;
        end < text.len()
    }

    fn take(&mut self, written: &str, at: usize) {
        let Some(word) = word(written) else {
            return;
        };
        let Some(&weight) = self.marker.weights.get(&word.folded) else {
            return;
        };
        let before = self.before.clone();
        let before = before.and_then(|span| self::word(&self.text[span]));
        let pair = before.map(|before| (before.folded, word.folded.clone()));
        let follows = pair.is_some_and(|pair| self.marker.pairs.contains(&pair));
        if follows && let Some(last) = self.matches.last_mut() {
            last.marked = true;
        }
        self.matches.push(Match {
            span: at + word.start..at + word.end,
            word: word.folded,
            weight,
            follows,
            marked: follows || weight >= self.marker.rare,
        });
    }
}

fn word(written: &str) -> Option<Word> {
    analysis::words(written).into_iter().next()
}

/// The best window so far.
#[derive(Debug, Default)]
struct Best {
    score: f32,
    span: Option<Range<usize>>,
    /// Matches before this one have been tried as the first of a window.
    tried: usize,
}

impl Best {
    /// Tries the windows that begin before a byte: those behind it are not read to their end.
    fn look(&mut self, matches: &[Match], known: usize, marker: &Marker) {
        while let Some((first, rest)) = matches.get(self.tried..).and_then(<[Match]>::split_first) {
            if first.span.start >= known {
                return;
            }
            let mut seen = HashSet::from([first.word.as_str()]);
            let (mut score, mut end) = (first.weight, first.span.end);
            for next in rest
                .iter()
                .take_while(|it| it.span.end - first.span.start <= WINDOW_BYTES)
            {
                let fresh = seen.insert(&next.word);
                score += if fresh { next.weight } else { 0.0 };
                score += if fresh && next.follows {
                    PAIR_WEIGHT * next.weight
                } else {
                    0.0
                };
                end = next.span.end;
            }
            if score > self.score {
                self.score = score;
                self.span = Some(first.span.start..end);
            }
            if self.score >= marker.best {
                return;
            }
            self.tried += 1;
        }
    }
}

/// A window around a span, from the start of a word to the end of one.
fn widened(text: &str, span: Range<usize>) -> Range<usize> {
    let room = WINDOW_BYTES.saturating_sub(span.len());
    let wanted = span.start.saturating_sub(room / 3);
    let start = if wanted == 0 {
        0
    } else {
        let from = text.floor_char_boundary(wanted);
        let space = text[from..span.start].find(char::is_whitespace);
        space.map_or(span.start, |at| from + at)
    };
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let start = start.min(text.len());
    let wanted = (start + WINDOW_BYTES).max(span.end);
    if wanted >= text.len() {
        return start..text.len();
    }
    let until = text.floor_char_boundary(wanted);
    let least = span.end.max(start);
    let end = text[least..until]
        .rfind(char::is_whitespace)
        .map_or(until, |at| least + at);
    start..end.max(start)
}

/// A part of the text in runs; marked neighbours are one run.
fn parts(text: &str, shown: Range<usize>, matches: &[Match]) -> Snippet {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let inside = |it: &&Match| it.span.start >= shown.start && it.span.end <= shown.end;
    for found in matches.iter().filter(inside).filter(|it| it.marked) {
        match spans.last_mut() {
            Some(last) if text[last.end..found.span.start].chars().all(is_joint) => {
                last.end = found.span.end;
            }
            _ => spans.push(found.span.clone()),
        }
    }
    let mut parts = Vec::new();
    let mut at = shown.start;
    for span in spans {
        parts.push((text[at..span.start].to_owned(), false));
        parts.push((text[span.clone()].to_owned(), true));
        at = span.end;
    }
    parts.push((text[at..shown.end].to_owned(), false));
    parts.retain(|(text, _)| !text.is_empty());
    Snippet { parts }
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '-' | '–')
}
