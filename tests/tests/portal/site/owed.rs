//! Sections that the regulation asks of a site cannot be switched off, and are named where they are empty.

use dinh::command::Command;
use dinh_tests::TestPortal;

use crate::people::person::{Browser, joined};

const ROOM: &str = "/quan-tri/chuyen-muc";

async fn demo() -> TestPortal {
    TestPortal::demo_with_profile("yen-the-2014").await
}

fn set(site: &str, plugin: &str, enabled: bool) -> Command {
    Command::ModuleSet {
        site: site.to_owned(),
        plugin: plugin.to_owned(),
        enabled,
    }
}

#[tokio::test]
async fn no_command_switches_off_what_a_site_must_have() {
    let portal = demo().await;
    for (site, plugin) in [
        ("yen-the", "science-projects"),
        ("yen-the", "legal-documents"),
        ("dong-son", "public-services"),
    ] {
        let told = portal.command(set(site, plugin, false)).await.unwrap_err();
        let wanted = format!("{site} must have {plugin} (Đ4.4");
        assert!(told.contains(&wanted), "{told}");
    }
    let page = portal.visitor().get("localhost", "/khoa-hoc").await;
    page.assert_status(200);
    // What nobody asks for is the unit's own.
    for (site, plugin) in [
        ("dong-son", "science-projects"),
        ("hoi-nong-dan", "science-projects"),
        ("dong-son", "consultations"),
    ] {
        portal.command(set(site, plugin, false)).await.unwrap();
    }
}

#[tokio::test]
async fn no_page_switches_it_off_and_says_which_clause_asks_for_it() {
    let portal = demo().await;
    let head = Browser::signed_in(&portal, "truong-ban").await;
    let room = format!("{ROOM}/dong-son/legal-documents");
    let page = head.get(&room).await.assert_status(200);
    page.assert_contains("Đ4.4, Đ15.1.c")
        .assert_contains("không tắt được")
        .assert_lacks("name=\"ly-do\"");
    let sent = [("viec", "disable"), ("ly-do", "Không cần nữa")];
    let refused = head.post(&room, &sent).await.assert_status(422);
    refused.assert_contains("không tắt được");
    let shown = portal.visitor().get("dong-son.localhost", "/van-ban").await;
    shown.assert_status(200);
    let free = format!("{ROOM}/dong-son/science-projects");
    head.get(&free).await.assert_contains("name=\"ly-do\"");
    head.post(&free, &sent).await.assert_status(303);
}

#[tokio::test]
async fn what_is_owed_and_empty_or_off_is_named_to_the_unit_and_to_the_district() {
    let portal = demo().await;
    let empty = "Chuyên mục bắt buộc không có nội dung nào đang công khai: Dịch vụ công";
    let commune = "Trang Thông tin điện tử xã Xuân Lương (Đ4.4, Đ15.1.c)";
    let off = "Chuyên mục bắt buộc chưa bật: Khoa học và công nghệ";
    let head = Browser::signed_in(&portal, "truong-ban").await;
    let before = head.get(ROOM).await.assert_status(200);
    before.assert_lacks(empty).assert_lacks(off);
    let unpublish = "update entry set published_revision = null where site_id = 'xuan-luong' \
                     and collection like 'public-services/%'";
    portal.sql(unpublish).await;
    // As an earlier regulation left it.
    let disable = "update module set enabled = 0 where site_id = 'yen-the' \
                   and plugin = 'science-projects'";
    portal.sql(disable).await;
    portal
        .command(set("dong-son", "science-projects", false))
        .await
        .unwrap();
    let district = head.get(ROOM).await;
    district
        .assert_contains(empty)
        .assert_contains(commune)
        .assert_contains(off);
    let unit = joined(&portal, ("xuan", "Phạm Xuân"), ("site-head", "xuan-luong")).await;
    unit.get(ROOM)
        .await
        .assert_contains(empty)
        .assert_lacks(off);
    let other = joined(&portal, ("son", "Phạm Sơn"), ("site-head", "dong-son")).await;
    other.get(ROOM).await.assert_lacks(empty);
    // What was taken down is not public either.
    let withdraw = "update entry set withdrawn_at = 1 where site_id = 'dong-son' \
                    and collection like 'public-services/%'";
    portal.sql(withdraw).await;
    other.get(ROOM).await.assert_contains(empty);
}
