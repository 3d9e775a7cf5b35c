//! The order of a home page: who changes it, and who sees that when.

use dinh_portal::Arrival;
use dinh_tests::TestPortal;

use super::blocks::titles;
use crate::people::person::{Browser, joined, portal};

const ROOM: &str = "/quan-tri/trang-chu/dong-son";
const COMMUNE: &str = "dong-son.localhost";
const DOCUMENTS: &str = "Văn bản mới ban hành";
const SERVICES: &str = "Dịch vụ công được xem nhiều";

async fn head(server: &TestPortal) -> Browser<'_> {
    Browser::signed_in(server, "truong-ban").await
}

async fn shown(server: &TestPortal) -> Vec<String> {
    let page = server.visitor().get(COMMUNE, "/").await;
    titles(&page.assert_status(200))
}

async fn change(browser: &Browser<'_>, wanted: &str) {
    let sent = browser.post(ROOM, &[("viec", wanted)]).await;
    sent.assert_status(303);
}

/// A portal whose commune shows documents and services alone.
async fn with_two_sections() -> TestPortal {
    let server = portal().await;
    for plugin in ["consultations", "science-projects", "statistics"] {
        let off = dinh::command::Command::ModuleSet {
            site: "dong-son".to_owned(),
            plugin: plugin.to_owned(),
            enabled: false,
        };
        server.command(off).await.unwrap();
    }
    server
}

#[tokio::test]
async fn the_order_is_changed_by_who_looks_after_the_sections_of_the_site_alone() {
    let server = with_two_sections().await;
    let up = [("viec", "len public-services/popular")];
    for name in ["can-bo", "thu-truong", "thanh-tra"] {
        let other = Browser::signed_in(&server, name).await;
        other.get(ROOM).await.assert_status(404);
        other.post(ROOM, &up).await.assert_status(404);
    }
    let son = joined(&server, ("son", "Phạm Sơn"), ("site-head", "dong-son")).await;
    let list = son.get("/quan-tri/chuyen-muc").await;
    list.assert_contains(&format!("href=\"{ROOM}\""));
    for path in ["/quan-tri/trang-chu/yen-the", "/quan-tri/trang-chu/nothing"] {
        son.get(path).await.assert_status(404);
        son.post(path, &up).await.assert_status(404);
    }
    assert_eq!(shown(&server).await, [DOCUMENTS, SERVICES]);
    son.post(ROOM, &up).await.assert_status(303);
    son.post(ROOM, &up).await.assert_status(303);
    assert_eq!(shown(&server).await, [SERVICES, DOCUMENTS]);
}

#[tokio::test]
async fn what_is_moved_or_hidden_is_so_for_the_next_reader_on_every_node_and_is_recorded() {
    let server = with_two_sections().await;
    let node = server.second_node().await;
    let there = async || {
        let Arrival::Here(visit) = node.arrive(COMMUNE).await.unwrap() else {
            panic!("the commune is there");
        };
        let home = node.home(&visit).await.unwrap();
        let titles = home.blocks.into_iter().map(|it| it.title);
        titles.collect::<Vec<String>>()
    };
    assert_eq!(there().await, [DOCUMENTS, SERVICES]);
    let head = head(&server).await;
    // Kept before, and old now.
    assert_eq!(shown(&server).await, [DOCUMENTS, SERVICES]);
    change(&head, "xuong legal-documents/newest").await;
    change(&head, "xuong legal-documents/newest").await;
    assert_eq!(shown(&server).await, [SERVICES, DOCUMENTS]);
    change(&head, "an public-services/popular").await;
    assert_eq!(shown(&server).await, [DOCUMENTS]);
    node.follow().await.unwrap();
    assert_eq!(there().await, [DOCUMENTS]);
    let room = head.get(&format!("{ROOM}?xong=an")).await;
    room.assert_contains("Đã ẩn khối")
        .assert_contains("Đang ẩn")
        .assert_contains("value=\"hien public-services/popular\"");
    change(&head, "hien public-services/popular").await;
    assert_eq!(shown(&server).await, [SERVICES, DOCUMENTS]);
    let audit = head.get("/quan-tri/nhat-ky").await;
    audit
        .assert_contains("Sắp xếp trang chủ")
        .assert_contains("khối đang ẩn")
        .assert_contains("public-services/popular")
        .assert_contains("Nguyễn Văn Bình");
    change(&head, "ban-dau").await;
    assert_eq!(shown(&server).await, [DOCUMENTS, SERVICES]);
    // Other sites have their own order.
    let other = server.visitor().get("xuan-luong.localhost", "/").await;
    assert_eq!(titles(&other)[0], DOCUMENTS);
}

#[tokio::test]
async fn blocks_of_a_section_that_is_off_are_gone_and_come_back_at_their_place() {
    let server = with_two_sections().await;
    let head = head(&server).await;
    change(&head, "len public-services/popular").await;
    change(&head, "len public-services/popular").await;
    server.set_module("dong-son", false).await;
    assert_eq!(shown(&server).await, [SERVICES]);
    let room = head.get(ROOM).await;
    room.assert_lacks(DOCUMENTS);
    let gone = head
        .post(ROOM, &[("viec", "len legal-documents/newest")])
        .await;
    gone.assert_status(422)
        .assert_contains("Khối này không còn trên trang");
    server.set_module("dong-son", true).await;
    assert_eq!(shown(&server).await, [SERVICES, DOCUMENTS]);
    // Moved past what is not there meanwhile.
    server.set_module("dong-son", false).await;
    change(&head, "xuong public-services/popular").await;
    server.set_module("dong-son", true).await;
    assert_eq!(shown(&server).await, [DOCUMENTS, SERVICES]);
}

#[tokio::test]
async fn names_that_nobody_declares_are_passed_over_and_what_is_new_stands_behind() {
    let server = with_two_sections().await;
    // As an earlier version of the plugins left it.
    server
        .sql(
            "insert into home_place (site_id, block, position, is_hidden) values
             ('dong-son', 'gone/newest', 0, 0), ('dong-son', 'public-services/popular', 1, 0),
             ('dong-son', 'legal-documents/former', 2, 1)",
        )
        .await;
    // Something is told to the nodes.
    server.set_module("xuan-luong", false).await;
    assert_eq!(shown(&server).await, [SERVICES, DOCUMENTS]);
    let head = head(&server).await;
    head.get(ROOM).await.assert_lacks("former");
    for wanted in [
        "len legal-documents/former",
        "an gone/newest",
        "len",
        "bay legal-documents/newest",
        "len <script>",
        "",
    ] {
        let sent = head.post(ROOM, &[("viec", wanted)]).await;
        sent.assert_status(422).assert_lacks("<script>");
    }
    change(&head, "len legal-documents/newest").await;
    change(&head, "len legal-documents/newest").await;
    assert_eq!(shown(&server).await, [DOCUMENTS, SERVICES]);
}
