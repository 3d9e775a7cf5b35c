//! What the blocks of a home page show, and to whom.

use dinh::command::Command;
use dinh_tests::{Document, TestPortal, Visited, staff, step};

const COMMUNE: &str = "dong-son.localhost";
const MARK: &str = "kakapo";

/// The headings of a home page's blocks.
pub(crate) fn titles(home: &Visited) -> Vec<String> {
    let page = home.page();
    let headings = page.between("<h2 id=\"muc-", "</a></h2>").into_iter();
    let titles = headings.filter_map(|it| it.rsplit_once('>'));
    titles.map(|(_, title)| title.to_owned()).collect()
}

async fn home(portal: &TestPortal, host: &str) -> Visited {
    portal.visitor().get(host, "/").await.assert_status(200)
}

async fn switch(portal: &TestPortal, plugin: &str, enabled: bool) {
    let set = Command::ModuleSet {
        site: "dong-son".to_owned(),
        plugin: plugin.to_owned(),
        enabled,
    };
    portal.command(set).await.unwrap();
}

fn not_yet(number: &str) -> Document {
    let document = Document::new(number).on("dong-son");
    let document = document.with("effective_on", "2027-06-01");
    document.with("abstract", format!("Về loài {MARK}"))
}

#[tokio::test]
async fn each_block_leads_to_the_list_that_shows_the_same() {
    let portal = TestPortal::demo().await;
    portal.post(not_yet("91/2026/QĐ-UBND")).await;
    let page = home(&portal, COMMUNE).await;
    assert_eq!(
        titles(&page),
        [
            "Đang lấy ý kiến",
            "Văn bản mới ban hành",
            "Văn bản sắp có hiệu lực",
            "Dịch vụ công được xem nhiều",
            "Kết quả nghiên cứu mới công bố",
            "Số liệu mới công bố"
        ],
        "in the order of the menu; what has nothing to show is left out"
    );
    let page = page.page();
    let all = page.links().into_iter();
    let all: Vec<_> = all
        .filter(|it| it.words.starts_with("Xem tất cả"))
        .collect();
    assert_eq!(all.len(), 6);
    for link in all {
        let list = portal.visitor().get(COMMUNE, &link.address).await;
        let total = list.assert_status(200).page().total();
        let told = format!("({total})");
        assert!(link.words.ends_with(&told), "{}: {told}", link.words);
    }
    page.link("Xem tất cả Văn bản sắp có hiệu lực (1)");
    let soon = page.between("Văn bản sắp có hiệu lực</a>", "</section>")[0];
    assert!(soon.contains("91/2026/QĐ-UBND"), "{soon}");
    assert!(soon.contains("href=\"/van-ban?validity=not-yet"), "{soon}");
    // Its own columns, and no others.
    assert!(soon.contains("Ngày có hiệu lực") && !soon.contains("Ngày ban hành"));
}

#[tokio::test]
async fn what_no_reader_may_see_is_in_no_block() {
    let portal = TestPortal::demo().await;
    let lan = staff("lan", "unit-officer", "dong-son");
    let draft = portal.write(&lan, not_yet("91/2026/QĐ-UBND"), None).await;
    portal
        .step(&lan, step(&draft.unwrap(), "submit"))
        .await
        .unwrap();
    home(&portal, COMMUNE).await.assert_lacks(MARK);
    portal.post(not_yet("92/2026/QĐ-UBND")).await;
    home(&portal, COMMUNE).await.assert_contains(MARK);
    // The documents of a commune are found from above, and listed there alone.
    for host in ["localhost", "xuan-luong.localhost"] {
        home(&portal, host).await.assert_lacks(MARK);
    }
    let path = portal.visitor().document(COMMUNE, "92/2026/QĐ-UBND").await;
    let path = path.page().canonical_path();
    let entry = portal.entry_id("dong-son", &path).await;
    let by = portal.portal();
    by.withdraw("test", &entry, "Nhầm", None).await.unwrap();
    home(&portal, COMMUNE).await.assert_lacks(MARK);
    portal.post(not_yet("93/2026/QĐ-UBND")).await;
    home(&portal, COMMUNE).await.assert_contains(MARK);
    switch(&portal, "legal-documents", false).await;
    let page = home(&portal, COMMUNE).await.assert_lacks(MARK);
    assert_eq!(
        titles(&page),
        [
            "Đang lấy ý kiến",
            "Dịch vụ công được xem nhiều",
            "Kết quả nghiên cứu mới công bố",
            "Số liệu mới công bố"
        ]
    );
}

#[tokio::test]
async fn the_district_shows_what_its_communes_share_and_each_says_whose_it_is() {
    let portal = TestPortal::demo().await;
    let page = home(&portal, "localhost").await;
    let list = portal
        .visitor()
        .get("localhost", "/dich-vu-cong?status=in-force")
        .await;
    let all = format!("Xem tất cả Dịch vụ công ({})", list.page().total());
    page.page().link(&all);
    portal.set_sections("dong-son", false).await;
    portal.set_sections("xuan-luong", false).await;
    let alone = home(&portal, "localhost").await;
    alone.assert_lacks(&all);
    let nothing = home(&portal, COMMUNE).await;
    nothing.assert_contains("Hiện chưa có chuyên mục nào.");
}
