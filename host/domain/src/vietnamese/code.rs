//! Numbers and symbols of documents (`06/2014/QĐ-UBND`) in every way people write them.

use std::collections::HashSet;

use super::letters::latin_look;
use super::normal::fold;

/// Tokens of the longest stretch of a query that is tried as one number. The longest joint
/// circulars of the law's codification have ten; two to spare.
pub const CODE_WINDOW_TOKENS_MAX: usize = 12;

/// Prefixes kept of one number. Beyond this it is not a number but a text, and the prefixes of a
/// text would take the square of its length.
pub const CODE_PREFIX_TOKENS_MAX: usize = 32;

/// The key that all spellings of one number share: lower case without marks, look-alike letters
/// made Latin, no leading zeros, letters joined over whatever parts them, one space between
/// numbers and letters.
///
/// `06/2014/QĐ-UBND`, `6/2014/qd-ubnd`, `06 2014 qd ubnd` and `6/2014/QĐUBND` are `6 2014 qdubnd`;
/// `84/2015/QH13` is `84 2015 qh 13`. Empty if there is neither letter nor digit.
pub fn code_key(code: &str) -> String {
    squash(&tokens(code))
}

/// Every stretch of a query that may be a number or its beginning, as keys, each once: it begins
/// with digits and is cut where the query itself parts words.
///
/// `quyết định số 06/2014/QĐ-UBND của huyện` gives `6`, `6 2014`, `6 2014 qd`, `6 2014 qdubnd`,
/// `6 2014 qdubndcua`, …
pub fn code_windows(query: &str) -> Vec<String> {
    let tokens = tokens(query);
    let mut seen = HashSet::new();
    let mut windows = Vec::new();
    for (at, _) in tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| is_number(token))
    {
        let longest = CODE_WINDOW_TOKENS_MAX.min(tokens.len() - at);
        for key in prefixes(&tokens[at..at + longest]) {
            if seen.insert(key.clone()) {
                windows.push(key);
            }
        }
    }
    windows
}

/// The beginnings of a number as keys, shortest first, the whole key last: `6`, `6 2014`,
/// `6 2014 qd`, `6 2014 qdubnd`. At most [`CODE_PREFIX_TOKENS_MAX`].
pub fn code_prefixes(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    prefixes(&tokens[..tokens.len().min(CODE_PREFIX_TOKENS_MAX)])
}

/// Runs of digits, without leading zeros, and runs of letters.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut previous = Sort::Separator;
    for c in fold(text).chars().map(latin_look) {
        let sort = Sort::of(c);
        match tokens.last_mut() {
            Some(token) if sort == previous && sort != Sort::Separator => token.push(c),
            _ if sort != Sort::Separator => tokens.push(String::from(c)),
            _ => {}
        }
        previous = sort;
    }
    for token in tokens.iter_mut().filter(|token| is_number(token)) {
        let zeros = token.len() - token.trim_start_matches('0').len();
        token.drain(..zeros.min(token.len() - 1));
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Digit,
    Letter,
    Separator,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii_digit() => Self::Digit,
            _ if c.is_alphanumeric() => Self::Letter,
            _ => Self::Separator,
        }
    }
}

fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
}

fn squash(tokens: &[String]) -> String {
    let mut key = String::new();
    for (at, token) in tokens.iter().enumerate() {
        append(
            &mut key,
            at.checked_sub(1).and_then(|before| tokens.get(before)),
            token,
        );
    }
    key
}

fn prefixes(tokens: &[String]) -> Vec<String> {
    let mut key = String::new();
    let mut previous = None;
    tokens
        .iter()
        .map(|token| {
            append(&mut key, previous.replace(token), token);
            key.clone()
        })
        .collect()
}

fn append(key: &mut String, previous: Option<&String>, token: &str) {
    if previous.is_some_and(|before| is_number(before) || is_number(token)) {
        key.push(' ');
    }
    key.push_str(token);
}

#[cfg(test)]
mod tests;
