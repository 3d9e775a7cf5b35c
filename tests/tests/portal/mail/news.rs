//! What subscribers are told of, and what not.

use dinh_tests::{Document, MailSink, TestPortal, staff};

use super::subscriber::{ADDRESS, reader, subscribed};
use crate::people::person::{DAY, HOUR};

const LIST: [(&str, &str); 1] = [("muc", "van-ban")];

async fn news(portal: &TestPortal) -> u64 {
    portal.portal().work_off_news().await.unwrap()
}

fn title(number: &str) -> String {
    format!("Về việc thử nghiệm số {number}")
}

async fn path_of(portal: &TestPortal, number: &str) -> String {
    let query = format!("/van-ban?number={}", dinh_tests::encoded(number));
    let list = portal.visitor().get("localhost", &query).await;
    list.page().rows().first().unwrap().address.clone()
}

#[tokio::test]
async fn a_message_names_what_everybody_may_read_in_that_list_and_nothing_else() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    portal.post(Document::new("900/2026/QĐ-UBND")).await;
    let own = subscribed(&portal, &sink, &LIST).await;
    assert_eq!(news(&portal).await, 0);
    for number in ["901/2026/QĐ-UBND", "902/2026/QĐ-UBND"] {
        portal.post(Document::new(number)).await;
    }
    let elsewhere = Document::new("903/2026/QĐ-UBND").on("dong-son");
    portal.post(elsewhere).await;
    let author = staff("lan", "unit-officer", "yen-the");
    let draft = Document::new("904/2026/QĐ-UBND");
    portal.write(&author, draft, None).await.unwrap();
    assert_eq!(news(&portal).await, 1);
    // Taken down between the writing of the message and its sending.
    let path = path_of(&portal, "902/2026/QĐ-UBND").await;
    let entry = portal.entry_id("yen-the", &path).await;
    let down = portal
        .portal()
        .withdraw("editor", &entry, "Ban hành sai", None);
    down.await.unwrap();
    portal.send_mail().await;
    let letter = sink.only();
    assert_eq!(letter.to, [ADDRESS]);
    let text = letter.text();
    assert!(text.contains(&title("901/2026/QĐ-UBND")), "{text}");
    for number in [900, 902, 903, 904] {
        // The number alone may stand in a random address.
        assert!(
            !text.contains(&format!("{number}/2026")),
            "{number}: {text}"
        );
    }
    let end = format!("<http://localhost{own}>");
    assert_eq!(letter.header("list-unsubscribe"), end);
    let one_click = "List-Unsubscribe=One-Click";
    assert_eq!(letter.header("list-unsubscribe-post"), one_click);
    assert_eq!(letter.link("/nhan-tin/bo/"), own);
    let there = letter.link("/van-ban/");
    reader(&portal).get(&there).await.assert_status(200);
    assert_eq!(news(&portal).await, 0);
}

#[tokio::test]
async fn there_is_one_message_a_day_and_a_change_of_the_same_is_no_news() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let own = subscribed(&portal, &sink, &LIST).await;
    let first = Document::new("911/2026/QĐ-UBND").keyed("k");
    portal.post(first.clone()).await;
    assert_eq!(news(&portal).await, 1);
    portal.post(first.with("abstract", "Viết lại")).await;
    portal.post(Document::new("912/2026/QĐ-UBND")).await;
    portal.clock().advance(23 * HOUR);
    assert_eq!(news(&portal).await, 0);
    portal.clock().advance(HOUR);
    assert_eq!(news(&portal).await, 1);
    portal.send_mail().await;
    let told = sink.taken();
    assert_eq!(told.len(), 2);
    assert!(!told[1].text().contains("911/2026"), "{}", told[1].text());
    assert!(told[1].text().contains("912/2026"), "{}", told[1].text());
    // What waits for somebody who leaves is not sent.
    portal.post(Document::new("913/2026/QĐ-UBND")).await;
    portal.clock().advance(DAY);
    assert_eq!(news(&portal).await, 1);
    reader(&portal).post(&own, &[]).await.assert_status(200);
    assert_eq!(portal.send_mail().await, 0);
}

#[tokio::test]
async fn an_import_is_one_bounded_message_and_an_archive_none() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    subscribed(&portal, &sink, &LIST).await;
    let node = portal.portal();
    for at in 0..30 {
        portal
            .post(Document::new(&format!("{}/2026/QĐ-UBND", 5_000 + at)))
            .await;
    }
    assert_eq!(node.work_off_news().await.unwrap(), 1);
    portal.send_mail().await;
    let text = sink.only().text();
    assert_eq!(text.matches("\n- ").count(), 20, "{text}");
    assert!(text.contains("Và 10 mục khác."), "{text}");
    portal.post(Document::new("6000/2026/QĐ-UBND")).await;
    let old = portal.portal().now().0 - 30 * DAY;
    let archive = format!(
        "update entry set first_published_at = {old} where first_published_at = {}",
        portal.portal().now().0
    );
    portal.sql(&archive).await;
    portal.clock().advance(DAY);
    assert_eq!(node.work_off_news().await.unwrap(), 0);
}

#[tokio::test]
async fn a_filter_chooses_and_one_entry_tells_of_its_changes() {
    let sink = MailSink::start().await;
    let portal = TestPortal::demo_with_mail(&sink).await;
    let about = [("muc", "van-ban"), ("loc.kind", "chi-thi")];
    subscribed(&portal, &sink, &about).await;
    portal.post(Document::new("921/2026/QĐ-UBND")).await;
    assert_eq!(news(&portal).await, 0);
    let meant = Document::new("922/2026/CT-UBND").with("kind", "chi-thi");
    portal.post(meant.keyed("m")).await;
    assert_eq!(news(&portal).await, 1);
    portal.send_mail().await;
    let text = sink.only().text();
    assert!(
        text.contains("922/2026") && !text.contains("921/2026"),
        "{text}"
    );
    let path = path_of(&portal, "922/2026/CT-UBND").await;
    let shown = reader(&portal).get(&path).await;
    shown.assert_contains("/nhan-tin?muc=van-ban%2F");
    let entry = [("muc", path.trim_start_matches('/'))];
    subscribed(&portal, &sink, &entry).await;
    let changed = Document::new("922/2026/CT-UBND").with("kind", "chi-thi");
    portal
        .post(changed.with("abstract", "Sửa câu chữ").keyed("m"))
        .await;
    assert_eq!(news(&portal).await, 1);
    portal.send_mail().await;
    let text = sink.only().text();
    assert!(
        text.contains("vừa thay đổi") && text.contains(path.as_str()),
        "{text}"
    );
}
