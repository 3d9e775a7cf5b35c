//! A plugin that takes what other systems send, well or badly; its page tells what it kept. The host's tests
//! load it; it is no example.

use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::{
    Delivery, Enqueue, Fault, Forms, Host, Job, Jobs, Outcome, Pages, Reply, Request, Step,
    Submission, Webhooks, is_hmac_sha256,
};

mod hostile;

/// The plugin.
pub struct Receiver;

impl Webhooks for Receiver {
    fn receive(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
        match delivery.name.as_str() {
            "paid" => paid(delivery, host),
            "raw" => raw(delivery, host),
            "evil" => hostile::receive(delivery.text().unwrap_or_default(), host),
            other => Err(format!("`{other}` is not declared")),
        }
    }
}

/// Takes what is signed, once.
fn paid(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
    let secret = host.setting("key")?.unwrap_or_default();
    let Some(id) = delivery.header("x-delivery") else {
        return Ok(Reply::refused(400, "x-delivery is missing"));
    };
    // The id is signed too: the same body under another id is another delivery.
    let signed = [id.as_bytes(), b".", &delivery.body];
    let signature = delivery.header("x-signature").unwrap_or_default();
    if !is_hmac_sha256(&secret, &signed, signature) {
        return Ok(Reply::refused(401, "the signature is not ours"));
    }
    let seen = format!("seen/{id}");
    if host.kv_get(&seen)?.is_some() {
        return Ok(Reply::with(200, "taken before"));
    }
    host.kv_set(&seen, host.today().as_str())?;
    count(host, "paid")?;
    let amount: Value = dinh_sdk::serde_json::from_slice(&delivery.body).unwrap_or(Value::Null);
    if amount.is_null() {
        return Ok(Reply::refused(422, "the body is no JSON"));
    }
    host.enqueue(&Enqueue::new("book").with(&amount)?.keyed(id))?;
    Ok(Reply::with(202, "booked soon"))
}

/// Tells what came, byte for byte.
fn raw(delivery: &Delivery, host: &impl Host) -> Result<Reply, String> {
    // A value holds 16 KiB.
    let bytes = delivery.body.iter().take(4_000);
    let hex: String = bytes.map(|byte| format!("{byte:02x}")).collect();
    host.kv_set("raw", &hex)?;
    host.kv_set("raw/bytes", &delivery.body.len().to_string())?;
    host.kv_set("raw/headers", &json!(delivery.headers).to_string())?;
    host.kv_set("raw/site", &delivery.site)?;
    Ok(Reply::taken())
}

impl Jobs for Receiver {
    fn run(job: &Job, host: &impl Host) -> Result<Step, String> {
        host.kv_set("booked", &job.payload.to_string())?;
        Ok(Step::Done)
    }
}

impl Forms for Receiver {
    fn submit(_submission: &Submission, _host: &impl Host) -> Result<Outcome, Vec<Fault>> {
        Ok(Outcome::Redirect("/".into()))
    }
}

impl Pages for Receiver {
    fn page(_request: &Request, host: &impl Host) -> Result<Outcome, String> {
        let page = host.kv_scan("", None, 100)?;
        let items = page.items.into_iter();
        let items: Vec<Value> = items.map(|it| json!([it.key, it.value])).collect();
        Ok(Outcome::Data {
            media_type: "application/json".into(),
            bytes: json!(items).to_string().into_bytes(),
        })
    }
}

/// One more.
pub(crate) fn count(host: &impl Host, key: &str) -> Result<(), String> {
    let known = host.kv_get(key)?;
    let known: u64 = known.and_then(|it| it.parse().ok()).unwrap_or(0);
    Ok(host.kv_set(key, &(known + 1).to_string())?)
}

dinh_sdk::export_pages!(Receiver);
dinh_sdk::export_forms!(Receiver);
dinh_sdk::export_jobs!(Receiver);
dinh_sdk::export_webhooks!(Receiver);

#[cfg(test)]
mod tests;
