//! What machines are told: linked data, sharing cards, site maps.

use dinh_tests::{Document, TestPortal};
use serde_json::{Value, json};

fn metas(html: &str, name: &str) -> Vec<String> {
    let marker = format!("<meta property=\"{name}\" content=\"");
    let found = html.split(&marker).skip(1);
    found
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect()
}

#[tokio::test]
async fn related_entries_are_named_with_their_absolute_addresses() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let thing = visitor
        .document("dong-son.localhost", "02/2014/QĐ-UBND")
        .await
        .page()
        .json_ld()
        .unwrap();
    let based_on = &thing["isBasedOn"][0];
    let address = based_on["url"].as_str().unwrap();
    assert!(
        address.starts_with(&format!(
            "http://localhost:{}/van-ban/03-2014",
            visitor.port()
        )),
        "{address}"
    );
    assert_eq!(based_on["@id"], based_on["url"]);
    let path = address.split_once("/van-ban").unwrap().1;
    visitor
        .get("localhost", &format!("/van-ban{path}"))
        .await
        .assert_status(200);
    let crumbs = &thing["mainEntityOfPage"]["breadcrumb"]["itemListElement"];
    assert_eq!(crumbs.as_array().unwrap().len(), 3);
    assert_eq!(crumbs[2]["name"], thing["name"]);
}

#[tokio::test]
async fn home_sections_and_search_say_what_they_are() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let linked = |path: &'static str| async move {
        visitor
            .get("localhost", path)
            .await
            .page()
            .json_ld()
            .unwrap()
    };
    let home: Value = linked("/").await;
    assert_eq!(home["@type"], "WebSite");
    assert_eq!(home["publisher"]["@type"], "GovernmentOrganization");
    let target = home["potentialAction"]["target"]["urlTemplate"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        target.ends_with("/tim-kiem?q={search_term_string}"),
        "{target}"
    );
    assert_eq!(linked("/van-ban").await["@type"], "CollectionPage");
    assert_eq!(linked("/tim-kiem?q=a").await["@type"], "SearchResultsPage");
    let section = visitor.get("localhost", "/van-ban").await.page();
    let elements = section.dublin_core();
    let of = |name: &str| {
        elements
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(of("title"), "Văn bản");
    assert_eq!(of("publisher"), "Ủy ban nhân dân huyện Yên Thế");
    for name in ["creator", "date", "description", "identifier"] {
        assert!(!of(name).is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_shared_address_shows_title_summary_and_our_own_card() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let detail = visitor.document("localhost", "06/2014/QĐ-UBND").await;
    let html = detail.answer().text();
    let one = |name: &str| {
        let found = metas(&html, name);
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    };
    assert_eq!(one("og:type"), "article");
    assert_eq!(one("og:title"), "Quyết định 06/2014/QĐ-UBND");
    assert_eq!(one("og:locale"), "vi_VN");
    assert!(one("og:url").starts_with("http://localhost:"));
    assert!(one("article:published_time").starts_with("2014-"));
    let card = one("og:image");
    let path = card.split_once("/giao-dien").unwrap().1;
    let image = visitor
        .get("localhost", &format!("/giao-dien{path}"))
        .await
        .assert_status(200);
    assert_eq!(image.header("content-type"), "image/png");
    assert!(image.header("content-length").parse::<u64>().unwrap() < 60_000);
    // What search engines are to leave out is not dressed up for sharing either.
    let missing = visitor.get("localhost", "/khong-co").await.answer().text();
    assert!(metas(&missing, "og:title").is_empty());
}

#[tokio::test]
async fn the_site_map_names_every_public_entry_of_this_site_once_and_nothing_else() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let robots = visitor
        .get("localhost", "/robots.txt")
        .await
        .answer()
        .text();
    let map = format!("Sitemap: http://localhost:{}/sitemap.xml", visitor.port());
    assert!(robots.contains(&map), "{robots}");
    let index = visitor
        .get("localhost", "/sitemap.xml")
        .await
        .assert_status(200);
    assert!(index.header("content-type").starts_with("application/xml"));
    let part = index.page().between("<loc>", "</loc>")[0].to_owned();
    assert!(part.ends_with("/sitemap.xml?phan=1"), "{part}");
    let read = || async {
        let part = visitor
            .get("localhost", "/sitemap.xml?phan=1")
            .await
            .assert_status(200);
        let page = part.page();
        let found = page.between("<loc>", "</loc>");
        found.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let before = read().await;
    let total = visitor.get("localhost", "/van-ban").await.page().total();
    let documents =
        |all: &[String]| all.iter().filter(|it| it.contains("/van-ban/")).count() as u64;
    // Its documents and the computed page of the section.
    assert_eq!(documents(&before), total + 1);
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
    for address in &before {
        let path = address
            .strip_prefix(&format!("http://localhost:{}", visitor.port()))
            .unwrap();
        visitor.get("localhost", path).await.assert_status(200);
    }
    portal.post(Document::new("92/2026/QĐ-UBND")).await;
    let after = read().await;
    assert_eq!(documents(&after), total + 2);
    let new = after.iter().find(|it| !before.contains(it)).unwrap();
    let id = portal.entry_id("yen-the", new).await;
    portal
        .portal()
        .withdraw("editor", &id, "Đăng nhầm", None)
        .await
        .unwrap();
    assert_eq!(read().await, before);
    portal.set_module("yen-the", false).await;
    assert_eq!(documents(&read().await), 0);
    for bad in ["0", "2", "x", "-1", "99999999999999999999"] {
        visitor
            .get("localhost", &format!("/sitemap.xml?phan={bad}"))
            .await
            .assert_status(404);
    }
}

#[tokio::test]
async fn the_site_map_page_leads_to_sections_kinds_years_and_the_other_sites() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let page = visitor
        .get("localhost", "/so-do-cong")
        .await
        .assert_status(200)
        .page();
    for words in [
        "Văn bản",
        "Tìm kiếm",
        "Kiểm tra bản lưu",
        "Liên hệ",
        "Sơ đồ trang (XML)",
    ] {
        page.link(words);
    }
    let year = page
        .links()
        .into_iter()
        .find(|link| link.address.contains("year=2014"))
        .unwrap();
    let (label, count) = year.words.split_once(" (").unwrap();
    assert_eq!(label, "2014");
    let list = visitor.get("localhost", &year.address).await.page();
    assert_eq!(
        json!(count.trim_end_matches(')')),
        json!(list.total().to_string())
    );
    assert!(
        page.links()
            .iter()
            .any(|link| link.address.contains("kind=quyet-dinh"))
    );
    assert!(
        page.links()
            .iter()
            .any(|link| link.address.starts_with("http://dong-son.localhost"))
    );
    assert!(page.ids().contains(&"lien-he"));
}
