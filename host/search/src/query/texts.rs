use std::collections::{BTreeSet, HashMap};

use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::{Asked, WEIGHTS, weighed};
use crate::analysis::{Word, exact_pair_term, exact_term, pair_term};
use crate::fields::{Fields, term};

/// Up to this many different words, all must occur.
const ALL_WORDS_MAX: usize = 3;

/// Of more words, this share must occur, rounded up.
const ENOUGH_WORDS_PERCENT: usize = 60;

/// Of a question in sentences no more than this many words must occur: it has words around the
/// matter that no document uses.
const ENOUGH_WORDS_MAX: usize = 4;

/// A title says all that was asked if it has this share of its neighbours, rounded up: documents
/// and those who copy from them differ by a comma or a letter.
const TITLED_PERCENT: usize = 90;

/// Documents with enough of the words, scored by them. A word counts as there where the phrase it
/// belongs to is written otherwise.
pub(super) fn enough_words(asked: &Asked, fields: &Fields) -> Box<dyn Query> {
    let words = asked.matter(|word| &word.folded);
    let enough = enough(words.len());
    let weight = WEIGHTS.word * folded_share(asked);
    let mut others = others(asked, fields);
    let queries = words.iter().map(|(word, times)| {
        let as_typed = weighed(fields.text, word, weight * times);
        match others.remove(word.as_str()) {
            None => as_typed,
            Some(mut ways) => {
                ways.push(as_typed);
                Box::new(DisjunctionMaxQuery::new(ways))
            }
        }
    });
    Box::new(BooleanQuery::union_with_minimum_required_clauses(
        queries.collect(),
        enough,
    ))
}

pub(super) fn enough(words: usize) -> usize {
    if words <= ALL_WORDS_MAX {
        return words;
    }
    (words * ENOUGH_WORDS_PERCENT)
        .div_ceil(100)
        .clamp(ALL_WORDS_MAX, ENOUGH_WORDS_MAX)
}

/// The other ways to write the phrase that a word belongs to, by the word without marks. The words
/// of a phrase share its weight.
fn others<'a>(asked: &'a Asked, fields: &Fields) -> HashMap<&'a str, Vec<Box<dyn Query>>> {
    let mut others: HashMap<&str, Vec<Box<dyn Query>>> = HashMap::new();
    for meant in &asked.meant {
        let weight = WEIGHTS.other_words / meant.len as f32;
        for word in asked.words.iter().skip(meant.at).take(meant.len) {
            let ways = others.entry(&word.folded).or_default();
            ways.extend(
                meant
                    .others
                    .iter()
                    .filter_map(|other| said(fields.text, other, weight)),
            );
        }
    }
    others
}

/// Documents where a field has these words next to each other.
pub(super) fn said(field: Field, words: &[Word], weight: f32) -> Option<Box<dyn Query>> {
    let pairs: Vec<String> = words
        .windows(2)
        .filter_map(|pair| match pair {
            [before, word] => Some(pair_term(&before.folded, &word.folded)),
            _ => None,
        })
        .collect();
    if pairs.is_empty() {
        let word = words.first()?;
        return Some(weighed(field, &word.folded, weight));
    }
    let share = weight / pairs.len() as f32;
    let all = pairs.iter().map(|pair| weighed(field, pair, share));
    Some(Box::new(BooleanQuery::intersection(all.collect())))
}

/// What raises a document that was found: words in titles, neighbours, marks as typed.
pub(super) fn raises(asked: &Asked, fields: &Fields) -> Vec<Box<dyn Query>> {
    let mut raises = Vec::new();
    let share = folded_share(asked);
    for (word, times) in asked.counted(|word| &word.folded) {
        raises.push(weighed(
            fields.title,
            &word,
            WEIGHTS.title_word * share * times,
        ));
    }
    for (word, times) in asked.around() {
        raises.push(weighed(fields.text, &word, WEIGHTS.word * share * times));
    }
    raises.extend(titled(asked, fields));
    raises.extend(as_typed(asked, fields));
    for (before, word) in asked.pairs(|word| &word.folded) {
        let pair = pair_term(&before, &word);
        // In texts, unlike titles, neighbours count the same with marks and without.
        raises.push(weighed(fields.text, &pair, WEIGHTS.pair));
        raises.push(weighed(fields.title, &pair, WEIGHTS.title_pair * share));
    }
    // In other words a phrase counts as all its neighbours do, in whichever way it has more.
    for meant in &asked.meant {
        for other in &meant.others {
            let pairs = meant.len.max(other.len()).max(2) - 1;
            let pairs = pairs as f32;
            raises.extend(said(fields.text, other, WEIGHTS.pair * pairs));
            raises.extend(said(fields.title, other, WEIGHTS.title_pair * pairs));
        }
    }
    if asked.is_marked {
        raises.extend(exact_raises(asked, fields));
    }
    raises
}

/// Documents whose title says all of it.
fn titled(asked: &Asked, fields: &Fields) -> Option<Box<dyn Query>> {
    let pairs = asked.pairs(|word| &word.folded);
    if pairs.is_empty() {
        return None;
    }
    let enough = (pairs.len() * TITLED_PERCENT).div_ceil(100);
    let is_sentence = asked.is_sentence();
    let bonus = if is_sentence {
        WEIGHTS.titled_sentence
    } else {
        WEIGHTS.titled
    };
    let queries = pairs
        .iter()
        .map(|(before, word)| weighed(fields.title, &pair_term(before, word), WEIGHTS.titled_pair));
    let all = BooleanQuery::union_with_minimum_required_clauses(queries.collect(), enough);
    Some(Box::new(BooleanQuery::union(vec![
        Box::new(ConstScoreQuery::new(Box::new(all.clone()), bonus)),
        Box::new(all),
    ])))
}

/// Documents that have every word as it was typed, with the marks it was typed with. They come
/// before those found by other marks or other words. Of a sentence nobody expects that.
fn as_typed(asked: &Asked, fields: &Fields) -> Option<Box<dyn Query>> {
    if asked.is_sentence() || (!asked.is_marked && asked.meant.is_empty()) {
        return None;
    }
    let words: BTreeSet<String> = asked.that_matter().map(typed_term).collect();
    let words = words.iter().map(|text| -> Box<dyn Query> {
        let query = TermQuery::new(term(fields.text, text), IndexRecordOption::Basic);
        Box::new(query)
    });
    let all = BooleanQuery::intersection(words.collect());
    Some(Box::new(ConstScoreQuery::new(
        Box::new(all),
        WEIGHTS.as_typed,
    )))
}

/// The term of a word with its marks, if it has any.
fn typed_term(word: &Word) -> String {
    if word.is_marked() {
        exact_term(&word.exact)
    } else {
        word.folded.clone()
    }
}

fn exact_raises(asked: &Asked, fields: &Fields) -> Vec<Box<dyn Query>> {
    let mut raises = Vec::new();
    let exact = WEIGHTS.exact;
    for (word, times) in asked.counted(|word| &word.exact) {
        let word = exact_term(&word);
        raises.push(weighed(fields.text, &word, WEIGHTS.word * exact * times));
        raises.push(weighed(
            fields.title,
            &word,
            WEIGHTS.title_word * exact * times,
        ));
    }
    for (before, word) in asked.pairs(|word| &word.exact) {
        let pair = exact_pair_term(&before, &word);
        raises.push(weighed(fields.title, &pair, WEIGHTS.title_pair * exact));
    }
    raises
}

fn folded_share(asked: &Asked) -> f32 {
    if asked.is_marked { WEIGHTS.folded } else { 1.0 }
}
