//! `dinh plugin test FOLDER`: runs a plugin's `cases/*.case` against the demo, in a data folder of
//! its own that is gone afterwards; says what the calls of its code cost, and who sees its entries.

mod costs;
mod matrix;
mod parse;
mod stage;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use self::parse::{Expected, Request, Visit};
use self::stage::Stage;
use super::browse::{self, Answer};
use super::page::{self, Place};
use crate::config::Config;

/// Letters of an answer that are shown below a case that failed.
const SAID_CHARS: usize = 600;

/// Runs every case of a plugin's folder; the plugin there replaces the bundle's of the same id.
/// Prints a line a case with what its calls cost, below a failed one its differences; then the costs of
/// all calls, the matrix of visibility, and at the end `N passed, N failed`.
pub async fn run(config: &Config, folder: &Path) -> Result<(), String> {
    let cases = cases(folder)?;
    let stage = Stage::open(config, folder).await?;
    let (mut passed, mut failed) = (0, 0);
    for case in &cases {
        let name = case.file_stem().unwrap_or_default().to_string_lossy();
        let before = stage.costs();
        let mut faults = faults(stage.address(), case).await;
        let costs = stage.costs();
        faults.extend(costs.failures(&before));
        if faults.is_empty() {
            passed += 1;
            println!(
                "{}",
                format!("ok      {name:24} {}", costs.since(&before)).trim_end()
            );
        } else {
            failed += 1;
            println!("FAILED  {name}");
            for fault in faults {
                println!("  {}: {fault}", case.display());
            }
        }
    }
    print!("\n{}\n", stage.costs().table());
    let seen = matrix::run(&stage, stage.plugin()).await?;
    for fault in &seen {
        println!("  {fault}");
    }
    println!("\n{passed} passed, {failed} failed");
    if failed > 0 {
        return Err(format!("{failed} of {} cases failed", cases.len()));
    }
    match seen.len() {
        0 => Ok(()),
        wrong => Err(format!(
            "{wrong} places of the matrix of visibility are wrong"
        )),
    }
}

/// What is wrong with the text of a case: line and words; none where it can be run.
pub(crate) fn fault_of(text: &str) -> Option<(Option<usize>, String)> {
    let told = parse::parse(text).err()?;
    let placed = told
        .strip_prefix("line ")
        .and_then(|rest| rest.split_once(": "));
    let placed = placed.and_then(|(line, words)| Some((line.parse().ok()?, words)));
    Some(match placed {
        Some((line, words)) => (Some(line), words.to_owned()),
        None => (None, told),
    })
}

/// The case files of a plugin, by name; none at all is an error, since nothing would be tested.
fn cases(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = folder.join("cases");
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|ending| ending == "case") {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(format!(
            "{}: there is no file that ends in .case",
            folder.display()
        ));
    }
    Ok(found)
}

/// What is wrong with a case, each fault with its line.
async fn faults(address: SocketAddr, case: &Path) -> Vec<String> {
    let visits = std::fs::read_to_string(case)
        .map_err(|error| error.to_string())
        .and_then(|text| parse::parse(&text));
    let visits = match visits {
        Ok(visits) => visits,
        Err(fault) => return vec![fault],
    };
    let mut visitor = Visitor {
        address,
        at: Place::new("localhost", "/"),
        last: None,
    };
    let mut faults = Vec::new();
    for visit in &visits {
        match visitor.visit(visit).await {
            Ok(answer) => {
                let different = differences(&answer, &visit.expected);
                if !different.is_empty() {
                    faults.extend(different);
                    faults.push(said(visit.line, &answer));
                }
                visitor.last = Some(answer);
            }
            // What follows stands on this answer.
            Err(fault) => {
                faults.push(format!("line {}: {fault}", visit.line));
                break;
            }
        }
    }
    faults
}

/// One visitor walking through a case.
struct Visitor {
    address: SocketAddr,
    /// Where the last answer came from; before the first one, the district's home page.
    at: Place,
    last: Option<Answer>,
}

impl Visitor {
    async fn visit(&mut self, visit: &Visit) -> Result<Answer, String> {
        let mut to = match &visit.request {
            Request::Get(address) | Request::Send(address) | Request::Deliver(address) => {
                Place::new(&self.at.host, address)
            }
            Request::Follow { text, query } => self.follow(text, query.as_deref())?,
        };
        let mut headers = String::new();
        for (name, value) in &visit.headers {
            if name.eq_ignore_ascii_case("host") {
                to.host.clone_from(value);
            } else {
                headers.push_str(&format!("\r\n{name}: {value}"));
            }
        }
        let body = match &visit.request {
            Request::Get(_) | Request::Follow { .. } => None,
            Request::Send(_) => {
                let mut fields = self.hidden(&to, &headers).await;
                fields.retain(|(name, _)| !visit.fields.iter().any(|(own, _)| own == name));
                fields.extend(visit.fields.iter().cloned());
                headers.push_str(FROM_ITS_PAGE);
                Some(form(&fields))
            }
            Request::Deliver(_) => Some(delivered(&visit.fields)),
        };
        let method = if body.is_some() { "POST" } else { "GET" };
        if let Some(body) = &body {
            headers.push_str(&format!("\r\nContent-Length: {}", body.len()));
        }
        let body = body.unwrap_or_default();
        let request = format!(
            "{method} {} HTTP/1.1\r\nHost: {}{headers}",
            to.path, to.host
        );
        let answered = browse::send(self.address, request.as_bytes(), body.as_bytes()).await;
        self.at = to;
        answered.map_err(|error| format!("{method} {}: {error}", self.at.path))
    }

    /// What a browser has of a form before somebody fills it: its hidden fields. A form that is not shown has none.
    async fn hidden(&self, to: &Place, headers: &str) -> Vec<(String, String)> {
        let request = format!("GET {} HTTP/1.1\r\nHost: {}{headers}", to.path, to.host);
        let shown = browse::send(self.address, request.as_bytes(), &[]).await;
        shown.map_or_else(|_| Vec::new(), |it| page::hidden_fields(&it.text()))
    }

    /// Where the link leads, with the query behind it.
    fn follow(&self, text: &str, query: Option<&str>) -> Result<Place, String> {
        let last = self.last.as_ref();
        let last = last.ok_or("there is no answer before this one to follow a link of")?;
        let found = link(&last.text(), text);
        let address = found.ok_or_else(|| format!("the last answer has no link “{text}”"))?;
        let mut to = self.at.follow(&address);
        if let Some(query) = query {
            to.path.push(if to.path.contains('?') { '&' } else { '?' });
            to.path.push_str(query);
        }
        Ok(to)
    }
}

/// What a browser sends with a form of this site's own page.
const FROM_ITS_PAGE: &str =
    "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";

/// Fields as a browser sends them.
fn form(fields: &[(String, String)]) -> String {
    let encoded = |text: &str| -> String {
        let bytes = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        });
        bytes.collect()
    };
    let pairs = fields.iter();
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The body of a delivery: the one field that it has.
fn delivered(fields: &[(String, String)]) -> String {
    let body = fields.iter().find(|(name, _)| name == "body");
    body.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// The address of the first link whose words are the text; else end with it; else contain it.
fn link(html: &str, text: &str) -> Option<String> {
    let links = page::links(html);
    let by = |fits: &dyn Fn(&str) -> bool| links.iter().find(|link| fits(&link.words));
    let found = by(&|words| words == text)
        .or_else(|| by(&|words| words.ends_with(text)))
        .or_else(|| by(&|words| words.contains(text)));
    found.map(|link| link.address.clone())
}

/// What an answer says, shortly, for whoever has to find out why it is not what was expected.
fn said(line: usize, answer: &Answer) -> String {
    let html = answer.text();
    let main = html
        .split_once("<main")
        .map_or(html.as_str(), |(_, main)| main);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let main = main.split_once('>').map_or(main, |(_, words)| words);
    let words = page::readable(&main.replace('<', " <"));
    let first: String = words.chars().take(SAID_CHARS).collect();
    let more = if first.len() < words.len() {
        " …"
    } else {
        ""
    };
    format!(
        "line {line}: the answer is {}: {first}{more}",
        answer.status
    )
}

/// Where an answer is not what the case expects.
fn differences(answer: &Answer, expected: &Expected) -> Vec<String> {
    let mut found = Vec::new();
    if answer.status != expected.status.1 {
        let (line, wanted) = expected.status;
        found.push(format!(
            "line {line}: the status is {}, not {wanted}",
            answer.status
        ));
    }
    for (line, name, wanted) in &expected.headers {
        let mut values = answer
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        if !values.any(|(_, value)| value.contains(wanted.as_str())) {
            let has = answer.header(&name.to_lowercase()).unwrap_or("missing");
            found.push(format!(
                "line {line}: the header {name} is {has}, it should contain {wanted}"
            ));
        }
    }
    let body = answer.text();
    let (raw, read) = (page::one_blank(&body), page::readable(&body));
    let has = |text: &str| raw.contains(text) || read.contains(text);
    for (line, text) in expected.contains.iter().filter(|(_, text)| !has(text)) {
        found.push(format!("line {line}: the answer does not contain “{text}”"));
    }
    for (line, text) in expected.lacks.iter().filter(|(_, text)| has(text)) {
        found.push(format!("line {line}: the answer contains “{text}”"));
    }
    found
}
