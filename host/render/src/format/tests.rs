use super::{date_long, date_short, file_size, number, time_short};

#[test]
fn dates_are_written_day_first() {
    assert_eq!(date_short("2014-10-03").as_deref(), Some("03/10/2014"));
    assert_eq!(
        date_long("2014-10-03").as_deref(),
        Some("ngày 03 tháng 10 năm 2014")
    );
    assert_eq!(
        time_short("2014-10-03T08:05:00+07:00").as_deref(),
        Some("08:05, 03/10/2014")
    );
    for wrong in [
        "",
        "2014",
        "2014-1-3",
        "ngày 3/10",
        "2014/10/03",
        "đđđđđđđđđđ",
    ] {
        assert_eq!(date_short(wrong), None, "{wrong}");
    }
    assert_eq!(time_short("2014-10-03"), None);
}

#[test]
fn sizes_have_a_decimal_comma() {
    assert_eq!(file_size(0), "0 byte");
    assert_eq!(file_size(1023), "1023 byte");
    assert_eq!(file_size(25_088), "24,5 KB");
    assert_eq!(file_size(1024 * 1024 - 1), "1 MB");
    assert_eq!(file_size(5 * 1024 * 1024), "5 MB");
    assert_eq!(file_size(u64::MAX), "16777216 TB");
}

#[test]
fn numbers_are_grouped_by_dots() {
    assert_eq!(number(0), "0");
    assert_eq!(number(999), "999");
    assert_eq!(number(1000), "1.000");
    assert_eq!(number(1_234_567), "1.234.567");
}
