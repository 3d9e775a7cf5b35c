//! Pages that the plugin computes, and what shows while it is parked.

use dinh::command::Command;
use dinh_tests::{PLUGIN, TestPortal};

const STANDING: &str = "Hiệu lực của văn bản theo ngày";

async fn park(portal: &TestPortal, reason: Option<&str>) {
    let (plugin, reason) = (PLUGIN.to_owned(), reason.map(str::to_owned));
    portal
        .command(Command::PluginPark { plugin, reason })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_document_is_shown_as_it_stands_on_a_day() {
    let portal = TestPortal::demo().await;
    let document = portal
        .visitor()
        .document("localhost", "03/2014/QĐ-UBND")
        .await;
    let standing = document.page().link(STANDING).address;
    for (day, words) in [
        ("2013-01-01", "Chưa ban hành"),
        ("2014-03-20", "Chưa có hiệu lực"),
        ("2015-01-01", "Còn hiệu lực"),
        ("2021-01-01", "Hết hiệu lực toàn bộ"),
    ] {
        let page = portal
            .visitor()
            .get("localhost", &format!("{standing}?ngay={day}"))
            .await;
        page.assert_status(200).assert_contains(words);
    }
    let bad = portal
        .visitor()
        .get("localhost", &format!("{standing}?ngay=2015-02-30"))
        .await;
    bad.assert_status(400)
        .assert_contains("“2015-02-30” không phải là một ngày có thật");
    let nothing = portal
        .visitor()
        .get("localhost", "/van-ban/khong-co/hieu-luc")
        .await;
    nothing.assert_status(404);
}

#[tokio::test]
async fn what_replaced_what_is_shown_by_year() {
    let portal = TestPortal::demo().await;
    let page = portal
        .visitor()
        .get("localhost", "/van-ban/thay-the?nam=2020")
        .await;
    page.assert_status(200)
        .assert_contains("02/2020/QĐ-UBND")
        .assert_contains("07/2014/QĐ-UBND");
    let commune = portal
        .visitor()
        .get("dong-son.localhost", "/van-ban/thay-the?nam=2020")
        .await;
    commune
        .assert_status(200)
        .assert_contains("31/QĐ-UBND")
        .assert_lacks("02/2020/QĐ-UBND");
}

#[tokio::test]
async fn a_parked_plugin_leaves_the_section_readable_and_tells_the_operator_alone() {
    let portal = TestPortal::demo_with_own_engine().await;
    let document = portal
        .visitor()
        .document("localhost", "03/2014/QĐ-UBND")
        .await;
    let standing = document.page().link(STANDING).address;
    let list = portal
        .visitor()
        .get("localhost", "/van-ban")
        .await
        .page()
        .words();
    park(&portal, Some("the code fails at night")).await;

    assert_eq!(
        portal
            .visitor()
            .get("localhost", "/van-ban")
            .await
            .page()
            .words(),
        list
    );
    let parked = portal
        .visitor()
        .document("localhost", "03/2014/QĐ-UBND")
        .await;
    assert_eq!(parked.page().words(), document.page().words());
    let fallback = portal
        .visitor()
        .get("localhost", &format!("{standing}?ngay=2015-01-01"))
        .await;
    let fallback = fallback
        .assert_status(200)
        .assert_contains("<h1>Quyết định 03/2014/QĐ-UBND</h1>");
    let replacements = portal
        .visitor()
        .get("localhost", "/van-ban/thay-the?nam=2020")
        .await;
    let replacements = replacements
        .assert_status(200)
        .assert_contains("01/2025/QĐ-UBND");
    for page in [&fallback, &replacements, &parked] {
        let html = page.page().html().to_lowercase();
        for word in ["parked", "plugin", "at night", "sự cố", "wasm"] {
            assert!(!html.contains(word), "{}: {word}", page.what());
        }
    }

    let told = portal
        .command(Command::PluginList { json: true })
        .await
        .unwrap();
    let lines: serde_json::Value = serde_json::from_str(&told).unwrap();
    let mut lines = lines.as_array().unwrap().iter();
    let line = lines.find(|it| it["plugin"] == "legal-documents").unwrap();
    assert_eq!(line["state"], "parked");
    assert_eq!(line["reason"], "the code fails at night");

    park(&portal, None).await;
    let back = portal
        .visitor()
        .get("localhost", &format!("{standing}?ngay=2015-01-01"))
        .await;
    back.assert_status(200)
        .assert_contains("Vào ngày 01/01/2015");
}

#[tokio::test]
async fn nothing_is_posted_unchecked_while_the_plugin_is_parked() {
    let portal = TestPortal::demo_with_own_engine().await;
    park(&portal, Some("by hand")).await;
    let told = portal
        .try_post(dinh_tests::Document::new("70/2026/QĐ-UBND"))
        .await
        .unwrap_err();
    assert_eq!(told, [" fault.check-unavailable"]);
    let list = portal.visitor().get("localhost", "/van-ban").await;
    assert_eq!(list.page().total(), 40);
}

#[tokio::test]
async fn a_parked_plugin_stays_parked_after_a_restart() {
    let portal = TestPortal::demo_with_own_engine().await;
    park(&portal, Some("by hand")).await;
    let (folder, database) = portal.close().await;
    let again = TestPortal::of_with_own_engine(folder, database).await;
    let told = again
        .command(Command::PluginList { json: false })
        .await
        .unwrap();
    assert!(
        told.contains("parked") && told.contains("by hand"),
        "{told}"
    );
    let page = again
        .visitor()
        .get("localhost", "/van-ban/thay-the?nam=2020")
        .await;
    page.assert_status(200).assert_contains("01/2025/QĐ-UBND");
}
