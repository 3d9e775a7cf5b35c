//! An officer enters opinions that came on paper, at a meeting, by mail or by telephone.

use dinh_domain::ids::EntryId;
use dinh_portal::{PostedForm, Recording};
use dinh_tests::{TestPortal, Visited, staff, step};
use serde_json::json;

use super::citizen::{NAME, WORDS, entries, set, write};
use crate::people::person::{Browser, portal};

const PUBLIC: &str = "/gop-y/y-kien";

/// Where an officer of Đồng Sơn enters an opinion on its open consultation, and the desk's page of that.
async fn places(portal: &TestPortal) -> (String, String) {
    let id = "select id from entry where slug like 'duong-be-tong%'";
    let id = portal.database().lines(id).await.remove(0);
    let desk = format!("/quan-tri/muc/{id}");
    (format!("{desk}/nhap/opinion"), desk)
}

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kenh", "paper"),
        ("ngay-nhan", "20/11/2026"),
        ("on", "Điều 2"),
        ("stance", "change"),
        ("words", WORDS),
        ("sender", "person"),
        ("name", NAME),
        ("named", "masked"),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

async fn enter(clerk: &Browser<'_>, form: &str, changes: &[(&str, &str)]) -> Visited {
    let shown = clerk.get(form).await.assert_status(200);
    let version = crate::desk::form::hidden(&shown, "bieu-mau");
    let mut fields = vec![("bieu-mau", version.as_str())];
    fields.extend(with(changes));
    clerk.post(form, &fields).await
}

#[tokio::test]
async fn what_came_on_paper_is_kept_with_its_day_and_who_entered_it_and_waits_like_the_others() {
    let portal = portal().await;
    let (form, desk) = places(&portal).await;
    let clerk = Browser::signed_in(&portal, "can-bo").await;
    clerk
        .get(&desk)
        .await
        .assert_contains("Nhập ý kiến nhận ngoài Cổng")
        .assert_contains(&form);
    clerk
        .get(&form)
        .await
        .assert_contains("Bản giấy")
        .assert_contains("value=\"24/11/2026\"")
        .assert_contains("Điều 2")
        .assert_lacks("thu-thach")
        .assert_lacks("dong-y");
    let entered = enter(&clerk, &form, &[]).await.assert_status(303);
    let page = entered.header("location").to_owned();
    clerk
        .get(&page)
        .await
        .assert_status(200)
        .assert_contains("Bản giấy")
        .assert_contains("Người nhập")
        .assert_contains("Mới nhận")
        .assert_contains("20/11/2026")
        .assert_lacks(NAME);
    let kept = "select channel || ' ' || coalesce(recorded_by, '') as kept from submission";
    let kept = portal.database().lines(kept).await.remove(0);
    let (channel, account) = kept.split_once(' ').unwrap();
    assert_eq!(channel, "paper");
    let acts =
        format!("select act from audit where act = 'entry-recorded' and actor = '{account}'");
    assert_eq!(portal.database().lines(&acts).await, ["entry-recorded"]);
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let entry = page.split('?').next().unwrap();
    let shown = head.get(entry).await.assert_status(200);
    let revision = crate::desk::form::hidden(&shown, "ban");
    let step = [("viec", "approve"), ("ban", revision.as_str())];
    head.post(entry, &step).await.assert_status(303);
    let list = portal.visitor().get("dong-son.localhost", PUBLIC).await;
    list.assert_status(200)
        .assert_contains(WORDS)
        .assert_contains("H.T.K.")
        .assert_contains("20/11/2026")
        .assert_lacks(NAME);
}

#[tokio::test]
async fn only_what_came_while_opinions_were_taken_is_entered_whenever_that_is() {
    let portal = portal().await;
    let (form, _) = places(&portal).await;
    let clerk = Browser::signed_in(&portal, "can-bo").await;
    for (field, value, words) in [
        ("ngay-nhan", "01/01/2020", "ngoài thời gian lấy ý kiến"),
        ("ngay-nhan", "25/11/2026", "không thể sau hôm nay"),
        ("ngay-nhan", "31/02/2026", "theo dạng ngày/tháng/năm"),
        ("ngay-nhan", "", "theo dạng ngày/tháng/năm"),
        ("kenh", "fax", "chọn một trong những mục có sẵn"),
        ("on", "Điều 99", "Điều 99"),
        ("bieu-mau", "cu", "biểu mẫu này đã thay đổi"),
    ] {
        let refused = match field {
            "bieu-mau" => {
                clerk
                    .post(&form, &{
                        let mut fields = with(&[]);
                        fields.push((field, value));
                        fields
                    })
                    .await
            }
            _ => enter(&clerk, &form, &[(field, value)]).await,
        };
        refused
            .assert_status(422)
            .assert_contains(words)
            .assert_contains(WORDS)
            .assert_contains(NAME);
    }
    let strange = enter(&clerk, &form, &[("lạ", "x")]).await;
    strange.assert_status(400);
    assert!(entries(&portal).await.is_empty());
    set(&portal, "2027-07-05T09:00", 0);
    portal.portal().turn_the_day().await.unwrap();
    let clerk = Browser::signed_in(&portal, "can-bo").await;
    let late = enter(&clerk, &form, &[("ngay-nhan", "01/07/2027")]).await;
    late.assert_status(422)
        .assert_contains("ngoài thời gian lấy ý kiến");
    let last_day = enter(
        &clerk,
        &form,
        &[("ngay-nhan", "30/06/2027"), ("kenh", "meeting")],
    )
    .await;
    last_day.assert_status(303);
    assert_eq!(entries(&portal).await.len(), 1);
}

#[tokio::test]
async fn nobody_else_enters_anything_and_only_about_what_is_public() {
    let portal = portal().await;
    let (form, desk) = places(&portal).await;
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    let shown = inspector.get(&desk).await;
    assert!(!shown.text().contains("/nhap/"), "{}", shown.text());
    inspector.get(&form).await.assert_status(404);
    let clerk = Browser::signed_in(&portal, "can-bo").await;
    for nowhere in [
        form.replace("/opinion", "/consultation"),
        form.replace("/opinion", "/khong-co"),
        "/quan-tri/muc/x/nhap/opinion".to_owned(),
    ] {
        clerk.get(&nowhere).await.assert_status(404);
    }
    let stranger = Browser::at(&portal, "192.0.2.9");
    let sent = stranger.post(&form, &with(&[])).await;
    assert!(sent.status() != 200, "{}", sent.status());
    assert!(entries(&portal).await.is_empty());
}

#[tokio::test]
async fn nothing_is_entered_once_the_result_is_public() {
    let portal = portal().await;
    let (officer, board) = (
        staff("lan", "unit-officer", "yen-the"),
        staff("binh", "board-head", "yen-the"),
    );
    let id = "select id from entry where slug like 'dat-ten-duong-pho%'";
    let id = EntryId::new(&portal.database().lines(id).await[0]).unwrap();
    set(&portal, "2028-01-14T09:00", 0);
    portal.portal().turn_the_day().await.unwrap();
    let fields = async || {
        let asked = portal.portal().record(&officer, (&id, "opinion"), None);
        let Ok(Recording::Form(shown)) = asked.await.unwrap() else {
            panic!("a form");
        };
        let own = with(&[("ngay-nhan", "31/12/2027")]).into_iter();
        let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
        shown.form.hidden.into_iter().chain(own).collect::<Vec<_>>()
    };
    let before = fields().await;
    let of = portal.newest(&board, &id).await;
    let result = json!({"result": "Không có ý kiến.", "result_on": "2028-01-14"});
    let written = write(&portal, (&officer, &of), "consultation", result).await;
    portal.take(&officer, &written.unwrap(), "submit").await;
    let of = portal.newest(&board, &id).await;
    assert_eq!(
        portal.step(&board, step(&of, "approve")).await.unwrap(),
        "published"
    );
    let posted = PostedForm {
        fields: before,
        ..PostedForm::default()
    };
    let late = portal
        .portal()
        .record(&officer, (&id, "opinion"), Some(posted));
    let Ok(Recording::Form(shown)) = late.await.unwrap() else {
        panic!("it is kept");
    };
    let told = shown.form.faults.join(" ");
    assert!(told.contains("Kết quả đã công bố"), "{told}");
    assert!(entries(&portal).await.is_empty());
}
