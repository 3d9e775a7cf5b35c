use dinh_domain::dates::LocalDate;
use dinh_domain::ids::EntryId;

use super::{COUNTED_MAX, Usage, Viewed, month_of};

fn day(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap()
}

fn viewed(entry: &str) -> Viewed {
    Viewed {
        entry: EntryId::new(entry).unwrap(),
        month: month_of(day("2026-11-27")),
    }
}

fn counted(usage: &Usage) -> Vec<(String, i64)> {
    let all = usage.all().into_iter();
    all.map(|it| (it.entry.to_string(), it.views)).collect()
}

#[test]
fn what_was_counted_while_others_were_written_stays() {
    let usage = Usage::default();
    usage.count(&viewed("b"));
    usage.count(&viewed("a"));
    usage.count(&viewed("a"));
    let written = usage.all();
    usage.count(&viewed("a"));
    usage.take_off(&written);
    assert_eq!(counted(&usage), [("a".to_owned(), 1)]);
    usage.take_off(&usage.all());
    assert_eq!(counted(&usage), []);
}

#[test]
fn memory_is_bounded_and_what_is_counted_already_goes_on() {
    let usage = Usage::default();
    for number in 0..=COUNTED_MAX {
        usage.count(&viewed(&format!("e{number}")));
    }
    usage.count(&viewed("e0"));
    let all = usage.all();
    assert_eq!(all.len(), COUNTED_MAX);
    assert_eq!(all.iter().map(|it| it.views).max(), Some(2));
    assert_eq!(all.first().map(|it| it.month), Some(day("2026-11-01")));
}
