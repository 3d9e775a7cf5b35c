//! A plugin whose jobs do what their payload says, well or badly; its form enqueues them and its page tells
//! what came of them. The host's tests load it; it is no example.

use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::{
    Enqueue, Fault, Forms, Host, Job, JobError, Jobs, Outcome, Pages, Request, Step, Submission,
};

mod hostile;

/// The plugin.
pub struct Worker;

impl Pages for Worker {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        if request.asked("do") == Some("enqueue") {
            return told(&json!(said(host.enqueue(&Enqueue::new("work")))));
        }
        let page = host.kv_scan("", None, 100)?;
        let items = page.items.into_iter();
        let items: Vec<Value> = items.map(|it| json!([it.key, it.value])).collect();
        told(&json!(items))
    }
}

impl Forms for Worker {
    /// `what` is a job's name, `words` what it is given; `key` and `delay` where they are not empty. `keep`
    /// says whether it ends well all the same.
    fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>> {
        let text = |name| submission.text(name);
        let mut job = Enqueue::new(text("what"));
        job.payload = dinh_sdk::serde_json::from_str(text("words")).unwrap_or(Value::Null);
        job.key = Some(text("key").to_owned()).filter(|key| !key.is_empty());
        job.delay_s = text("delay").parse().unwrap_or(0);
        let times = text("times").parse().unwrap_or(1_usize);
        let answers = (0..times).map(|_| host.enqueue(&job));
        let answer = answers.filter_map(Result::err).last();
        match answer {
            None if text("keep") == "no" => Err(vec![Fault::new("", "worker.failed")]),
            None => Ok(Outcome::Redirect("/".into())),
            Some(_) if text("keep") == "yes" => Ok(Outcome::Redirect("/".into())),
            Some(error) => Err(vec![
                Fault::new("", "worker.failed").with("why", error.to_string()),
            ]),
        }
    }
}

impl Jobs for Worker {
    fn run(job: &Job, host: &impl Host) -> Result<Step, String> {
        if job.name == "tick" {
            count(host, "ticks")?;
            return Ok(Step::Done);
        }
        let word = |name| job.payload.get(name).and_then(Value::as_str);
        let does = word("do").unwrap_or_default();
        if let Some(step) = hostile::step(does, job, host) {
            return step;
        }
        match does {
            // Counts from its cursor to `to`, one at a step.
            "count" => {
                let at: u64 = job.cursor.as_deref().unwrap_or("0").parse().unwrap_or(0);
                let to = job.payload.get("to").and_then(Value::as_u64).unwrap_or(1);
                host.kv_set(
                    &format!("{}/{}", word("as").unwrap_or("count"), at + 1),
                    &job.site,
                )?;
                count(host, "steps")?;
                if at + 1 < to {
                    return Ok(Step::More((at + 1).to_string()));
                }
                Ok(Step::Done)
            }
            "retry" => {
                count(host, "retries")?;
                Ok(Step::Retry(60))
            }
            // Fails as often as it says, and leaves nothing of it.
            "fail" => {
                count(host, "failures")?;
                let times = job.payload.get("times").and_then(Value::as_u64);
                if u64::from(job.attempt) <= times.unwrap_or(u64::MAX) {
                    return Err(format!("not on attempt {}", job.attempt));
                }
                host.kv_set("succeeded", &job.attempt.to_string())?;
                Ok(Step::Done)
            }
            _ => {
                host.kv_set(word("as").unwrap_or("did"), &job.payload.to_string())?;
                Ok(Step::Done)
            }
        }
    }
}

/// One more.
pub(crate) fn count(host: &impl Host, key: &str) -> Result<(), String> {
    let known = host.kv_get(key)?;
    let known: u64 = known.and_then(|it| it.parse().ok()).unwrap_or(0);
    Ok(host.kv_set(key, &(known + 1).to_string())?)
}

fn said(answer: Result<(), JobError>) -> String {
    answer.map_or_else(|error| error.to_string(), |()| "well".to_owned())
}

fn told(value: &Value) -> Result<Outcome, String> {
    Ok(Outcome::Data {
        media_type: "application/json".into(),
        bytes: value.to_string().into_bytes(),
    })
}

dinh_sdk::export_pages!(Worker);
dinh_sdk::export_forms!(Worker);
dinh_sdk::export_jobs!(Worker);

#[cfg(test)]
mod tests;
