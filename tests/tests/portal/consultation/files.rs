//! Files that come with an opinion: checked as they come, kept through mistakes, seen where the words are, and gone with
//! them.

use dinh_tests::{TestPortal, Visited, staff};
use serde_json::json;

use super::citizen::{FORM, NAME, OPINIONS, WORDS, entries, with, write};
use crate::desk::form::hidden;
use crate::people::person::{Browser, DAY, portal};

/// Words that stand in a file alone.
const MARKED: &str = "phương án lát đá tím-nhạt";
/// What its sender calls it.
const OWN_NAME: &str = "đơn của Hoàng Thị Kín-Đáo.bat";

fn text() -> String {
    format!("Kính gửi Ủy ban. Chúng tôi đề nghị {MARKED} ở hai bên phố. ").repeat(6)
}

async fn post(
    browser: &Browser<'_>,
    changes: &[(&str, &str)],
    files: &[(&str, &str, &str)],
) -> Visited {
    let form = browser.get(FORM).await.assert_status(200);
    let version = hidden(&form, "bieu-mau");
    let mut fields = vec![("bieu-mau", version.as_str())];
    fields.extend(with(changes));
    browser.post_parts(FORM, &fields, files).await
}

async fn count(portal: &TestPortal, of: &str) -> String {
    portal.database().lines(of).await.remove(0)
}

/// The link of a sender.
fn link(sent: Visited) -> String {
    let sent = sent.assert_status(303);
    sent.header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

async fn approve(portal: &TestPortal) -> String {
    let head = Browser::signed_in(portal, "truong-ban").await;
    let entry = entries(portal).await.remove(0);
    let page = format!("/quan-tri/muc/{entry}");
    let shown = head.get(&page).await.assert_status(200);
    let revision = hidden(&shown, "ban");
    let step = [("viec", "approve"), ("ban", revision.as_str())];
    head.post(&page, &step).await.assert_status(303);
    page
}

#[tokio::test]
async fn what_was_uploaded_comes_back_after_a_mistake_and_goes_with_the_opinion() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    browser
        .get(FORM)
        .await
        .assert_contains("multipart/form-data")
        .assert_contains("nhiều nhất 5 tệp, mỗi tệp không quá 10 MB, tất cả không quá 20 MB");
    let text = text();
    let files = [("files", OWN_NAME, text.as_str())];
    let wrong = post(&browser, &[("stance", "")], &files)
        .await
        .assert_status(422);
    let ticket = hidden(&wrong, "files.tep");
    wrong
        .assert_contains(OWN_NAME)
        .assert_contains("(đã nhận, chưa gửi)")
        .assert_contains(WORDS);
    let file = ticket.split('.').next().unwrap().to_owned();
    let address = format!("/tep/{file}/x.txt");
    browser.get(&address).await.assert_status(404);
    let sent = post(&browser, &[("files.tep", &ticket)], &[]).await;
    let link = link(sent);
    browser
        .get(&link)
        .await
        .assert_contains("tep-dinh-kem-1.txt");
    browser.get(&address).await.assert_status(404);
    let officer = Browser::signed_in(&portal, "truong-ban").await;
    let entry = entries(&portal).await.remove(0);
    let desk = officer.get(&format!("/quan-tri/muc/{entry}")).await;
    let there = format!("/quan-tri/muc/{entry}/tep/{file}/tep-dinh-kem-1.txt");
    desk.assert_contains(&there).assert_lacks("Kín-Đáo");
    officer
        .get(&there)
        .await
        .assert_status(200)
        .assert_contains(MARKED);
    let elsewhere = Browser::signed_in(&portal, "can-bo").await;
    elsewhere.get(&there).await.assert_status(404);
    approve(&portal).await;
    portal.portal().read_missing_files().await.unwrap();
    let address = format!("/tep/{file}/tep-dinh-kem-1.txt");
    browser
        .get(&address)
        .await
        .assert_status(200)
        .assert_contains(MARKED);
    let found = portal.visitor().search("localhost", MARKED).await;
    found.assert_contains(WORDS);
    let list = browser.get(OPINIONS).await.assert_status(200);
    let row = list.page().rows().remove(0);
    browser
        .get(&row.address)
        .await
        .assert_contains("tep-dinh-kem-1.txt")
        .assert_lacks(NAME);
    // A file belongs to one sending.
    let again = post(&browser, &[("files.tep", &ticket)], &[]).await;
    again.assert_status(422).assert_contains("đã gửi rồi");
    assert_eq!(count(&portal, "select count(*) from entry_file l join entry_revision r on r.id = l.revision_id where r.number = 1 and r.made_by = 'sender'").await, "1");
}

#[tokio::test]
async fn what_is_too_much_is_told_beside_the_field_and_nothing_typed_is_lost() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    let odd = post(&browser, &[], &[("files", "chạy.exe", "MZ\u{90}\0\u{3}")]).await;
    odd.assert_status(422)
        .assert_contains("không thuộc loại được nhận")
        .assert_contains(WORDS)
        .assert_lacks("files.tep");
    let large = "x".repeat(10 * 1024 * 1024 + 1);
    let larger = post(&browser, &[], &[("files", "dài.txt", &large)]).await;
    larger
        .assert_status(422)
        .assert_contains("“dài.txt” lớn hơn 10 MB")
        .assert_contains(WORDS);
    let whole = "y".repeat(9 * 1024 * 1024);
    let three = [
        ("files", "a.txt", whole.as_str()),
        ("files", "b.txt", &whole),
        ("files", "c.txt", &whole),
    ];
    let lost = post(&browser, &[], &three).await.assert_status(422);
    lost.assert_contains("lớn quá 20 MB cộng lại")
        .assert_contains(WORDS)
        .assert_contains("b.txt")
        .assert_lacks("c.txt");
    let six = ["1", "2", "3", "4", "5", "6"].map(|it| ("files", it, "Một tệp chữ ngắn."));
    let many = post(&browser, &[], &six).await.assert_status(422);
    many.assert_contains("Tệp “6” chưa được nhận: biểu mẫu này nhận nhiều nhất 5 tệp");
    let foreign = post(&browser, &[], &[("words", "a.txt", "Một tệp chữ ngắn.")]).await;
    foreign.assert_status(400);
    assert_eq!(count(&portal, "select count(*) from submission").await, "0");
}

#[tokio::test]
async fn a_ticket_is_for_one_form_of_one_site_and_cannot_be_made_up() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    let files = [("files", "a.txt", "Một tệp chữ ngắn.")];
    let wrong = post(&browser, &[("stance", "")], &files).await;
    let ticket = hidden(&wrong, "files.tep");
    let (id, seal) = ticket.split_once('.').unwrap();
    let (forged, cut) = (
        format!("{id}.{}", seal.replace(['a', 'b'], "c")),
        id.to_owned(),
    );
    for made_up in [forged.as_str(), cut.as_str(), "..", ""] {
        if made_up == ticket {
            continue;
        }
        let sent = post(&browser, &[("files.tep", made_up)], &[]).await;
        sent.assert_status(303);
    }
    let out = [
        ("files.tep", ticket.as_str()),
        ("files.bo", ticket.as_str()),
    ];
    post(&browser, &out, &[]).await.assert_status(303);
    let named = "select count(*) from entry_file l join upload u on u.file_id = l.file_id";
    assert_eq!(count(&portal, named).await, "0");
    post(&browser, &[("files.tep", ticket.as_str())], &[])
        .await
        .assert_status(303);
    assert_eq!(count(&portal, named).await, "1");
}

#[tokio::test]
async fn files_go_with_what_is_taken_back_and_with_what_is_erased() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    let text = text();
    let link = link(post(&browser, &[], &[("files", "a.txt", &text)]).await);
    approve(&portal).await;
    portal.portal().read_missing_files().await.unwrap();
    let file = count(
        &portal,
        "select id from file f join upload u on u.file_id = f.id",
    )
    .await;
    let hash = count(
        &portal,
        &format!("select hash from file where id = '{file}'"),
    )
    .await;
    let address = format!("/tep/{file}/tep-dinh-kem-1.txt");
    browser.get(&address).await.assert_status(200);
    browser
        .post(&link, &[("viec", "rut")])
        .await
        .assert_status(303);
    browser.get(&address).await.assert_status(404);
    let entry = entries(&portal).await.remove(0);
    let officer = Browser::signed_in(&portal, "truong-ban").await;
    let there = format!("/quan-tri/muc/{entry}/tep/{file}/tep-dinh-kem-1.txt");
    officer.get(&there).await.assert_status(404);
    officer
        .get(&format!("/quan-tri/muc/{entry}"))
        .await
        .assert_status(200);
    let texts = format!("select count(*) from file_text where hash = '{hash}'");
    assert_eq!(count(&portal, &texts).await, "0", "nor are its words kept");
    assert_eq!(
        portal.portal().sweep_files().await.unwrap(),
        0,
        "backups may be under way"
    );
    portal.clock().advance(DAY);
    assert_eq!(portal.portal().sweep_files().await.unwrap(), 1);
    assert_eq!(portal.portal().sweep_files().await.unwrap(), 0);
    // The same content may come again.
    post(&browser, &[], &[("files", "a.txt", &text)])
        .await
        .assert_status(303);
    let entry = entries(&portal).await.remove(1);
    let file = count(
        &portal,
        "select file_id from upload where taken_at is not null",
    )
    .await;
    let there = format!("/quan-tri/muc/{entry}/tep/{file}/tep-dinh-kem-1.txt");
    let officer = Browser::signed_in(&portal, "truong-ban").await;
    officer
        .get(&there)
        .await
        .assert_status(200)
        .assert_contains(MARKED);
}

#[tokio::test]
async fn erasing_on_request_takes_the_files_of_what_stays_public_and_it_can_be_answered_still() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    let text = text();
    post(&browser, &[], &[("files", "a.txt", &text)])
        .await
        .assert_status(303);
    let page = approve(&portal).await;
    let file = count(
        &portal,
        "select id from file f join upload u on u.file_id = f.id",
    )
    .await;
    let address = format!("/tep/{file}/tep-dinh-kem-1.txt");
    let list = browser.get(OPINIONS).await.assert_status(200);
    let opinion = list.page().rows().remove(0).address;
    browser
        .get(&opinion)
        .await
        .assert_contains("tep-dinh-kem-1.txt");
    let officer = Browser::signed_in(&portal, "truong-ban").await;
    let asked = [("viec", "xoa"), ("ly-do", "Theo đơn ngày 24/11/2026")];
    officer
        .post(&format!("{page}/nguoi-gui"), &asked)
        .await
        .assert_status(200);
    browser.get(&address).await.assert_status(404);
    browser
        .get(&opinion)
        .await
        .assert_status(200)
        .assert_contains(WORDS)
        .assert_lacks("tep-dinh-kem-1.txt");
    let (clerk, board) = (
        staff("lan", "unit-officer", "yen-the"),
        staff("binh", "board-head", "yen-the"),
    );
    let of = portal.newest(&board, &entries(&portal).await[0]).await;
    let answer = json!({"disposition": "accepted", "reason": "Tiếp thu ở Điều 3.", "shown_in": 2});
    write(&portal, (&clerk, &of), "opinion", answer)
        .await
        .unwrap();
}

#[tokio::test]
async fn forms_that_were_never_sent_leave_nothing() {
    let portal = portal().await;
    let browser = Browser::at(&portal, "192.0.2.9");
    let text = text();
    let files = [("files", "a.txt", text.as_str())];
    let wrong = post(&browser, &[("stance", "")], &files).await;
    let ticket = hidden(&wrong, "files.tep");
    assert_eq!(portal.portal().sweep_files().await.unwrap(), 0);
    assert_eq!(count(&portal, "select count(*) from upload").await, "1");
    portal.clock().advance(DAY + 1);
    portal.portal().sweep_files().await.unwrap();
    assert_eq!(count(&portal, "select count(*) from upload").await, "0");
    portal.clock().advance(DAY);
    assert_eq!(portal.portal().sweep_files().await.unwrap(), 1);
    // Whoever sends the form after all is told, and asked no second time.
    let late = post(&browser, &[("files.tep", &ticket)], &[]).await;
    late.assert_status(422)
        .assert_contains("chọn lại tệp")
        .assert_lacks("name=\"files.tep\"");
    post(&browser, &[], &[]).await.assert_status(303);
    assert_eq!(count(&portal, "select count(*) from entry_file l join entry_revision r on r.id = l.revision_id where r.made_by = 'sender'").await, "0");
}

#[tokio::test]
async fn a_day_and_a_caller_bring_so_many_files_and_no_more() {
    let portal = portal().await;
    let counted = Browser::at(&portal, "198.51.100.20");
    let files = [("files", "a.txt", "Một tệp chữ ngắn.")];
    let mut refused = None;
    for _ in 0..21 {
        let shown = paced(&counted, &files).await;
        refused =
            (shown.status() == 422 && shown.text().contains("đã gửi nhiều lần")).then_some(shown);
    }
    let refused = refused.expect("the twenty-first is one too many");
    refused.assert_contains(WORDS).assert_lacks("files.tep");
    let other = Browser::at(&portal, "192.0.2.9");
    let full = "update file set size_bytes = 3000000000 where id in (select file_id from upload)";
    portal.sql(full).await;
    post(&other, &[], &files)
        .await
        .assert_status(422)
        .assert_contains("gửi lại vào ngày mai")
        .assert_contains(WORDS);
    post(&other, &[], &[]).await.assert_status(303);
    portal.clock().advance(DAY + 1);
    post(&other, &[("stance", "")], &files)
        .await
        .assert_contains("files.tep");
}

/// Sends with a mistake, as often as the limit of forms a second lets.
async fn paced(browser: &Browser<'_>, files: &[(&str, &str, &str)]) -> Visited {
    for _ in 0..60 {
        let shown = post(browser, &[("stance", "")], files).await;
        if shown.status() != 429 {
            return shown;
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    panic!("forms are refused for ever");
}
