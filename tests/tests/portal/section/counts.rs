//! The number beside a choice is the number of documents that it shows.

use dinh_tests::{Page, TestPortal, encoded};

const FILTERS: [&str; 5] = ["kind", "issuer", "year", "fields", "validity"];

async fn check(portal: &TestPortal, host: &str, query: &str, checked: &mut usize) {
    let page = page(portal, host, query).await;
    for filter in FILTERS {
        if query.contains(filter) {
            continue;
        }
        let mut sum = 0;
        for option in page.options(filter) {
            let narrowed = format!("{query}{filter}={}&", encoded(&option.value));
            let total = self::page(portal, host, &narrowed).await.total();
            assert_eq!(total, option.count, "{host}: {narrowed} ({})", option.label);
            assert!(total > 0, "{host}: {narrowed} leads to nothing");
            sum += total;
            *checked += 1;
        }
        let whole = page.total();
        // A document may have several fields of activity, one of everything else.
        let adds_up = if filter == "fields" {
            sum >= whole
        } else {
            sum == whole
        };
        assert!(
            adds_up,
            "{host} {query}: {filter} adds up to {sum}, the list to {whole}"
        );
    }
}

async fn page(portal: &TestPortal, host: &str, query: &str) -> Page {
    let visited = portal
        .visitor()
        .get(host, &format!("/van-ban?{query}"))
        .await;
    visited.assert_status(200).page()
}

#[tokio::test]
async fn every_choice_of_every_filter_shows_as_many_as_it_says() {
    let portal = TestPortal::demo().await;
    let mut checked = 0;
    check(&portal, "localhost", "", &mut checked).await;
    check(&portal, "dong-son.localhost", "", &mut checked).await;
    assert!(checked > 50, "only {checked} choices were found");
}

#[tokio::test]
async fn choices_count_within_what_the_other_filters_leave() {
    let portal = TestPortal::demo().await;
    let mut checked = 0;
    check(&portal, "localhost", "kind=quyet-dinh&", &mut checked).await;
    check(
        &portal,
        "localhost",
        "validity=lapsed&year=2014&year=2015&",
        &mut checked,
    )
    .await;
    assert!(checked > 20, "only {checked} choices were found");
}

#[tokio::test]
async fn a_chosen_filter_still_offers_its_other_choices() {
    let portal = TestPortal::demo().await;
    let before = page(&portal, "localhost", "").await.options("kind");
    let after = page(&portal, "localhost", "kind=chi-thi")
        .await
        .options("kind");
    assert_eq!(after, before);
}

#[tokio::test]
async fn counts_follow_a_new_document_at_once() {
    let portal = TestPortal::demo().await;
    let count = |page: &Page, filter: &str, value: &str| {
        let options = page.options(filter);
        options
            .iter()
            .find(|it| it.value == value)
            .map_or(0, |it| it.count)
    };
    let before = page(&portal, "localhost", "").await;
    portal
        .post(dinh_tests::Document::new("77/2026/QĐ-UBND"))
        .await;
    let after = page(&portal, "localhost", "").await;
    assert_eq!(after.total(), before.total() + 1);
    assert_eq!(
        count(&after, "kind", "quyet-dinh"),
        count(&before, "kind", "quyet-dinh") + 1
    );
    assert_eq!(
        (
            count(&before, "year", "2026"),
            count(&after, "year", "2026")
        ),
        (0, 1)
    );
}
