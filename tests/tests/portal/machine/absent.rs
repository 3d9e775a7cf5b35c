//! What may not be seen is in none of the outputs.

use dinh_domain::site::{Share, SiteState};
use dinh_tests::{Document, TestPortal, encoded};
use serde_json::Value;

const HOST: &str = "dong-son.localhost";
const NUMBER: &str = "48/QĐ-UBND";
const LIST: &str = "/api/v1/collections/legal-documents/document";
const FILES: [&str; 3] = ["/van-ban/feed.atom", "/van-ban/export.csv", LIST];

async fn id_of(portal: &TestPortal, host: &str, number: &str) -> String {
    let path = format!("{LIST}?number={}", encoded(number));
    let list = portal.visitor().get(host, &path).await.assert_status(200);
    let list = list.json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Titles that a search for programs finds.
async fn hits(portal: &TestPortal, host: &str, number: &str) -> Vec<String> {
    let path = format!("/api/v1/search?q={}", encoded(number));
    let found = portal.visitor().get(host, &path).await.assert_status(200);
    let found = found.json();
    let hits = found["hits"].as_array().unwrap().iter();
    hits.map(|it| it["title"].as_str().unwrap().to_owned())
        .filter(|title| title.contains(number))
        .collect()
}

async fn told(portal: &TestPortal, host: &str, path: &str) -> Value {
    let answer = portal.visitor().get(host, path).await;
    answer.assert_status(200).json()
}

#[tokio::test]
async fn a_disabled_module_has_no_output_and_its_entries_are_in_none() {
    let portal = TestPortal::demo().await;
    let id = id_of(&portal, HOST, NUMBER).await;
    let entry = format!("{LIST}/{id}");
    let paths = [FILES.as_slice(), &["/van-ban/export.ods", &entry]].concat();
    for path in &paths {
        portal.visitor().get(HOST, path).await.assert_status(200);
    }
    assert_eq!(hits(&portal, "localhost", NUMBER).await.len(), 1);
    portal.set_sections("dong-son", false).await;
    for path in &paths {
        portal.visitor().get(HOST, path).await.assert_status(404);
    }
    let collections = told(&portal, HOST, "/api/v1/collections").await;
    let collections = collections["collections"].as_array().unwrap();
    let ids = collections.iter().map(|it| it["id"].as_str().unwrap());
    let ids: Vec<&str> = ids.collect();
    assert_eq!(ids, Vec::<&str>::new());
    let openapi = told(&portal, HOST, "/api/v1/openapi.json")
        .await
        .to_string();
    assert!(!openapi.contains("document"), "{openapi}");
    for host in [HOST, "localhost"] {
        assert_eq!(hits(&portal, host, NUMBER).await, Vec::<String>::new());
    }
    let path = "/api/v1/search?q=ubnd&site=dong-son";
    let refused = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(400);
    let known = refused.json()["known"].to_string();
    assert!(
        known.contains("yen-the") && !known.contains("dong-son"),
        "{known}"
    );
    portal.set_sections("dong-son", true).await;
    for path in &paths {
        portal.visitor().get(HOST, path).await.assert_status(200);
    }
}

#[tokio::test]
async fn a_suspended_site_answers_programs_with_a_problem_and_is_told_nowhere() {
    let portal = TestPortal::demo().await;
    portal
        .change_site("dong-son", |site| site.state = SiteState::Suspended)
        .await;
    for path in FILES {
        let closed = portal.visitor().get(HOST, path).await.assert_status(503);
        assert!(closed.header("retry-after").parse::<u32>().is_ok());
        assert!(!closed.text().contains(NUMBER));
    }
    let problem = portal.visitor().get(HOST, LIST).await;
    assert_eq!(problem.json()["type"], "urn:dinh:problem:site-suspended");
    assert_eq!(
        hits(&portal, "localhost", NUMBER).await,
        Vec::<String>::new()
    );
    let sites = told(&portal, "localhost", "/api/v1/sites")
        .await
        .to_string();
    assert!(!sites.contains("dong-son"), "{sites}");
    portal
        .change_site("dong-son", |site| site.state = SiteState::Closed)
        .await;
    let problem = portal.visitor().get(HOST, LIST).await.assert_status(410);
    assert_eq!(problem.json()["type"], "urn:dinh:problem:site-closed");
    portal
        .change_site("dong-son", |site| site.state = SiteState::Trial)
        .await;
    portal.visitor().get(HOST, LIST).await.assert_status(404);
}

#[tokio::test]
async fn a_withdrawn_entry_is_in_no_list_and_its_address_says_so() {
    let portal = TestPortal::demo().await;
    let number = "92/2026/QĐ-UBND";
    portal.post(Document::new(number)).await;
    portal.post(Document::new("93/2026/QĐ-UBND")).await;
    for path in FILES {
        let before = portal.visitor().get("localhost", path).await;
        before.assert_status(200).assert_contains(number);
    }
    let old = id_of(&portal, "localhost", number).await;
    let new = id_of(&portal, "localhost", "93/2026/QĐ-UBND").await;
    let ids = [&old, &new].map(|id| dinh_domain::ids::EntryId::new(id).unwrap());
    let [old_id, new_id] = ids;
    let withdrawn =
        portal
            .portal()
            .withdraw("editor", &old_id, "Ban hành sai thể thức", Some(new_id));
    withdrawn.await.unwrap();
    for path in FILES {
        let after = portal.visitor().get("localhost", path).await;
        after.assert_status(200).assert_lacks(number);
    }
    assert_eq!(
        hits(&portal, "localhost", number).await,
        Vec::<String>::new()
    );
    let gone = portal
        .visitor()
        .get("localhost", &format!("{LIST}/{old}"))
        .await;
    let gone = gone.assert_status(410).json();
    assert_eq!(gone["type"], "urn:dinh:problem:withdrawn");
    assert_eq!(gone["reason"], "Ban hành sai thể thức");
    assert!(
        gone["successor"]
            .as_str()
            .unwrap()
            .contains("/van-ban/93-2026")
    );
    let elsewhere = portal.visitor().get(HOST, &format!("{LIST}/{old}")).await;
    elsewhere.assert_status(404);
}

#[tokio::test]
async fn another_sites_entries_are_on_their_own_site_alone() {
    let portal = TestPortal::demo().await;
    let id = id_of(&portal, HOST, NUMBER).await;
    for path in FILES {
        let district = portal.visitor().get("localhost", path).await;
        district.assert_status(200).assert_lacks(NUMBER);
    }
    let entry = format!("{LIST}/{id}");
    portal.visitor().get(HOST, &entry).await.assert_status(200);
    portal
        .visitor()
        .get("localhost", &entry)
        .await
        .assert_status(404);
    assert_eq!(hits(&portal, "localhost", NUMBER).await.len(), 1);
    portal.set_share("dong-son", Share::None).await;
    assert_eq!(
        hits(&portal, "localhost", NUMBER).await,
        Vec::<String>::new()
    );
    // Nothing else of the site is shared either: it is not known here.
    portal.set_sections("dong-son", false).await;
    let path = format!("/api/v1/search?q={}&site=dong-son", encoded(NUMBER));
    portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(400);
    portal.set_sections("dong-son", true).await;
    assert_eq!(hits(&portal, HOST, NUMBER).await.len(), 1);
}

#[tokio::test]
async fn a_site_without_the_section_has_none_of_its_outputs() {
    let portal = TestPortal::demo().await;
    let host = "hoi-nong-dan.localhost";
    for path in FILES.iter().chain(&["/van-ban/export.ods"]) {
        portal.visitor().get(host, path).await.assert_status(404);
    }
    let collections = told(&portal, host, "/api/v1/collections").await;
    let collections = collections.to_string();
    assert!(!collections.contains("legal-documents"), "{collections}");
}
