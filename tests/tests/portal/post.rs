//! Posting: what is good is public and findable when the call returns; what is not says every fault.

use dinh_portal::Posted;
use dinh_tests::{Document, TestPortal};

#[tokio::test]
async fn a_posted_document_is_found_listed_and_read_at_once() {
    let portal = TestPortal::demo().await;
    let document = Document::new("95/2026/QĐ-UBND").with("abstract", "Về việc bảo vệ loài kakapo");
    assert_eq!(portal.post(document).await, Posted::Created);
    for words in ["95/2026/qd-ubnd", "bao ve loai kakapo"] {
        let found = portal
            .visitor()
            .search("localhost", words)
            .await
            .assert_status(200);
        assert_eq!(
            found.page().rows().first().unwrap().words,
            "Quyết định 95/2026/QĐ-UBND"
        );
    }
    let page = portal
        .visitor()
        .document("localhost", "95/2026/QĐ-UBND")
        .await;
    page.assert_contains("Về việc bảo vệ loài kakapo")
        .assert_contains("24/11/2026");
    let home = portal.visitor().get("localhost", "/").await;
    home.assert_contains("95/2026/QĐ-UBND")
        .assert_contains("Văn bản (41)");
}

#[tokio::test]
async fn every_part_that_the_regulation_demands_is_a_gate() {
    let portal = TestPortal::demo().await;
    for field in [
        "kind",
        "number",
        "issuer",
        "issued_on",
        "effective_on",
        "abstract",
        "files",
    ] {
        let document = Document::new("96/2026/QĐ-UBND")
            .with("text", "Điều 1. Phạm vi")
            .without(field);
        let told = portal.try_post(document).await.unwrap_err();
        assert!(
            told.iter().any(|fault| fault.starts_with(field)),
            "{field}: {told:?}"
        );
    }
    assert_eq!(
        portal
            .visitor()
            .get("localhost", "/van-ban")
            .await
            .page()
            .total(),
        40
    );
}

#[tokio::test]
async fn faults_of_shape_and_of_sense_are_told() {
    let portal = TestPortal::demo().await;
    let document = || Document::new("97/2026/QĐ-UBND");
    for (bad, fault) in [
        (document().with("kind", "khong-co"), "kind fault.choice"),
        (
            document().with("issued_on", "2026-13-01"),
            "issued_on fault.date",
        ),
        (
            document().with("unknown", "x"),
            "unknown fault.unknown-field",
        ),
        (
            document().with("effective_on", "2026-11-01"),
            "effective_on fault.dates.effective_before_issued",
        ),
        (
            document().with("number", "QĐ-UBND"),
            "number fault.number.no_digit",
        ),
        (
            document().with(
                "text",
                "Điều 1. Hiệu lực\nQuyết định này có hiệu lực sau 07 ngày kể từ ngày ký.",
            ),
            "effective_on fault.effect.mismatch",
        ),
    ] {
        let told = portal.try_post(bad).await.unwrap_err();
        assert!(told.iter().any(|it| it == fault), "{fault}: {told:?}");
    }
}

#[tokio::test]
async fn the_day_of_effect_is_read_from_the_text() {
    let portal = TestPortal::demo().await;
    let text = "Điều 1. Hiệu lực\nQuyết định này có hiệu lực sau 07 ngày kể từ ngày ký.";
    let document = Document::new("98/2026/QĐ-UBND")
        .without("effective_on")
        .with("text", text);
    portal.post(document).await;
    let facts = portal
        .visitor()
        .document("localhost", "98/2026/QĐ-UBND")
        .await
        .page()
        .facts();
    let effective = facts
        .iter()
        .find(|(label, _)| label == "Ngày có hiệu lực")
        .unwrap();
    assert_eq!(effective.1, "09/11/2026");
}

#[tokio::test]
async fn the_same_document_twice_is_refused_and_names_the_first() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("99/2026/QĐ-UBND")).await;
    let told = portal
        .try_post(Document::new("99/2026/qd-ubnd"))
        .await
        .unwrap_err();
    assert!(
        told.iter()
            .any(|fault| fault.ends_with("fault.exists-already")),
        "{told:?}"
    );
    portal
        .post(Document::new("99/2026/QĐ-UBND").with("issued_on", "2026-11-03"))
        .await;
    portal
        .post(Document::new("99/2026/QĐ-UBND").on("dong-son"))
        .await;
}

#[tokio::test]
async fn an_update_keeps_the_address_and_the_first_publication() {
    let portal = TestPortal::demo().await;
    let document = || Document::new("94/2026/QĐ-UBND").keyed("row-94");
    assert_eq!(portal.post(document()).await, Posted::Created);
    let first = portal
        .visitor()
        .get("localhost", "/van-ban?number=94/2026/Q%C4%90-UBND")
        .await;
    assert_eq!(portal.post(document()).await, Posted::Unchanged);
    portal.clock().set("2026-12-24");
    let changed = document().with("signer", "Hoàng Đình Phúc");
    assert_eq!(portal.post(changed).await, Posted::Updated);
    let after = portal
        .visitor()
        .get("localhost", "/van-ban?number=94/2026/Q%C4%90-UBND")
        .await;
    assert_eq!(after.page().rows(), first.page().rows());
    let page = portal
        .visitor()
        .document("localhost", "94/2026/QĐ-UBND")
        .await;
    let page = page.assert_contains("Hoàng Đình Phúc").page();
    let credit = dinh::demo::page::readable(
        &page
            .between("<footer class=\"credit\">", "</footer>")
            .concat(),
    );
    assert!(
        credit.contains("Đăng lúc: ") && credit.contains("Cập nhật lúc: "),
        "{credit}"
    );
    let (posted, updated) = credit.split_once("Cập nhật lúc").unwrap();
    assert!(
        posted.contains("24/11/2026") && updated.contains("24/12/2026"),
        "{credit}"
    );
}

#[tokio::test]
async fn a_corrected_file_of_the_same_name_is_a_new_revision() {
    let portal = TestPortal::demo().await;
    let document = || Document::new("98/2026/QĐ-UBND").keyed("row-98");
    portal.post(document()).await;
    assert_eq!(portal.try_post(document()).await, Ok(Posted::Unchanged));
    let corrected = document().with_file_text("Bản đã sửa");
    assert_eq!(portal.try_post(corrected).await, Ok(Posted::Updated));
}
