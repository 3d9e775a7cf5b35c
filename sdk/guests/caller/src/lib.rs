//! A plugin whose page sends the requests that it is told to. The host's tests load it; it is no
//! example.

use dinh_sdk::serde_json::json;
use dinh_sdk::{Fetch, Host, Method, Outcome, Pages, Request};

/// The plugin.
pub struct Caller;

impl Pages for Caller {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        let asked = |name| request.asked(name).unwrap_or_default();
        let method = match asked("method") {
            "post" => Method::Post,
            "head" => Method::Head,
            _ => Method::Get,
        };
        // No address of the portal has an end of a line: it is said by a word.
        let url = asked("url").replace("CRLF", "\r\n");
        let mut fetch = Fetch::new(method, &url);
        if let Some(wait) = request.asked("wait") {
            fetch.timeout_ms = wait.parse().unwrap_or(0);
        }
        if let Some((name, value)) = request.asked("header").and_then(|it| it.split_once('=')) {
            let value = value.replace("CRLF", "\r\n");
            fetch = fetch.header(name, &value);
        }
        let many = request.asked("many").and_then(|it| it.parse().ok());
        for _ in 0..many.unwrap_or(0) {
            fetch = fetch.header("x", "1");
        }
        let times = request.asked("times").and_then(|it| it.parse().ok());
        let answers = (0..times.unwrap_or(1)).map(|_| match host.fetch(&fetch) {
            Ok(answer) => json!({
                "status": answer.status,
                "headers": answer.headers,
                "bytes": answer.body.len(),
                "body": String::from_utf8_lossy(answer.body.get(..200).unwrap_or(&answer.body)),
            }),
            Err(error) => json!({ "error": error.to_string() }),
        });
        let answers: Vec<_> = answers.collect();
        let error = answers.iter().find_map(|it| it["error"].as_str());
        if let Some(error) = error.filter(|_| request.asked("strict").is_some()) {
            return Err(error.to_owned());
        }
        Ok(Outcome::Data {
            media_type: "application/json".into(),
            bytes: json!(answers).to_string().into_bytes(),
        })
    }
}

dinh_sdk::export_pages!(Caller);
