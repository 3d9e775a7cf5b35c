//! Entries in every state on two sites, and somebody in every role.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use dinh_domain::people::Staff;
use dinh_portal::Written;
use dinh_tests::{Document, TestPortal, staff};

use crate::people::person::{Browser, DAY, joined};

/// The states of the register, one entry each; `rewritten` is public with a text behind it.
pub(super) const STATES: [&str; 8] = [
    "draft",
    "discarded",
    "submitted",
    "returned",
    "scheduled",
    "published",
    "rewritten",
    "withdrawn",
];
/// The Board's own site and a component site, with their hosts.
pub(super) const SITES: [(&str, &str); 2] =
    [("yen-the", "localhost"), ("dong-son", "dong-son.localhost")];
/// Role and organisation of everybody who tries. The first two wrote what is on their site.
pub(super) const PEOPLE: [(&str, &str); 18] = [
    ("unit-officer", "yen-the"),
    ("unit-officer", "dong-son"),
    ("board-head", "yen-the"),
    ("board-deputy", "yen-the"),
    ("board-member", "yen-the"),
    ("standing-office", "yen-the"),
    ("desk-editor", "yen-the"),
    ("unit-head", "yen-the"),
    ("site-head", "yen-the"),
    ("inspector", "yen-the"),
    ("operator", "yen-the"),
    ("unit-head", "dong-son"),
    ("site-editor", "dong-son"),
    ("site-head", "dong-son"),
    ("contributor", "dong-son"),
    ("inspector", "dong-son"),
    ("unit-head", "xuan-luong"),
    ("unit-officer", "xuan-luong"),
];

/// One entry.
pub(super) struct Staged {
    pub(super) site: &'static str,
    pub(super) host: &'static str,
    pub(super) state: &'static str,
    pub(super) id: EntryId,
    pub(super) number: String,
    pub(super) slug: String,
    pub(super) revision: String,
    pub(super) file: String,
}

impl Staged {
    /// Words of the public text: one to look for, and one that stands behind it.
    pub(super) fn marks(&self) -> (String, String) {
        marks(&self.number)
    }

    /// A word of the text behind the public one, or of a text that was never public.
    pub(super) fn behind(&self) -> String {
        format!("sau{}", digits(&self.number))
    }
}

fn digits(number: &str) -> &str {
    number.split('/').next().unwrap()
}

fn marks(number: &str) -> (String, String) {
    let digits = digits(number);
    (format!("kakapo{digits}"), format!("duoi{digits}"))
}

/// A document whose words tell it apart from every other.
fn document(site: &str, number: &str, is_behind: bool) -> Document {
    let (first, second) = marks(number);
    let more = match is_behind {
        true => format!(" sau{}", digits(number)),
        false => String::new(),
    };
    Document::new(number)
        .on(site)
        .with("abstract", format!("Về loài {first} {second}{more}"))
        .with("text", format!("Điều 1. Về {first} {second}{more}"))
        .with_file_text(&format!("{first} {second}"))
}

/// Somebody in every role, signed in.
pub(super) async fn people(portal: &TestPortal) -> Vec<Browser<'_>> {
    let mut people = Vec::new();
    for (role, at) in PEOPLE {
        let name = format!("{role}.{at}");
        people.push(joined(portal, (&name, &name), (role, at)).await);
    }
    people
}

/// Somebody who is signed in, as the portal knows them.
async fn known(portal: &TestPortal, who: &Browser<'_>) -> Staff {
    let token = who.cookie.split_once('=').unwrap().1;
    let now = portal.portal().now();
    let signed_in = portal.portal().signed_in(token, now).await.unwrap();
    signed_in.unwrap().staff
}

/// An entry in each state on each site.
pub(super) async fn entries(portal: &TestPortal, people: &[Browser<'_>]) -> Vec<Staged> {
    let mut staged = Vec::new();
    for (place, (site, host)) in SITES.into_iter().enumerate() {
        let writer = known(portal, &people[place]).await;
        for (at, state) in STATES.into_iter().enumerate() {
            let number = format!("8{place}{at}/2026/QĐ-UBND");
            let written = bring(portal, &writer, (site, &number), state).await;
            let open = portal.open(&writer, &written.entry).await.unwrap();
            let entry = open.entry.working.entry;
            assert_eq!(entry.state, stored(state));
            staged.push(Staged {
                site,
                host,
                state,
                number,
                slug: entry.slug.to_string(),
                revision: entry.revision.to_string(),
                file: entry.body["files"][0]["file"].as_str().unwrap().to_owned(),
                id: entry.id,
            });
        }
    }
    staged
}

/// The workflow's own name of a state.
pub(super) fn stored(state: &str) -> &str {
    match state {
        "rewritten" => "draft",
        other => other,
    }
}

async fn bring(
    portal: &TestPortal,
    writer: &Staff,
    (site, number): (&str, &str),
    state: &str,
) -> Written {
    let board = staff("ban-bien-tap", "board-head", "yen-the");
    let is_public = matches!(state, "published" | "rewritten" | "withdrawn");
    let first = document(site, number, !is_public);
    let written = portal.write(writer, first, None).await.unwrap();
    if state == "draft" {
        return written;
    }
    if state == "discarded" {
        let why = ("Không cần nữa", None);
        let done = portal.take_with(writer, &written, "discard", why);
        done.await.unwrap();
        return written;
    }
    portal.take(writer, &written, "submit").await;
    let now = portal.newest(&board, &written.entry).await;
    let later = Instant(portal.portal().now().0 + 3 * DAY);
    let step = match state {
        "submitted" => return now,
        "returned" => ("return", Some("Thiếu căn cứ"), None),
        "scheduled" => ("schedule", None, Some(later)),
        _ => ("approve", None, None),
    };
    let (action, reason, at) = step;
    let taken = portal.take_with(&board, &now, action, (reason.unwrap_or("x"), at));
    taken.await.unwrap();
    let now = portal.newest(&board, &written.entry).await;
    match state {
        "rewritten" => {
            let open = portal.open(writer, &now.entry).await.unwrap();
            let body = &open.entry.working.entry.body;
            let next = document(site, number, true).keeping_files_of(body);
            portal.write(writer, next, Some(&now)).await.unwrap()
        }
        "withdrawn" => {
            let taken = portal.take_with(&board, &now, "take-down", ("Đăng nhầm", None));
            taken.await.unwrap();
            now
        }
        _ => now,
    }
}
