//! A plugin that drafts entries as its form, its job, its webhook, its page and its hook are told, well or badly. The
//! host's tests load it; it is no example.
//!
//! What it is told is a JSON object: `save`, a list of `{"in": collection, "key" or "id", "fields": {…}}`, and `then`,
//! how the call ends; `quiet` where it keeps nothing else.

use dinh_sdk::serde_json::{Value, from_slice, from_str, json};
use dinh_sdk::{
    Delivery, Draft, DraftError, Effect, Fault, Forms, Hooks, Host, Job, Jobs, NewDraft, Object,
    Outcome, Pages, Reply, Request, Saved, Step, Submission, Webhooks,
};

/// The plugin.
pub struct Scribe;

/// Saves what it is told; what was answered, one after the other.
fn save(told: &Value, host: &impl Host) -> Vec<String> {
    let drafts = told["save"].as_array().into_iter().flatten();
    let answers = drafts.flat_map(|it| {
        let times = it["times"].as_u64().unwrap_or(1);
        (0..times).map(|at| said(host.save_draft(&draft(it, at))))
    });
    answers.collect()
}

fn draft(told: &Value, at: u64) -> NewDraft {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    let mut draft = match text("id") {
        "" => NewDraft::keyed(text("in"), &text("key").replace("{}", &at.to_string())),
        id => NewDraft::of(text("in"), id),
    };
    draft.fields = told["fields"].as_object().cloned().unwrap_or_default();
    if let Some(long) = told["long"].as_u64() {
        let words = "d".repeat(usize::try_from(long).unwrap_or_default());
        draft = draft.with("subject", words);
    }
    draft
}

fn said(answer: Result<Saved, DraftError>) -> String {
    match answer {
        Ok(saved) => match saved.effect {
            Effect::Created => "created".to_owned(),
            Effect::Revised => "revised".to_owned(),
            Effect::Unchanged => "unchanged".to_owned(),
        },
        Err(error) => error.to_string(),
    }
}

/// Ends as it is told; none where it is to end well.
#[expect(clippy::panic, reason = "a guest that crashes on purpose")]
fn end(told: &Value) -> Option<String> {
    match told["then"].as_str() {
        Some("trap") => panic!("behind its drafts"),
        Some("loop") => {
            let mut turns = 0_u64;
            loop {
                turns = std::hint::black_box(turns.wrapping_add(1));
            }
        }
        Some("fail") => Some("it was told to".to_owned()),
        _ => None,
    }
}

/// Saves, keeps what was said, and ends.
fn work(told: &Value, host: &impl Host) -> Result<(), String> {
    let said = save(told, host);
    // Two calls that both write this meet at it already.
    if told["quiet"] != true {
        host.kv_set("said", &said.join("\n"))?;
    }
    match end(told) {
        Some(why) => Err(why),
        None => Ok(()),
    }
}

fn read(words: &str) -> Value {
    from_str(words).unwrap_or_default()
}

impl Pages for Scribe {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        let told = match request.asked("do") {
            Some(words) => json!(save(&read(words), host)),
            None => json!(host.kv_get("said")?),
        };
        Ok(Outcome::Data {
            media_type: "application/json".into(),
            bytes: told.to_string().into_bytes(),
        })
    }
}

impl Hooks for Scribe {
    /// A hook that writes where it may not, when a subject asks for it.
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        if draft.text("subject") != Some("write in the hook") {
            return Ok(None);
        }
        let why = said(host.save_draft(&NewDraft::keyed("scribe/note", "hook")));
        Err(vec![
            Fault::new("/subject", "scribe.failed").with("why", why),
        ])
    }
}

impl Forms for Scribe {
    fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>> {
        match work(&read(submission.text("words")), host) {
            Ok(()) => Ok(Outcome::Redirect("/".into())),
            Err(why) => Err(vec![Fault::new("", "scribe.failed").with("why", why)]),
        }
    }
}

impl Jobs for Scribe {
    fn run(job: &Job, host: &impl Host) -> Result<Step, String> {
        work(&job.payload, host).map(|()| Step::Done)
    }
}

impl Webhooks for Scribe {
    /// `"enqueue": true` hands it to the job.
    fn receive(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
        let told: Value = from_slice(&delivery.body).unwrap_or_default();
        if told["enqueue"] == true {
            host.enqueue(&dinh_sdk::Enqueue::new("work").with(&told)?)?;
            return Ok(Reply::taken());
        }
        match work(&told, host) {
            Ok(()) => Ok(Reply::taken()),
            Err(why) => Ok(Reply::refused(422, &why)),
        }
    }
}

dinh_sdk::export_pages!(Scribe);
dinh_sdk::export_hooks!(Scribe);
dinh_sdk::export_forms!(Scribe);
dinh_sdk::export_jobs!(Scribe);
dinh_sdk::export_webhooks!(Scribe);

#[cfg(test)]
mod tests;
