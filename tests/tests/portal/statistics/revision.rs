//! Figures that were published stay at their address, and two revisions are compared cell by cell.

use dinh_domain::ids::EntryId;
use dinh_portal::{Draft, Posted};
use dinh_tests::{TestPortal, Visited, staff};
use serde_json::{Value, json};

use super::large::{figures, posted};

const HOST: &str = "localhost";
const MARKETS: &str = "/thong-ke/cho-phan-theo-xa";

fn release(csv: &str, revision: u32) -> Value {
    let dimensions = json!([["Xã", "geo"], ["Năm", "time"]]);
    let mut fields = figures(csv, dimensions);
    fields["revision"] = json!(revision);
    fields["revision_note"] = json!(format!("Lần {revision}"));
    fields
}

async fn get(portal: &TestPortal, path: &str) -> Visited {
    portal.visitor().get(HOST, path).await
}

/// Twice published: a figure changed, a year came, a commune went.
async fn revised() -> TestPortal {
    let portal = TestPortal::demo().await;
    let first = release(
        "Xã;2014;2015\nĐồng Sơn;12;13,5\nTam Tiến;7;8\nHồng Kỳ;1;2\n",
        1,
    );
    let done = posted(&portal, "Chợ phân theo xã", first).await;
    assert_eq!(done, Ok(Posted::Created));
    portal.clock().advance(60_000);
    let second = release(
        "Xã;2014;2015;2016\nĐồng Sơn;12,00;14;15\nTam Tiến;..;8;9\n",
        2,
    );
    let done = posted(&portal, "Chợ phân theo xã", second).await;
    assert_eq!(done, Ok(Posted::Updated));
    portal
}

#[tokio::test]
async fn a_published_revision_stays_at_its_address_with_its_table_and_its_files() {
    let portal = revised().await;
    let page = get(&portal, MARKETS).await.assert_status(200);
    page.assert_contains("Bản số 1").assert_contains("Bản số 2");
    let first = get(&portal, &format!("{MARKETS}/phien-ban/1")).await;
    first
        .assert_status(200)
        .assert_contains("Hồng Kỳ")
        .assert_contains("<td>13,5</td>")
        .assert_contains(&format!("{MARKETS}/phien-ban/1/bang/so-lieu.csv"));
    let table = format!("{MARKETS}/phien-ban/1/bang");
    let page = get(&portal, &format!("{table}?chon=xa:hong-ky")).await;
    page.assert_status(200)
        .assert_contains("Hồng Kỳ</th>")
        .assert_lacks("Tam Tiến</th>");
    let csv = get(&portal, &format!("{table}/so-lieu.csv")).await;
    csv.assert_status(200)
        .assert_contains("Đồng Sơn,2015,13.5,");
    let csv = get(&portal, &format!("{MARKETS}/bang/so-lieu.csv")).await;
    csv.assert_status(200).assert_contains("Đồng Sơn,2015,14,");
    for missing in ["3", "0", "x"] {
        let none = get(&portal, &format!("{MARKETS}/phien-ban/{missing}/bang")).await;
        none.assert_status(404);
        let none = format!("{MARKETS}/phien-ban/{missing}/bang/so-lieu.csv");
        get(&portal, &none).await.assert_status(404);
    }
}

#[tokio::test]
async fn two_revisions_show_which_figures_changed_and_which_values_came_and_went() {
    let portal = revised().await;
    let page = get(&portal, &format!("{MARKETS}/phien-ban?tu=1&den=2")).await;
    page.assert_status(200)
        .assert_contains("2 số liệu đã đổi")
        .assert_contains("Đồng Sơn, 2015")
        .assert_contains("<del>13,5</del> → <ins>14</ins>")
        .assert_contains("Tam Tiến, 2014")
        .assert_contains("<del>7</del> → <ins>..</ins>")
        .assert_contains("<del>Hồng Kỳ</del>")
        .assert_contains("<ins>2016</ins>")
        // The same figure with more decimals is the same.
        .assert_lacks("Đồng Sơn, 2014");
}

#[tokio::test]
async fn other_figures_need_a_higher_number_and_the_desk_shows_what_changed() {
    let portal = revised().await;
    let third = release(
        "Xã;2014;2015;2016\nĐồng Sơn;12;14;15\nTam Tiến;..;8;10\n",
        2,
    );
    let refused = posted(&portal, "Chợ phân theo xã", third).await;
    let faults = refused.unwrap_err();
    assert_eq!(faults[0].message_key, "fault.version-changed", "{faults:?}");
    let id = "select id from entry where slug = 'cho-phan-theo-xa'";
    let id = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    let officer = staff("lan", "unit-officer", "yen-the");
    let shown = portal.portal().revision(&officer, (&id, 2)).await.unwrap();
    let shown = shown.unwrap();
    let told = format!("{:?}", shown.changes);
    for words in [
        "Bảng số liệu",
        "Gone(\"13,5\")",
        "New(\"14\")",
        "Đồng Sơn, 2015",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn a_revision_that_was_taken_down_is_no_longer_read() {
    let portal = revised().await;
    let id = "select id from entry where slug = 'cho-phan-theo-xa'";
    let entry = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    let board = staff("binh", "board-head", "yen-the");
    let of = portal.newest(&board, &entry).await;
    let taken = portal.take_with(&board, &of, "take-down", ("Số liệu sai", None));
    taken.await.unwrap();
    for path in [
        "/phien-ban/1/bang",
        "/phien-ban/1/bang/so-lieu.csv",
        "/phien-ban/2",
    ] {
        get(&portal, &format!("{MARKETS}{path}"))
            .await
            .assert_status(410);
    }
}

#[tokio::test]
async fn the_calendar_of_releases_says_what_is_certain_and_what_was_called_off() {
    let portal = TestPortal::demo().await;
    let page = get(&portal, "/thong-ke/lich-cong-bo")
        .await
        .assert_status(200);
    page.assert_contains("calendar.ics")
        .assert_contains("feed.atom")
        .assert_contains("Dự kiến")
        .assert_contains("Đã hủy");
    let ics = get(&portal, "/thong-ke/lich-cong-bo/calendar.ics").await;
    let ics = ics.assert_status(200).text().replace("\r\n ", "");
    let event = |summary: &str| {
        let mut events = ics.split("BEGIN:VEVENT").skip(1);
        let found = events.find(|it| it.contains(summary));
        found
            .unwrap_or_else(|| panic!("{summary}: {ics}"))
            .to_owned()
    };
    let coming = event("SUMMARY:Công bố: Dân số phân theo nhóm tuổi");
    assert!(coming.contains("STATUS:TENTATIVE\r\n") && coming.contains("SEQUENCE:0\r\n"));
    let changed = event("SUMMARY:Công bố: Đàn gà đồi");
    assert!(
        changed.contains("DTSTART;VALUE=DATE:20151120\r\n"),
        "{changed}"
    );
    assert!(changed.contains("STATUS:CONFIRMED\r\n") && changed.contains("mưa lớn"));
    let cancelled = event("SUMMARY:Công bố: Giá bán lẻ");
    assert!(cancelled.contains("STATUS:CANCELLED\r\n") && cancelled.contains("Gộp vào"));
    let feed = get(&portal, "/thong-ke/lich-cong-bo/feed.atom").await;
    feed.assert_status(200)
        .assert_contains("Giá bán lẻ thức ăn chăn nuôi");
}

#[tokio::test]
async fn an_event_that_is_published_again_has_a_higher_sequence() {
    let portal = TestPortal::demo().await;
    let announced = async |status: &str, due: &str| {
        let body = json!({
            "name": "Số chợ", "topic": "economy", "period": "2026", "due_on": due, "status": status,
            "unit": "Chi cục", "former_on": "2026-12-01", "note": "Chờ số liệu của xã",
        });
        let draft = Draft {
            site: dinh_domain::ids::SiteId::new("yen-the").unwrap(),
            collection: dinh_domain::ids::CollectionId::parse("statistics/announcement").unwrap(),
            import_key: Some("cho".to_owned()),
            body: body.as_object().unwrap().clone(),
            source: None,
            lifted: Vec::new(),
            files: Vec::new(),
            published_at: None,
            faults: Vec::new(),
        };
        let done = portal.portal().post("test", vec![draft]).await.unwrap();
        assert!(done[0].is_ok(), "{done:?}");
    };
    let sequence = async || {
        let ics = get(&portal, "/thong-ke/lich-cong-bo/calendar.ics")
            .await
            .text();
        let event = ics.split("BEGIN:VEVENT").find(|it| it.contains("Số chợ"));
        let (_, rest) = event.unwrap().split_once("SEQUENCE:").unwrap();
        rest.lines().next().unwrap().parse::<u64>().unwrap()
    };
    announced("confirmed", "2026-12-01").await;
    assert_eq!(sequence().await, 0);
    portal.clock().advance(3_600_000);
    announced("changed", "2026-12-15").await;
    assert_eq!(sequence().await, 3_600);
}
