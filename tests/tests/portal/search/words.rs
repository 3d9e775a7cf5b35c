//! A document is found by its words, with tone marks or without.

use dinh_tests::{Document, TestPortal, Visited};

async fn search(portal: &TestPortal, words: &str) -> Visited {
    portal
        .visitor()
        .search("localhost", words)
        .await
        .assert_status(200)
}

#[tokio::test]
async fn words_are_found_with_marks_without_and_decomposed() {
    let portal = TestPortal::demo().await;
    for words in [
        "thu gom, vận chuyển chất thải rắn sinh hoạt",
        "thu gom van chuyen chat thai ran sinh hoat",
        "THU GOM VAN CHUYEN CHAT THAI RAN SINH HOAT",
        "thu gom, va\u{302}\u{323}n chuye\u{302}\u{309}n cha\u{302}\u{301}t tha\u{309}i ra\u{306}\u{301}n sinh hoa\u{323}t",
    ] {
        let found = search(&portal, words).await;
        let hits = found.page().rows();
        let first = hits
            .first()
            .map(|hit| hit.words.clone())
            .unwrap_or_default();
        assert_eq!(first, "Quyết định 01/2014/QĐ-UBND", "{words}: {hits:?}");
    }
}

#[tokio::test]
async fn either_place_of_a_tone_mark_finds_the_word() {
    let portal = TestPortal::demo().await;
    portal
        .post(
            Document::new("81/2026/QĐ-UBND")
                .with("abstract", "Về việc hòa giải ở cơ sở và thủy lợi"),
        )
        .await;
    for words in [
        "hòa giải",
        "hoà giải",
        "hoa giai",
        "thủy lợi hòa giải",
        "thuỷ lợi hoà giải",
    ] {
        let found = search(&portal, words).await;
        let first = found.page().rows().first().map(|hit| hit.words.clone());
        assert_eq!(
            first.as_deref(),
            Some("Quyết định 81/2026/QĐ-UBND"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn the_letter_d_with_and_without_its_bar_finds_the_word() {
    let portal = TestPortal::demo().await;
    portal
        .post(Document::new("82/2026/QĐ-UBND").with("abstract", "Về đường đèo Đỏng"))
        .await;
    for words in ["đường đèo Đỏng", "duong deo dong", "ÐƯỜNG ĐÈO ĐỎNG"] {
        let found = search(&portal, words).await;
        let first = found.page().rows().first().map(|hit| hit.words.clone());
        assert_eq!(
            first.as_deref(),
            Some("Quyết định 82/2026/QĐ-UBND"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn the_words_found_are_marked_in_title_or_snippet_as_they_are_written() {
    let portal = TestPortal::demo().await;
    let found = search(&portal, "chat thai ran sinh hoat").await;
    let marked = found.page().marked().join(" ").to_lowercase();
    assert!(marked.contains("chất thải rắn"), "{marked}");
    let by_number = search(&portal, "6/2014/qd-ubnd").await;
    let marked = by_number.page().marked().join(" ");
    assert!(marked.contains("06/2014/QĐ-UBND"), "{marked}");
}

#[tokio::test]
async fn a_snippet_shows_text_and_never_markup() {
    let portal = TestPortal::demo().await;
    let text = "Điều 1. Mục đích\nĐoạn <b>đậm</b> & <script>alert(1)</script> kakapo.";
    portal
        .post(Document::new("83/2026/QĐ-UBND").with("text", text))
        .await;
    let found = search(&portal, "kakapo").await;
    assert_eq!(found.page().total(), 1);
    found
        .assert_lacks("<script>alert")
        .assert_lacks("<b>đậm")
        .assert_contains("alert(1)");
}

#[tokio::test]
async fn a_search_without_words_or_without_hits_helps_on() {
    let portal = TestPortal::demo().await;
    let empty = portal
        .visitor()
        .get("localhost", "/tim-kiem")
        .await
        .assert_status(200);
    empty.assert_contains("Cách tìm");
    let blank = search(&portal, "   ").await;
    blank.assert_contains("Cách tìm");
    let nothing = search(&portal, "zzzxqj").await.assert_contains("Cách tìm");
    assert_eq!(nothing.page().total(), 0);
    nothing.assert_contains("Không tìm thấy kết quả nào cho “zzzxqj”");
}

#[tokio::test]
async fn odd_questions_are_answered_and_not_failed() {
    let portal = TestPortal::demo().await;
    for words in [
        "\"",
        "AND OR NOT",
        "title:x^2 +a -b *",
        "((((",
        "%00%0a",
        "😀",
        "\u{200b}\u{feff}",
        "a' or '1'='1",
        "../../etc/passwd",
        "<script>alert(1)</script>",
    ] {
        search(&portal, words).await.assert_lacks("<script>alert");
    }
    let long = "văn bản ".repeat(60);
    search(&portal, &long).await;
}

#[tokio::test]
async fn hostile_questions_get_a_clear_answer_in_the_search_and_in_the_list() {
    let portal = TestPortal::demo().await;
    let long = "quyet dinh ".repeat(200);
    let operators = "+ - \" ( ) AND OR NOT * ? ~ ^ : [ ] { } \\ `";
    for (words, told) in [
        (long.as_str(), Some("Câu tìm quá dài")),
        (operators, None),
        ("[quyết TO định] title:x^9 /.*/ a~2 (b", None),
        ("*", Some("không có chữ hay số nào")),
        ("\"\"", Some("không có chữ hay số nào")),
        ("...!?…", Some("không có chữ hay số nào")),
        ("😀🎉", Some("không có chữ hay số nào")),
    ] {
        for path in ["/tim-kiem", "/van-ban"] {
            let found = portal.visitor().ask_words("localhost", path, words).await;
            let found = found.assert_status(200);
            if let Some(told) = told {
                found.assert_contains(told);
            }
        }
    }
    for path in ["/tim-kiem", "/van-ban", "/tim-kiem/goi-y"] {
        let longest = portal
            .visitor()
            .ask_words("localhost", path, &"a".repeat(10_000))
            .await;
        longest.assert_status(414).assert_contains("dài quá 4 KB");
    }
    let quoted = search(&portal, "\"quyết định\"").await.page().total();
    let plain = search(&portal, "quyết định").await.page().total();
    assert_eq!(quoted, plain, "signs are no operators");
    assert_eq!(search(&portal, "quyết -định").await.page().total(), plain);
}

#[tokio::test]
async fn pages_beyond_the_last_and_pages_that_are_none_are_told() {
    let portal = TestPortal::demo().await;
    let beyond = portal
        .visitor()
        .search_with("localhost", "UBND", "&page=99")
        .await;
    beyond.assert_status(404);
    for page in ["101", "999999999999", "-1", "abc"] {
        let found = portal
            .visitor()
            .search_with("localhost", "UBND", &format!("&page={page}"))
            .await;
        found
            .assert_status(200)
            .assert_contains("hãy nhập số từ 1 đến 100");
    }
}
