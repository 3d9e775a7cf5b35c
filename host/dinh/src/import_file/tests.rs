use std::io::Write;

use super::{MAX_ROW_BYTES, Rows};

fn told(path: &std::path::Path) -> Vec<(u64, bool)> {
    let mut rows = Rows::open(path).unwrap();
    let mut all = Vec::new();
    loop {
        let batch = rows.batch(2).unwrap();
        if batch.is_empty() {
            return all;
        }
        all.extend(batch.iter().map(|row| (row.line, row.row.is_ok())));
    }
}

const TEXT: &[u8] = b"\xEF\xBB\xBF{\"a\":1}\n\nnot json\n{\"a\":2}";

#[test]
fn plain_gz_and_xz_give_the_same_rows_with_their_line_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let expected = [(1, true), (3, false), (4, true)];
    let plain = folder.path().join("rows.jsonl");
    std::fs::write(&plain, TEXT).unwrap();
    assert_eq!(told(&plain), expected);
    let gz = folder.path().join("rows.jsonl.gz");
    let mut packed = flate2::write::GzEncoder::new(
        std::fs::File::create(&gz).unwrap(),
        flate2::Compression::fast(),
    );
    packed.write_all(TEXT).unwrap();
    packed.finish().unwrap();
    assert_eq!(told(&gz), expected);
    let xz = folder.path().join("rows.jsonl.xz");
    let mut packed = liblzma::write::XzEncoder::new(std::fs::File::create(&xz).unwrap(), 1);
    packed.write_all(TEXT).unwrap();
    packed.finish().unwrap();
    assert_eq!(told(&xz), expected);
}

#[test]
fn a_line_over_the_limit_is_a_fault_and_the_next_row_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl");
    let long = format!(
        "{{\"a\":\"{}\"}}\n{{\"a\":1}}\n",
        "x".repeat(MAX_ROW_BYTES as usize)
    );
    std::fs::write(&path, long).unwrap();
    assert_eq!(told(&path), [(1, false), (2, true)]);
}

#[test]
fn a_broken_archive_says_after_which_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.jsonl.gz");
    std::fs::write(&path, b"no archive").unwrap();
    let Err(told) = Rows::open(&path).unwrap().batch(1) else {
        panic!("it should fail")
    };
    assert!(told.contains("after line 0"), "{told}");
}
