//! Numbers of documents in a question, in any spelling and at any place.

use std::collections::BTreeMap;

use dinh_domain::vietnamese::{code_prefixes, code_windows};
use tantivy::query::{ConstScoreQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::asked::{is_number, says_number};
use super::{Asked, WEIGHTS};
use crate::analysis;
use crate::fields::{Fields, term};

/// Stretches of one question that are tried as a number. A question with more is a table.
const WINDOWS_MAX: usize = 160;

/// Words that may stand between a number and its year: `24 của … năm 2023`.
const BETWEEN: [&str; 8] = ["so", "nam", "cua", "ngay", "thang", "ban", "hanh", "ky"];

/// Words, and numbers of a date, between a number and its year: `24 ban hành ngày 03 tháng 10 năm`.
const BETWEEN_MAX: usize = 8;

/// Words of the longest name of a kind: `thông tư liên tịch`, `giấy chứng nhận bản quyền`.
const KIND_WORDS_MAX: usize = 6;

/// Years that documents bear.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// Letters of the short form of a kind or a body (`TTLT`, `BNNPTNT`, `BLĐTBXH`).
const SHORT_LETTERS_MAX: usize = 8;

/// Short forms between a number and its year, when the year is said behind them.
const BODIES_MAX: usize = 4;

/// What numbers add to a query.
#[derive(Default)]
pub(super) struct Parts {
    /// Each finds documents on its own.
    pub(super) finds: Vec<Box<dyn Query>>,
    /// Raise documents that were found.
    pub(super) raises: Vec<Box<dyn Query>>,
}

/// The numbers of a question.
pub(super) fn parts(asked: &Asked, fields: &Fields) -> Parts {
    let Parts {
        mut finds,
        mut raises,
    } = Parts::default();
    for (key, said) in windows(asked) {
        match Shape::of(&key) {
            Shape::Lettered => {
                finds.push(scored(fields.code, &key, WEIGHTS.code));
                finds.push(scored(fields.code_prefix, &key, WEIGHTS.code_lettered));
                finds.push(scored(fields.mention, &key, WEIGHTS.mention));
            }
            Shape::Year => finds.push(scored(fields.code_prefix, &key, WEIGHTS.code_year)),
            Shape::Number if said => {
                let found = scored(fields.code_prefix, &key, WEIGHTS.code_said);
                if asked.is_number_alone {
                    &mut finds
                } else {
                    &mut raises
                }
                .push(found);
            }
            Shape::Number => raises.push(scored(fields.code_prefix, &key, WEIGHTS.code_bare)),
            Shape::Other => {}
        }
    }
    if asked.is_sentence() {
        // Numbers of clauses and sums are no numbers of documents.
        raises.clear();
    } else {
        raises.extend(behind_their_kind(asked, fields));
    }
    Parts { finds, raises }
}

/// Documents whose kind, number and, where it is said, year are those of the question. With all
/// three a document of another kind, number or year never comes before them.
fn behind_their_kind(asked: &Asked, fields: &Fields) -> Vec<Box<dyn Query>> {
    let words = folded(asked);
    let mut raises: Vec<Box<dyn Query>> = Vec::new();
    for (at, number) in words.iter().enumerate().filter(|(_, word)| is_number(word)) {
        let year = year_ahead(&words[at + 1..]);
        for kind in kinds(asked, without_number_words(&words[..at])) {
            let named = named_key(&kind, number, None);
            raises.push(scored(fields.code, &named, WEIGHTS.code_kind));
            if let Some(year) = year {
                let named = named_key(&kind, number, Some(year));
                raises.push(scored(fields.code, &named, WEIGHTS.code_kind_year));
            }
        }
    }
    raises.truncate(WINDOWS_MAX);
    raises
}

/// Kinds that the words before a number may name: where the name of a kind begins is not known.
fn kinds(asked: &Asked, before: &[&str]) -> Vec<String> {
    let ends = 1..=KIND_WORDS_MAX.min(before.len());
    let mut kinds: Vec<String> = ends
        .map(|words| &before[before.len() - words..])
        .take_while(|words| words.first().is_some_and(|first| !is_number(first)))
        .map(|words| words.join(" "))
        .collect();
    let meant = asked.meant_before(before.len());
    for other in meant.into_iter().flat_map(|meant| &meant.others) {
        let words: Vec<&str> = other.iter().map(|word| word.folded.as_str()).collect();
        kinds.push(words.join(" "));
    }
    kinds
}

/// The key of a document by its kind, number and year, as people name it.
fn named_key(kind: &str, number: &str, year: Option<&str>) -> String {
    match year {
        Some(year) => format!("{kind} {number} {year}"),
        None => format!("{kind} {number}"),
    }
}

/// The keys of a document whose title says its kind before its number: `Thông tư 24/2023/TT-BTC`,
/// by number alone and with the year that the number or else the date has.
pub(crate) fn named_keys(title: &str, code: &str, year: Option<i16>) -> Vec<String> {
    let before = title.find(code).map(|at| &title[..at]);
    let words = before.map(analysis::words).unwrap_or_default();
    let words: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let kind = without_number_words(&words);
    let mut prefixes = code_prefixes(code).into_iter();
    let Some(number) = prefixes.next().filter(|number| is_number(number)) else {
        return Vec::new();
    };
    if kind.is_empty() || kind.len() > KIND_WORDS_MAX {
        return Vec::new();
    }
    let kind = kind.join(" ");
    let second = prefixes.next();
    let own = second.as_deref().and_then(|key| key.split(' ').nth(1));
    let own = own.filter(|year| is_year(year)).map(str::to_owned);
    let year = own.or_else(|| year.map(|year| year.to_string()));
    let mut keys = vec![named_key(&kind, &number, None)];
    keys.extend(year.map(|year| named_key(&kind, &number, Some(&year))));
    keys
}

/// A key without the year behind its number; none if there is no year or nothing behind it. Many
/// cite `24/TT-BTC` for `24/2011/TT-BTC`.
pub(crate) fn without_year(key: &str) -> Option<String> {
    let (number, rest) = key.split_once(' ')?;
    let (year, letters) = rest.split_once(' ')?;
    (is_number(number) && is_year(year)).then(|| format!("{number} {letters}"))
}

enum Shape {
    /// A number and letters: `6 2014 qdubnd`, `6 qd`.
    Lettered,
    /// A number and a year: `6 2014`.
    Year,
    /// A number: `6`.
    Number,
    /// Numbers in a row.
    Other,
}

impl Shape {
    fn of(key: &str) -> Self {
        let mut tokens = key.split(' ');
        let (_, second, third) = (tokens.next(), tokens.next(), tokens.next());
        match (second, third) {
            (None, _) => Self::Number,
            (Some(year), None) if is_year(year) => Self::Year,
            _ if key.contains(|c: char| c.is_alphabetic()) => Self::Lettered,
            _ => Self::Other,
        }
    }
}

/// Keys to try, each with whether the question says that it is a number.
fn windows(asked: &Asked) -> BTreeMap<String, bool> {
    let mut keys: BTreeMap<String, bool> = BTreeMap::new();
    let as_written = code_windows(&asked.text);
    for key in as_written
        .into_iter()
        .take(WINDOWS_MAX)
        .chain(spoken(asked))
    {
        keys.entry(key).or_insert(false);
    }
    for pair in asked.words.windows(2) {
        if let [said, number] = pair
            && says_number(&said.folded)
            && let Some(known) = keys.get_mut(&number.folded)
        {
            *known = true;
        }
    }
    keys
}

/// Numbers as they are spoken: `Thông tư 24 năm 2023`, `QĐ 06/2014`, `06/QĐ-UBND năm 2014`.
fn spoken(asked: &Asked) -> Vec<String> {
    let words = folded(asked);
    let mut keys = Vec::new();
    for (at, number) in words.iter().enumerate().filter(|(_, word)| is_number(word)) {
        let (before, behind) = (&words[..at], &words[at + 1..]);
        let mut kinds = kinds_before(before);
        kinds.extend(short_kinds(asked, before));
        keys.extend(kinds.iter().map(|kind| format!("{number} {kind}")));
        if let Some(year) = year_ahead(behind) {
            keys.extend(kinds.iter().map(|kind| format!("{number} {year} {kind}")));
            keys.push(format!("{number} {year}"));
        }
        let letters = behind
            .iter()
            .take(BODIES_MAX)
            .take_while(|word| is_short(word))
            .count();
        if letters > 0
            && let Some(year) = year_ahead(&behind[letters..])
        {
            keys.push(format!("{number} {year} {}", behind[..letters].concat()));
        }
    }
    keys.truncate(WINDOWS_MAX);
    keys
}

fn year_ahead<'a>(words: &[&'a str]) -> Option<&'a str> {
    let passed = |word: &&&str| BETWEEN.contains(*word) || (is_number(word) && !is_year(word));
    let between = words.iter().take(BETWEEN_MAX).take_while(passed).count();
    words.get(between).copied().filter(|word| is_year(word))
}

/// Short forms that the words before a number may be: the last one, and the last two as one.
fn kinds_before(words: &[&str]) -> Vec<String> {
    match without_number_words(words) {
        [.., one, two] if is_short(one) && is_short(two) => {
            vec![(*two).to_owned(), format!("{one}{two}")]
        }
        [.., one] if is_short(one) => vec![(*one).to_owned()],
        _ => Vec::new(),
    }
}

/// The short forms of the phrase before a number.
fn short_kinds(asked: &Asked, before: &[&str]) -> Vec<String> {
    let meant = asked.meant_before(without_number_words(before).len());
    let others = meant.into_iter().flat_map(|meant| &meant.others);
    let short = others.filter_map(|other| match other.as_slice() {
        [word] if is_short(&word.folded) => Some(word.folded.clone()),
        _ => None,
    });
    short.collect()
}

/// Without the words at the end that only say that a number follows.
fn without_number_words<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let mut words = words;
    while let [rest @ .., last] = words
        && says_number(last)
    {
        words = rest;
    }
    words
}

fn folded(asked: &Asked) -> Vec<&str> {
    let words = asked.words.iter();
    words.map(|word| word.folded.as_str()).collect()
}

/// Letters that may be the short form of a kind or a body.
fn is_short(word: &str) -> bool {
    word.len() <= SHORT_LETTERS_MAX
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && !BETWEEN.contains(&word)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u32| YEARS.contains(&year))
}

fn scored(field: Field, key: &str, score: f32) -> Box<dyn Query> {
    let query = TermQuery::new(term(field, key), IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(query), score))
}
