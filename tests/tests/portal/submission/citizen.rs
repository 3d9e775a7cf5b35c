//! Somebody who sends a remark on the portal.

use dinh_tests::{TestPortal, Visited};

use crate::people::person::{Browser, portal};

pub(crate) const FORM: &str = "/gop-y-ve-cong/gui";
pub(crate) const LIST: &str = "/gop-y-ve-cong";
/// What a citizen tells of themselves: found nowhere but where somebody may read it.
pub(crate) const NAME: &str = "Hoàng Thị Kín-Đáo";
pub(crate) const MAIL: &str = "kin.dao@example.vn";
pub(crate) const PHONE: &str = "0987 001 002";
/// What the office alone reads, and is no personal data.
pub(crate) const DEVICE: &str = "May-rieng-4711";
pub(crate) const SUBJECT: &str = "Đèn ở nhà văn hóa thôn Trung hỏng";
pub(crate) const WORDS: &str = "Bóng đèn hỏng từ tháng trước, lối đi tối om.";

/// A whole form, with changes.
pub(crate) fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("dong-y", "1"),
        ("topic", "broken"),
        ("subject", SUBJECT),
        ("words", WORDS),
        ("clause", ""),
        ("address", ""),
        ("device", DEVICE),
        ("name", NAME),
        ("email", MAIL),
        ("phone", PHONE),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// A portal, and a citizen at a browser.
pub(crate) async fn open() -> TestPortal {
    portal().await
}

/// A citizen whose sendings are not counted.
pub(crate) fn citizen(portal: &TestPortal) -> Browser<'_> {
    Browser::at(portal, "192.0.2.7")
}

/// Sends a whole form; the private link.
pub(crate) async fn sent(browser: &Browser<'_>) -> String {
    sent_with(browser, &[]).await
}

pub(crate) async fn sent_with(browser: &Browser<'_>, changes: &[(&str, &str)]) -> String {
    let sent = post(browser, &with(changes)).await.assert_status(303);
    let there = sent.header("location");
    let link = there.strip_suffix("?moi=1").unwrap();
    assert!(link.starts_with("/theo-doi/"), "{there}");
    link.to_owned()
}

/// Opens the form and sends it.
pub(crate) async fn post(browser: &Browser<'_>, fields: &[(&str, &str)]) -> Visited {
    let form = browser.get(FORM).await.assert_status(200);
    let version = crate::desk::form::hidden(&form, "bieu-mau");
    let mut all = vec![("bieu-mau", version.as_str())];
    all.extend(fields);
    browser.post(FORM, &all).await
}

/// The code on the page of a private link.
pub(crate) fn code(page: &Visited) -> String {
    let text = page.text();
    let code = text.split("<code>").nth(1).unwrap();
    code.split("</code>").next().unwrap().to_owned()
}

/// The page on the desk of the only entry that waits.
pub(crate) async fn on_desk(staff: &Browser<'_>) -> String {
    let room = staff.get("/quan-tri").await.assert_status(200);
    let text = room.text();
    let at = text.find(&format!(">{SUBJECT}</a>")).unwrap();
    let before = &text[..at];
    let id = before.rsplit("/quan-tri/muc/").next().unwrap();
    format!("/quan-tri/muc/{}", id.split('"').next().unwrap())
}

/// Takes a step with the revision that the page shows.
pub(crate) async fn step(staff: &Browser<'_>, page: &str, fields: &[(&str, &str)]) -> Visited {
    let shown = staff.get(page).await.assert_status(200);
    let ban = crate::desk::form::hidden(&shown, "ban");
    let mut all = vec![("ban", ban.as_str())];
    all.extend(fields);
    staff.post(page, &all).await
}
