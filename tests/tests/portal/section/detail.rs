//! The page of one document.

use dinh_tests::TestPortal;
use serde_json::json;

#[tokio::test]
async fn the_seven_fields_of_the_regulation_stand_on_the_page() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await
        .page();
    let facts = page.facts();
    let fact = |label: &str| {
        let found = facts.iter().find(|(known, _)| known == label);
        found
            .unwrap_or_else(|| panic!("{label} is missing: {facts:?}"))
            .1
            .as_str()
    };
    assert_eq!(fact("Hình thức văn bản"), "Quyết định");
    assert_eq!(fact("Cơ quan ban hành"), "Ủy ban nhân dân huyện Yên Thế");
    assert_eq!(fact("Số, ký hiệu"), "06/2014/QĐ-UBND");
    assert_eq!(fact("Ngày ban hành"), "03/10/2014");
    assert_eq!(fact("Ngày có hiệu lực"), "10/10/2014");
    assert_eq!(fact("Tình trạng hiệu lực"), "Còn hiệu lực");
    let words = page.words();
    assert!(
        words.contains("Ban hành Quy chế Tổ chức, quản lý và duy trì hoạt động"),
        "{words}"
    );
    assert!(
        page.links()
            .iter()
            .any(|link| link.address.starts_with("/tep/"))
    );
}

#[tokio::test]
async fn author_source_and_the_time_of_posting_stand_below_the_text() {
    let portal = TestPortal::demo().await;
    let document = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    let page = document.page();
    let credit = page
        .between("<footer class=\"credit\">", "</footer>")
        .concat();
    let credit = dinh::demo::page::readable(&credit);
    assert!(
        credit.contains("Tác giả: Ủy ban nhân dân huyện Yên Thế"),
        "{credit}"
    );
    assert!(
        credit.contains("Nguồn: Ủy ban nhân dân huyện Yên Thế"),
        "{credit}"
    );
    assert!(
        credit.contains("Đăng lúc: 09:00 06/10/2014") || credit.contains("06/10/2014"),
        "{credit}"
    );
    document.assert_contains("datetime=\"2014-10-06T09:00:00+07:00\"");
}

#[tokio::test]
async fn the_six_obligatory_elements_of_dublin_core_say_what_the_page_says() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await
        .page();
    let elements = page.dublin_core();
    let element = |name: &str| {
        let found = elements.iter().find(|(known, _)| known == name);
        found
            .unwrap_or_else(|| panic!("{name} is missing: {elements:?}"))
            .1
            .as_str()
    };
    let facts = page.facts();
    let fact = |label: &str| {
        facts
            .iter()
            .find(|(known, _)| known == label)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(element("title"), "Quyết định 06/2014/QĐ-UBND");
    assert_eq!(element("creator"), fact("Cơ quan ban hành"));
    assert_eq!(element("date"), "2014-10-03");
    assert!(page.words().contains(element("description")) && element("description").len() > 40);
    assert_eq!(element("publisher"), "Ủy ban nhân dân huyện Yên Thế");
    assert_eq!(element("identifier"), fact("Số, ký hiệu"));
}

#[tokio::test]
async fn every_document_of_every_site_has_the_six_elements() {
    let portal = TestPortal::demo().await;
    for host in ["localhost", "dong-son.localhost", "xuan-luong.localhost"] {
        let list = portal
            .visitor()
            .get(host, "/van-ban?per_page=100")
            .await
            .page();
        for row in list.rows() {
            let page = portal
                .visitor()
                .get(host, &row.address)
                .await
                .assert_status(200)
                .page();
            let elements = page.dublin_core();
            for name in [
                "title",
                "creator",
                "date",
                "description",
                "publisher",
                "identifier",
            ] {
                let filled = elements
                    .iter()
                    .any(|(known, value)| known == name && !value.trim().is_empty());
                assert!(filled, "{host}{}: {name} in {elements:?}", row.address);
            }
            assert_eq!(page.json_ld().unwrap()["@type"], "Legislation");
            assert!(page.ids().len() > 5, "{host}{}", row.address);
        }
    }
}

#[tokio::test]
async fn linked_data_tell_machines_the_same() {
    let portal = TestPortal::demo().await;
    let document = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    let thing = document.page().json_ld().unwrap();
    assert_eq!(thing["@context"], "https://schema.org");
    assert_eq!(thing["@type"], "Legislation");
    assert_eq!(thing["legislationIdentifier"], "06/2014/QĐ-UBND");
    assert_eq!(thing["legislationDate"], "2014-10-03");
    assert_eq!(thing["legislationDateOfApplicability"], "2014-10-10");
    assert_eq!(thing["legislationLegalForce"], "https://schema.org/InForce");
    assert_eq!(thing["inLanguage"], "vi");
    let port = portal.visitor().port();
    let address = thing["@id"].as_str().unwrap();
    assert!(
        address.starts_with(&format!("http://localhost:{port}/van-ban/")),
        "{address}"
    );
    assert_eq!(thing["url"], json!(address));
}

#[tokio::test]
async fn the_table_of_contents_leads_to_places_of_the_text() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .document("localhost", "01/2014/QĐ-UBND")
        .await
        .page();
    let contents = page.between("<nav class=\"toc\"", "</nav>").concat();
    let entries = dinh::demo::page::links(&contents);
    assert!(
        entries.len() >= 12,
        "three chapters, two sections, articles: {entries:?}"
    );
    let ids = page.ids();
    for entry in &entries {
        let anchor = entry.address.strip_prefix('#').unwrap();
        assert_eq!(
            ids.iter().filter(|id| **id == anchor).count(),
            1,
            "{anchor}"
        );
    }
    let words: Vec<&str> = entries.iter().map(|entry| entry.words.as_str()).collect();
    assert!(words.iter().any(|it| it.contains("Chương II")), "{words:?}");
    assert!(words.iter().any(|it| it.contains("Điều 4")), "{words:?}");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id comes twice");
}

#[tokio::test]
async fn a_breadcrumb_leads_back_to_the_list() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .document("dong-son.localhost", "48/QĐ-UBND")
        .await
        .page();
    let crumbs = page.between("<nav class=\"breadcrumb", "</nav>").concat();
    let crumbs = dinh::demo::page::links(&crumbs);
    let addresses: Vec<&str> = crumbs.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses, ["/", "/van-ban"]);
}
