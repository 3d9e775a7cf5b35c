//! A document is found by its number, however it is written.

use dinh_tests::TestPortal;

async fn first(portal: &TestPortal, host: &str, words: &str) -> String {
    let found = portal
        .visitor()
        .search(host, words)
        .await
        .assert_status(200);
    found
        .page()
        .rows()
        .first()
        .map(|hit| hit.words.clone())
        .unwrap_or_default()
}

#[tokio::test]
async fn every_spelling_of_a_number_finds_its_document_first() {
    let portal = TestPortal::demo().await;
    for spelling in [
        "06/2014/QĐ-UBND",
        "6/2014/qd-ubnd",
        "06 2014 qd ubnd",
        "06-2014-QD-UBND",
        "số 06/2014/QĐ-UBND",
        "Quyết định số 06/2014/QĐ-UBND",
        "quyet dinh 6/2014/qd-ubnd",
        "06/2014/QÐ-UBND",
        "06/2014/QĐ\u{2212}UBND",
        "06/2014/QĐ–UBND",
        "０６／２０１４／ＱĐ－ＵＢＮＤ",
        "06/2014/QĐ-U\u{0412}ND",
        "06∕2014∕QĐ-UBND",
        "  06/2014/QĐ-UBND  ",
    ] {
        let hit = first(&portal, "localhost", spelling).await;
        assert_eq!(hit, "Quyết định 06/2014/QĐ-UBND", "{spelling}");
    }
}

#[tokio::test]
async fn a_number_within_a_sentence_is_found() {
    let portal = TestPortal::demo().await;
    for words in [
        "cho tôi xem quyết định 02/2020/QĐ-UBND về một cửa",
        "toan van quyet dinh so 02/2020/qd-ubnd ngay 20/7/2020",
    ] {
        let hit = first(&portal, "localhost", words).await;
        assert_eq!(hit, "Quyết định 02/2020/QĐ-UBND", "{words}");
    }
}

#[tokio::test]
async fn a_number_that_two_sites_have_is_found_on_each() {
    let portal = TestPortal::demo().await;
    for host in ["dong-son.localhost", "xuan-luong.localhost"] {
        assert_eq!(
            first(&portal, host, "15/KH-UBND").await,
            "Kế hoạch 15/KH-UBND",
            "{host}"
        );
    }
    let both = portal
        .visitor()
        .search("localhost", "15/KH-UBND")
        .await
        .page();
    let first_two: Vec<String> = both
        .rows()
        .into_iter()
        .take(2)
        .map(|hit| hit.words)
        .collect();
    assert_eq!(first_two, ["Kế hoạch 15/KH-UBND", "Kế hoạch 15/KH-UBND"]);
}

#[tokio::test]
async fn a_number_that_nobody_has_finds_no_other_number() {
    let portal = TestPortal::demo().await;
    let found = portal
        .visitor()
        .search("localhost", "9999/2031/QĐ-XYZ")
        .await
        .assert_status(200);
    let titles: Vec<String> = found
        .page()
        .rows()
        .into_iter()
        .map(|hit| hit.words)
        .collect();
    assert!(
        titles.iter().all(|title| !title.contains("9999")),
        "{titles:?}"
    );
}
