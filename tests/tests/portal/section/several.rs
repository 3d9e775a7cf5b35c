//! A section with several collections: each has its own list, entries and outputs, under the same rules.

use dinh::command::Command;
use dinh_domain::ids::EntryId;
use dinh_tests::{TestPortal, Visited};

use crate::people::person::joined;

const SECTION: &str = "public-services";
const LIST: &str = "/dich-vu-cong/noi-tiep-nhan";
const ENTRY: &str = "/dich-vu-cong/noi-tiep-nhan/trung-tam-phuc-vu-hanh-chinh-cong-xa-dong-son";
const NAME: &str = "Trung tâm Phục vụ hành chính công xã Đông Sơn";
const COMMUNE: &str = "dong-son.localhost";

/// Every path on which the counter of a commune may be come across, there and on the district.
const WAYS: [(&str, &str); 14] = [
    (COMMUNE, LIST),
    (COMMUNE, ENTRY),
    (COMMUNE, "ban-in"),
    (COMMUNE, "ban-luu"),
    (COMMUNE, "feed.atom"),
    (COMMUNE, "export.csv"),
    (COMMUNE, "export.ods"),
    (COMMUNE, "/api/v1/collections/public-services/counter"),
    (
        COMMUNE,
        "/tim-kiem?q=hanh+chinh+cong&section=dich-vu-cong/noi-tiep-nhan",
    ),
    (COMMUNE, "/sitemap.xml?phan=1"),
    (COMMUNE, "/dich-vu-cong/dang-ky-khai-sinh"),
    ("localhost", LIST),
    ("localhost", "export.csv"),
    ("localhost", "/tim-kiem?q=hanh+chinh+cong+dong+son"),
];

async fn asked(portal: &TestPortal, (host, way): (&str, &str)) -> Visited {
    let path = match way {
        "ban-in" | "ban-luu" => format!("{ENTRY}/{way}"),
        "feed.atom" | "export.csv" | "export.ods" => format!("{LIST}/{way}"),
        path => path.to_owned(),
    };
    portal.visitor().get(host, &path).await
}

/// The ways on which it is found.
async fn found(portal: &TestPortal) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    for way in WAYS {
        let answer = asked(portal, way).await;
        // A spreadsheet is packed: that it is there is what can be told.
        let is_there =
            way.1 == "export.ods" || answer.text().contains(NAME) || answer.text().contains(ENTRY);
        if answer.status() == 200 && is_there {
            found.push(way);
        }
    }
    found
}

async fn switch(portal: &TestPortal, enabled: bool) {
    let set = Command::ModuleSet {
        site: "dong-son".to_owned(),
        plugin: SECTION.to_owned(),
        enabled,
    };
    portal.command(set).await.unwrap();
}

#[tokio::test]
async fn a_further_collection_is_found_on_every_path_and_on_none_while_its_section_is_off() {
    let portal = TestPortal::demo().await;
    assert_eq!(found(&portal).await, WAYS);
    switch(&portal, false).await;
    let left = found(&portal).await;
    assert!(
        left.iter().all(|way| *way == ("localhost", "export.ods")),
        "{left:?}"
    );
    switch(&portal, true).await;
    assert_eq!(found(&portal).await, WAYS);
    let listed = "/api/v1/collections/public-services/counter";
    let listed = portal.visitor().get(COMMUNE, listed).await.json();
    let id = EntryId::new(listed["items"][0]["id"].as_str().unwrap()).unwrap();
    let by = portal.portal();
    by.withdraw("test", &id, "Đã dời đi", None).await.unwrap();
    let gone = asked(&portal, (COMMUNE, ENTRY)).await;
    gone.assert_status(410).assert_contains("Đã dời đi");
    for way in [LIST, "feed.atom", "export.csv"] {
        asked(&portal, (COMMUNE, way)).await.assert_lacks(NAME);
    }
    asked(&portal, ("localhost", LIST)).await.assert_lacks(NAME);
}

#[tokio::test]
async fn its_list_is_a_page_of_the_section_and_is_told_to_programs() {
    let portal = TestPortal::demo().await;
    let visitor = portal.visitor();
    let list = visitor.get("localhost", LIST).await.assert_status(200);
    assert_eq!(list.page().total(), 3);
    // The way back, and one place in the menu for the whole section.
    list.assert_contains("<a href=\"/dich-vu-cong\">Dịch vụ công</a>");
    let narrowed = format!("{LIST}?unit=Ủy ban nhân dân huyện Yên Thế");
    let narrowed = visitor
        .get(
            "localhost",
            &dinh_tests::encoded(&narrowed)
                .replace("%2F", "/")
                .replace("%3F", "?")
                .replace("%3D", "="),
        )
        .await;
    assert_eq!(narrowed.page().total(), 1);
    let sections = visitor.get("localhost", "/so-do-cong").await;
    assert_eq!(
        sections.text().matches(&format!("href=\"{LIST}\"")).count(),
        1
    );
    let described = visitor
        .get("localhost", "/api/v1/openapi.json")
        .await
        .json();
    let path = "/api/v1/collections/public-services/counter";
    assert!(described["paths"][path].is_object());
    let told = visitor.get("localhost", "/api/v1/collections").await.json();
    let all = told["collections"].as_array().unwrap();
    let counter = all.iter().find(|it| it["id"] == "public-services/counter");
    let address = counter.unwrap()["section"]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(address.ends_with(LIST), "{address}");
    for bad in [
        "/dich-vu-cong/noi-tiep-nhan/khong-co",
        "/dich-vu-cong/noi/feed.atom",
    ] {
        visitor.get("localhost", bad).await.assert_status(404);
    }
}

#[tokio::test]
async fn staff_begin_entries_of_each_collection() {
    let portal = TestPortal::demo().await;
    let writer = joined(&portal, ("van-thu", "Văn Thư"), ("unit-officer", "yen-the")).await;
    let rooms = writer.get("/quan-tri/soan").await.assert_status(200);
    for name in ["procedure", "counter"] {
        let new = format!("/quan-tri/soan/yen-the/public-services/{name}");
        rooms.clone().assert_contains(&new);
        writer.get(&new).await.assert_status(200);
    }
    let new = "/quan-tri/soan/yen-the/public-services/procedure";
    let form = writer.get(new).await;
    // A row has an input for each cell; levels that are no more are not offered.
    form.assert_contains("name=\"f.papers.paper\"")
        .assert_contains("name=\"f.papers.original\"")
        .assert_contains("Bản chính")
        .assert_contains("toàn trình")
        .assert_lacks("Mức độ 4");
}

#[tokio::test]
async fn rows_are_typed_cell_by_cell_and_come_back_as_they_were_typed() {
    let portal = TestPortal::demo().await;
    let of = ("unit-officer", "yen-the");
    let writer = joined(&portal, ("van-thu", "Văn Thư"), of).await;
    let new = "/quan-tri/soan/yen-the/public-services/procedure";
    let fields = |paper, original| {
        vec![
            ("f.name", "Xin nuôi kakapo"),
            ("f.papers.paper", paper),
            ("f.papers.original", original),
            ("f.papers.copy", ""),
            ("f.papers.paper", "Ảnh | 4x6"),
            ("f.papers.original", ""),
            ("f.papers.copy", "2"),
            ("f.papers.paper", "  "),
            ("f.channels", "trực tuyến qua cổng dịch vụ công"),
            ("viec", "luu"),
        ]
    };
    for (paper, original, told) in [
        ("Đơn", "một", "không phải là số nguyên"),
        ("", "1", "thiếu thông tin bắt buộc"),
    ] {
        let again = writer.post_parts(new, &fields(paper, original), &[]).await;
        again
            .assert_contains(told)
            .assert_contains(&format!("value=\"{original}\""))
            .assert_contains("value=\"Ảnh | 4x6\"");
    }
    let unknown = [("f.name", "x"), ("f.papers.size", "1"), ("viec", "luu")];
    let unknown = writer.post_parts(new, &unknown, &[]).await;
    assert!(
        matches!(unknown.status(), 400 | 422),
        "{}",
        unknown.status()
    );
    let saved = writer.post_parts(new, &fields("Đơn", "1"), &[]).await;
    let place = saved.assert_status(303).header("location").to_owned();
    let place = place.split_once('?').unwrap().0.to_owned();
    let preview = writer.get(&format!("{place}/xem-truoc")).await;
    for words in [
        "Bản chính: 1",
        "Bản sao: 2",
        "Ảnh | 4x6",
        "Trực tuyến qua Cổng Dịch vụ công",
    ] {
        preview.clone().assert_contains(words);
    }
    let form = writer.get(&format!("{place}/sua")).await;
    form.assert_contains("value=\"Đơn\"")
        .assert_contains("value=\"Ảnh | 4x6\"");
}
