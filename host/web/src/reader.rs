//! Whether somebody reads what is asked for: machines fetch too, and count for nobody.

#[cfg(test)]
mod tests;

use http::header::{HeaderName, USER_AGENT};
use http::{HeaderMap, Method};

/// Words in the names of programs that no person reads with: crawlers, tools, watchers, headless browsers. Whoever
/// lies about his name is counted; the sums are for choosing what to show first.
const MACHINES: [&str; 24] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "scrap",
    "archiver",
    "preview",
    "facebookexternalhit",
    "feed",
    "monitor",
    "uptime",
    "pingdom",
    "lighthouse",
    "headless",
    "phantom",
    "curl/",
    "wget/",
    "python",
    "java/",
    "go-http-client",
    "okhttp",
    "axios",
    "node-fetch",
    "libwww",
];
/// A browser fetches a page that nobody may ever look at.
const PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// `GET` by a program that has a name, which is not a machine's.
pub(crate) fn is_person(method: &Method, headers: &HeaderMap) -> bool {
    let name = headers.get(USER_AGENT).and_then(|it| it.to_str().ok());
    // A maker of telephones, whose name they tell.
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let name = name.replace("cubot", "");
    *method == Method::GET
        && !headers.contains_key(PURPOSE)
        && !name.trim().is_empty()
        && !MACHINES.iter().any(|word| name.contains(word))
}
