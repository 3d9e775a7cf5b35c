//! A document is found by other words for the same: short forms, long ones, declared synonyms.

use dinh_tests::{Document, TestPortal};

async fn titles(portal: &TestPortal, words: &str) -> Vec<String> {
    let found = portal.visitor().search("localhost", words).await;
    let rows = found.assert_status(200).page().rows();
    rows.into_iter().map(|row| row.words).collect()
}

#[tokio::test]
async fn a_short_form_finds_the_long_one_and_the_reverse_and_what_was_typed_comes_first() {
    let portal = TestPortal::demo().await;
    for (number, about) in [
        ("71/2026/QĐ-UBND", "Về TTHC nuôi kakapo"),
        ("72/2026/QĐ-UBND", "Về thủ tục hành chính nuôi kakapo"),
    ] {
        let document = Document::new(number).with("abstract", about);
        portal.post(document).await;
    }
    let (short, long) = ("Quyết định 71/2026/QĐ-UBND", "Quyết định 72/2026/QĐ-UBND");
    for words in ["TTHC kakapo", "tthc kakapo", "kakapo TTHC"] {
        assert_eq!(titles(&portal, words).await, [short, long], "{words}");
    }
    for words in ["thủ tục hành chính kakapo", "thu tuc hanh chinh kakapo"] {
        assert_eq!(titles(&portal, words).await[..2], [long, short], "{words}");
    }
}

#[tokio::test]
async fn abbreviations_of_the_plugins_own_lists_count_without_being_declared_again() {
    let portal = TestPortal::demo().await;
    for (number, kind) in [("73/KH-UBND", "ke-hoach"), ("74/QĐ-UBND", "quyet-dinh")] {
        let document = Document::new(number)
            .with("kind", kind)
            .with("abstract", "Về nuôi kakapo");
        portal.post(document).await;
    }
    assert_eq!(
        titles(&portal, "KH 73 năm 2026").await[0],
        "Kế hoạch 73/KH-UBND"
    );
    assert_eq!(
        titles(&portal, "kế hoạch 73 kakapo").await[0],
        "Kế hoạch 73/KH-UBND"
    );
}

#[tokio::test]
async fn the_list_of_a_section_reads_words_likewise() {
    let portal = TestPortal::demo().await;
    let about = "Về thủ tục hành chính nuôi kakapo";
    portal
        .post(Document::new("75/2026/QĐ-UBND").with("abstract", about))
        .await;
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?q=TTHC+kakapo")
        .await
        .assert_status(200);
    assert_eq!(list.page().total(), 1);
}
