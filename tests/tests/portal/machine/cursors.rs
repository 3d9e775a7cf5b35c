//! Reading on: each entry once, however the list changes, and only with a cursor of this very list.

use std::collections::BTreeSet;

use dinh_tests::{Document, TestPortal};
use serde_json::Value;

const LIST: &str = "/api/v1/collections/legal-documents/document";

async fn read(portal: &TestPortal, host: &str, path: &str) -> Value {
    let answer = portal.visitor().get(host, path).await;
    answer.assert_status(200).json()
}

fn path_of(address: &Value) -> Option<String> {
    let (_, path) = address.as_str()?.split_once("//")?;
    let (_, path) = path.split_once('/')?;
    Some(format!("/{path}"))
}

fn titles(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|it| it["title"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_addresses_of_next_entries_lead_through_all_of_them_once() {
    let portal = TestPortal::demo().await;
    for query in [
        "limit=7",
        "limit=11&sort=number",
        "limit=6&kind=quyet-dinh&sort=-effective_on",
    ] {
        let first = format!("{LIST}?{query}");
        let whole = format!(
            "{LIST}?{}&limit=100",
            query.split_once('&').map_or("", |it| it.1)
        );
        let whole = read(&portal, "localhost", &whole).await;
        let (mut seen, mut next) = (Vec::new(), Some(first));
        while let Some(path) = next {
            let list = read(&portal, "localhost", &path).await;
            assert_eq!(list["total"], whole["total"]);
            seen.extend(titles(&list));
            assert!(seen.len() <= 40, "{query}: it has no end");
            next = path_of(&list["next"]);
        }
        assert_eq!(seen, titles(&whole), "{query}");
    }
}

#[tokio::test]
async fn what_is_posted_meanwhile_neither_repeats_nor_hides_an_entry() {
    let portal = TestPortal::demo().await;
    let before: BTreeSet<String> = {
        let whole = read(&portal, "localhost", &format!("{LIST}?limit=100")).await;
        titles(&whole).into_iter().collect()
    };
    let mut list = read(&portal, "localhost", &format!("{LIST}?limit=9")).await;
    let (mut seen, mut number) = (titles(&list), 100);
    while let Some(path) = path_of(&list["next"]) {
        portal
            .post(Document::new(&format!("{number}/2026/QĐ-UBND")))
            .await;
        number += 1;
        list = read(&portal, "localhost", &path).await;
        seen.extend(titles(&list));
        assert!(seen.len() <= 40, "it has no end");
    }
    let once: BTreeSet<String> = seen.iter().cloned().collect();
    assert_eq!(seen.len(), once.len(), "none comes twice");
    assert_eq!(
        once, before,
        "what came before the first reading's place is not among them"
    );
}

#[tokio::test]
async fn a_cursor_of_another_question_site_or_hand_is_refused() {
    let portal = TestPortal::demo().await;
    let list = read(&portal, "localhost", &format!("{LIST}?limit=3")).await;
    let cursor = list["cursor"].as_str().unwrap();
    read(
        &portal,
        "localhost",
        &format!("{LIST}?limit=50&cursor={cursor}"),
    )
    .await;
    let cut = &cursor[..cursor.len() - 2];
    let end = if cursor.ends_with("00") { "01" } else { "00" };
    let changed = format!("{cut}{end}");
    for (host, query) in [
        ("localhost", format!("cursor={cursor}&kind=quyet-dinh")),
        ("localhost", format!("cursor={cursor}&sort=number")),
        ("localhost", format!("cursor={cursor}&q=ubnd")),
        ("dong-son.localhost", format!("cursor={cursor}")),
        ("localhost", format!("cursor={cut}")),
        ("localhost", format!("cursor={changed}")),
        ("localhost", "cursor=".to_owned()),
        ("localhost", "cursor=1".to_owned()),
        ("localhost", "cursor=eyJwYWdlIjoyfQ%3D%3D".to_owned()),
        ("localhost", format!("cursor={}", "0".repeat(3_000))),
    ] {
        let refused = portal.visitor().get(host, &format!("{LIST}?{query}")).await;
        let told = refused.assert_status(400).json();
        assert_eq!(told["type"], "urn:dinh:problem:bad-cursor", "{query}");
        assert_eq!(told["parameter"], "cursor");
    }
}

#[tokio::test]
async fn a_cursor_is_good_on_another_node_of_the_same_portal() {
    let portal = TestPortal::demo().await;
    let list = read(&portal, "localhost", &format!("{LIST}?limit=3")).await;
    let (folder, database) = portal.close().await;
    let again = TestPortal::of(folder, database).await;
    let path = path_of(&list["next"]).unwrap();
    let next = read(&again, "localhost", &path).await;
    assert_eq!(titles(&next).len(), 3);
    assert!(titles(&next).iter().all(|it| !titles(&list).contains(it)));
}
