//! What is not public is found nowhere, and on the desk by those alone who may see it.

use dinh_portal::{Room, Undone, Written};
use dinh_tests::{Document, TestPortal, staff};

const HOST: &str = "dong-son.localhost";
const MARK: &str = "kakapo";

/// A document whose every text carries the mark, sent to be approved at Đông Sơn.
async fn sent(portal: &TestPortal) -> Written {
    let lan = staff("lan", "unit-officer", "dong-son");
    let text = Document::new("33/2026/QĐ-UBND")
        .on("dong-son")
        .with("abstract", format!("Về loài {MARK}"))
        .with("signer", MARK)
        .with("text", format!("Điều 1. {MARK}"))
        .with_file_text(MARK);
    let text = portal.write(&lan, text, None).await.unwrap();
    portal.take(&lan, &text, "submit").await;
    portal.newest(&lan, &text.entry).await
}

/// Every way by which a reader could come across it.
fn ways(entry: &str) -> Vec<(&'static str, String)> {
    let collection = "/api/v1/collections/legal-documents/document";
    let here = |path: &str| (HOST, path.to_owned());
    let above = |path: &str| ("localhost", path.to_owned());
    vec![
        here("/"),
        here("/van-ban"),
        here("/van-ban?q=kakapo"),
        here("/van-ban?number=33%2F2026%2FQ%C4%90-UBND"),
        here("/van-ban/feed.atom"),
        here("/van-ban/export.csv"),
        here("/van-ban/33-2026-qd-ubnd-ve-loai-kakapo"),
        here(&format!("/van-ban/ban-nhap-{entry}")),
        here(&format!("/van-ban/ban-nhap-{entry}/ban-in")),
        here(&format!("/van-ban/ban-nhap-{entry}/ban-luu")),
        here("/tim-kiem?q=kakapo"),
        here("/tim-kiem/goi-y?q=kakapo"),
        here("/sitemap.xml"),
        here("/so-do-cong"),
        here(collection),
        here(&format!("{collection}/{entry}")),
        here("/api/v1/search?q=kakapo"),
        above("/tim-kiem?q=kakapo"),
        above("/api/v1/search?q=kakapo"),
        above(&format!("{collection}/{entry}")),
        above("/van-ban/van-ban-thay-the"),
    ]
}

/// Ways on which the mark or the number stands; what was asked for does not count.
async fn seen(portal: &TestPortal, entry: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (host, path) in ways(entry) {
        let answer = portal.visitor().get(host, &path).await;
        let text = answer.text();
        let told = text.contains("33/2026/QĐ-UBND") && !path.contains("33%2F2026");
        let told = told
            || text.contains(&format!("Về loài {MARK}"))
            || text.contains(&format!("Điều 1. {MARK}"));
        if told {
            found.push(format!("{host}{path}"));
        }
    }
    found
}

#[tokio::test]
async fn what_waits_for_an_approval_is_on_no_way_of_a_reader() {
    let portal = TestPortal::demo().await;
    let sent = sent(&portal).await;
    let entry = sent.entry.as_str();
    assert_eq!(seen(&portal, entry).await, Vec::<String>::new());
    // The same ways do show it once it is approved: the check can fail.
    let hai = staff("hai", "unit-head", "dong-son");
    portal.take(&hai, &sent, "approve").await;
    let found = seen(&portal, entry).await;
    for way in [
        "/van-ban",
        "/van-ban/feed.atom",
        "/van-ban/export.csv",
        "/api/v1/search?q=kakapo",
    ] {
        assert!(found.contains(&format!("{HOST}{way}")), "{way}: {found:?}");
    }
    assert!(
        found.contains(&"localhost/tim-kiem?q=kakapo".to_owned()),
        "{found:?}"
    );
    let down = portal
        .take_with(&hai, &sent, "take-down", ("Nhầm", None))
        .await;
    down.unwrap();
    let left = seen(&portal, entry).await;
    let tombstone = format!("{HOST}/van-ban/33-2026-qd-ubnd-ve-loai-kakapo");
    assert!(left.iter().all(|way| *way == tombstone), "{left:?}");
}

#[tokio::test]
async fn the_desk_shows_each_what_their_roles_let_them_see() {
    let portal = TestPortal::demo().await;
    let sent = sent(&portal).await;
    let table = [
        ("lan", "unit-officer", "dong-son", true),
        ("hoa", "site-editor", "dong-son", true),
        ("hai", "unit-head", "dong-son", true),
        ("binh", "board-head", "yen-the", true),
        ("nam", "board-member", "yen-the", true),
        ("thu", "inspector", "yen-the", true),
        ("kim", "contributor", "dong-son", false),
        ("hai2", "unit-head", "xuan-luong", false),
        ("hai3", "unit-head", "yen-the", false),
        ("son", "operator", "yen-the", false),
    ];
    for (name, role, organisation, sees) in table {
        let person = staff(name, role, organisation);
        let open = portal.open(&person, &sent.entry).await;
        assert_eq!(open.is_some(), sees, "{role} of {organisation}");
        let listed = portal.room(&person, Room::All).await;
        let listed = listed.iter().any(|it| it.contains("33/2026/QĐ-UBND"));
        assert_eq!(listed, sees, "{role} of {organisation}");
    }
    let nobody = dinh_domain::people::Staff {
        account: dinh_domain::ids::AccountId::new("khong-ai").unwrap(),
        grants: Vec::new(),
        acting: Vec::new(),
    };
    assert!(portal.open(&nobody, &sent.entry).await.is_none());
    assert!(portal.room(&nobody, Room::All).await.is_empty());
}

#[tokio::test]
async fn who_contributes_sees_their_own_texts_and_no_others() {
    let portal = TestPortal::demo().await;
    let kim = staff("kim", "contributor", "dong-son");
    let sent = sent(&portal).await;
    let own = Document::new("34/2026/QĐ-UBND").on("dong-son");
    let own = portal.write(&kim, own, None).await.unwrap();
    let all = portal.room(&kim, Room::All).await;
    assert_eq!(all.len(), 1);
    assert!(all[0].contains("34/2026/QĐ-UBND"), "{all:?}");
    assert_eq!(portal.take(&kim, &own, "submit").await, "submitted");
    let foreign = Document::new("33/2026/QĐ-UBND").on("dong-son");
    let foreign = portal.write(&kim, foreign, Some(&sent)).await;
    assert_eq!(foreign, Err(Undone::NotFound));
}

#[tokio::test]
async fn who_inspects_sees_everything_and_changes_nothing() {
    let portal = TestPortal::demo().await;
    let sent = sent(&portal).await;
    let thu = staff("thu", "inspector", "yen-the");
    let open = portal.open(&thu, &sent.entry).await.unwrap();
    assert!(open.offers.is_empty() && !open.is_writable);
    for action in [
        "submit",
        "recall",
        "discard",
        "approve",
        "return",
        "take-down",
        "let-back",
        "publish",
    ] {
        let taken = portal.take_with(&thu, &sent, action, ("lý do", None)).await;
        assert!(
            matches!(taken, Err(Undone::Refused(_))),
            "{action}: {taken:?}"
        );
    }
    let text = Document::new("35/2026/QĐ-UBND").on("dong-son");
    let written = portal.write(&thu, text, None).await;
    assert!(matches!(written, Err(Undone::Refused(_))), "{written:?}");
}

#[tokio::test]
async fn nobody_begins_on_a_site_that_is_not_theirs_or_has_no_such_section() {
    let portal = TestPortal::demo().await;
    let lan = staff("lan", "unit-officer", "dong-son");
    for site in ["xuan-luong", "yen-the", "hoi-nong-dan"] {
        let text = Document::new("36/2026/QĐ-UBND").on(site);
        let written = portal.write(&lan, text, None).await;
        assert!(
            matches!(written, Err(Undone::Refused(_))),
            "{site}: {written:?}"
        );
    }
    portal.set_module("dong-son", false).await;
    let text = Document::new("36/2026/QĐ-UBND").on("dong-son");
    let written = portal.write(&lan, text, None).await;
    assert!(matches!(written, Err(Undone::Refused(_))), "{written:?}");
}
