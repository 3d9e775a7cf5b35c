//! A subscription from the list to its end.

use dinh_tests::{MailSink, TestPortal};

use super::subscriber::{ADDRESS, FORM, ask, reader, subscribed};
use crate::people::person::{Browser, HOUR, MINUTE};

const STATES: &str = "select case when confirmed_at is null then 'waits' else 'confirmed' end as state from subscription";
const LIST: [(&str, &str); 1] = [("muc", "van-ban")];

#[tokio::test]
async fn nothing_is_sent_before_a_button_is_pressed_and_nothing_after_another() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = reader(&portal);
    let list = browser
        .get("/van-ban?kind=quyet-dinh&q=dat&sort=number")
        .await;
    let form = "/nhan-tin?muc=van-ban&amp;loc.kind=quyet-dinh\"";
    list.assert_contains(form)
        .assert_contains("Nhận tin qua thư điện tử");
    let form = browser
        .get("/nhan-tin?muc=van-ban&loc.kind=quyet-dinh")
        .await;
    let form = form.assert_status(200);
    form.assert_contains("Quyết định")
        .assert_contains("Thông tư 25/2010/TT-BTTTT")
        .assert_contains("name=\"loc.kind\" value=\"quyet-dinh\"")
        .assert_contains("name=\"robots\" content=\"noindex\"");
    let about = [("muc", "van-ban"), ("loc.kind", "quyet-dinh")];
    let asked = ask(&browser, &about, ADDRESS).await.assert_status(200);
    asked
        .assert_contains("Đã nhận yêu cầu")
        .assert_lacks(ADDRESS);
    let rows = "select sealed || data_key || address_hash || filter from subscription";
    let rows = portal.database().lines(rows).await.join("").to_lowercase();
    assert!(!rows.contains(&ADDRESS.to_lowercase()), "{rows}");
    portal.send_mail().await;
    let letter = sink.only();
    assert_eq!(letter.to, [ADDRESS]);
    assert!(letter.text().contains("Quyết định"), "{}", letter.text());
    let link = letter.link("/nhan-tin/xac-nhan/");
    // A program that looks at every link confirms nothing.
    for _ in 0..2 {
        let looked = browser.get(&link).await.assert_status(200);
        looked.assert_header("referrer-policy", "no-referrer");
    }
    assert_eq!(portal.database().lines(STATES).await, ["waits"]);
    let foreign = portal
        .visitor()
        .send_with("localhost", &link, "", &[])
        .await;
    foreign.assert_status(403);
    assert_eq!(portal.database().lines(STATES).await, ["waits"]);
    let done = browser.post(&link, &[]).await.assert_status(303);
    let own = done.header("location").to_owned();
    browser.get(&own).await.assert_contains("Đã xác nhận");
    assert_eq!(portal.database().lines(STATES).await, ["confirmed"]);
    // Once.
    browser.get(&link).await.assert_status(404);
    browser.post(&link, &[]).await.assert_status(404);
    let own = own.strip_suffix("?moi=1").unwrap();
    browser.get(own).await.assert_contains("Đang nhận tin");
    let ended = browser.post(own, &[]).await.assert_status(200);
    ended.assert_contains("Đã ngừng nhận tin");
    assert_eq!(portal.database().lines(STATES).await, [""; 0]);
    browser.get(own).await.assert_status(404);
    let acts = "select act from audit where subject_kind = 'subscription' order by number";
    let acts = portal.database().lines(acts).await;
    assert_eq!(acts, ["subscription-confirmed", "subscription-ended"]);
}

#[tokio::test]
async fn a_mail_program_ends_it_at_once_and_again_without_harm() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let own = subscribed(&portal, &sink, &LIST).await;
    let one_click = "List-Unsubscribe=One-Click";
    for _ in 0..2 {
        let ended = portal
            .visitor()
            .send_with("localhost", &own, one_click, &[])
            .await;
        ended.assert_status(200);
        assert_eq!(portal.database().lines(STATES).await, [""; 0]);
    }
    for path in ["/nhan-tin/bo/x", "/nhan-tin/bo/"] {
        let nothing = portal
            .visitor()
            .send_with("localhost", path, one_click, &[])
            .await;
        assert!([403, 404, 405].contains(&nothing.status()), "{path}");
    }
}

#[tokio::test]
async fn whoever_asks_learns_nothing_of_an_address() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = reader(&portal);
    let first = ask(&browser, &LIST, ADDRESS)
        .await
        .assert_status(200)
        .text();
    portal.send_mail().await;
    sink.taken();
    let again = ask(&browser, &LIST, ADDRESS)
        .await
        .assert_status(200)
        .text();
    assert_eq!(again, first);
    assert_eq!(
        portal.send_mail().await,
        0,
        "a moment later nothing is sent"
    );
    portal.clock().advance(11 * MINUTE);
    // However its letters are written.
    let again = ask(&browser, &LIST, "BAN.doc@example.VN").await.text();
    assert_eq!(again, first);
    portal.send_mail().await;
    let link = sink.only().link("/nhan-tin/xac-nhan/");
    browser.post(&link, &[]).await.assert_status(303);
    portal.clock().advance(11 * MINUTE);
    let again = ask(&browser, &LIST, ADDRESS).await.text();
    assert_eq!(again, first);
    portal.send_mail().await;
    let known = sink.only();
    assert!(
        known.text().contains("đã đăng ký từ trước"),
        "{}",
        known.text()
    );
    assert_eq!(portal.database().lines(STATES).await, ["confirmed"]);
}

#[tokio::test]
async fn a_link_is_good_for_two_days_and_what_nobody_confirmed_is_forgotten() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = reader(&portal);
    ask(&browser, &LIST, ADDRESS).await.assert_status(200);
    portal.send_mail().await;
    let link = sink.only().link("/nhan-tin/xac-nhan/");
    portal.clock().advance(48 * HOUR);
    browser.get(&link).await.assert_status(200);
    portal.clock().advance(1);
    let late = browser.get(&link).await.assert_status(404);
    late.assert_contains("đã quá 48 giờ");
    browser.post(&link, &[]).await.assert_status(404);
    portal.portal().tidy_mail().await.unwrap();
    assert_eq!(portal.database().lines(STATES).await, [""; 0]);
}

#[tokio::test]
async fn what_is_no_address_or_no_list_and_what_is_too_much_is_refused() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let browser = reader(&portal);
    for bad in [
        "",
        "x",
        "a@b",
        "a@b.vn\r\nBcc: c@d.vn",
        "a@b.vn, c@d.vn",
        "<a@b.vn>",
    ] {
        let told = ask(&browser, &LIST, bad).await.assert_status(422);
        told.assert_contains("Xin ghi một địa chỉ thư điện tử");
    }
    let fields = [("muc", "van-ban"), ("dia-chi", ADDRESS)];
    let told = browser.post(FORM, &fields).await.assert_status(422);
    told.assert_contains("Cần đồng ý").assert_contains(ADDRESS);
    for about in [
        "",
        "khong-co",
        "van-ban/khong-co",
        "van-ban/a/b",
        "%00",
        "quan-tri",
    ] {
        ask(&browser, &[("muc", about)], ADDRESS)
            .await
            .assert_status(404);
    }
    assert_eq!(portal.database().lines(STATES).await, [""; 0]);
    // Of one caller.
    let other = Browser::at(&portal, "198.51.100.7");
    for at in 0..6 {
        let address = format!("a{at}@example.vn");
        ask(&other, &LIST, &address).await.assert_status(200);
    }
    let told = ask(&other, &LIST, "a6@example.vn").await.assert_status(429);
    told.assert_contains("Xin thử lại sau");
    // A filter is typed by whoever asks, and read by whoever has the address.
    let bait = [("muc", "van-ban"), ("loc.number", "xau.example/qua")];
    ask(&browser, &bait, "x@example.vn")
        .await
        .assert_status(200);
    portal.send_mail().await;
    let told = sink.taken();
    assert!(
        told.iter().all(|it| !it.text().contains("xau.example")),
        "{told:?}"
    );
    // To one address.
    for at in 0..7 {
        let number = format!("{at}");
        let about = [("muc", "van-ban"), ("loc.number", number.as_str())];
        ask(&browser, &about, ADDRESS).await.assert_status(200);
    }
    assert_eq!(portal.send_mail().await, 5);
}

#[tokio::test]
async fn what_had_ended_does_not_come_back_with_an_older_copy() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let own = subscribed(&portal, &sink, &LIST).await;
    portal
        .sql("create table copied as select * from subscription")
        .await;
    reader(&portal).post(&own, &[]).await.assert_status(200);
    portal
        .sql("insert into subscription select * from copied")
        .await;
    let ended = portal.portal().replay_ended_subscriptions().await;
    assert_eq!(ended.unwrap(), 1);
    assert_eq!(portal.database().lines(STATES).await, [""; 0]);
}
