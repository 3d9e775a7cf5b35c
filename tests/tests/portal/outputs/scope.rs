//! What an entry gives beside its page follows the entry.

use dinh_tests::{Document, TestPortal};

const WORDS: [&str; 3] = ["ban-in", "ban-luu", "akn.xml"];

#[tokio::test]
async fn outputs_of_what_is_withdrawn_moved_or_not_there_answer_as_the_entry_does() {
    let portal = TestPortal::demo().await;
    portal.post(Document::new("92/2026/QĐ-UBND")).await;
    let detail = portal
        .visitor()
        .document("localhost", "92/2026/QĐ-UBND")
        .await;
    let page = detail.page().link("Bản in").address.replace("/ban-in", "");
    for word in WORDS {
        let at = |path: &str| format!("{path}/{word}");
        let visitor = portal.visitor();
        visitor
            .get("localhost", &at(&page))
            .await
            .assert_status(200);
        visitor
            .get("localhost", &at("/van-ban/khong-co"))
            .await
            .assert_status(404);
        visitor
            .get("localhost", &at("/khong-co/a"))
            .await
            .assert_status(404);
        visitor
            .get("localhost", &at(&at(&page)))
            .await
            .assert_status(404);
        // The commune has a section of the same address, and not this entry.
        visitor
            .get("dong-son.localhost", &at(&page))
            .await
            .assert_status(404);
    }
    portal.set_module("yen-the", false).await;
    for word in WORDS {
        let path = format!("{page}/{word}");
        portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(404);
    }
    portal.set_module("yen-the", true).await;
    portal.move_slug("yen-the", &page, "ten-moi").await;
    for word in WORDS {
        let path = format!("{page}/{word}");
        let moved = portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(301);
        assert_eq!(moved.header("location"), format!("/van-ban/ten-moi/{word}"));
    }
    let id = portal.entry_id("yen-the", "/van-ban/ten-moi").await;
    portal
        .portal()
        .withdraw("editor", &id, "Đăng nhầm", None)
        .await
        .unwrap();
    for word in WORDS {
        let path = format!("/van-ban/ten-moi/{word}");
        let gone = portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(410);
        gone.assert_contains("Đăng nhầm");
    }
}
