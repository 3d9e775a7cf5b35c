//! Pages and orders of a list.

use std::collections::BTreeSet;

use dinh_tests::TestPortal;

#[tokio::test]
async fn the_pages_together_hold_every_document_once() {
    let portal = TestPortal::demo().await;
    for query in ["", "sort=number&", "sort=-effective_on&", "sort=issued_on&"] {
        let mut seen = BTreeSet::new();
        for number in 1..=4 {
            let path = format!("/van-ban?{query}per_page=12&page={number}");
            let page = portal
                .visitor()
                .get("localhost", &path)
                .await
                .assert_status(200)
                .page();
            assert_eq!(page.total(), 40);
            let rows = page.rows();
            assert_eq!(rows.len(), if number == 4 { 4 } else { 12 }, "{path}");
            for row in rows {
                assert!(
                    seen.insert(row.address.clone()),
                    "{path}: {} comes twice",
                    row.words
                );
            }
        }
        assert_eq!(seen.len(), 40);
    }
}

#[tokio::test]
async fn the_newest_comes_first_and_every_offered_order_is_kept() {
    let portal = TestPortal::demo().await;
    let first = async |query: &str| {
        let path = format!("/van-ban?per_page=100{query}");
        let page = portal
            .visitor()
            .get("localhost", &path)
            .await
            .assert_status(200)
            .page();
        page.rows()
            .into_iter()
            .map(|row| row.words)
            .collect::<Vec<_>>()
    };
    assert_eq!(first("").await[0], "Quyết định 01/2025/QĐ-UBND");
    let (up, mut down) = (
        first("&sort=issued_on").await,
        first("&sort=-issued_on").await,
    );
    assert_eq!(up[0], "Quyết định 01/2014/QĐ-UBND");
    down.reverse();
    assert_eq!(up, down, "no two documents of the district are of one day");
    let page = portal.visitor().get("localhost", "/van-ban").await.page();
    let offered = page.between("<p class=\"sorts\">", "</p>").concat();
    assert_eq!(offered.matches("<a ").count(), 6, "{offered}");
    assert_eq!(
        offered.matches("aria-current=\"true\"").count(),
        1,
        "{offered}"
    );
}

#[tokio::test]
async fn numbers_are_sorted_as_numbers() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .get("localhost", "/van-ban?per_page=100&sort=number")
        .await
        .page();
    let titles: Vec<String> = page.rows().into_iter().map(|row| row.words).collect();
    let at = |number: &str| {
        titles
            .iter()
            .position(|title| title.ends_with(number))
            .unwrap()
    };
    assert!(at("28/KH-UBND") < at("187/KH-UBND"), "{titles:?}");
    assert!(at("187/KH-UBND") < at("655/BC-UBND"), "{titles:?}");
    assert!(at("655/BC-UBND") < at("1186/QĐ-UBND"), "{titles:?}");
}

#[tokio::test]
async fn a_page_behind_the_last_is_not_found_and_leads_to_the_last() {
    let portal = TestPortal::demo().await;
    let beyond = portal
        .visitor()
        .get("localhost", "/van-ban?page=3")
        .await
        .assert_status(404);
    let beyond = beyond.assert_contains("Danh sách chỉ có 2 trang.");
    let last = beyond.page().link("Xem trang cuối").address;
    assert_eq!(last, "/van-ban?page=2");
    portal
        .visitor()
        .get("localhost", &last)
        .await
        .assert_status(200);
    portal
        .visitor()
        .get("localhost", "/van-ban?page=10000")
        .await
        .assert_status(404);
    portal
        .visitor()
        .get("localhost", "/tim-kiem?q=UBND&page=99")
        .await
        .assert_status(404);
}

#[tokio::test]
async fn an_impossible_page_or_length_is_complained_of() {
    let portal = TestPortal::demo().await;
    for (query, complaint) in [
        (
            "page=0",
            "page = “0” không dùng được: hãy nhập số từ 1 đến 10000",
        ),
        ("page=-1", "page = “-1” không dùng được"),
        ("page=10001", "page = “10001” không dùng được"),
        ("page=99999999999999999999", "không dùng được"),
        ("page=m%E1%BB%99t", "page = “một” không dùng được"),
        (
            "per_page=0",
            "per_page = “0” không dùng được: hãy nhập số từ 1 đến 100",
        ),
        ("per_page=101", "per_page = “101” không dùng được"),
    ] {
        let answer = portal
            .visitor()
            .get("localhost", &format!("/van-ban?{query}"))
            .await;
        let answer = answer.assert_status(200).assert_contains(complaint);
        assert_eq!(answer.page().rows().len(), 20, "{query}");
    }
    let whole = portal
        .visitor()
        .get("localhost", "/van-ban?per_page=100")
        .await
        .assert_status(200);
    assert_eq!(whole.page().rows().len(), 40);
    let one = portal
        .visitor()
        .get("localhost", "/van-ban?per_page=1&page=40")
        .await;
    assert_eq!(one.assert_status(200).page().rows().len(), 1);
}

#[tokio::test]
async fn the_next_page_keeps_filters_and_order() {
    let portal = TestPortal::demo().await;
    let path = "/van-ban?kind=quyet-dinh&sort=number&per_page=10&fbclid=1";
    let first = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200);
    let next = first.page().link("Trang sau").address;
    assert!(!next.contains("fbclid"), "{next}");
    let second = portal
        .visitor()
        .get("localhost", &next)
        .await
        .assert_status(200);
    assert_eq!((second.page().total(), second.page().rows().len()), (19, 9));
    let back = second.page().link("Trang trước").address;
    let back = portal
        .visitor()
        .get("localhost", &back)
        .await
        .assert_status(200);
    assert_eq!(back.page().rows(), first.page().rows());
}
