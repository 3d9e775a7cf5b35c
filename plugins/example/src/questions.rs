//! The page and form `cau-hoi`: what residents want to ask at a meeting.

use dinh_sdk::serde_json::json;
use dinh_sdk::{Enqueue, Fault, Host, Level, Outcome, Submission, View};

/// Questions by their number, until they are answered: `question/7`.
pub const KEPT: &str = "question/";
/// How many were asked.
const ASKED: &str = "count/asked";
/// How many were answered.
pub const ANSWERED: &str = "count/answered";
/// Fewest letters of a question.
const LETTERS_MIN: usize = 10;

/// How many questions were asked and answered; the host shows the form below.
pub fn page(host: &impl Host) -> Result<Outcome, String> {
    let model = json!({
        "asked": count(host, ASKED)?,
        "answered": count(host, ANSWERED)?,
        "days": host.setting("answer-days")?,
    });
    Ok(View::new("questions", &model)?.into())
}

/// Keeps a question, and has it handed on by a job: both, or with an error neither.
pub fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>> {
    if submission.text("words").trim().chars().count() < LETTERS_MIN {
        return Err(vec![Fault::new("/words", "questions.short")]);
    }
    match keep(submission, host).and_then(|()| page(host)) {
        Ok(page) => Ok(page),
        Err(why) => {
            // The citizen is told that it was not taken, the operator why.
            host.log(Level::Warn, &why);
            Err(vec![Fault::new("", "questions.not_now")])
        }
    }
}

fn keep(submission: &Submission, host: &impl Host) -> Result<(), String> {
    let number = add(host, ASKED)?;
    let key = format!("{KEPT}{number}");
    let question = json!({ "about": submission.text("about"), "words": submission.text("words") });
    host.kv_set(&key, &question.to_string())?;
    host.enqueue(&Enqueue::new("hand-on").with(&key)?.keyed(&key))?;
    Ok(())
}

fn count(host: &impl Host, key: &str) -> Result<u64, String> {
    let known = host.kv_get(key)?;
    Ok(known.and_then(|it| it.parse().ok()).unwrap_or(0))
}

/// One more; how many there are now.
pub fn add(host: &impl Host, key: &str) -> Result<u64, String> {
    let now = count(host, key)? + 1;
    host.kv_set(key, &now.to_string())?;
    Ok(now)
}
