//! A plugin with a form that keeps values and reads settings. What was typed as subject says whether
//! it behaves.
//!
//! The host's tests load it. It is no example; for that see the README of the SDK.

use dinh_sdk::serde_json::json;
use dinh_sdk::{Fault, Forms, Host, KvError, Level, Outcome, Pages, Request, Submission, View};

mod hostile;

/// Counts what was taken.
const COUNT: &str = "count";

/// The plugin.
pub struct Ledger;

impl Pages for Ledger {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        let said = match request.asked("do") {
            Some("write") => text(host.kv_set(COUNT, "99")),
            Some("read") => text(host.kv_get(request.asked("key").unwrap_or_default())),
            Some("undeclared") => text(host.setting("no-such-setting")),
            Some("tell") => return Err(format!("the key is {}", hostile::secret(host))),
            _ => String::new(),
        };
        shown(host, &said)
    }
}

impl Forms for Ledger {
    fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>> {
        let subject = submission.text("subject");
        let said = match hostile::submit(subject, submission.text("words"), host) {
            Some(answer) => answer?,
            None => String::new(),
        };
        let written = write(subject, host);
        written.map_err(|error| {
            vec![Fault::new("", "ledger.failed").with("why", error.to_string())]
        })?;
        if subject == "redirect" {
            return Ok(Outcome::Redirect("/".into()));
        }
        shown(host, &said).map_err(|why| vec![Fault::new("", "ledger.failed").with("why", why)])
    }
}

fn write(subject: &str, host: &impl Host) -> Result<(), KvError> {
    let count = count(host)? + 1;
    host.kv_set(COUNT, &count.to_string())?;
    host.kv_set(&format!("entry/{count:05}"), subject)?;
    // What the same call wrote is there at once.
    let again = host.kv_scan("entry/", None, 100)?;
    assert!(again.items.iter().any(|item| item.value == subject) || again.next.is_some());
    host.log(Level::Info, "one more");
    Ok(())
}

fn count(host: &impl Host) -> Result<u64, KvError> {
    let count = host.kv_get(COUNT)?;
    Ok(count.and_then(|count| count.parse().ok()).unwrap_or(0))
}

fn shown(host: &impl Host, said: &str) -> Result<Outcome, String> {
    let model = json!({
        "greeting": host.setting("greeting")?,
        "limit": host.setting("limit")?,
        "has_key": host.setting("api-key")?.is_some(),
        "count": count(host)?,
        "said": said,
    });
    Ok(View::new("ledger", &model)?.into())
}

fn text<T: std::fmt::Debug, E: std::fmt::Debug>(answer: Result<T, E>) -> String {
    format!("{answer:?}")
}

dinh_sdk::export_pages!(Ledger);
dinh_sdk::export_forms!(Ledger);

#[cfg(test)]
mod tests;
