use proptest::{prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::parse_date;
use crate::dates::LocalDate;
use crate::vietnamese::arbitrary::texts;

#[test]
fn every_way_to_write_a_date_is_read() {
    let wanted = LocalDate::from_parts(2014, 10, 3);
    assert!(wanted.is_some());
    for written in [
        "3/10/2014",
        "03-10-2014",
        "03.10.2014",
        "03 / 10 / 2014",
        "03–10–2014",
        "2014-10-03",
        "ngày 03 tháng 10 năm 2014",
        "Ngày 3 tháng 10  năm 2014",
        "3 thang 10 nam 2014",
        "ngày 03/10/2014",
        "０３/１０/２０１４",
        "  3/10/2014\u{A0}",
    ] {
        assert_eq!(parse_date(written), wanted, "{written}");
        assert_eq!(
            parse_date(&written.nfd().collect::<String>()),
            wanted,
            "{written}"
        );
    }
}

#[test]
fn days_that_do_not_exist_and_other_texts_are_refused() {
    for written in [
        "31/4/2014",
        "29/02/2015",
        "10/13/2014",
        "0/1/2014",
        "3/10/14",
        "3/10-2014",
        "2014/10/03",
        "2014-10-03-1",
        "2014",
        "03102014",
        "ngày 3 tháng 10",
        "ngày 3 tháng 10 năm 2014 tại Yên Thế",
        "+3/10/2014",
        "003/10/2014",
        "ngày",
        "",
    ] {
        assert_eq!(parse_date(written), None, "{written}");
    }
    assert!(parse_date("29/02/2016").is_some());
}

proptest! {
    #[test]
    fn a_date_as_the_portal_writes_it_is_read_back(
        year in 1000_i16..=9999, month in 1_i8..=12, day in 1_i8..=28,
    ) {
        let date = LocalDate::from_parts(year, month, day);
        prop_assert_eq!(date.and_then(|date| parse_date(&date.to_vietnamese())), date);
        prop_assert_eq!(date.and_then(|date| parse_date(&date.to_string())), date);
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in texts()) {
        parse_date(&text);
        parse_date(&format!("ngày {text} tháng 1 năm 2014"));
    }
}
