//! A calendar as iCalendar (RFC 5545).

use dinh_domain::dates::{Instant, Zone};
use dinh_portal::{Calendar, CalendarEvent, Certainty, Moment};

use super::setting::{Setting, path};
use crate::links;

/// Name of a calendar below its section.
pub(crate) const CALENDAR: &str = "calendar.ics";
/// Longest line without its end, in bytes (RFC 5545, section 3.1).
const LINE_BYTES_MAX: usize = 75;
/// How often a reader shall look again: once in so many hours is enough for what changes by the day.
const REFRESH: &str = "PT6H";

/// The calendar.
pub(crate) fn ics(setting: &Setting<'_>, calendar: &Calendar) -> String {
    let title = setting.list_title(&calendar.title, &calendar.narrowed);
    let here = path(&calendar.section);
    let list = setting.absolute(&links::with_params(&here, &calendar.asked));
    let mut ics = String::new();
    line(&mut ics, "BEGIN", "VCALENDAR");
    line(&mut ics, "VERSION", "2.0");
    line(&mut ics, "PRODID", "-//Dinh//Portal//VI");
    line(&mut ics, "CALSCALE", "GREGORIAN");
    line(&mut ics, "METHOD", "PUBLISH");
    // RFC 7986, and the older name that most readers know.
    line(&mut ics, "NAME", &text(&title));
    line(&mut ics, "X-WR-CALNAME", &text(&title));
    line(&mut ics, "URL", &list);
    line(&mut ics, "REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    for it in &calendar.events {
        event(setting, &mut ics, it);
    }
    line(&mut ics, "END", "VCALENDAR");
    ics
}

fn event(setting: &Setting<'_>, ics: &mut String, it: &CalendarEvent) {
    let address = links::absolute(setting.options, &setting.visit.site.host, &it.way);
    let updated = utc(it.updated);
    line(ics, "BEGIN", "VEVENT");
    line(ics, "UID", &format!("urn:uuid:{}", it.id));
    line(ics, "DTSTAMP", &updated);
    line(ics, "LAST-MODIFIED", &updated);
    match (it.start, it.at) {
        // The end is exclusive: of days it is the day after.
        (Some(Moment::Day(start)), Moment::Day(at)) if start <= at => {
            moment(ics, "DTSTART", Moment::Day(start));
            moment(ics, "DTEND", Moment::Day(at.tomorrow()));
        }
        (Some(start @ Moment::Instant(from)), Moment::Instant(to)) if from < to => {
            moment(ics, "DTSTART", start);
            moment(ics, "DTEND", it.at);
        }
        _ => moment(ics, "DTSTART", it.at),
    }
    line(ics, "SUMMARY", &text(&it.title));
    if let Some(description) = description(it) {
        line(ics, "DESCRIPTION", &text(&description));
    }
    line(ics, "URL", &address);
    let status = match it.certainty {
        Certainty::Confirmed => "CONFIRMED",
        Certainty::Tentative => "TENTATIVE",
        Certainty::Cancelled => "CANCELLED",
    };
    line(ics, "STATUS", status);
    line(ics, "SEQUENCE", &it.sequence.to_string());
    // Nobody is busy by it.
    line(ics, "TRANSP", "TRANSPARENT");
    line(ics, "END", "VEVENT");
}

/// What it is about, then what else is said of it.
fn description(it: &CalendarEvent) -> Option<String> {
    let is_noted = |text: &&String| it.notes.iter().any(|(_, note)| note == *text);
    let summary = it.summary.iter().filter(|text| !is_noted(text)).cloned();
    let notes = it
        .notes
        .iter()
        .map(|(label, note)| format!("{label}: {note}"));
    let lines: Vec<String> = summary.chain(notes).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn moment(ics: &mut String, name: &str, at: Moment) {
    match at {
        Moment::Day(day) => {
            let day = day.to_string().replace('-', "");
            line(ics, &format!("{name};VALUE=DATE"), &day);
        }
        Moment::Instant(at) => line(ics, name, &utc(at)),
    }
}

/// `20261124T050000Z`.
fn utc(at: Instant) -> String {
    let text = at.rfc3339_in(&Zone::utc());
    let text: String = text.chars().take(19).collect();
    text.replace(['-', ':'], "") + "Z"
}

/// A text value: what has a meaning in the format is escaped, and what no line may hold is left out.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for letter in value.trim().chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A content line, folded between letters.
fn line(ics: &mut String, name: &str, value: &str) {
    let whole = format!("{name}:{value}");
    let mut bytes = 0;
    for letter in whole.chars() {
        if bytes + letter.len_utf8() > LINE_BYTES_MAX {
            ics.push_str("\r\n ");
            bytes = 1;
        }
        ics.push(letter);
        bytes += letter.len_utf8();
    }
    ics.push_str("\r\n");
}

#[cfg(test)]
mod tests;
