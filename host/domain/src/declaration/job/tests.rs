use super::{JobDeclaration, Schedule};
use crate::dates::{Instant, LocalDate, Zone};

fn declared(every: Option<&str>, daily: Option<&str>) -> Result<Option<Schedule>, String> {
    let job = JobDeclaration {
        name: "job".to_owned(),
        every: every.map(str::to_owned),
        daily: daily.map(str::to_owned),
    };
    job.schedule()
}

fn at(zone: &Zone, day: &str, minute: i64) -> Instant {
    zone.at_minute(LocalDate::parse(day).unwrap(), minute)
}

#[test]
fn intervals_and_times_are_read_and_nonsense_is_refused_by_its_own_words() {
    assert_eq!(declared(None, None), Ok(None));
    assert_eq!(declared(Some("5m"), None), Ok(Some(Schedule::Every(5))));
    assert_eq!(declared(Some("24h"), None), Ok(Some(Schedule::Every(1440))));
    assert_eq!(
        declared(None, Some("06:30")),
        Ok(Some(Schedule::Daily(390)))
    );
    for every in [
        "4m",
        "25h",
        "1d",
        "h",
        "",
        "-5m",
        "99999999999h",
        "1.5h",
        "٥m",
    ] {
        let told = declared(Some(every), None).unwrap_err();
        assert!(told.contains(&format!("`every = \"{every}\"`")), "{told}");
    }
    for daily in ["24:00", "6:30", "06:60", "0630", "", "-1:00", "06:30:00"] {
        let told = declared(None, Some(daily)).unwrap_err();
        assert!(told.contains("06:30"), "{told}");
    }
    assert!(declared(Some("5m"), Some("06:30")).is_err());
}

#[test]
fn the_last_due_instant_follows_the_civil_day_of_the_zone() {
    let zone = Zone::named("Asia/Ho_Chi_Minh").unwrap();
    let daily = Schedule::Daily(6 * 60 + 30);
    let due = at(&zone, "2026-11-24", 390);
    assert_eq!(daily.last_due(due, &zone), due);
    assert_eq!(daily.last_due(Instant(due.0 + 1), &zone), due);
    let before = at(&zone, "2026-11-23", 390);
    assert_eq!(daily.last_due(Instant(due.0 - 1), &zone), before);
    let every = Schedule::Every(60);
    let noon = at(&zone, "2026-11-24", 12 * 60);
    assert_eq!(every.last_due(Instant(noon.0 + 59 * 60_000), &zone), noon);
}

#[test]
fn an_hour_that_does_not_exist_or_comes_twice_is_due_once() {
    let zone = Zone::named("Europe/Berlin").unwrap();
    let daily = Schedule::Daily(2 * 60 + 30);
    for (day, hours) in [("2026-03-29", 24), ("2026-10-25", 26)] {
        let start = zone.start_of(LocalDate::parse(day).unwrap());
        let steps = (0..hours * 6).map(|step| Instant(start.0 + step * 600_000));
        let mut due: Vec<Instant> = steps.map(|now| daily.last_due(now, &zone)).collect();
        due.dedup();
        // That of the day before, and one of this day.
        assert_eq!(due.len(), 2, "{day}: {due:?}");
    }
}
