//! What is to come: `sap-toi` leads on to the next meeting, `lich.ics` is a calendar file (RFC 5545).

use dinh_sdk::{Host, Outcome, Query};

use crate::meeting::{COLLECTION, FIELDS, Meeting};

/// Most meetings of the calendar file.
const EVENTS_MAX: u32 = 200;
/// Longest line of a calendar file, in bytes, without its end (RFC 5545, 3.1).
const LINE_BYTES_MAX: usize = 75;

/// Leads on to the next meeting; "not found" where none is planned.
pub fn next(host: &impl Host) -> Result<Outcome, String> {
    let planned = coming(host).limit(1);
    let found = host.query(COLLECTION, &planned)?;
    Ok(found.entries.first().map_or(Outcome::NotFound, |entry| {
        // Addresses are whole; a redirect is a path on this site.
        Outcome::Redirect(path_of(&entry.url).to_owned())
    }))
}

/// The calendar of what is to come.
pub fn file(host: &impl Host) -> Result<Outcome, String> {
    let found = host.query(COLLECTION, &coming(host).fields(FIELDS).limit(EVENTS_MAX))?;
    let stamp = host.today().replace('-', "");
    let mut lines = vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned()];
    lines.push("PRODID:-//Dinh//Meetings//VI".to_owned());
    for entry in &found.entries {
        let meeting = Meeting::of(entry, "");
        let day = meeting.held_on.replace('-', "");
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", entry.id),
            format!("DTSTAMP:{stamp}T000000Z"),
            format!("DTSTART;VALUE=DATE:{day}"),
            format!("SUMMARY:{}", escaped(&meeting.subject)),
            format!("LOCATION:{}", escaped(&meeting.place)),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    let text: String = lines.iter().map(|line| folded(line)).collect();
    Ok(Outcome::Data {
        media_type: "text/calendar".to_owned(),
        bytes: text.into_bytes(),
    })
}

fn coming(host: &impl Host) -> Query {
    let query = Query::new().eq("standing", "planned");
    query.from("held_on", host.today()).sort("held_on")
}

/// The part of an address behind the host.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map(|(_, rest)| rest);
    rest.map_or(url, |rest| {
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
    })
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    text.replace(';', "\\;").replace(',', "\\,")
}

/// A line with its end, folded where it is too long.
fn folded(line: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE_BYTES_MAX {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length += letter.len_utf8();
    }
    text + "\r\n"
}
