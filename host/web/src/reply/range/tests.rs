use super::{Wanted, wanted};

#[test]
fn one_range_is_read_in_its_three_forms() {
    for (header, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=10-19", 10, 19),
        ("bytes=90-", 90, 99),
        ("bytes=90-200", 90, 99),
        ("bytes=-1", 99, 99),
        ("bytes=-100", 0, 99),
        ("bytes=-1000", 0, 99),
        ("bytes=5-99999999999999999999999", 5, 99),
    ] {
        assert_eq!(
            wanted(Some(header), 100),
            Wanted::Part(first..=last),
            "{header}"
        );
    }
}

#[test]
fn a_range_outside_of_the_body_is_refused() {
    for header in [
        "bytes=100-",
        "bytes=100-100",
        "bytes=-0",
        "bytes=99999999999999999999999-",
    ] {
        assert_eq!(wanted(Some(header), 100), Wanted::Beyond, "{header}");
    }
    assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Beyond);
    assert_eq!(wanted(Some("bytes=-5"), 0), Wanted::Beyond);
}

#[test]
fn what_is_no_single_range_of_bytes_gets_the_whole_body() {
    assert_eq!(wanted(None, 100), Wanted::All);
    for header in [
        "",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=+1-2",
        "0-1",
    ] {
        assert_eq!(wanted(Some(header), 100), Wanted::All, "{header}");
    }
}
