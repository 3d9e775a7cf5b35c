//! The questions of a procedure, and which rows are for whom.

use dinh_sdk::Object;

use crate::procedure::{rows, text};

/// Most questions: whoever has to answer more goes to the counter and asks.
pub const QUESTIONS_MAX: usize = 3;
/// Longest key of an answer, in bytes.
pub const KEY_BYTES_MAX: usize = 30;

/// A question with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// As people are asked.
    pub words: String,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As people give it.
    pub words: String,
    /// What rows and addresses call it.
    pub key: String,
}

/// The questions of a procedure, in the order of their first answers.
pub fn questions(body: &Object) -> Vec<Question> {
    let mut found: Vec<Question> = Vec::new();
    for row in rows(body, "questions") {
        let words = text(row, "question");
        let answer = Answer {
            words: text(row, "answer").to_owned(),
            key: text(row, "key").to_owned(),
        };
        match found.iter_mut().find(|it| it.words == words) {
            Some(known) => known.answers.push(answer),
            None => found.push(Question {
                words: words.to_owned(),
                answers: vec![answer],
            }),
        }
    }
    found
}

/// Whether a row is for somebody who has given these answers. `when` names keys: all that stand apart must be given,
/// one of those with `/` between them.
pub fn is_for(when: &str, given: &[&str]) -> bool {
    let mut all = when.split_whitespace();
    all.all(|any| any.split('/').any(|key| given.contains(&key)))
}

/// The keys that a row names.
pub fn keys(when: &str) -> impl Iterator<Item = &str> {
    when.split_whitespace().flat_map(|any| any.split('/'))
}

/// Whether a text can be the key of an answer.
pub fn is_key(text: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    (1..=KEY_BYTES_MAX).contains(&text.len()) && text.bytes().all(is_letter)
}

#[cfg(test)]
mod tests;
