use super::{Start, clauses, reading};
use crate::dates::Day;
use crate::fold::code_key;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn starts(text: &str) -> Vec<Start> {
    let found = clauses([text], &code_key("06/2014/QĐ-UBND"));
    found.into_iter().map(|clause| clause.start).collect()
}

/// The same text with its letters taken apart from their marks, as some editors store it.
fn decomposed(text: &str) -> String {
    let pairs = [
        ("ó", "o\u{301}"),
        ("ệ", "e\u{323}\u{302}"),
        ("ự", "u\u{31b}\u{323}"),
        ("ể", "e\u{302}\u{309}"),
        ("ừ", "u\u{31b}\u{300}"),
        ("à", "a\u{300}"),
        ("ý", "y\u{301}"),
        ("á", "a\u{301}"),
        ("ă", "a\u{306}"),
        ("ế", "e\u{302}\u{301}"),
        ("ị", "i\u{323}"),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn every_usual_wording_is_read_in_both_unicode_forms() {
    let july = Start::On(day("2025-07-01"));
    let cases = [
        (
            "Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký.",
            Start::AfterIssue(7),
        ),
        (
            "Quyết định này có hiệu lực thi hành sau 10 (mười) ngày, kể từ ngày ký ban hành.",
            Start::AfterIssue(10),
        ),
        (
            "Quyết định này có hiệu lực thi hành sau mười (10) ngày kể từ ngày ký ban hành",
            Start::AfterIssue(10),
        ),
        (
            "Chỉ thị này có hiệu lực sau 7 ngày kể từ ngày được ký",
            Start::AfterIssue(7),
        ),
        (
            "Nghị quyết này có hiệu lực kể từ ngày Hội đồng nhân dân huyện khóa XIX thông qua",
            Start::AfterIssue(0),
        ),
        (
            "Điều 3. Nghị quyết này đã được Hội đồng nhân dân huyện thông qua ngày 24 tháng 6 năm 2025 và có hiệu lực sau 07 ngày kể từ ngày thông qua./.",
            Start::AfterIssue(7),
        ),
        (
            "2. Nghị quyết được Hội đồng nhân dân huyện nhiệm kỳ 2021 - 2026 thông qua ngày 24/6/2025 và có hiệu lực từ ngày 01 tháng 7 năm 2025",
            july,
        ),
        (
            "Nghị quyết này có hiệu lực thi hành sau 10 ngày, kể từ ngày thông qua",
            Start::AfterIssue(10),
        ),
        (
            "Quyết định này có hiệu lực kể từ ngày ký.",
            Start::AfterIssue(0),
        ),
        (
            "Quyết định này có hiệu lực thi hành từ ngày ký ban hành",
            Start::AfterIssue(0),
        ),
        (
            "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025.",
            july,
        ),
        ("Quyết định này có hiệu lực từ ngày 01/7/2025", july),
        ("Quyết định này có hiệu lực thi hành từ 01/07/2025;", july),
        ("QUYẾT ĐỊNH NÀY CÓ HIỆU LỰC KỂ TỪ NGÀY 1-7-2025", july),
        (
            "Quyết định này\ncó  hiệu\u{a0}lực kể\u{a0}từ ngày  01  tháng\u{a0}7 năm 2025",
            july,
        ),
        (
            "Điều 4. Thông tư liên tịch này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo",
            Start::Elsewhere,
        ),
        (
            "Quyết định này sẽ có hiệu lực sau bảy ngày kể từ ngày ký",
            Start::AfterIssue(7),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(starts(text), [expected], "{text}");
        assert_eq!(starts(&decomposed(text)), [expected], "decomposed: {text}");
    }
}

#[test]
fn what_speaks_of_something_else_is_left_out() {
    for text in [
        "Văn bản số 5 hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.",
        "Luật tổ chức được Quốc hội thông qua và có hiệu lực từ ngày 01/7/2025.",
        "Theo Nghị quyết được Hội đồng nhân dân thông qua, giấy phép có hiệu lực từ ngày 01/7/2025.",
        "Giấy phép có hiệu lực kể từ ngày 01/7/2025.",
        "Khoản 2 Điều 5 Quyết định này có hiệu lực từ ngày 01/7/2025.",
        "Riêng quy định tại điểm a Điều 2 của Quyết định này có hiệu lực từ ngày 01/7/2025.",
        "“Điều 9. Quyết định này có hiệu lực từ ngày 01/7/2025.”",
        "(Điều 2 Thông tư số 04/2023/TT-BGTVT, có hiệu lực thi hành kể từ ngày 01/11/2023)\nThông tư này có hiệu lực từ ngày 01/11/2023.",
        "Các quyết định này có giá trị. Trước ngày Quyết định này có hiệu lực mà chưa xong thì thôi.",
    ] {
        assert_eq!(starts(text), Vec::new(), "{text}");
    }
}

#[test]
fn a_citation_of_the_document_itself_hides_nothing() {
    let text = "(Điều 4 Quyết định số 6/2014/QĐ-UBND, có hiệu lực từ ngày 01/07/2014)\nQuyết định này có hiệu lực từ ngày 01/7/2014";
    assert_eq!(starts(text), vec![Start::On(day("2014-07-01"))]);
}

#[test]
fn the_last_clause_counts_and_is_quoted_as_written() {
    let text = "Điều 1. Quyết định này có hiệu lực từ ngày 01/7/2025.\nĐiều 9. Quyết định này\n có hiệu lực sau 07 ngày kể từ ngày ký.";
    let found = clauses([text], "");
    let read = reading(&found, Some(day("2025-06-24"))).unwrap();
    assert_eq!((read.on, read.certain), (day("2025-07-01"), true));
    assert_eq!(
        read.words,
        "Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký"
    );
    let other = reading(&found, Some(day("2025-06-25"))).unwrap();
    assert_eq!((other.on, other.certain), (day("2025-07-02"), false));
}

#[test]
fn a_delay_without_a_day_of_issue_says_nothing() {
    let found = clauses(["Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký"], "");
    assert_eq!(found.len(), 1);
    assert_eq!(reading(&found, None), None);
    assert_eq!(reading(&[], Some(day("2014-01-01"))), None);
}

#[test]
fn dates_that_do_not_exist_and_absurd_delays_are_not_read() {
    assert_eq!(
        starts("Quyết định này có hiệu lực từ ngày 31/02/2025"),
        Vec::new()
    );
    assert_eq!(
        starts("Quyết định này có hiệu lực sau 9000 ngày kể từ ngày ký"),
        Vec::new()
    );
}

#[test]
fn cut_and_broken_texts_do_not_make_the_reader_fall_over() {
    let text = decomposed(
        "“(Điều 4 … Quyết định này có hiệu lực sau 07 (bảy ngày kể từ ngày 01 tháng 7 năm",
    );
    for end in 0..=text.len() {
        for begin in [0, 1, end / 2] {
            if let Some(piece) = text.get(begin..end) {
                let _ = starts(piece);
            }
        }
    }
}

#[test]
fn a_text_of_nothing_but_beginnings_is_gone_over_once() {
    let text = "(hi(điều thi hành hiện ".repeat(40_000);
    assert_eq!(starts(&text), Vec::new());
}
