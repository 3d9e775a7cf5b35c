//! The home page at midnight, and when what it shows changes.

use dinh_tests::{Document, TestPortal, Visited};

const NUMBER: &str = "91/2026/QĐ-UBND";
const HIT: &str = "dinh; hit";

async fn home(portal: &TestPortal) -> Visited {
    portal.visitor().get("localhost", "/").await
}

/// Given twice, the second time from the cache.
async fn kept(portal: &TestPortal) -> Visited {
    home(portal).await;
    let again = home(portal).await.assert_status(200);
    assert_eq!(again.header("cache-status"), HIT);
    again
}

fn soon(page: &Visited) -> String {
    let page = page.page();
    let block = page.between("Văn bản sắp có hiệu lực</a>", "</section>");
    block.first().copied().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_kept_home_page_says_what_holds_on_the_new_day() {
    let portal = TestPortal::demo().await;
    let document = Document::new(NUMBER)
        .with("issued_on", "2026-11-20")
        .with("effective_on", "2026-12-01");
    portal.post(document).await;
    portal.clock().set("2026-11-30");
    assert!(soon(&kept(&portal).await).contains(NUMBER));
    portal.clock().set("2026-12-01");
    let first = home(&portal).await;
    assert_ne!(first.header("cache-status"), HIT, "made of the day before");
    // Kept again before the rows are turned over: that is a change like others.
    kept(&portal).await;
    assert_eq!(portal.portal().turn_the_day().await.unwrap(), 1);
    let page = home(&portal).await;
    assert_eq!(soon(&page), "");
    page.assert_contains(NUMBER).assert_contains("Còn hiệu lực");
}

#[tokio::test]
async fn a_kept_home_page_is_old_as_soon_as_something_that_it_shows_changes() {
    let portal = TestPortal::demo().await;
    let document = |text: &str| {
        let document = Document::new(NUMBER).keyed("a").with("abstract", text);
        document.with("effective_on", "2027-06-01")
    };
    portal.post(document("Về loài kakapo")).await;
    let page = kept(&portal).await;
    assert!(soon(&page).contains("Về loài kakapo"));
    portal.post(document("Về loài kiwi")).await;
    let page = kept(&portal).await.assert_lacks("Về loài kakapo");
    assert!(soon(&page).contains("Về loài kiwi"));
    let path = portal.visitor().document("localhost", NUMBER).await;
    let path = path.page().canonical_path();
    let entry = portal.entry_id("yen-the", &path).await;
    let by = portal.portal();
    by.withdraw("test", &entry, "Nhầm", None).await.unwrap();
    home(&portal).await.assert_lacks("Về loài kiwi");
}
