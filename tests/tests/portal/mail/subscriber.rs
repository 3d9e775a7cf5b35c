//! Somebody who subscribes.

use dinh_tests::{MailSink, TestPortal, Visited};

use crate::people::person::Browser;

pub(crate) const ADDRESS: &str = "Ban.Doc@example.vn";
pub(crate) const FORM: &str = "/nhan-tin";

pub(crate) fn reader(portal: &TestPortal) -> Browser<'_> {
    Browser::at(portal, "192.0.2.9")
}

/// Asks for a subscription.
pub(crate) async fn ask(browser: &Browser<'_>, about: &[(&str, &str)], address: &str) -> Visited {
    let mut fields = about.to_vec();
    fields.extend([("dia-chi", address), ("dong-y", "1")]);
    browser.post(FORM, &fields).await
}

/// Asks, and confirms by the link that came; the path of the subscription's own page.
pub(crate) async fn subscribed(
    portal: &TestPortal,
    sink: &MailSink,
    about: &[(&str, &str)],
) -> String {
    let browser = reader(portal);
    ask(&browser, about, ADDRESS).await.assert_status(200);
    portal.send_mail().await;
    let link = sink.only().link("/nhan-tin/xac-nhan/");
    let done = browser.post(&link, &[]).await.assert_status(303);
    done.header("location")
        .strip_suffix("?moi=1")
        .unwrap()
        .to_owned()
}
