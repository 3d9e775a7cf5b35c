use tantivy::query::{BooleanQuery, ConstScoreQuery, Query};

use super::{Asked, WEIGHTS, weighed};
use crate::analysis::{exact_pair_term, exact_term, pair_term};
use crate::fields::Fields;

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

/// Documents with enough of the words, scored by them.
pub(super) fn enough_words(asked: &Asked, fields: &Fields) -> Box<dyn Query> {
    let words = asked.counted(|word| &word.folded);
    let enough = enough(words.len());
    let weight = WEIGHTS.word * folded_share(asked);
    let queries = words
        .iter()
        .map(|(word, times)| weighed(fields.text, word, weight * times));
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
    raises.extend(titled(asked, fields));
    for (before, word) in asked.pairs(|word| &word.folded) {
        let pair = pair_term(&before, &word);
        raises.push(weighed(fields.text, &pair, WEIGHTS.pair * share));
        raises.push(weighed(fields.title, &pair, WEIGHTS.title_pair * share));
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
        raises.push(weighed(fields.text, &pair, WEIGHTS.pair * exact));
        raises.push(weighed(fields.title, &pair, WEIGHTS.title_pair * exact));
    }
    raises
}

fn folded_share(asked: &Asked) -> f32 {
    if asked.is_marked { WEIGHTS.folded } else { 1.0 }
}
