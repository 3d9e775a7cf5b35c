//! The counts beside a search are those of the hits.

use dinh_tests::{Document, TestPortal};

/// A word that no document of the demo has.
const WORD: &str = "kakapo";

async fn post_some(portal: &TestPortal) {
    let some =
        |number: &str| Document::new(number).with("abstract", format!("Về loài {WORD} {number}"));
    portal.post(some("61/2026/QĐ-UBND")).await;
    portal
        .post(some("62/CT-UBND").with("kind", "chi-thi"))
        .await;
    portal
        .post(
            some("63/QĐ-UBND")
                .with("issued_on", "2025-11-02")
                .with("effective_on", "2025-11-12"),
        )
        .await;
    portal.post(some("64/2026/QĐ-UBND").on("dong-son")).await;
    portal
        .post(some("65/KH-UBND").on("xuan-luong").with("kind", "ke-hoach"))
        .await;
}

fn counted(values: &[(&str, u64)]) -> Vec<(String, u64)> {
    let mut values: Vec<(String, u64)> = values
        .iter()
        .map(|(label, count)| ((*label).to_owned(), *count))
        .collect();
    values.sort();
    values
}

#[tokio::test]
async fn sites_kinds_and_years_are_counted_exactly() {
    let portal = TestPortal::demo().await;
    post_some(&portal).await;
    let found = portal
        .visitor()
        .search("localhost", WORD)
        .await
        .assert_status(200)
        .page();
    assert_eq!(found.total(), 5);
    let facet = |label: &str| {
        let mut values = found.facet(label);
        values.sort();
        values
    };
    let sites = [
        ("Cổng Thông tin điện tử huyện Yên Thế", 3),
        ("Trang Thông tin điện tử xã Đông Sơn", 1),
        ("Trang Thông tin điện tử xã Xuân Lương", 1),
    ];
    assert_eq!(facet("Nơi đăng"), counted(&sites));
    assert_eq!(facet("Chuyên mục"), counted(&[("Văn bản", 5)]));
    let kinds = [("Quyết định", 3), ("Chỉ thị", 1), ("Kế hoạch", 1)];
    assert_eq!(facet("Hình thức văn bản"), counted(&kinds));
    assert_eq!(facet("Năm ban hành"), counted(&[("2026", 4), ("2025", 1)]));
}

#[tokio::test]
async fn every_value_of_every_facet_leads_to_as_many_hits_as_it_says() {
    let portal = TestPortal::demo().await;
    post_some(&portal).await;
    let mut followed = 0;
    for words in [WORD, "UBND", "huyện Yên Thế"] {
        let found = portal
            .visitor()
            .search("localhost", words)
            .await
            .assert_status(200)
            .page();
        for facet in found.facets() {
            for (value, count, address) in facet.values {
                let narrowed = portal
                    .visitor()
                    .get("localhost", &address)
                    .await
                    .assert_status(200);
                assert_eq!(
                    narrowed.page().total(),
                    count,
                    "{words}: {} {value}",
                    facet.label
                );
                followed += 1;
            }
        }
    }
    assert!(followed > 20, "only {followed} values were found");
}

#[tokio::test]
async fn a_chosen_value_narrows_the_others_and_can_be_taken_away() {
    let portal = TestPortal::demo().await;
    post_some(&portal).await;
    let found = portal
        .visitor()
        .search_with("localhost", WORD, "&site=yen-the")
        .await;
    let page = found.assert_status(200).page();
    assert_eq!(page.total(), 3);
    let mut kinds = page.facet("Hình thức văn bản");
    kinds.sort();
    assert_eq!(kinds, counted(&[("Quyết định", 2), ("Chỉ thị", 1)]));
    let chip = page
        .links()
        .into_iter()
        .find(|link| link.words.contains("Nơi đăng: Cổng Thông tin"))
        .unwrap();
    let whole = portal
        .visitor()
        .get("localhost", &chip.address)
        .await
        .assert_status(200);
    assert_eq!(whole.page().total(), 5);
}

#[tokio::test]
async fn two_facets_together_hold_both() {
    let portal = TestPortal::demo().await;
    post_some(&portal).await;
    for (more, total) in [
        ("&van-ban.kind=quyet-dinh&van-ban.year=2026", 2),
        ("&van-ban.kind=quyet-dinh&van-ban.year=2025", 1),
        ("&van-ban.kind=chi-thi&van-ban.year=2025", 0),
        ("&site=dong-son&van-ban.kind=quyet-dinh", 1),
        ("&section=van-ban", 5),
        ("&site=khong-co", 5),
    ] {
        let found = portal
            .visitor()
            .search_with("localhost", WORD, more)
            .await
            .assert_status(200);
        assert_eq!(found.page().total(), total, "{more}");
    }
}

#[tokio::test]
async fn the_counts_of_a_site_are_the_totals_of_its_list() {
    let portal = TestPortal::demo().await;
    post_some(&portal).await;
    let mut compared = 0;
    for words in [WORD, "UBND", "quy+hoach"] {
        let found = portal
            .visitor()
            .get("localhost", &format!("/tim-kiem?q={words}&site=yen-the"))
            .await
            .assert_status(200)
            .page();
        for facet in found.facets() {
            for (value, count, address) in facet.values {
                // The search narrowed to one value of the district, and the list so narrowed.
                let Some((_, narrowed)) = address.split_once("site=yen-the") else {
                    continue;
                };
                let narrowed = narrowed
                    .replace("&section=van-ban", "")
                    .replace("van-ban.", "");
                // Of another section's.
                let own = ["", "kind", "year", "issuer", "fields", "validity"];
                let name = narrowed.trim_start_matches('&').split('=').next();
                if !own.contains(&name.unwrap_or_default()) {
                    continue;
                }
                let list = format!("/van-ban?q={words}{narrowed}");
                let list = portal.visitor().get("localhost", &list).await;
                let total = list.assert_status(200).page().total();
                assert_eq!(total, count, "{words}: {} {value}", facet.label);
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "only {compared} values were compared");
}

#[tokio::test]
async fn facets_of_one_name_are_those_of_their_own_collection() {
    let portal = TestPortal::demo().await;
    let found = portal
        .visitor()
        .search("localhost", "Yên Thế")
        .await
        .assert_status(200)
        .page();
    let facets = found.facets();
    let of = |label: &str| {
        let found = facets
            .iter()
            .find(|it| it.label == label || it.label.starts_with(&format!("{label} (")));
        let values = found.map(|it| it.values.iter().map(|(value, _, _)| value.clone()));
        values.map(Iterator::collect::<Vec<_>>).unwrap_or_default()
    };
    // Both lists are called `kind`, and neither has the words of the other.
    assert!(of("Hình thức văn bản").iter().all(|it| it != "Chính sách"));
    let drafts = of("Loại");
    assert!(!drafts.is_empty(), "{facets:?}");
    assert!(drafts.iter().all(|it| it != "Quyết định"), "{drafts:?}");
    assert!(!of("Cơ quan soạn thảo").is_empty(), "{facets:?}");
    assert!(
        !of("Trạng thái").is_empty() || !of("Tình trạng").is_empty(),
        "{facets:?}"
    );
}
