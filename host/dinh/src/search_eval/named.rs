//! What people call a document: its kind, number and year.

use dinh_domain::vietnamese::{code_prefixes, fold};

/// Words that may stand before a number or a year.
const BETWEEN: [&str; 2] = ["so", "nam"];

/// Kind without marks, number, year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    kind: String,
    number: String,
    year: String,
}

impl Named {
    /// Of a document; none where neither its number nor its date has a year.
    pub(super) fn of(kind: &str, code: &str, date: Option<&str>) -> Option<Self> {
        let mut prefixes = code_prefixes(code).into_iter();
        let number = prefixes.next().filter(|it| is_digits(it))?;
        let second = prefixes.next()?;
        let in_code = second.split(' ').nth(1).filter(|it| is_year(it));
        let year = in_code.or_else(|| date?.get(..4).filter(|it| is_year(it)))?;
        Some(Self {
            kind: fold(kind),
            number,
            year: year.to_owned(),
        })
    }

    /// Of a question that is nothing but these three: `Thông tư 24 năm 2023`.
    pub(super) fn asked(question: &str) -> Option<Self> {
        let question = fold(question);
        let words: Vec<&str> = question
            .split(' ')
            .filter(|word| !BETWEEN.contains(word))
            .collect();
        match words.as_slice() {
            [kind @ .., number, year] if is_digits(number) && is_year(year) => {
                let is_words = kind
                    .iter()
                    .all(|word| word.chars().all(char::is_alphabetic));
                (!kind.is_empty() && is_words).then(|| Self {
                    kind: kind.join(" "),
                    number: number.trim_start_matches('0').to_owned(),
                    year: (*year).to_owned(),
                })
            }
            _ => None,
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_digits(text)
}
