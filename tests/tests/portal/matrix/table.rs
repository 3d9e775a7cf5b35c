//! Who comes across an entry on which way: role x site x state x way, compared with a table that
//! people read. A change of the table is a change of who may see and do what.

use std::fmt::Write;

use dinh_tests::{TestPortal, Visited, staff};
use expect_test::expect_file;

use super::stage::{PEOPLE, STATES, Staged, entries, people, stored};
use super::ways::{seen, ways};
use crate::people::person::{Browser, portal};

/// Every step of the register, the portal's own among them.
const STEPS: [&str; 13] = [
    "submit",
    "recall",
    "discard",
    "take-up",
    "abandon",
    "approve",
    "schedule",
    "return",
    "take-down",
    "let-back",
    "publish",
    "miss",
    "withdraw",
];
/// Statuses of an answer that does nothing.
const NOTHING_DONE: [u16; 4] = [403, 404, 409, 422];

/// Where one step is taken with many entries.
const MANY: &str = "/quan-tri/nhieu-muc";

/// An entry as a room's page has it to tick.
fn ticked(entry: &Staged) -> String {
    format!("{}.{}", entry.id, entry.revision)
}

fn page(entry: &Staged) -> String {
    format!("/quan-tri/muc/{}", entry.id)
}

/// Steps that a page offers.
fn offered(answer: &Visited) -> Vec<String> {
    let text = answer.text();
    let parts = text.split("name=\"viec\" value=\"").skip(1);
    let parts = parts.map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
    parts.collect()
}

/// Ways by which somebody at the desk reads an entry, and the steps they are offered.
async fn at_the_desk(who: &Browser<'_>, entry: &Staged) -> (Vec<&'static str>, Vec<String>) {
    let mut reads = Vec::new();
    let page = page(entry);
    let room = who.get("/quan-tri?ngan=tat-ca").await;
    if room.text().contains(&page) {
        reads.push("room");
    }
    let shown = who.get(&page).await;
    let steps = match shown.status() {
        200 => {
            reads.push("page");
            offered(&shown)
        }
        404 => Vec::new(),
        other => panic!("{page}: {other}"),
    };
    let file = format!("tep/{}/toan-van.odt", entry.file);
    let more = [
        ("preview", "xem-truoc"),
        ("revision", "ban/1"),
        ("file", file.as_str()),
        ("write", "sua"),
        ("assign", "giao"),
    ];
    for (name, rest) in more {
        let mut answer = who.get(&format!("{page}/{rest}")).await;
        if name == "preview" && answer.status() == 303 {
            // On its own site's host.
            answer = who.over(answer.header("location")).await.0;
        }
        match answer.status() {
            // Everybody who sees the entry may see who has it; who may not change that gets no form.
            200 if name == "assign" => {
                let form = format!("action=\"{page}/giao\"");
                reads.extend(answer.text().contains(&form).then_some(name));
            }
            200 => reads.push(name),
            303 => assert_eq!(name, "file", "another name than its own"),
            403 | 404 | 409 => {}
            other => panic!("{page}/{rest}: {other}"),
        }
        if answer.status() == 303 {
            reads.push(name);
        }
    }
    let many = [("viec", "return"), ("muc", &ticked(entry))];
    let many = who.post(MANY, &many).await.assert_status(200);
    if many.text().contains(&page) {
        reads.push("many");
    }
    let audit = who.get("/quan-tri/nhat-ky/xuat.csv").await;
    if audit.status() == 200 && audit.text().contains(entry.id.as_str()) {
        reads.push("audit");
    }
    (reads, steps)
}

/// One line of the table.
fn line(table: &mut String, who: &str, ways: &[&str], steps: &[String]) {
    let or_none = |text: String| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text
        }
    };
    let ways = or_none(ways.join(" "));
    let steps = or_none(steps.join(" "));
    writeln!(table, "{who:28} {ways:63} | {steps}").unwrap();
}

/// Every step that was not offered, and the form where it was not shown: sent all the same.
async fn forge(who: &Browser<'_>, entry: &Staged, (ways, steps): (&[&str], &[String])) -> usize {
    let page = page(entry);
    let ban = entry.revision.as_str();
    let mut tried = 0;
    for step in STEPS
        .iter()
        .filter(|it| !steps.iter().any(|own| own == *it))
    {
        let fields = [
            ("viec", *step),
            ("ban", ban),
            ("ly-do", "giả"),
            ("luc", "2030-01-01T08:00"),
        ];
        let status = who.post(&page, &fields).await.status();
        assert!(
            NOTHING_DONE.contains(&status),
            "{step} of {} {}: {status}",
            entry.site,
            entry.state
        );
        let many = [
            ("viec", *step),
            ("muc", &ticked(entry)),
            ("ly-do", "giả"),
            ("luc", "2030-01-01T08:00"),
            ("chac-chan", "1"),
        ];
        let many = who.post(MANY, &many).await.assert_status(200);
        many.assert_contains("không có mục nào được làm");
        tried += 2;
    }
    if !ways.contains(&"assign") {
        let fields = [("nguoi", ""), ("viec", "assign")];
        let status = who.post(&format!("{page}/giao"), &fields).await.status();
        assert!(
            NOTHING_DONE.contains(&status),
            "assign of {} {}: {status}",
            entry.site,
            entry.state
        );
        tried += 1;
    }
    if !ways.contains(&"write") {
        let fields = [("ban", ban), ("f.abstract", "giả"), ("viec", "luu")];
        let status = who
            .post_parts(&format!("{page}/sua"), &fields, &[])
            .await
            .status();
        assert!(
            NOTHING_DONE.contains(&status),
            "write of {} {}: {status}",
            entry.site,
            entry.state
        );
        let again = [("ban", ban)];
        let status = who.post(&format!("{page}/ban/1"), &again).await.status();
        assert!(NOTHING_DONE.contains(&status), "write again: {status}");
        tried += 2;
    }
    tried
}

async fn unchanged(portal: &TestPortal, all: &[Staged]) {
    let board = staff("ban-bien-tap", "board-head", "yen-the");
    for entry in all {
        let now = portal
            .open(&board, &entry.id)
            .await
            .unwrap()
            .entry
            .working
            .entry;
        assert_eq!(
            now.state,
            stored(entry.state),
            "{} {}",
            entry.site,
            entry.state
        );
        assert_eq!(now.revision.to_string(), entry.revision);
    }
}

#[tokio::test]
async fn everybody_sees_and_does_what_the_table_says_and_nothing_else() {
    let portal = portal().await;
    let people = people(&portal).await;
    let all = entries(&portal, &people).await;
    let mut table = String::new();
    let (mut cells, mut forged) = (0, 0);
    for entry in &all {
        writeln!(table, "## {}, {}", entry.site, entry.state).unwrap();
        let readers = seen(&portal, entry, "").await;
        line(&mut table, "readers", &readers, &[]);
        cells += ways(entry).len();
        for ((role, at), who) in PEOPLE.iter().zip(&people) {
            let (ways, steps) = at_the_desk(who, entry).await;
            line(&mut table, &format!("{role}, {at}"), &ways, &steps);
            cells += 9 + STEPS.len();
            forged += forge(who, entry, (&ways, &steps)).await;
        }
        writeln!(table).unwrap();
    }
    unchanged(&portal, &all).await;
    let head = format!(
        "Who comes across an entry on which way, and which steps they are offered. Made by\n\
         `tests/tests/portal/matrix`: {cells} cells; {forged} forged requests changed nothing.\n\n"
    );
    expect_file!["table.txt"].assert_eq(&(head + &table));
}

/// What is public is the same for whoever is signed in: pages of readers do not know them.
#[tokio::test]
async fn readers_pages_show_nobody_more() {
    let portal = portal().await;
    let people = people(&portal).await;
    let all = entries(&portal, &people).await;
    let writer = &people[1];
    for entry in all.iter().filter(|it| it.site == "dong-son") {
        let readers = seen(&portal, entry, "").await;
        assert_eq!(
            seen(&portal, entry, &writer.cookie).await,
            readers,
            "{}",
            entry.state
        );
    }
    assert_eq!(all.len(), 2 * STATES.len());
}
