use super::*;

fn read(text: &str, mark: DecimalMark) -> Option<(i64, u8)> {
    Decimal::parse(text, mark).map(|it| (it.scaled, it.decimals))
}

#[test]
fn a_number_is_read_by_the_mark_that_was_declared() {
    use DecimalMark::{Comma, Point};
    assert_eq!(read("1.234,5", Comma), Some((12345, 1)));
    assert_eq!(read("1,234.5", Point), Some((12345, 1)));
    assert_eq!(read("1.234", Comma), Some((1234, 0)));
    assert_eq!(read("1.234", Point), Some((1234, 3)));
    assert_eq!(read("22594.0", Point), Some((22594, 0)));
    assert_eq!(
        read("\u{2212}3 120\u{a0}000,25", Comma),
        Some((-312_000_025, 2))
    );
    assert_eq!(read("+7", Comma), Some((7, 0)));
}

#[test]
fn what_is_no_number_is_none() {
    use DecimalMark::{Comma, Point};
    for text in [
        "", "-", "1,2,3", "1.23", "12.3456", ",5", "5,", "1..234", "1e5", "0x1", "٣", "1.234.56",
    ] {
        assert_eq!(read(text, Comma), None, "{text}");
    }
    for text in [
        "12,34",
        "1,2345.0",
        "=1+1",
        "5%",
        "1234567890123456",
        "0.1234567891",
    ] {
        assert_eq!(read(text, Point), None, "{text}");
    }
}

#[test]
fn a_number_is_written_as_it_is() {
    assert_eq!(written(-123_450, 2, ',', Some('.')), "-1.234,50");
    assert_eq!(written(5, 3, '.', None), "0.005");
    assert_eq!(written(1_000_000, 0, ',', Some('.')), "1.000.000");
    assert_eq!(written(0, 1, ',', None), "0,0");
}
