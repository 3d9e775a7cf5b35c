//! A document that was taken down: its address says so, and nothing else shows it.

use dinh_portal::Failure;
use dinh_tests::{Document, TestPortal};

async fn path_of(portal: &TestPortal, number: &str) -> String {
    let list = portal
        .visitor()
        .get(
            "localhost",
            &format!("/van-ban?number={}", number.replace('Đ', "%C4%90")),
        )
        .await;
    list.page().rows().first().unwrap().address.clone()
}

#[tokio::test]
async fn a_withdrawn_document_is_gone_with_reason_and_successor() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("92/2026/QĐ-UBND")).await;
    portal.post(Document::new("93/2026/QĐ-UBND")).await;
    let (old, new) = (
        path_of(&portal, "92/2026/QĐ-UBND").await,
        path_of(&portal, "93/2026/QĐ-UBND").await,
    );
    let page = portal.visitor().get("localhost", &old).await.page();
    let file = page
        .links()
        .into_iter()
        .find(|link| link.address.starts_with("/tep/"))
        .unwrap()
        .address;
    let successor = portal.entry_id("yen-the", &new).await;
    let entry = portal.entry_id("yen-the", &old).await;
    let withdrawn =
        portal
            .portal()
            .withdraw("editor", &entry, "Ban hành sai thể thức", Some(successor));
    withdrawn.await.unwrap();

    let gone = portal
        .visitor()
        .get("localhost", &old)
        .await
        .assert_status(410);
    let gone = gone
        .assert_contains("Nội dung đã được rút")
        .assert_contains("Ban hành sai thể thức");
    let link = gone.page().link("Quyết định 93/2026/QĐ-UBND").address;
    assert_eq!(link, new);
    portal
        .visitor()
        .get("localhost", &file)
        .await
        .assert_status(404);
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?year=2026")
        .await;
    assert_eq!(list.page().total(), 1);
    let found = portal
        .visitor()
        .search("localhost", "92/2026/QĐ-UBND")
        .await;
    assert!(
        found
            .page()
            .rows()
            .iter()
            .all(|hit| !hit.words.contains("92/2026"))
    );
    let home = portal.visitor().get("localhost", "/").await;
    home.assert_lacks("92/2026/QĐ-UBND")
        .assert_contains("93/2026/QĐ-UBND");
}

#[tokio::test]
async fn nothing_is_withdrawn_without_a_reason_or_twice() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("92/2026/QĐ-UBND")).await;
    let path = path_of(&portal, "92/2026/QĐ-UBND").await;
    let entry = portal.entry_id("yen-the", &path).await;
    let without = portal.portal().withdraw("editor", &entry, "  ", None).await;
    assert!(matches!(without, Err(Failure::Refused(_))), "{without:?}");
    let itself = portal
        .portal()
        .withdraw("editor", &entry, "Sai", Some(entry.clone()))
        .await;
    assert!(matches!(itself, Err(Failure::Refused(_))), "{itself:?}");
    portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(200);
    portal
        .portal()
        .withdraw("editor", &entry, "Sai", None)
        .await
        .unwrap();
    let twice = portal
        .portal()
        .withdraw("editor", &entry, "Sai", None)
        .await;
    assert!(matches!(twice, Err(Failure::Refused(_))), "{twice:?}");
}

#[tokio::test]
async fn the_address_of_a_withdrawn_document_is_never_given_to_another() {
    let portal = TestPortal::demo().await;
    let document = || Document::new("92/2026/QĐ-UBND").with("abstract", "Cùng một trích yếu");
    portal.post(document()).await;
    let path = path_of(&portal, "92/2026/QĐ-UBND").await;
    let entry = portal.entry_id("yen-the", &path).await;
    portal
        .portal()
        .withdraw("editor", &entry, "Sai", None)
        .await
        .unwrap();
    portal
        .post(document().with("issued_on", "2026-11-03"))
        .await;
    let second = path_of(&portal, "92/2026/QĐ-UBND").await;
    assert_eq!(second, format!("{path}-2"));
    portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(410);
}

#[tokio::test]
async fn what_was_taken_down_stays_down_when_it_is_posted_again() {
    let portal = TestPortal::demo().await;
    let document = || Document::new("94/2026/QĐ-UBND").keyed("row-94");
    portal.post(document()).await;
    let address = path_of(&portal, "94/2026/QĐ-UBND").await;
    let entry = portal.entry_id("yen-the", &address).await;
    let withdrawn = portal
        .portal()
        .withdraw("editor", &entry, "Đăng nhầm", None);
    withdrawn.await.unwrap();
    for again in [document(), document().with("abstract", "Trích yếu khác")] {
        assert_eq!(
            portal.try_post(again).await,
            Ok(dinh_portal::Posted::Unchanged)
        );
        portal
            .visitor()
            .get("localhost", &address)
            .await
            .assert_status(410)
            .assert_contains("Đăng nhầm");
    }
}
