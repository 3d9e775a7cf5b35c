use dinh_portal::ImportCount;

use super::{Progress, Reader, line, span};

fn quarter() -> Progress {
    Progress {
        rows: 1_500,
        count: ImportCount {
            created: 1_498,
            rejected: 2,
            ..ImportCount::default()
        },
        bytes_read: 25_000,
        bytes_total: 100_000,
        seconds: 10.0,
    }
}

#[test]
fn a_quarter_in_ten_seconds_leaves_thirty() {
    assert_eq!(quarter().remaining(), Some(30.0));
    let told = line(Reader::Log, &quarter());
    assert_eq!(
        told,
        "1500 rows (25 %), 150 a second, about 30 s to go, 2 rejected\n"
    );
    let told = line(Reader::Terminal, &quarter());
    assert!(
        told.starts_with('\r') && told.ends_with("\x1b[K"),
        "{told:?}"
    );
    assert!(!told.contains('\n'));
}

#[test]
fn a_program_reads_numbers() {
    let told: serde_json::Value = serde_json::from_str(&line(Reader::Program, &quarter())).unwrap();
    assert_eq!(told["event"], "progress");
    assert_eq!(told["rows_per_second"], 150.0);
    assert_eq!(told["remaining_seconds"], 30.0);
    assert_eq!(told["rejected"], 2);
}

#[test]
fn nothing_read_yet_and_a_file_of_no_bytes_tell_no_nonsense() {
    let begun = Progress {
        rows: 0,
        bytes_read: 0,
        bytes_total: 0,
        seconds: 0.0,
        ..quarter()
    };
    assert_eq!(begun.remaining(), None);
    assert!(line(Reader::Log, &begun).contains("just begun"));
    let grown = Progress {
        bytes_read: 9,
        bytes_total: 3,
        ..quarter()
    };
    assert_eq!(grown.remaining(), Some(0.0));
}

#[test]
fn times_are_said_as_people_say_them() {
    assert_eq!(span(40.4), "40 s");
    assert_eq!(span(700.0), "12 min");
    assert_eq!(span(7_500.0), "2 h 5 min");
    assert_eq!(span(f64::NAN), "0 s");
}
