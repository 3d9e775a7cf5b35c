use dinh_domain::dates::Instant;

use super::{LINE_BYTES_MAX, line, text, utc};

#[test]
fn lines_are_folded_between_letters_and_no_text_ends_one() {
    let mut ics = String::new();
    let long = "Hết hạn góp ý: dự thảo; đường, phố\r\nEND:VEVENT ".repeat(5);
    line(&mut ics, "SUMMARY", &text(&long));
    assert!(ics.lines().all(|it| it.len() <= LINE_BYTES_MAX), "{ics}");
    let unfolded = ics.replace("\r\n ", "");
    assert_eq!(unfolded.matches("\r\n").count(), 1, "{unfolded}");
    assert!(unfolded.contains("dự thảo\\; đường\\, phố\\nEND:VEVENT"));
}

#[test]
fn instants_are_written_in_utc() {
    assert_eq!(utc(Instant(1_735_689_600_000)), "20250101T000000Z");
}
