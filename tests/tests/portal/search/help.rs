//! Who finds nothing is helped on, and told of nothing that he may not see.

use dinh_domain::site::Share;
use dinh_tests::{Document, TestPortal, Visited};

async fn search(portal: &TestPortal, host: &str, words: &str) -> Visited {
    portal
        .visitor()
        .search(host, words)
        .await
        .assert_status(200)
}

/// The question that is offered as a better spelling.
fn offered(found: &Visited) -> Option<String> {
    let page = found.page();
    let asked = page.between("Có phải ông/bà muốn tìm <a href=\"", "</a>");
    let (_, words) = asked.first()?.split_once('>')?;
    Some(words.to_owned())
}

#[tokio::test]
async fn a_misspelt_word_gets_the_nearest_spelling_and_its_link_finds_something() {
    let portal = TestPortal::demo().await;
    for (words, meant) in [
        ("quy hoahc", "quy hoạch"),
        ("chất thaỉi rắn", "chất thải rắn"),
        ("chất thãi rắn", "chất thải rắn"),
        ("chat thai raan", "chất thải rắn"),
    ] {
        let found = search(&portal, "localhost", words).await;
        assert_eq!(offered(&found).as_deref(), Some(meant), "{words}");
        let link = found.page().link(meant);
        let there = portal.visitor().get("localhost", &link.address).await;
        assert!(there.assert_status(200).page().total() > 0, "{words}");
    }
    for words in ["quy hoạch", "chat thai ran", "06/2014/QĐ-UBND"] {
        let found = search(&portal, "localhost", words).await;
        assert_eq!(offered(&found), None, "{words}");
    }
}

#[tokio::test]
async fn a_word_of_documents_that_are_not_seen_is_never_offered() {
    let portal = TestPortal::demo().await;
    let about = "Về nuôi kakapo";
    let hidden = Document::new("76/2026/QĐ-UBND")
        .on("dong-son")
        .with("abstract", about);
    portal.post(hidden).await;
    let seen = search(&portal, "localhost", "kakapoo").await;
    assert_eq!(offered(&seen).as_deref(), Some("kakapo"));
    for host in ["xuan-luong.localhost", "hoi-nong-dan.localhost"] {
        let found = search(&portal, host, "kakapoo").await;
        assert_eq!(offered(&found), None, "{host}");
        found.assert_lacks(">kakapo<");
    }
    portal.set_share("dong-son", Share::None).await;
    let found = search(&portal, "localhost", "kakapoo").await;
    assert_eq!(offered(&found), None, "shared with nobody");
    let completed = portal
        .visitor()
        .get("localhost", "/tim-kiem/goi-y?q=kaka")
        .await;
    completed.assert_status(200).assert_lacks("76/2026");
}

#[tokio::test]
async fn who_finds_nothing_is_told_which_word_and_offered_fewer_and_the_sections() {
    let portal = TestPortal::demo().await;
    let found = search(&portal, "localhost", "quy hoạch xyzzyx").await;
    assert_eq!(found.page().total(), 0);
    let found = found.assert_contains("Không có nội dung nào chứa “xyzzyx”");
    let fewer = found.page().link("quy hoạch");
    let there = portal.visitor().get("localhost", &fewer.address).await;
    assert!(there.assert_status(200).page().total() > 0);
    assert!(
        found
            .page()
            .links()
            .iter()
            .any(|link| link.address == "/van-ban")
    );
}

#[tokio::test]
async fn a_commune_names_the_other_sites_that_have_hits_with_their_counts() {
    let portal = TestPortal::demo().await;
    for (site, number) in [
        ("yen-the", "61/QĐ-UBND"),
        ("dong-son", "62/QĐ-UBND"),
        ("dong-son", "63/QĐ-UBND"),
    ] {
        let document = Document::new(number)
            .on(site)
            .with("abstract", "Về loài kakapo");
        portal.post(document).await;
    }
    let found = search(&portal, "xuan-luong.localhost", "kakapo").await;
    assert_eq!(found.page().total(), 0);
    let there = format!(
        "http://dong-son.localhost:{}/tim-kiem?q=kakapo",
        portal.visitor().port()
    );
    let links = found.page().links();
    let site = links.iter().find(|link| link.address == there);
    assert_eq!(
        site.map(|it| it.words.as_str()),
        Some("Trang Thông tin điện tử xã Đông Sơn")
    );
    let found = found.assert_contains("Trang Thông tin điện tử xã Đông Sơn (2)");
    let found = found.assert_contains("Cổng Thông tin điện tử huyện Yên Thế (1)");
    found.assert_contains("Tìm cùng từ khóa tại Cổng Thông tin điện tử huyện Yên Thế");

    portal.set_share("dong-son", Share::None).await;
    let found = search(&portal, "xuan-luong.localhost", "kakapo").await;
    assert!(
        found
            .page()
            .links()
            .iter()
            .all(|link| link.address != there)
    );
    portal.set_module("yen-the", false).await;
    let found = search(&portal, "xuan-luong.localhost", "kakapo").await;
    found.assert_lacks("(1)");
}

#[tokio::test]
async fn words_without_marks_that_mean_two_things_offer_both() {
    let portal = TestPortal::demo().await;
    for (number, about) in [
        ("61/QĐ-UBND", "Về lũng Kỵ Bả"),
        ("62/QĐ-UBND", "Về lũng Kỳ Bá"),
    ] {
        portal
            .post(Document::new(number).with("abstract", about))
            .await;
    }
    let found = search(&portal, "localhost", "ky ba").await;
    let found = found.assert_contains("Chọn chữ có dấu để xếp đúng nội dung lên đầu");
    let reading = found.page().link("kỵ bả");
    let first = portal.visitor().get("localhost", &reading.address).await;
    assert_eq!(first.page().rows()[0].words, "Quyết định 61/QĐ-UBND");
}
