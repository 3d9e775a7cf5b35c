//! No result without the act of its acceptance, and nothing of what is confidential.

use dinh_tests::TestPortal;
use serde_json::{Value, json};

use super::task::{WORDS, accepted, post, report, task};

#[tokio::test]
async fn no_result_is_published_without_the_act_of_its_acceptance() {
    let portal = TestPortal::demo().await;
    for (field, value) in [
        ("findings", json!("Kết quả")),
        ("certificate", json!("BG-1")),
        ("applied", json!([{"place": "Xã Đông Sơn"}])),
        ("grade", json!("passed")),
        ("accepted_on", json!("2026-02-02")),
        ("results_on", json!("2026-02-03")),
    ] {
        let mut body = task("T1");
        body.insert(field.to_owned(), value);
        let told = post(&portal, body, Vec::new()).await.unwrap_err();
        let is_gate = |it: &String| it.ends_with(" fault.needed-for");
        assert!(
            !told.is_empty() && told.iter().all(is_gate),
            "{field}: {told:?}"
        );
    }
    let told = post(&portal, task("T1"), vec![report()]).await.unwrap_err();
    assert!(
        told.contains(&"acceptance fault.needed-for".to_owned()),
        "{told:?}"
    );
    for part in ["council", "acceptance", "accepted_on", "grade"] {
        let mut body = accepted("T1");
        body.insert("results_on".to_owned(), json!("2026-02-03"));
        body.shift_remove(part);
        let told = post(&portal, body, vec![report()]).await.unwrap_err();
        let wanted = format!("{part} fault.needed-for");
        assert!(told.contains(&wanted), "{part}: {told:?}");
    }
    let mut body = accepted("T1");
    body.insert("results_on".to_owned(), json!("2026-02-03"));
    post(&portal, body, vec![report()]).await.unwrap();
    let list = portal.visitor().get("localhost", "/khoa-hoc?code=T1").await;
    list.assert_contains("Đã công bố kết quả");
}

#[tokio::test]
async fn a_state_that_is_chosen_by_hand_passes_the_same_gates() {
    let portal = TestPortal::demo().await;
    for (state, missing) in [
        ("stopped", "stopped_because"),
        ("accepted", "accepted_on"),
        ("published", "results_on"),
    ] {
        let mut body = task("T2");
        body.insert("status".to_owned(), json!(state));
        let told = post(&portal, body, Vec::new()).await.unwrap_err();
        let wanted = format!("{missing} fault.required");
        assert!(told.contains(&wanted), "{state}: {told:?}");
    }
    let mut body = task("T2");
    body.insert("stopped_on".to_owned(), json!("2025-01-01"));
    let told = post(&portal, body, Vec::new()).await.unwrap_err();
    assert_eq!(told, ["stopped_because fault.needed-for"]);
}

#[tokio::test]
async fn what_is_confidential_is_refused_before_it_is_stored() {
    let portal = TestPortal::demo().await;
    let mut body = accepted("T3");
    body.insert("access".to_owned(), json!("closed"));
    body.insert("closed_because".to_owned(), json!("state-secret"));
    body.insert("findings".to_owned(), json!(WORDS));
    let told = post(&portal, body, Vec::new()).await.unwrap_err();
    let fields = [
        "name",
        "head",
        "summary",
        "objectives",
        "budget",
        "findings",
    ];
    for field in fields {
        let wanted = format!("{field} fault.confidential");
        assert!(told.contains(&wanted), "{field}: {told:?}");
    }
    let mut body = accepted("T3");
    body.insert("access".to_owned(), json!("results"));
    let told = post(&portal, body, vec![report()]).await.unwrap_err();
    for wanted in [
        "closed_because fault.required",
        "synthesis fault.confidential",
    ] {
        assert!(told.contains(&wanted.to_owned()), "{told:?}");
    }
}

/// A task that was public, and is not any more.
#[tokio::test]
async fn what_becomes_confidential_is_on_no_page_and_in_no_file() {
    let portal = TestPortal::demo().await;
    let mut body = accepted("T4");
    body.insert("results_on".to_owned(), json!("2026-02-03"));
    body.insert("findings".to_owned(), json!(format!("Kết quả {WORDS}")));
    post(&portal, body, vec![report()]).await.unwrap();
    let list = portal.visitor().get("localhost", "/khoa-hoc?code=T4").await;
    let path = list.page().rows()[0].address.clone();
    let page = portal.visitor().get("localhost", &path).await;
    let page = page.assert_contains(WORDS);
    let links = page.page().links();
    let file = links.iter().find(|it| it.address.starts_with("/tep/"));
    let file = file.unwrap().address.clone();
    let mut closed = accepted("T4");
    for field in ["name", "head", "summary", "objectives", "budget"] {
        closed.shift_remove(field);
    }
    closed.insert("access".to_owned(), json!("closed"));
    closed.insert("closed_because".to_owned(), json!("state-secret"));
    post(&portal, closed, Vec::new()).await.unwrap();
    let api = "/api/v1/collections/science-projects/project";
    let listed = format!("{api}?code=T4");
    let items = portal.visitor().get("localhost", &listed).await;
    let items: Value = serde_json::from_str(&items.text()).unwrap();
    let id = items["items"][0]["id"].as_str().unwrap().to_owned();
    for way in [
        "/khoa-hoc?code=T4".to_owned(),
        path.clone(),
        format!("{path}/ban-in"),
        format!("{path}/ban-luu"),
        format!("{path}/trich-dan.bib"),
        format!("{path}/trich-dan.ris"),
        "/khoa-hoc/feed.atom".to_owned(),
        "/khoa-hoc/export.csv".to_owned(),
        format!("/tim-kiem?q={WORDS}"),
        format!("{api}?code=T4"),
        format!("{api}/{id}"),
        format!("/api/v1/search?q={WORDS}"),
        "/".to_owned(),
    ] {
        let answer = portal.visitor().get("localhost", &way).await;
        let answer = answer.assert_status(200);
        // The address was public and stays the entry's; a search repeats what was asked for.
        let text = answer
            .text()
            .replace(&path, "")
            .replace(&format!("q={WORDS}"), "");
        let text = text.replace(&format!("value=\"{WORDS}\""), "");
        for secret in [
            "Lò Văn",
            "Mục tiêu kakapo",
            "Kết quả kakapo",
            "Tóm tắt kakapo",
        ] {
            assert!(!text.contains(secret), "{way}: {secret}");
        }
    }
    portal
        .visitor()
        .get("localhost", &file)
        .await
        .assert_status(404);
    let page = portal.visitor().get("localhost", &path).await;
    page.assert_contains("Bí mật nhà nước")
        .assert_contains("Không công khai nội dung");
}
