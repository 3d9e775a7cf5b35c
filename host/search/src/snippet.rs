//! The part of a text that fits a question best, with what fits marked, in the text's own words.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dinh_domain::vietnamese;

use crate::analysis::{self, Signs};

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

/// Knows the words that were asked for, each by its place among them.
#[derive(Debug)]
pub(crate) struct Marker {
    places: HashMap<String, usize>,
    weights: Vec<f32>,
    pairs: HashSet<(usize, usize)>,
    signs: Signs,
    rare: f32,
    best: f32,
}

impl Marker {
    /// Whether nothing can fit better.
    pub(crate) fn is_best(&self, score: f32) -> bool {
        score >= self.best
    }

    /// The words with their weights, each once, and those that stand next to each other.
    pub(crate) fn new(words: Vec<(String, f32)>, pairs: Vec<(String, String)>) -> Self {
        let weights: Vec<f32> = words.iter().map(|(_, weight)| *weight).collect();
        let words = words.into_iter().zip(0..);
        let places: HashMap<String, usize> = words.map(|((word, _), at)| (word, at)).collect();
        let pairs = pairs.into_iter();
        let pairs = pairs.filter_map(|(one, two)| Some((*places.get(&one)?, *places.get(&two)?)));
        let pairs: HashSet<(usize, usize)> = pairs.collect();
        let pair_weight = |(_, word): &(usize, usize)| weights.get(*word);
        Self {
            rare: weights.iter().copied().fold(0.0, f32::max) * RARE_SHARE,
            best: weights.iter().sum::<f32>()
                + PAIR_WEIGHT * pairs.iter().filter_map(pair_weight).sum::<f32>(),
            signs: Signs::of(places.keys()),
            places,
            weights,
            pairs,
        }
    }

    /// The place of a word in any spelling; none if it was not asked for.
    fn place(&self, written: &str) -> Option<usize> {
        let word = analysis::words(written).into_iter().next()?;
        self.places.get(&word.folded).copied()
    }
}

/// A word of the text that was asked for.
#[derive(Debug, Clone)]
struct Match {
    span: Range<usize>,
    /// Its place among those that were asked for.
    word: usize,
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
    /// The word before, if it was asked for.
    before: Option<usize>,
    /// What was asked for or looks like it, as the text writes it: a text writes a word in few ways.
    known: HashMap<&'a str, Option<usize>>,
    matches: Vec<Match>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, marker: &'a Marker) -> Self {
        Self {
            text,
            marker,
            at: 0,
            before: None,
            known: HashMap::new(),
            matches: Vec::new(),
        }
    }

    /// False when there is nothing left to read.
    fn read_piece(&mut self) -> bool {
        let text = &self.text[..self.text.floor_char_boundary(READ_BYTES_MAX)];
        let end = self.at + analysis::piece_end(&text[self.at..], PIECE_BYTES);
        let (marker, piece) = (self.marker, &text[self.at..end]);
        for (span, sign) in vietnamese::signed_spans(piece) {
            let written = &piece[span.clone()];
            let word = if marker.signs.may_say(written, sign) {
                let known = self.known.entry(written);
                *known.or_insert_with(|| marker.place(written))
            } else {
                None
            };
            if let Some(word) = word {
                self.take(word, self.at + span.start..self.at + span.end);
            }
            self.before = word;
        }
        self.at = end;
        end < text.len()
    }

    fn take(&mut self, word: usize, span: Range<usize>) {
        let Some(&weight) = self.marker.weights.get(word) else {
            return;
        };
        let pair = self.before.map(|before| (before, word));
        let follows = pair.is_some_and(|pair| self.marker.pairs.contains(&pair));
        if follows && let Some(last) = self.matches.last_mut() {
            last.marked = true;
        }
        self.matches.push(Match {
            span,
            word,
            weight,
            follows,
            marked: follows || weight >= self.marker.rare,
        });
    }
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
            let mut seen = vec![first.word];
            let (mut score, mut end) = (first.weight, first.span.end);
            for next in rest
                .iter()
                .take_while(|it| it.span.end - first.span.start <= WINDOW_BYTES)
            {
                end = next.span.end;
                if seen.contains(&next.word) {
                    continue;
                }
                seen.push(next.word);
                score += next.weight;
                if next.follows {
                    score += PAIR_WEIGHT * next.weight;
                }
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
