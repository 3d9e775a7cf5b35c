//! Finds the clauses: goes over a block once and folds only what surrounds `hiệu lực`.

use super::Clause;
use super::clause::Cursor;
use crate::fold::{code_key, plain};

/// How far before `hiệu lực` the sentence is read back, in bytes of the original.
const BEFORE_BYTES: usize = 400;
/// How far after it, in bytes: the longest wording of a date has about 150.
const AFTER_BYTES: usize = 320;
/// How far a citation `(Điều 2 Thông tư số 04/2023/TT-BGTVT` may reach, in bytes.
const CITATION_BYTES: usize = 400;

/// What a document calls itself, longest first.
const KINDS: &[&str] = &[
    "nghi quyet lien tich",
    "thong tu lien tich",
    "van ban hop nhat",
    "nghi quyet",
    "nghi dinh",
    "quyet dinh",
    "thong tu",
    "phap lenh",
    "bo luat",
    "chi thi",
    "quy che",
    "quy dinh",
    "ke hoach",
    "van ban",
    "luat",
    "lenh",
];
/// Words that make the subject a part of the document.
const PARTS: &[&str] = &[
    "khoan", "dieu", "diem", "phu luc", "chuong", "muc", "quy dinh", "noi dung",
];

/// A piece of text, folded, and where each of its letters stood. Letters that have no plain form
/// become `?`, so that one byte is one letter.
struct Folded {
    text: String,
    at: Vec<usize>,
}

impl Folded {
    fn of(original: &str, offset: usize) -> Self {
        let mut folded = Self {
            text: String::new(),
            at: Vec::new(),
        };
        for (at, c) in original.char_indices() {
            let Some(c) = plain(c) else { continue };
            folded.text.push(if c.is_ascii() { c } else { '?' });
            folded.at.push(offset + at);
        }
        folded.at.push(offset + original.len());
        folded
    }
}

/// The clauses of one block that speak of the document itself.
pub(super) fn clauses(block: &str, own_key: &str) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut quoted = false;
    let mut foreign = false;
    for (at, &byte) in block.as_bytes().iter().enumerate() {
        match byte {
            b'(' if !foreign && begins(&block[at..], "(dieu") => {
                foreign = cites_another(block, at, own_key);
            }
            0xe2 if block[at..].starts_with('“') => quoted = true,
            0xe2 if block[at..].starts_with('”') => quoted = false,
            b'h' | b'H' if !quoted && !foreign && begins(&block[at..], "hieu") => {
                found.extend(clause_at(block, at));
            }
            _ => {}
        }
    }
    found
}

/// Whether the text begins with these plain letters. Asked before anything is folded, so that a
/// long text costs little more than one look at each byte.
fn begins(text: &str, letters: &str) -> bool {
    let folded = text.chars().filter_map(plain).take(letters.len());
    folded.eq(letters.chars())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// `(Điều 2 Thông tư số 04/2023/TT-BGTVT, …` names a document that is not this one.
fn cites_another(block: &str, at: usize, own_key: &str) -> bool {
    let end = floor(block, at + CITATION_BYTES);
    let window = Folded::of(&block[at..end], at);
    let Some(inside) = window.text.strip_prefix("(dieu ") else {
        return false;
    };
    let inside = inside.split([')', '\n']).next().unwrap_or(inside);
    let Some((_, number)) = inside.split_once(" so ") else {
        return false;
    };
    let number = number.split([' ', ',', ';']).find(|word| !word.is_empty());
    number.is_some_and(|number| number.contains('/') && code_key(number) != own_key)
}

fn clause_at(block: &str, at: usize) -> Option<Clause> {
    let after = Folded::of(&block[at..floor(block, at + AFTER_BYTES)], at);
    let mut cursor = Cursor::new(&after.text);
    if !cursor.eat("hieu luc") {
        return None;
    }
    let start = cursor.start()?;
    let end = after.at.get(cursor.at).copied().unwrap_or(block.len());
    let from = floor(block, at.saturating_sub(BEFORE_BYTES));
    let before = Folded::of(&block[from..at], from);
    let subject = subject_begins(&before.text).or_else(|| resolution_begins(&before.text))?;
    let begin = before.at.get(subject).copied().unwrap_or(from);
    let words: Vec<&str> = block[begin..end].split_whitespace().collect();
    Some(Clause {
        start,
        words: words.join(" "),
    })
}

/// Where `Quyết định này có` begins, if that is how the text before ends and no part of the
/// document is the true subject.
fn subject_begins(before: &str) -> Option<usize> {
    let rest = strip_word(before, "co")?;
    let rest = strip_word(rest, "se").unwrap_or(rest);
    let rest = strip_word(rest, "nay")?;
    let rest = rest.trim_end_matches([' ', '\n']);
    let kind = KINDS.iter().find_map(|kind| strip_spaced(rest, kind))?;
    let sentence = rest[..kind]
        .rsplit(['.', ';', ':', '\n', '?'])
        .next()
        .unwrap_or_default();
    let words = format!(" {} ", sentence.replace(',', " "));
    let of_a_part = PARTS
        .iter()
        .any(|part| words.contains(&format!(" {part} ")));
    (!of_a_part).then_some(kind)
}

/// Where `Nghị quyết này đã được Hội đồng nhân dân … thông qua … và có` begins, the wording of
/// councils: the sentence opens with the resolution itself.
fn resolution_begins(before: &str) -> Option<usize> {
    let rest = strip_word(before, "co")?.trim_end_matches([' ', '\n']);
    let rest = strip_word(rest, "va").or_else(|| rest.strip_suffix(','))?;
    let start = rest
        .rfind(['.', ';', ':', '\n', '?'])
        .map_or(0, |at| at + 1);
    let sentence = &rest[start..];
    let passed = sentence.contains(" thong qua ");
    let opens = sentence.trim_start().starts_with("nghi quyet ");
    let blanks = sentence.len() - sentence.trim_start().len();
    (passed && opens).then_some(start + blanks)
}

/// Takes one word from the end.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.trim_end_matches([' ', '\n']).strip_suffix(word)?;
    (rest.is_empty() || rest.ends_with([' ', '\n'])).then_some(rest)
}

/// Where words that may lie apart by several blanks begin at the end of the text.
fn strip_spaced(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for word in words.rsplit(' ') {
        rest = rest.trim_end_matches([' ', '\n']).strip_suffix(word)?;
    }
    let apart = !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
    apart.then_some(rest.len())
}
