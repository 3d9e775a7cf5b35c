use super::{MAX_CHARS, Number, NumberFault, parse};

fn read(text: &str) -> Number {
    parse(text).unwrap()
}

fn summary(text: &str) -> String {
    let number = read(text);
    let ordinal = number.ordinal.unwrap_or_default();
    let year = number.year.map_or(String::new(), |year| year.to_string());
    let kind = number.kind.map_or("", |kind| kind.short);
    format!(
        "{ordinal}|{year}|{kind}|{}|{:?}",
        number.agencies.join("+"),
        number.class
    )
}

#[test]
fn each_class_is_read() {
    let cases = [
        ("06/2014/QĐ-UBND", "6|2014|QĐ|UBND|Normative"),
        ("24/2011/TT-BTTTT", "24|2011|TT|BTTTT|Normative"),
        ("64/2025/QH15", "64|2025||QH15|Legislature"),
        ("05/2008/UBTVQH12", "5|2008||UBTVQH12|Legislature"),
        ("21-LCT/HDNN8", "21|||LCT+HDNN8|Legislature"),
        ("19/QĐ-UBND", "19||QĐ|UBND|Administrative"),
        ("813/NQ-UBTVQH14", "813||NQ|UBTVQH14|Administrative"),
        ("15/UBND-VP", "15|||UBND+VP|Letter"),
        (
            "19/2012/TTLT-BTC-BKH&ĐT-BTTTT",
            "19|2012|TTLT|BTC+BKH&ĐT+BTTTT|Joint",
        ),
        ("05/1998/TTLT/TCCP-CCB", "5|1998|TTLT|TCCP+CCB|Joint"),
        (
            "72/2025/NQLT/UBTVQH15-CP-",
            "72|2025|NQLT|UBTVQH15+CP|Joint",
        ),
        ("88/VBHN-VPQH", "88||VBHN|VPQH|Consolidated"),
        ("66.13/2026/NQ-CP", "66.13|2026|NQ|CP|Normative"),
        ("12a/KH-UBND", "12A||KH|UBND|Administrative"),
        ("123/98/QĐ-UB", "123|1998|QĐ|UB|Normative"),
    ];
    for (written, expected) in cases {
        assert_eq!(summary(written), expected, "{written}");
    }
}

#[test]
fn noisy_spellings_are_read_like_the_clean_one() {
    let clean = read("06/2014/QĐ-UBND");
    for noisy in [
        "6/2014/qd-ubnd",
        " 06 / 2014 / QÐ - UBND ",
        "06/2014/QĐ–UBND",
        "06/2014/QĐUBND",
        "06/2014/QĐ UBND",
        "Số: 06/2014/QĐ-UBND",
        "số 6/2014/QĐ_UBND",
        "006/2014/QĐ--UBND",
        "So\u{302}\u{301} 06/2014/QĐ-UBND",
        "06\\2014\\QĐ.UBND",
    ] {
        let read = read(noisy);
        assert_eq!(
            (&read.ordinal, read.year, read.class),
            (&clean.ordinal, clean.year, clean.class),
            "{noisy}"
        );
        assert_eq!(
            (read.kind, &read.agencies),
            (clean.kind, &clean.agencies),
            "{noisy}"
        );
    }
    assert_eq!(summary("43/2011/NĐCP"), "43|2011|NĐ|CP|Normative");
    assert_eq!(summary("50/2022/NĐ_CP"), "50|2022|NĐ|CP|Normative");
    assert_eq!(summary("55/2018/tt-bgtvt"), "55|2018|TT|BGTVT|Normative");
    assert_eq!(summary("01/2016/NQ.HĐTP"), "1|2016|NQ|HĐTP|Normative");
    assert_eq!(
        summary("30/2003/TTLT-BGDĐT-BYT"),
        "30|2003|TTLT|BGDĐT+BYT|Joint"
    );
}

#[test]
fn a_missing_mark_tells_schemes_from_projects_only_where_it_was_written() {
    assert_eq!(read("5/ĐA-UBND").kind.unwrap().id, "de-an");
    assert_eq!(read("5/DA-UBND").kind.unwrap().id, "du-an");
    assert_eq!(read("5/HD-UBND").kind.unwrap().id, "huong-dan");
    assert_eq!(read("5/HĐ-UBND").kind.unwrap().id, "hop-dong");
    assert_eq!(read("5/TTr-UBND").kind.unwrap().id, "to-trinh");
}

#[test]
fn incomplete_numbers_of_real_registers_pass() {
    for (written, expected) in [
        ("11/2020/TT-", "11|2020|TT||Normative"),
        ("71/2015", "71|2015|||Unknown"),
        ("2017/TT-BTNMT", "2017||TT|BTNMT|Unknown"),
        ("13/CP", "13|||CP|Unknown"),
        ("08/08/1994", "8|||08+1994|Unknown"),
        ("01/2012/QĐ", "1|2012|QĐ||Normative"),
    ] {
        assert_eq!(summary(written), expected, "{written}");
    }
}

#[test]
fn what_cannot_be_a_number_is_refused_with_its_reason() {
    assert_eq!(parse("QĐ-UBND"), Err(NumberFault::NoDigit));
    assert_eq!(parse(""), Err(NumberFault::NoDigit));
    let long = format!("06/2014/{}", "Đ".repeat(MAX_CHARS));
    assert_eq!(parse(&long), Err(NumberFault::TooLong(MAX_CHARS + 8)));
    assert!(parse(&"9".repeat(MAX_CHARS)).is_ok());
    for (written, year) in [
        ("06/20144/QĐ-UBND", "20144"),
        ("06/214/QĐ-UBND", "214"),
        ("06/2914/QĐ-UBND", "2914"),
    ] {
        assert_eq!(parse(written), Err(NumberFault::Year(year.to_owned())));
    }
}

#[test]
fn no_text_makes_the_reader_fall_over() {
    let pieces = [
        "", "0", "06", "2014", "/", "-", ".", " ", "QĐ", "ỦB", "\u{301}", "&", "số", "NĐCP", "😀",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let _ = parse(&format!("{a}{b}{c}{d}"));
                }
            }
        }
    }
}
