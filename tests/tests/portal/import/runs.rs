//! Importing again, and only looking.

use dinh_tests::TestPortal;
use serde_json::json;

use super::rows::{Count, file, lines, listed, row, run, run_clean, wanted};

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let portal = TestPortal::demo().await;
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), row(2), row(3)]).as_bytes(),
    );
    let first = run_clean(&portal, &path).await;
    assert_eq!(
        first,
        Count {
            rows: 3,
            created: 3,
            updated: 0,
            unchanged: 0,
            rejected: 0
        }
    );
    let before = listed(&portal).await;
    let again = run_clean(&portal, &path).await;
    assert_eq!(
        again,
        Count {
            rows: 3,
            created: 0,
            updated: 0,
            unchanged: 3,
            rejected: 0
        }
    );
    assert_eq!(listed(&portal).await, before);
}

#[tokio::test]
async fn a_changed_row_updates_its_entry_at_its_address() {
    let portal = TestPortal::demo().await;
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), row(2), row(3)]).as_bytes(),
    );
    run_clean(&portal, &path).await;
    let address = portal
        .visitor()
        .document("localhost", "2/2026/TT-BKHCN")
        .await
        .what()
        .to_owned();
    let mut changed = row(2);
    changed["trich_yeu"] = json!("Hướng dẫn đã sửa về loài kakapo");
    file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), changed, row(3)]).as_bytes(),
    );
    let updated = run_clean(&portal, &path).await;
    assert_eq!(
        updated,
        Count {
            rows: 3,
            created: 0,
            updated: 1,
            unchanged: 2,
            rejected: 0
        }
    );
    let page = portal
        .visitor()
        .document("localhost", "2/2026/TT-BKHCN")
        .await;
    assert_eq!(page.what(), address, "the address stays");
    page.assert_contains("Hướng dẫn đã sửa về loài kakapo");
    let found = portal.visitor().search("localhost", "kakapo").await;
    assert_eq!(found.page().total(), 1);
    let old = portal
        .visitor()
        .search("localhost", "\"thử nghiệm lần thứ 2\"")
        .await;
    assert!(
        old.page()
            .rows()
            .iter()
            .all(|hit| hit.words != "Thông tư 2/2026/TT-BKHCN")
    );
}

#[tokio::test]
async fn the_first_publication_is_recorded_for_ever() {
    let portal = TestPortal::demo().await;
    let path = file(portal.folder(), "rows.jsonl", lines(&[row(1)]).as_bytes());
    run_clean(&portal, &path).await;
    portal.clock().set("2027-02-01");
    let mut changed = row(1);
    changed["trich_yeu"] = json!("Trích yếu đã sửa");
    file(portal.folder(), "rows.jsonl", lines(&[changed]).as_bytes());
    run_clean(&portal, &path).await;
    let page = portal
        .visitor()
        .document("localhost", "1/2026/TT-BKHCN")
        .await
        .page();
    let credit = page
        .between("<footer class=\"credit\">", "</footer>")
        .concat();
    let times = page.between("<time datetime=\"", "\"");
    assert!(credit.contains("2026-11-24T12:00:00+07:00"), "{credit}");
    assert!(credit.contains("2027-02-01T12:00:00+07:00"), "{credit}");
    assert!(times.len() >= 2);
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    let portal = TestPortal::demo().await;
    let mut bad = row(3);
    bad["loai"] = json!("Tuyên ngôn");
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), row(2), bad]).as_bytes(),
    );
    let before = listed(&portal).await;
    let mut import = wanted(&path);
    import.dry_run = true;
    let (count, reason) = run(&portal, import).await;
    assert_eq!((count.rows, count.created, count.rejected), (3, 2, 1));
    assert!(reason.unwrap().contains("rejects.jsonl"));
    assert_eq!(listed(&portal).await, before);
    let found = portal
        .visitor()
        .search("localhost", "1/2026/TT-BKHCN")
        .await;
    assert!(
        found
            .page()
            .rows()
            .iter()
            .all(|hit| hit.words != "Thông tư 1/2026/TT-BKHCN")
    );
}

#[tokio::test]
async fn the_portal_answers_while_it_imports() {
    let portal = TestPortal::demo().await;
    let rows: Vec<_> = (1..=300).map(row).collect();
    let path = file(portal.folder(), "rows.jsonl", lines(&rows).as_bytes());
    let visits = async {
        let mut totals = Vec::new();
        while totals.last() != Some(&340) {
            let list = portal
                .visitor()
                .get("localhost", "/van-ban")
                .await
                .assert_status(200);
            totals.push(list.page().total());
        }
        totals
    };
    let (count, totals) = tokio::join!(run_clean(&portal, &path), visits);
    assert_eq!(count.created, 300);
    assert!(totals.is_sorted(), "{totals:?}");
    let whole = |total: &u64| (total - 40).is_multiple_of(100);
    assert!(
        totals.iter().all(whole),
        "a transaction shows whole or not at all: {totals:?}"
    );
}

#[tokio::test]
async fn what_a_foreign_file_cannot_have_is_lifted_and_said_on_the_entry() {
    let portal = TestPortal::demo().await;
    let mut bare = row(1);
    bare["ngay_hieu_luc"] = json!(null);
    let path = file(portal.folder(), "rows.jsonl", lines(&[bare]).as_bytes());
    run_clean(&portal, &path).await;
    let page = portal
        .visitor()
        .document("localhost", "1/2026/TT-BKHCN")
        .await;
    let page = page.assert_contains("Nội dung này được nhập từ nguồn khác; còn thiếu:");
    let page = page
        .assert_contains("Tệp đính kèm")
        .assert_contains("Ngày có hiệu lực");
    page.assert_contains("Nguồn: Bộ Pháp điển");
}

#[tokio::test]
async fn rows_in_the_collections_own_shape_need_no_mapping_and_no_gate_is_lifted() {
    let portal = TestPortal::demo().await;
    let own = json!({
        "key": "a-1",
        "kind": "quyet-dinh",
        "number": "71/2026/QĐ-UBND",
        "issuer": "Ủy ban nhân dân huyện Yên Thế",
        "issued_on": "2026-11-02",
        "effective_on": "2026-11-12",
        "abstract": "Một trích yếu",
    });
    let path = file(portal.folder(), "rows.jsonl", own.to_string().as_bytes());
    let mut import = wanted(&path);
    import.map = None;
    let (count, _) = run(&portal, import).await;
    assert_eq!((count.created, count.rejected), (0, 1));
    let text = std::fs::read_to_string(portal.folder().join("rows.jsonl.rejects.jsonl")).unwrap();
    assert!(text.contains("\"path\":\"files\""), "{text}");
}

#[tokio::test]
async fn a_dry_run_says_what_the_run_would_do() {
    let portal = TestPortal::demo().await;
    let mut twin = row(1);
    twin["so_ky_hieu"] = json!("01/2026/TT-BKHCN");
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), twin]).as_bytes(),
    );
    let mut rehearsal = wanted(&path);
    rehearsal.dry_run = true;
    let (before, _) = run(&portal, rehearsal.clone()).await;
    let (real, reason) = run(&portal, wanted(&path)).await;
    assert_eq!(before, real);
    assert_eq!((real.created, real.rejected), (1, 1));
    // A rehearsal leaves the list of the run alone.
    let (after, _) = run(&portal, rehearsal).await;
    assert_eq!((after.unchanged, after.rejected), (1, 1));
    assert!(reason.unwrap().ends_with("rows.jsonl.rejects.jsonl"));
    assert!(portal.folder().join("rows.jsonl.rejects.jsonl").exists());
}

#[tokio::test]
async fn an_import_where_nothing_would_show_is_refused() {
    let portal = TestPortal::demo().await;
    let path = file(portal.folder(), "rows.jsonl", lines(&[row(1)]).as_bytes());
    let mut import = wanted(&path);
    "hoi-nong-dan".clone_into(&mut import.site);
    let told = super::rows::refusal(&portal, import).await;
    assert!(told.contains("not enabled on hoi-nong-dan"), "{told}");
}
