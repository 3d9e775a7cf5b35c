//! Which values of a table somebody chose, in words short enough for an address, however many they are.
//!
//! `xa-dong-son` is one value, `*` all, `xa-a.xa-c~xa-f` a list with ranges in the order of the table. A choice too scattered
//! for that is `~1a2b3c4d.` and a letter for every six values; the number before it is that of the dimension's values, so
//! that other values never stand in their place when the table has changed.

use std::collections::HashMap;

use super::{Dimension, Table, number_of};

/// Chooses every value of a dimension.
pub const EVERYTHING: &str = "*";
/// Most bytes of all choices of one address: it leaves room for the rest of a query of 4 KiB, and for what a form adds.
pub const MAX_CHOICE_BYTES: usize = 1_400;
/// Between values.
const AND: char = '.';
/// Between the ends of a range, and before a choice that is coded.
const TO: char = '~';
/// Lists up to this long stay lists, which people can read; longer ones are coded where that is shorter.
const LIST_BYTES_MAX: usize = 400;
/// Runs of fewer values are written one by one.
const RUN_VALUES_MIN: usize = 3;
/// Six values are one letter of these (RFC 4648, section 5).
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES_A_LETTER: usize = 6;

/// The values of each dimension that words choose, rising; none of a dimension of which nothing is said. Words that the
/// table does not know are told apart.
pub fn chosen(table: &Table, words: &[(&str, &str)]) -> (Vec<Vec<usize>>, Vec<String>) {
    let dimensions = table.dimensions();
    let mut unknown = Vec::new();
    let mut marks: Vec<Marks<'_>> = dimensions.iter().map(Marks::of).collect();
    for (dimension, values) in words {
        let of = marks.iter_mut().find(|it| it.dimension.id == *dimension);
        let Some(of) = of else {
            unknown.push(format!("{dimension}:{values}"));
            continue;
        };
        for word in of.mark(values) {
            unknown.push(format!("{dimension}:{word}"));
        }
    }
    let picks = marks.into_iter().map(|it| it.picks());
    (picks.collect(), unknown)
}

/// Values of a dimension as the shortest word that chooses them.
pub fn word(dimension: &Dimension, picks: &[usize]) -> String {
    if picks.len() == dimension.codes.len() {
        return EVERYTHING.to_owned();
    }
    let list = list(dimension, picks);
    if list.len() <= LIST_BYTES_MAX {
        return list;
    }
    let coded = coded(dimension, picks);
    if coded.len() < list.len() {
        coded
    } else {
        list
    }
}

/// The values of one dimension, as they are chosen word by word. A word that is repeated changes nothing.
struct Marks<'a> {
    dimension: &'a Dimension,
    /// One for each value; empty before any is chosen.
    marks: Vec<bool>,
    places: Option<HashMap<&'a str, usize>>,
    /// What coded choices of these values begin with.
    number: Option<u32>,
}

impl<'a> Marks<'a> {
    fn of(dimension: &'a Dimension) -> Self {
        Self {
            dimension,
            marks: Vec::new(),
            places: None,
            number: None,
        }
    }

    /// Marks what a word chooses; gives back what it knows nothing of.
    fn mark(&mut self, word: &str) -> Vec<String> {
        let count = self.dimension.codes.len();
        self.marks.resize(count, false);
        if word == EVERYTHING {
            self.marks.fill(true);
            return Vec::new();
        }
        if let Some(coded) = word.strip_prefix(TO) {
            let dimension = self.dimension;
            let own = *self.number.get_or_insert_with(|| number(dimension));
            return match decoded(dimension, own, coded) {
                Some(places) => {
                    places.into_iter().for_each(|at| self.marks[at] = true);
                    Vec::new()
                }
                None => vec![word.chars().take(20).collect()],
            };
        }
        let mut unknown = Vec::new();
        for item in word.split(AND) {
            let ends = item.split_once(TO).unwrap_or((item, item));
            match (self.place(ends.0), self.place(ends.1)) {
                (Some(from), Some(to)) if from <= to => self.marks[from..=to].fill(true),
                _ => unknown.push(item.to_owned()),
            }
        }
        unknown
    }

    fn place(&mut self, id: &str) -> Option<usize> {
        let codes = &self.dimension.codes;
        let places = self.places.get_or_insert_with(|| {
            let places = codes.iter().enumerate();
            places.map(|(at, it)| (it.id.as_str(), at)).collect()
        });
        places.get(id).copied()
    }

    fn picks(&self) -> Vec<usize> {
        let marked = self.marks.iter().enumerate().filter(|(_, it)| **it);
        marked.map(|(at, _)| at).collect()
    }
}

fn list(dimension: &Dimension, picks: &[usize]) -> String {
    let mut list = String::new();
    let mut rest = picks;
    while let [first, ..] = rest {
        let pairs = rest.iter().enumerate();
        let run = pairs.take_while(|(at, it)| first + at == **it).count();
        let (own, after) = match run < RUN_VALUES_MIN {
            true => rest.split_at(1),
            false => rest.split_at(run),
        };
        if !list.is_empty() {
            list.push(AND);
        }
        list.push_str(&dimension.codes[*first].id);
        if let [_, .., last] = own {
            list.push(TO);
            list.push_str(&dimension.codes[*last].id);
        }
        rest = after;
    }
    list
}

fn coded(dimension: &Dimension, picks: &[usize]) -> String {
    let last = picks.last().copied().unwrap_or_default();
    let mut letters = vec![0_usize; last / VALUES_A_LETTER + 1];
    for at in picks {
        letters[at / VALUES_A_LETTER] |= 1 << (at % VALUES_A_LETTER);
    }
    let letters = letters.into_iter().map(|it| char::from(LETTERS[it]));
    let letters: String = letters.collect();
    format!("{TO}{:08x}{AND}{letters}", number(dimension))
}

/// The places of a coded choice; none where it was made of other values, which have another number.
fn decoded(dimension: &Dimension, own: u32, coded: &str) -> Option<Vec<usize>> {
    let (number, letters) = coded.split_once(AND)?;
    if number != format!("{own:08x}") {
        return None;
    }
    let mut places = Vec::new();
    for (at, letter) in letters.bytes().enumerate() {
        let six = LETTERS.iter().position(|it| *it == letter)?;
        let own = (0..VALUES_A_LETTER).filter(|bit| six >> bit & 1 == 1);
        places.extend(own.map(|bit| at * VALUES_A_LETTER + bit));
    }
    let fits = |at: &usize| *at < dimension.codes.len();
    places.iter().all(fits).then_some(places)
}

/// Tells the values of a dimension from others.
fn number(dimension: &Dimension) -> u32 {
    let codes = dimension.codes.iter();
    number_of(codes.flat_map(|it| [it.id.as_str(), it.label.as_str()]))
}
