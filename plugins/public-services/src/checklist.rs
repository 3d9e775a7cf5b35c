//! The page `can-chuan-bi`: what one's own case needs. The answers stand in the address alone, and nothing of them is
//! kept.

mod counters;
#[cfg(test)]
mod tests;

use dinh_sdk::{ContentError, Entry, Host, Object, Outcome, Request, View};
use serde::Serialize;

use crate::cases::{Question, is_for, questions};
use crate::procedure::{PROCEDURES, number, rows, text};
use counters::Counter;

/// What a fee is taken for once.
const PER_DOSSIER: &str = "lần";
/// The page, below the procedure's own address.
const PAGE: &str = "can-chuan-bi";
/// The parameters that hold answers, by question.
const PARAMETERS: [&str; 3] = ["c1", "c2", "c3"];

/// What the template `checklist` shows.
#[derive(Debug, Default, Serialize)]
struct Model {
    href: String,
    /// The beginning, without an answer.
    again: String,
    agency: String,
    /// The address was made by hand: nobody can have given these answers.
    bad: bool,
    /// It does not apply: `announced`, `replaced` or `abolished`, and since or from when.
    not_now: Option<&'static str>,
    not_now_on: String,
    given: Vec<Given>,
    asked: Option<Asked>,
    result: Option<Needed>,
}

/// An answer that was given, and where to give another.
#[derive(Debug, Serialize)]
struct Given {
    question: String,
    answer: String,
    change: String,
}

/// The question that comes next.
#[derive(Debug, Serialize)]
struct Asked {
    number: usize,
    of: usize,
    question: String,
    answers: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct Choice {
    words: String,
    href: String,
}

/// What the case needs.
#[derive(Debug, Serialize)]
struct Needed {
    papers: Vec<Paper>,
    /// None where the procedure does not say it.
    sets: Option<i64>,
    fees: Vec<Fee>,
    /// Of the fees that are a number for the whole dossier, in đồng; empty where none is.
    total: String,
    /// The procedure has fees, and none of them is for this case.
    is_free: bool,
    limits: Vec<Limit>,
    counters: Vec<Counter>,
    channels: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Paper {
    paper: String,
    original: i64,
    copy: i64,
    note: String,
}

#[derive(Debug, Serialize)]
struct Fee {
    fee: String,
    amount: String,
    unit: String,
    exempt: String,
}

#[derive(Debug, Serialize)]
struct Limit {
    limit: String,
    note: String,
}

/// Answers `{slug}/can-chuan-bi?c1=…&c2=…&c3=…`.
pub fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
    let id = request.param("id").unwrap_or_default();
    let entry = match host.get(PROCEDURES, id) {
        Ok(entry) => entry,
        Err(ContentError::NotFound) => return Ok(Outcome::NotFound),
        Err(other) => return Err(other.into()),
    };
    let again = format!("{}/{PAGE}", entry.url);
    let mut model = Model {
        href: entry.url.clone(),
        agency: text(&entry.body, "agency").to_owned(),
        again: again.clone(),
        ..Model::default()
    };
    if let Some((why, on)) = not_now(&entry.body, &host.today()) {
        (model.not_now, model.not_now_on) = (Some(why), on);
        return Ok(View::new("checklist", &model)?.into());
    }
    let questions = questions(&entry.body);
    let Some(given) = given(request, &questions) else {
        model.bad = true;
        return Ok(View::new("checklist", &model)?.with_status(400).into());
    };
    model.given = told(&questions, &given, &again);
    match questions.get(given.len()) {
        Some(next) => {
            let answers = next.answers.iter().map(|it| {
                let keys: Vec<&str> = given.iter().copied().chain([it.key.as_str()]).collect();
                Choice {
                    words: it.words.clone(),
                    href: address(&again, &keys),
                }
            });
            model.asked = Some(Asked {
                number: given.len() + 1,
                of: questions.len(),
                question: next.words.clone(),
                answers: answers.collect(),
            });
        }
        None => model.result = Some(needed(host, &entry, &given)?),
    }
    Ok(View::new("checklist", &model)?.into())
}

/// Why the procedure does not apply on a day, and the day of its change.
fn not_now(body: &Object, today: &str) -> Option<(&'static str, String)> {
    let date = |field: &str| Some(text(body, field)).filter(|it| !it.is_empty());
    for (field, why) in [
        ("abolished_from", "abolished"),
        ("replaced_from", "replaced"),
    ] {
        if let Some(on) = date(field).filter(|on| *on <= today) {
            return Some((why, on.to_owned()));
        }
    }
    let on = date("effective_from").filter(|on| *on > today)?;
    Some(("announced", on.to_owned()))
}

/// The keys of the answers, in the order of the questions; none where an address holds others.
fn given<'a>(request: &'a Request, questions: &[Question]) -> Option<Vec<&'a str>> {
    let mut keys = Vec::new();
    for (at, parameter) in PARAMETERS.iter().enumerate() {
        let Some(key) = request.asked(parameter) else {
            continue;
        };
        // One that skips a question cannot have been followed.
        let question = questions.get(at).filter(|_| keys.len() == at)?;
        question.answers.iter().find(|it| it.key == key)?;
        keys.push(key);
    }
    Some(keys)
}

fn told(questions: &[Question], given: &[&str], again: &str) -> Vec<Given> {
    let pairs = questions.iter().zip(given).enumerate();
    let told = pairs.filter_map(|(at, (question, key))| {
        let answer = question.answers.iter().find(|it| it.key == *key)?;
        Some(Given {
            question: question.words.clone(),
            answer: answer.words.clone(),
            change: address(again, given.get(..at)?),
        })
    });
    told.collect()
}

fn address(again: &str, keys: &[&str]) -> String {
    let pairs = PARAMETERS.iter().zip(keys);
    let pairs: Vec<String> = pairs.map(|(name, key)| format!("{name}={key}")).collect();
    match pairs.is_empty() {
        true => again.to_owned(),
        false => format!("{again}?{}", pairs.join("&")),
    }
}

fn needed(host: &impl Host, entry: &Entry, given: &[&str]) -> Result<Needed, String> {
    let body = &entry.body;
    let own = |field: &str| {
        let rows = rows(body, field).into_iter();
        rows.filter(|row| is_for(text(row, "when"), given))
            .collect::<Vec<_>>()
    };
    let line = |row: &Object, column: &str| text(row, column).to_owned();
    let papers = own("papers").into_iter().map(|row| Paper {
        paper: line(row, "paper"),
        original: number(row, "original").unwrap_or_default(),
        copy: number(row, "copy").unwrap_or_default(),
        note: line(row, "note"),
    });
    let fees = own("fees");
    // What is taken by the page or the copy is nothing to add up.
    let fixed = fees
        .iter()
        .filter(|row| matches!(text(row, "unit"), "" | PER_DOSSIER));
    let amounts: Vec<i64> = fixed.filter_map(|row| number(row, "amount")).collect();
    let total: i64 = amounts.iter().sum();
    let limits = own("limits").into_iter().map(|row| Limit {
        limit: line(row, "limit"),
        note: line(row, "note"),
    });
    let channels = body.get("channels").and_then(|it| it.as_array());
    let channels = channels.into_iter().flatten();
    Ok(Needed {
        papers: papers.collect(),
        sets: number(body, "sets"),
        total: match amounts.len() {
            0 | 1 => String::new(),
            _ => grouped(total),
        },
        is_free: fees.is_empty() && !rows(body, "fees").is_empty(),
        fees: fees
            .into_iter()
            .map(|row| Fee {
                fee: line(row, "fee"),
                amount: number(row, "amount").map(grouped).unwrap_or_default(),
                unit: line(row, "unit"),
                exempt: line(row, "exempt"),
            })
            .collect(),
        limits: limits.collect(),
        counters: counters::of(host, entry)?,
        channels: channels
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
    })
}

/// `1250000` as `1.250.000`.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}
