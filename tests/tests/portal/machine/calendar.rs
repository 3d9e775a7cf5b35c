//! Dates of a list, for calendars.

use dinh_tests::TestPortal;

const CALENDAR: &str = "/gop-y/calendar.ics";

/// The lines of a calendar, unfolded.
async fn lines(portal: &TestPortal, host: &str, path: &str) -> Vec<String> {
    let got = portal.visitor().get(host, path).await.assert_status(200);
    assert_eq!(got.header("content-type"), "text/calendar; charset=utf-8");
    let text = got.text();
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let unfolded = text.replace("\r\n ", "");
    unfolded.lines().map(str::to_owned).collect()
}

fn of<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
    let found = lines.iter().filter_map(|it| it.strip_prefix(name));
    found.collect()
}

#[tokio::test]
async fn closings_are_events_at_their_minute_in_utc() {
    let portal = TestPortal::demo().await;
    let all = lines(&portal, "localhost", CALENDAR).await;
    assert!(
        all.contains(
            &"X-WR-CALNAME:Dự thảo lấy ý kiến – Cổng Thông tin điện tử huyện Yên Thế".to_owned()
        ),
        "{all:?}"
    );
    let titles = of(&all, "SUMMARY:");
    assert!(
        titles.contains(&"Hết hạn góp ý: Đặt tên đường\\, phố của thị trấn Phồn Xương (đợt 1)"),
        "{titles:?}"
    );
    let at = of(&all, "DTSTART:");
    assert!(at.contains(&"20271231T100000Z"), "{at:?}");
    assert_eq!(at.len(), titles.len());
    let ids = of(&all, "UID:urn:uuid:");
    assert_eq!(ids.len(), titles.len());
    assert!(of(&all, "DTEND").is_empty());
}

#[tokio::test]
async fn a_calendar_is_as_narrow_as_its_list() {
    let portal = TestPortal::demo().await;
    let whole = lines(&portal, "localhost", CALENDAR).await;
    let open = lines(&portal, "localhost", "/gop-y/calendar.ics?status=open").await;
    let (whole, open) = (of(&whole, "UID:").len(), of(&open, "UID:").len());
    assert!(0 < open && open < whole, "{open} of {whole}");
    let list = portal
        .visitor()
        .get("localhost", "/gop-y?status=open")
        .await;
    list.assert_status(200)
        .assert_contains("/gop-y/calendar.ics?status=open");
    let below = lines(&portal, "dong-son.localhost", CALENDAR).await;
    assert!(!of(&below, "UID:").is_empty());
}

#[tokio::test]
async fn a_list_without_dates_has_no_calendar() {
    let portal = TestPortal::demo().await;
    for path in [
        "/van-ban/calendar.ics",
        "/gop-y/y-kien/calendar.ics",
        "/x/calendar.ics",
    ] {
        let got = portal.visitor().get("localhost", path).await;
        got.assert_status(404);
    }
    let list = portal.visitor().get("localhost", "/van-ban").await;
    list.assert_status(200).assert_lacks("calendar.ics");
}
