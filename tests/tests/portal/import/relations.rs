//! Relations that texts state in words: proposed, then confirmed or rejected by somebody.

use dinh_portal::RelationLine;
use dinh_tests::{COLLECTION, Document, Program, TestPortal};
use serde_json::{Value, json};

use super::rows::{file, lines, row, run_clean};

/// A row whose last article says something.
fn saying(number: usize, text: &str) -> Value {
    let mut row = row(number);
    row["articles"][1]["text"] = json!(text);
    row
}

/// Row 2 replaces row 1, and a circular that the portal does not have.
fn two() -> [Value; 2] {
    let text = "2. Thông tư này thay thế Thông tư số 1/2026/TT-BKHCN ngày 02 tháng 3 năm 2026; Thông tư số 7/2019/TT-BKHCN.";
    [row(1), saying(2, text)]
}

async fn proposed(portal: &TestPortal, state: &str) -> Vec<RelationLine> {
    let page = portal.portal().relations("yen-the", state, None, 1_000);
    let all = page.await.unwrap().relations;
    let ours = all.into_iter().filter(|it| it.title.contains("/2026/"));
    ours.collect()
}

async fn import(portal: &TestPortal, rows: &[Value]) -> super::rows::Count {
    let path = file(portal.folder(), "rows.jsonl", lines(rows).as_bytes());
    run_clean(portal, &path).await
}

async fn words(portal: &TestPortal, number: &str) -> String {
    let page = portal.visitor().document("localhost", number).await;
    page.page().words()
}

#[tokio::test]
async fn what_a_text_says_is_proposed_with_its_sentence_and_is_no_edge_yet() {
    let portal = TestPortal::demo().await;
    import(&portal, &two()).await;
    let found = proposed(&portal, "proposed").await;
    let told: Vec<_> = found
        .iter()
        .map(|it| (it.kind.as_str(), it.target.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("replaces", "1/2026/TT-BKHCN"),
            ("replaces", "7/2019/TT-BKHCN")
        ]
    );
    assert_eq!(found[0].title, "Thông tư 2/2026/TT-BKHCN");
    assert_eq!(found[0].rule, "replaces-by-itself");
    assert_eq!(found[0].place, "text[1]");
    assert!(found[0].sentence.starts_with("2. Thông tư này thay thế"));
    assert!(
        !words(&portal, "1/2026/TT-BKHCN")
            .await
            .contains("Được thay thế bởi")
    );
}

#[tokio::test]
async fn a_confirmed_relation_shows_on_both_ends_and_outlives_the_next_import() {
    let portal = TestPortal::demo().await;
    import(&portal, &two()).await;
    let first = &proposed(&portal, "proposed").await[0];
    let confirmed = portal.portal().confirm_relation("operator:lan", &first.id);
    assert_eq!(
        confirmed.await.unwrap().decided_by.as_deref(),
        Some("operator:lan")
    );
    for (number, said) in [
        ("2/2026/TT-BKHCN", "Thay thế"),
        ("1/2026/TT-BKHCN", "Được thay thế bởi"),
    ] {
        let words = words(&portal, number).await;
        assert!(words.contains(said), "{number}: {words}");
    }
    let revisions = "select e.import_key, r.number, r.made_by from entry_revision r
        join entry e on e.id = r.entry_id where e.import_key = '2/2026/TT-BKHCN' order by 2";
    assert_eq!(
        portal.database().lines(revisions).await,
        [
            "2/2026/TT-BKHCN | 1 | import",
            "2/2026/TT-BKHCN | 2 | operator:lan"
        ]
    );
    let again = portal
        .portal()
        .confirm_relation("operator:lan", &first.id)
        .await;
    assert!(
        again
            .unwrap_err()
            .to_string()
            .contains("confirmed already, by operator:lan")
    );

    let same = import(&portal, &two()).await;
    assert_eq!(same.unchanged, 2, "{same:?}");
    let mut changed = two();
    changed[1]["trich_yeu"] = json!("Trích yếu đã sửa");
    assert_eq!(import(&portal, &changed).await.updated, 1);
    assert!(
        words(&portal, "1/2026/TT-BKHCN")
            .await
            .contains("Được thay thế bởi")
    );
    assert_eq!(proposed(&portal, "proposed").await.len(), 1);
    assert_eq!(proposed(&portal, "confirmed").await.len(), 1);
}

#[tokio::test]
async fn a_rejected_relation_does_not_come_back() {
    let portal = TestPortal::demo().await;
    import(&portal, &two()).await;
    let first = proposed(&portal, "proposed").await.remove(0);
    let no_reason = portal
        .portal()
        .reject_relation("operator", &first.id, "  ")
        .await;
    assert!(no_reason.unwrap_err().to_string().contains("a reason"));
    let rejected = portal
        .portal()
        .reject_relation("operator", &first.id, "chỉ thay một phần");
    assert_eq!(
        rejected.await.unwrap().reason.as_deref(),
        Some("chỉ thay một phần")
    );
    let mut changed = two();
    changed[1]["trich_yeu"] = json!("Trích yếu đã sửa");
    assert_eq!(import(&portal, &changed).await.updated, 1);
    let targets: Vec<String> = proposed(&portal, "proposed")
        .await
        .into_iter()
        .map(|it| it.target)
        .collect();
    assert_eq!(targets, ["7/2019/TT-BKHCN"]);
    assert!(
        !words(&portal, "1/2026/TT-BKHCN")
            .await
            .contains("Được thay thế bởi")
    );
    let late = portal
        .portal()
        .confirm_relation("operator", &first.id)
        .await;
    assert!(late.unwrap_err().to_string().contains("rejected already"));
}

#[tokio::test]
async fn what_is_stated_already_is_not_proposed_and_what_is_said_no_more_goes() {
    let portal = TestPortal::demo().await;
    let text = "Điều 1. Phạm vi\nQuyết định này thay thế Quyết định số 5/2019/QĐ-UBND và Quyết định số 6/2019/QĐ-UBND.";
    let stated = Document::new("99/2026/QĐ-UBND")
        .keyed("99")
        .with("text", text)
        .with(
            "relations",
            json!([{"kind": "replaces", "target": "05/2019/qđ-ubnd"}]),
        );
    portal.post(stated.clone()).await;
    let targets: Vec<String> = proposed(&portal, "proposed")
        .await
        .into_iter()
        .map(|it| it.target)
        .collect();
    assert_eq!(targets, ["6/2019/QĐ-UBND"]);
    portal
        .post(stated.with("text", "Điều 1. Phạm vi\nKhông thay thế gì."))
        .await;
    assert!(proposed(&portal, "proposed").await.is_empty());
}

#[tokio::test]
async fn a_relation_that_the_section_forbids_is_refused_with_the_reason_and_waits() {
    let portal = TestPortal::demo().await;
    let mut later = row(9);
    later["ngay_ban_hanh"] = json!("2026-08-01");
    later["ngay_hieu_luc"] = json!("2026-09-01");
    let text = "Thông tư này thay thế Thông tư số 9/2026/TT-BKHCN.";
    import(&portal, &[later, saying(2, text)]).await;
    let found = proposed(&portal, "proposed").await;
    let refused = portal
        .portal()
        .confirm_relation("operator", &found[0].id)
        .await;
    let told = refused.unwrap_err().to_string();
    assert!(
        told.contains("the entry may not have this relation") && told.contains("9/2026/TT-BKHCN"),
        "{told}"
    );
    assert_eq!(proposed(&portal, "proposed").await.len(), 1);
}

#[tokio::test]
async fn operators_list_confirm_and_reject_by_command() {
    let program = Program::with_demo().await;
    file(program.folder(), "rows.jsonl", lines(&two()).as_bytes());
    program
        .run(&[
            "import",
            COLLECTION,
            "rows.jsonl",
            "--site",
            "yen-the",
            "--map",
            "phap-dien",
        ])
        .assert_code(0);
    let listed = program.run(&[
        "relation", "list", "--site", "yen-the", "--limit", "1000", "--json",
    ]);
    let listed: Value = serde_json::from_str(&listed.assert_code(0).out).unwrap();
    let ids: Vec<&str> = listed["relations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["title"] == "Thông tư 2/2026/TT-BKHCN")
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 2);
    let ended = program.run(&["relation", "confirm", ids[0], "none", "--by", "Lan"]);
    let ended = ended
        .assert_code(1)
        .assert_told("none: there is no proposal `none`");
    assert!(
        ended
            .out
            .contains("confirmed: Thông tư 2/2026/TT-BKHCN replaces 1/2026/TT-BKHCN"),
        "{}",
        ended.out
    );
    let reject = ["relation", "reject", ids[1], "--reason", "không phải"];
    program.run(&reject).assert_code(0);
    let shown = program
        .run(&[
            "relation", "list", "--site", "yen-the", "--state", "rejected",
        ])
        .assert_code(0);
    assert!(
        shown.out.contains("7/2019/TT-BKHCN") && shown.out.contains("không phải"),
        "{}",
        shown.out
    );
    program
        .run(&["relation", "list", "--site", "yen-the", "--state", "open"])
        .assert_code(1)
        .assert_told("no state of a proposal");
    program
        .run(&["relation", "list", "--site", "nowhere"])
        .assert_code(1)
        .assert_told("there is no site `nowhere`");
    program.run(&["relation", "reject", ids[1]]).assert_code(2);
}
