//! Two structured texts compared part by part: articles, clauses and points that have the same number are the same part.

use std::time::Instant;

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::{COMPARE_TIME, Words, words_until};

/// A part of a structured text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// What it is called, with what it stands in: `Điều 4, khoản 1`.
    pub(crate) name: String,
    /// Its heading and its paragraphs, one a line.
    pub(crate) text: String,
}

/// A part that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartChange {
    /// What it is called, with what it stands in.
    pub name: String,
    /// Its words: all gone or all new where only one of the two texts has it.
    pub words: Vec<Words>,
}

/// What is different between two structured texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartChanges {
    /// In the order of reading.
    pub changes: Vec<PartChange>,
    /// How many parts are the same in both.
    pub same: usize,
    /// How many figures of a table changed; not all of them are among the changes.
    pub cells: usize,
}

pub(crate) fn compare_parts(former: &[Part], later: &[Part]) -> PartChanges {
    let names = |parts: &[Part]| parts.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let (before, after) = (names(former), names(later));
    // One for all parts: whoever asks for a page asks for no more work than that.
    let until = Instant::now() + COMPARE_TIME;
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &before, &after, Some(until));
    let mut told = PartChanges::default();
    for op in ops {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            for (was, is) in former[old].iter().zip(&later[new]) {
                told.pair(was, is, until);
            }
            continue;
        }
        told.alone(&former[old], Words::Gone);
        told.alone(&later[new], Words::New);
    }
    told
}

impl PartChanges {
    fn pair(&mut self, was: &Part, is: &Part, until: Instant) {
        if was.text == is.text {
            self.same += 1;
            return;
        }
        self.changes.push(PartChange {
            name: is.name.clone(),
            words: words_until(&was.text, &is.text, until),
        });
    }

    fn alone(&mut self, parts: &[Part], as_words: fn(String) -> Words) {
        let parts = parts.iter().map(|it| PartChange {
            name: it.name.clone(),
            words: vec![as_words(it.text.clone())],
        });
        self.changes.extend(parts);
    }
}
