//! The office's inbox, another system: the job `hand-on` sends it a question, by the webhook `answered` it tells
//! that one was answered, and how: some by a meeting, which is drafted. Both are proved by one secret.

use dinh_sdk::serde_json::{Value, from_slice, from_str, json};
use dinh_sdk::{Delivery, DraftError, Fetch, Host, Job, NewDraft, Reply, Step};

use crate::meeting::COLLECTION;
use crate::questions::{ANSWERED, KEPT, add};

/// Where questions go: a system that plugin.toml names.
const INBOX: &str = "https://inbox.example/questions";
/// When to look again for a secret that nobody has set, in seconds.
const UNSET_S: u32 = 3_600;

/// Sends one question. An error has the step run again later: the inbox knows a question by its id.
pub fn hand_on(job: &Job, host: &impl Host) -> Result<Step, String> {
    let id = job.payload.as_str().unwrap_or_default();
    let Some(question) = host.kv_get(id)? else {
        return Ok(Step::Done);
    };
    let Some(secret) = host.setting("inbox-key")? else {
        return Ok(Step::Retry(UNSET_S));
    };
    let question: Value = from_str(&question).map_err(|error| error.to_string())?;
    let body = json!({ "id": id, "question": question });
    let request = Fetch::post_json(INBOX, &body);
    let request = request.header("authorization", &format!("Bearer {secret}"));
    match host.fetch(&request)?.status {
        200..300 => Ok(Step::Done),
        status => Err(format!("the inbox answers {status}")),
    }
}

/// Forgets a question that was answered, and counts it; told twice, once. A meeting that answers it waits at the desk.
pub fn answered(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
    let secret = host.setting("inbox-key")?.unwrap_or_default();
    if !delivery.is_signed("x-signature", &secret) {
        return Ok(Reply::refused(401, "the signature is not right"));
    }
    let told: Value = from_slice(&delivery.body).unwrap_or_default();
    let id = told.get("id").and_then(Value::as_str).unwrap_or_default();
    if !id.starts_with(KEPT) {
        return Ok(Reply::refused(422, "`id` is that of no question"));
    }
    if let Some(meeting) = told.get("meeting") {
        let Ok(draft) = NewDraft::keyed(COLLECTION, id).with_all(meeting) else {
            return Ok(Reply::refused(422, "`meeting` is no object"));
        };
        match host.save_draft(&draft) {
            // What an officer made of it already is better than what the inbox knows.
            Ok(_) | Err(DraftError::UnderWay(_) | DraftError::Closed(_)) => {}
            Err(error @ (DraftError::Faults(_) | DraftError::Invalid(_))) => {
                return Ok(Reply::refused(422, error.to_string()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if host.kv_get(id)?.is_some() {
        host.kv_delete(id)?;
        add(host, ANSWERED)?;
    }
    Ok(Reply::taken())
}
