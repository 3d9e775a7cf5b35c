//! Somebody who tells their opinion of a draft, and the office that reads it.

use dinh_domain::dates::{Instant, LocalTime, Zone};
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::people::Staff;
use dinh_portal::{Text, Undone, Written};
use dinh_tests::{TestPortal, Visited};
use serde_json::Value;

use crate::people::person::Browser;

/// The open consultation of the demo, its form, and its opinions.
pub(crate) const DRAFT: &str = "/gop-y/dat-ten-duong-pho-cua-thi-tran-phon-xuong-dot-1";
pub(crate) const FORM: &str = "/gop-y/dat-ten-duong-pho-cua-thi-tran-phon-xuong-dot-1/gui-y-kien";
pub(crate) const OPINIONS: &str = "/gop-y/y-kien?consultation=GY-2026-04";
pub(crate) const NAME: &str = "Hoàng Thị Kín-Đáo";
pub(crate) const WORDS: &str = "Đề nghị đặt biển song ngữ ở ngã tư lớn.";

/// A whole form, with changes.
pub(crate) fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("dong-y", "1"),
        ("on", "Điều 3"),
        ("stance", "change"),
        ("words", WORDS),
        ("sender", "person"),
        ("name", NAME),
        ("named", "masked"),
        ("phone", "0987 001 002"),
        ("email", "kin.dao@example.vn"),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// Opens the form and sends it.
pub(crate) async fn post(browser: &Browser<'_>, fields: &[(&str, &str)]) -> Visited {
    let form = browser.get(FORM).await.assert_status(200);
    let version = crate::desk::form::hidden(&form, "bieu-mau");
    send(browser, &version, fields).await
}

/// Sends a form that was opened before.
pub(crate) async fn send(browser: &Browser<'_>, version: &str, fields: &[(&str, &str)]) -> Visited {
    let mut all = vec![("bieu-mau", version)];
    all.extend(fields);
    browser.post(FORM, &all).await
}

/// Sends one that must be taken; its private link.
pub(crate) async fn sent(browser: &Browser<'_>, changes: &[(&str, &str)]) -> String {
    let sent = post(browser, &with(changes)).await.assert_status(303);
    sent.header("location")
        .split('?')
        .next()
        .unwrap()
        .to_owned()
}

/// The opinions that were sent, in order.
pub(crate) async fn entries(portal: &TestPortal) -> Vec<EntryId> {
    let lines = portal
        .database()
        .lines("select entry_id as which from submission order by entry_id")
        .await;
    lines.iter().map(|it| EntryId::new(it).unwrap()).collect()
}

/// The clock, at a minute in Vietnam and so many milliseconds.
pub(crate) fn set(portal: &TestPortal, minute: &str, millis: i64) {
    let at = LocalTime::parse(minute).unwrap();
    let at = at.instant_in(&Zone::default()).0 + millis;
    portal.clock().set_instant(Instant(at));
}

/// Writes fields over those of an entry.
pub(crate) async fn write(
    portal: &TestPortal,
    (staff, of): (&Staff, &Written),
    name: &str,
    fields: Value,
) -> Result<Written, Undone> {
    let open = portal.open(staff, &of.entry).await.unwrap();
    let mut body: Body = open.entry.working.entry.body;
    for (name, value) in fields.as_object().unwrap() {
        body.insert(name.clone(), value.clone());
    }
    let text = Text {
        of: Some((of.entry.clone(), of.revision.clone())),
        site: SiteId::new("yen-the").unwrap(),
        collection: CollectionId::parse(&format!("consultations/{name}")).unwrap(),
        body,
        source: None,
        files: Vec::new(),
    };
    portal.portal().write_text(staff, text).await.unwrap()
}
