use dinh_domain::vietnamese::fold;

use super::Asking;
use super::edits::{edits, splits};
use super::marks::marked;
use super::seen::Seen;
use crate::analysis::{Word, exact_pair_term, exact_term, pair_term};
use crate::error::SearchError;
use crate::query::Asked;

/// Spellings of one word that are weighed against each other.
const CANDIDATES_MAX: usize = 60;

/// Marked words that one word without marks may be.
const READINGS_OF_A_WORD_MAX: usize = 6;

/// Words of a question that is offered in several readings: with one there is nothing to tell them
/// apart by, more than three have one reading.
const READING_WORDS: std::ops::RangeInclusive<usize> = 2..=3;

/// Readings that are offered.
const READINGS_MAX: usize = 4;

/// A reading is offered if it has this share of the documents of the most frequent one, in percent.
const READING_SHARE_PERCENT: u64 = 10;

/// How much more two words that stand together say than one on its own.
const PAIR_TIMES: u64 = 20;

/// Finds the words that may be meant, one question at a time.
pub(super) struct Speller<'a> {
    asked: &'a Asked,
    seen: &'a Seen<'a>,
}

/// A word of the question in the spelling that is offered.
struct Spelled {
    /// With marks where they are known; two words where a space was missing.
    exact: Vec<String>,
    is_new: bool,
}

impl<'a> Speller<'a> {
    pub(super) fn new(asked: &'a Asked, seen: &'a Seen<'a>) -> Self {
        Self { asked, seen }
    }

    /// Words that nothing visible has, not even with other marks, as typed.
    pub(super) fn unknown(&self) -> Result<Vec<String>, SearchError> {
        let mut unknown: Vec<String> = Vec::new();
        for word in &self.asked.words {
            let typed = self.asked.typed(word).to_owned();
            if !unknown.contains(&typed) && !self.seen.is_seen(&word.folded)? {
                unknown.push(typed);
            }
        }
        Ok(unknown)
    }

    /// The question with each word that nothing visible has in the nearest spelling; none where all
    /// words are there, or where nothing is near.
    pub(super) fn spelled(&self) -> Result<Option<String>, SearchError> {
        let words = &self.asked.words;
        let mut spelled: Vec<Spelled> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let before = spelled.last().and_then(|it| it.exact.last().cloned());
            let next = words.get(at + 1);
            let better = if self.is_good(word)? {
                None
            } else {
                self.better(word, before.as_deref(), next)?
            };
            spelled.push(Spelled {
                is_new: better.is_some(),
                exact: better.unwrap_or_else(|| vec![word.exact.clone()]),
            });
        }
        if !spelled.iter().any(|word| word.is_new) {
            return Ok(None);
        }
        if !self.asked.is_marked {
            let plain = spelled.iter().flat_map(|it| &it.exact);
            let plain: Vec<String> = plain.map(|it| fold(it)).collect();
            if let Some(read) = self.read(&plain)? {
                return Ok(Some(read.join(" ")));
            }
        }
        let words = words.iter().zip(&spelled).map(|(word, it)| {
            if it.is_new {
                it.exact.join(" ")
            } else {
                self.asked.typed(word).to_owned()
            }
        });
        Ok(Some(words.collect::<Vec<_>>().join(" ")))
    }

    /// Whether a visible document has the word as it was typed. Numbers are what they are.
    fn is_good(&self, word: &Word) -> Result<bool, SearchError> {
        if word.folded.contains(|c: char| c.is_ascii_digit()) {
            return Ok(true);
        }
        if word.is_marked() {
            self.seen.is_seen(&exact_term(&word.exact))
        } else {
            self.seen.is_seen(&word.folded)
        }
    }

    fn better(
        &self,
        word: &Word,
        before: Option<&str>,
        next: Option<&Word>,
    ) -> Result<Option<Vec<String>>, SearchError> {
        if word.is_marked() && self.seen.is_seen(&word.folded)? {
            return Ok(self
                .marked_best(&word.folded, before, next)?
                .map(|it| vec![it]));
        }
        let Some(best) = self.nearest(word, before, next)? else {
            return Ok(None);
        };
        match best.as_slice() {
            [one] => {
                let marked = self.marked_best(one, before, next)?;
                Ok(Some(vec![marked.unwrap_or_else(|| one.clone())]))
            }
            several => {
                let read = self.read(several)?;
                Ok(Some(read.unwrap_or_else(|| several.to_vec())))
            }
        }
    }

    /// The word, or the two words, one slip away that stand beside the neighbours most often; the
    /// most frequent where none does.
    fn nearest(
        &self,
        word: &Word,
        before: Option<&str>,
        next: Option<&Word>,
    ) -> Result<Option<Vec<String>>, SearchError> {
        let before = before.map(fold);
        let mut near: Vec<(u64, Vec<String>)> = Vec::new();
        for edit in edits(&word.folded) {
            if near.len() < CANDIDATES_MAX && self.seen.is_seen(&edit)? {
                let mut beside = 0;
                if let Some(before) = &before {
                    beside += self.seen.count(&pair_term(before, &edit))?;
                }
                if let Some(next) = next {
                    beside += self.seen.count(&pair_term(&edit, &next.folded))?;
                }
                near.push((beside, vec![edit]));
            }
        }
        for (one, two) in splits(&word.folded) {
            let beside = self.seen.count(&pair_term(one, two))?;
            if beside > 0 {
                near.push((beside, vec![one.to_owned(), two.to_owned()]));
            }
        }
        if near.iter().all(|(beside, _)| *beside == 0) {
            for (weight, words) in &mut near {
                if let [one] = words.as_slice() {
                    *weight = self.seen.count(one)?;
                }
            }
        }
        Ok(near
            .into_iter()
            .max_by_key(|(weight, _)| *weight)
            .map(|(_, words)| words))
    }

    /// The most frequent marked form of a word, between its neighbours.
    fn marked_best(
        &self,
        folded: &str,
        before: Option<&str>,
        next: Option<&Word>,
    ) -> Result<Option<String>, SearchError> {
        let mut best: Option<(u64, String)> = None;
        for (count, word) in self.marked(folded)? {
            let mut weight = count;
            if let Some(before) = before {
                weight += PAIR_TIMES * self.seen.count(&exact_pair_term(before, &word))?;
            }
            if let Some(next) = next {
                weight += PAIR_TIMES * self.seen.count(&exact_pair_term(&word, &next.exact))?;
            }
            if best.as_ref().is_none_or(|(known, _)| weight > *known) {
                best = Some((weight, word));
            }
        }
        Ok(best.map(|(_, word)| word))
    }

    /// The marked forms of a word that are seen, the most frequent first.
    fn marked(&self, folded: &str) -> Result<Vec<(u64, String)>, SearchError> {
        let mut found = Vec::new();
        for word in marked(folded) {
            let count = self.seen.count(&exact_term(&word))?;
            if count > 0 {
                found.push((count, word));
            }
        }
        found.sort_by(|a, b| b.cmp(a));
        found.truncate(READINGS_OF_A_WORD_MAX);
        Ok(found)
    }

    /// The marked words that words without marks most likely are: those that stand together most
    /// often. None where a word has no marked form that is seen.
    fn read(&self, folded: &[String]) -> Result<Option<Vec<String>>, SearchError> {
        let mut paths: Vec<(f64, Vec<String>)> = vec![(0.0, Vec::new())];
        for word in folded {
            let mut longer: Vec<(f64, Vec<String>)> = Vec::new();
            for (count, form) in self.marked(word)? {
                let mut best: Option<(f64, &Vec<String>)> = None;
                for (score, path) in &paths {
                    let together = match path.last() {
                        Some(before) => self.seen.count(&exact_pair_term(before, &form))?,
                        None => 0,
                    };
                    let score = score + 2.0 * weight(together) + 0.5 * weight(count);
                    if best.is_none_or(|(known, _)| score > known) {
                        best = Some((score, path));
                    }
                }
                longer.extend(best.map(|(score, path)| {
                    let mut path = path.clone();
                    path.push(form);
                    (score, path)
                }));
            }
            paths = longer;
        }
        let best = paths.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
        Ok(best.map(|(_, path)| path))
    }

    /// What a few words without marks may mean, where it is several things beside themselves, with
    /// the documents that say it so.
    pub(super) fn readings(&self) -> Result<Vec<Asking>, SearchError> {
        let words = &self.asked.words;
        let has_number = words
            .iter()
            .any(|word| word.folded.contains(|c: char| c.is_ascii_digit()));
        if self.asked.is_marked || has_number || !READING_WORDS.contains(&words.len()) {
            return Ok(Vec::new());
        }
        let mut readings: Vec<(u64, Vec<String>)> = vec![(u64::MAX, Vec::new())];
        for word in words {
            let mut longer = Vec::new();
            for (count, form) in self.marked(&word.folded)? {
                for (least, reading) in &readings {
                    let together = match reading.last() {
                        Some(before) => self.seen.count(&exact_pair_term(before, &form))?,
                        None => count,
                    };
                    if together > 0 {
                        let mut reading = reading.clone();
                        reading.push(form.clone());
                        longer.push((together.min(*least), reading));
                    }
                }
            }
            readings = longer;
        }
        readings.retain(|(_, forms)| {
            let mut both = forms.iter().zip(words);
            both.any(|(form, word)| *form != word.folded)
        });
        readings.sort_by(|a, b| b.cmp(a));
        let most = readings.first().map_or(0, |(count, _)| *count);
        readings.retain(|(count, _)| count * 100 >= most * READING_SHARE_PERCENT);
        readings.truncate(READINGS_MAX);
        if readings.len() < 2 {
            return Ok(Vec::new());
        }
        let readings = readings.into_iter().map(|(_, words)| {
            let pairs = words.windows(2).filter_map(|pair| match pair {
                [before, word] => Some(exact_pair_term(before, word)),
                _ => None,
            });
            let total = self.seen.count_together(pairs)?;
            let text = words.join(" ");
            Ok(Asking { text, total })
        });
        readings
            .filter(|reading| !matches!(reading, Ok(Asking { total: 0, .. })))
            .collect()
    }
}

fn weight(count: u64) -> f64 {
    (1.0 + count as f64).ln()
}
