use super::{Day, Unread};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn every_day_of_three_centuries_is_one_after_the_last_and_reads_back() {
    let mut day = day("1900-01-01");
    let last = Day::parse("2199-12-31").unwrap();
    let mut count = 1;
    while day < last {
        let next = day.plus(1);
        assert!(next > day);
        assert_eq!(Day::parse(&next.to_string()), Some(next));
        day = next;
        count += 1;
    }
    assert_eq!(count, 109_573); // 300 years with 73 leap days
}

#[test]
fn the_epoch_is_day_zero() {
    assert_eq!(day("1970-01-01"), Day(0));
    assert_eq!(day("2014-10-03").plus(7), day("2014-10-10"));
    assert_eq!(day("2024-02-28").plus(2), day("2024-03-01"));
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for text in [
        "2023-02-29",
        "1900-02-29",
        "2014-13-01",
        "2014-00-10",
        "2014-04-31",
        "2014-1-01",
        "",
        "03/10/2014",
        "0999-01-01",
        "2014-10-1á",
    ] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
}

#[test]
fn a_typed_day_is_read_in_the_vietnamese_order_and_in_that_of_the_addresses() {
    for typed in ["2014-10-03", "03/10/2014", "3/10/2014", " 2014-10-3 "] {
        assert_eq!(Day::read(typed), Ok(day("2014-10-03")), "{typed}");
    }
}

#[test]
fn a_real_day_out_of_range_is_told_apart_from_an_unreal_one_and_from_other_words() {
    for (typed, why) in [
        ("9999-12-31", Unread::OutOfRange),
        ("31/12/1899", Unread::OutOfRange),
        ("01/01/2201", Unread::OutOfRange),
        ("2015-02-30", Unread::Unreal),
        ("30/02/2015", Unread::Unreal),
        ("10/13/2014", Unread::Unreal),
        ("00/10/2014", Unread::Unreal),
        ("hôm nay", Unread::Unreadable),
        ("3/10/14", Unread::Unreadable),
        ("2014", Unread::Unreadable),
        ("+3/10/2014", Unread::Unreadable),
        ("3/10/2014/5", Unread::Unreadable),
        ("", Unread::Unreadable),
    ] {
        assert_eq!(Day::read(typed), Err(why), "{typed}");
    }
}

#[test]
fn a_day_is_written_the_vietnamese_way() {
    assert_eq!(day("2014-10-03").in_words(), "03/10/2014");
}
