//! Words typed above a list narrow it, together with its filters.

use dinh_tests::{Page, TestPortal};

async fn list(portal: &TestPortal, query: &str) -> Page {
    let path = format!("/van-ban?per_page=100&{query}");
    portal
        .visitor()
        .get("localhost", &path)
        .await
        .assert_status(200)
        .page()
}

#[tokio::test]
async fn words_leave_the_documents_that_have_them() {
    let portal = TestPortal::demo().await;
    for query in [
        "q=ch%E1%BA%A5t%20th%E1%BA%A3i%20r%E1%BA%AFn",
        "q=chat+thai+ran",
    ] {
        let page = list(&portal, query).await;
        let rows = page.rows();
        assert!((1..20).contains(&page.total()), "{query}: {}", page.total());
        assert_eq!(rows.len() as u64, page.total());
        assert!(
            rows.iter()
                .any(|row| row.words == "Quyết định 01/2014/QĐ-UBND"),
            "{query}: {rows:?}"
        );
    }
    let nothing = list(&portal, "q=kakapo").await;
    assert_eq!(nothing.total(), 0);
}

#[tokio::test]
async fn what_fits_the_words_best_comes_first_unless_an_order_is_chosen() {
    let portal = TestPortal::demo().await;
    for spelling in ["6/2014/qd-ubnd", "06/2014/Q%C4%90-UBND", "06+2014+qd+ubnd"] {
        let rows = list(&portal, &format!("q={spelling}")).await.rows();
        let first = rows.first().map(|row| row.words.as_str());
        assert_eq!(
            first,
            Some("Quyết định 06/2014/QĐ-UBND"),
            "{spelling}: {rows:?}"
        );
    }
    let ranked = list(&portal, "q=chat+thai").await;
    let newest = list(&portal, "q=chat+thai&sort=-issued_on").await;
    let oldest = list(&portal, "q=chat+thai&sort=issued_on").await;
    assert_eq!(
        (ranked.total(), newest.total()),
        (oldest.total(), oldest.total())
    );
    let mut reversed = oldest.rows();
    reversed.reverse();
    assert_eq!(newest.rows(), reversed);
}

#[tokio::test]
async fn words_and_filters_hold_together_and_so_do_the_counts() {
    let portal = TestPortal::demo().await;
    let words = list(&portal, "q=chat+thai").await;
    let kinds = words.options("kind");
    assert_eq!(
        kinds.iter().map(|kind| kind.count).sum::<u64>(),
        words.total()
    );
    for kind in kinds {
        let narrowed = list(&portal, &format!("q=chat+thai&kind={}", kind.value)).await;
        assert_eq!(narrowed.total(), kind.count, "{}", kind.label);
    }
}

#[tokio::test]
async fn words_stay_within_the_visited_site() {
    let portal = TestPortal::demo().await;
    let path = "/van-ban?q=48/Q%C4%90-UBND&per_page=100";
    let rows = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200)
        .page()
        .rows();
    assert!(
        rows.iter().all(|row| row.words != "Quyết định 48/QĐ-UBND"),
        "{rows:?}"
    );
    let rows = portal
        .visitor()
        .get("dong-son.localhost", path)
        .await
        .assert_status(200)
        .page()
        .rows();
    assert!(
        rows.iter().any(|row| row.words == "Quyết định 48/QĐ-UBND"),
        "{rows:?}"
    );
}
