use super::LocalTime;
use crate::dates::{Instant, Zone};

#[test]
fn text_order_is_time_order_and_a_day_is_its_first_minute() {
    let read = |text: &str| LocalTime::parse(text).unwrap();
    let (day, five) = (read("2026-12-15"), read("2026-12-15T17:00"));
    assert!(day < five && "2026-12-15" < five.to_string().as_str());
    assert_eq!(five.to_vietnamese(), "17:00 ngày 15/12/2026");
    assert_eq!(day.to_string(), "2026-12-15T00:00");
    let zone = Zone::default();
    assert_eq!(five.instant_in(&zone).local_in(&zone), five);
    assert_eq!(
        Instant(five.instant_in(&zone).0 + 59_999).local_in(&zone),
        five
    );
}

#[test]
fn what_no_clock_shows_is_none() {
    for bad in [
        "2026-12-15T24:00",
        "2026-12-15T9:00",
        "2026-12-15T10:60",
        "2026-02-30T10:00",
        "17:00",
        "2026-12-15T10:00:00",
        "2026-12-15T+1:00",
    ] {
        assert_eq!(LocalTime::parse(bad), None, "{bad}");
    }
}
