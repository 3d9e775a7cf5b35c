//! What is typed into the search box of a browser is completed.

use dinh_tests::{Document, TestPortal};
use serde_json::Value;

async fn completed(portal: &TestPortal, host: &str, query: &str) -> Vec<Vec<String>> {
    let answer = portal
        .visitor()
        .get(host, &format!("/tim-kiem/goi-y?q={query}"))
        .await
        .assert_status(200)
        .assert_header("content-type", "application/x-suggestions+json");
    let parts: Vec<Value> = serde_json::from_str(&answer.answer().text()).unwrap();
    let list = |part: &Value| {
        let texts = part.as_array().unwrap().iter();
        texts
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    };
    assert!(parts[0].is_string());
    let lists: Vec<Vec<String>> = parts[1..].iter().map(list).collect();
    assert_eq!(lists.len(), 3);
    assert!(lists.iter().all(|it| it.len() == lists[0].len()));
    lists
}

#[tokio::test]
async fn beginnings_of_numbers_and_words_are_completed_with_what_they_are_about_and_where() {
    let portal = TestPortal::demo().await;
    let number = completed(&portal, "localhost", "06/2014/q").await;
    assert_eq!(number[0], ["Quyết định 06/2014/QĐ-UBND"]);
    assert!(!number[1][0].is_empty());
    let there = portal
        .visitor()
        .get(
            "localhost",
            number[2][0]
                .split(&format!(":{}", portal.visitor().port()))
                .last()
                .unwrap(),
        )
        .await;
    there.assert_status(200).assert_contains("06/2014/QĐ-UBND");
    for words in [
        "thu+gom+van+chuyen+ch",
        "thu%20gom%20v%E1%BA%ADn%20chuy%E1%BB%83n%20ch%E1%BA%A5t%20th",
    ] {
        let titles = completed(&portal, "localhost", words).await.remove(0);
        assert!(
            titles.contains(&"Quyết định 01/2014/QĐ-UBND".to_owned()),
            "{words}: {titles:?}"
        );
    }
}

#[tokio::test]
async fn a_site_completes_what_its_own_search_covers() {
    let portal = TestPortal::demo().await;
    let document = Document::new("77/2026/QĐ-UBND").on("dong-son");
    portal.post(document).await;
    for (host, titles) in [
        ("localhost", vec!["Quyết định 77/2026/QĐ-UBND"]),
        ("dong-son.localhost", vec!["Quyết định 77/2026/QĐ-UBND"]),
        ("xuan-luong.localhost", vec![]),
    ] {
        let found = completed(&portal, host, "77/20").await;
        assert_eq!(found[0], titles, "{host}");
        assert!(
            found[2]
                .iter()
                .all(|it| it.starts_with("http://dong-son.localhost:"))
        );
    }
}

#[tokio::test]
async fn nothing_signs_and_long_texts_complete_nothing() {
    let portal = TestPortal::demo().await;
    for query in ["", "+", "%22*%3F", &"quy+".repeat(900), "%F0%9F%98%80"] {
        assert!(
            completed(&portal, "localhost", query).await[0].is_empty(),
            "{query}"
        );
    }
}
