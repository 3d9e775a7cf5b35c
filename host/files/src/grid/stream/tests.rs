use super::*;

/// A row's number and its cells.
type Row = (u64, Option<Vec<String>>);

fn rows(bytes: &[u8]) -> (Found, Vec<Row>) {
    let mut rows = SeparatedRows::open(bytes).expect("it is text");
    let mut all = Vec::new();
    while let Some(row) = rows.next_row().expect("it is read") {
        let cells = row.cells;
        let texts = cells.map(|it| it.iter().map(|cell| cell.text().to_owned()).collect());
        all.push((row.number, texts));
    }
    (rows.found().clone(), all)
}

fn texts(cells: &[&str]) -> Option<Vec<String>> {
    Some(cells.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn rows_have_the_numbers_that_spreadsheets_show() {
    let text = "\u{feff}Mã;Tên\n\n1;\"hai\ndòng\"\n\n\n2;Ba";
    let (found, rows) = rows(text.as_bytes());
    assert_eq!(
        (found.encoding, found.separator),
        (Some(Encoding::Utf8), Some(';'))
    );
    assert_eq!(
        rows,
        [
            (1, texts(&["Mã", "Tên"])),
            (3, texts(&["1", "hai\ndòng"])),
            (6, texts(&["2", "Ba"])),
        ]
    );
}

#[test]
fn every_encoding_is_read_piece_by_piece() {
    let text = "Xã;Hộ nghèo\nĐồng Sơn;1.204\n";
    for marked in [false, true] {
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let mark = if marked { "\u{feff}" } else { "" };
            let text = format!("{mark}{text}");
            let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            let (found, rows) = rows(&bytes);
            assert_eq!(found.encoding, Some(Encoding::Utf16));
            assert_eq!(rows[1].1, texts(&["Đồng Sơn", "1.204"]), "{marked}");
        }
    }
    let (found, rows) = rows(b"X\xb7;H\xe9 ngh\xcco;T\xfb l\xd6\n\xa7\xe5ng S\xacn;1;2\n");
    assert_eq!(found.encoding, Some(Encoding::Tcvn3));
    assert_eq!(rows[1].1, texts(&["Đồng Sơn", "1", "2"]));
}

#[test]
fn a_row_in_other_letters_is_told_and_the_next_is_read() {
    let mut bytes = "a;b\n".repeat(400_000).into_bytes();
    bytes.extend(b"\xff\xfe;x\nc;d\n");
    let mut rows = SeparatedRows::open(bytes.as_slice()).expect("it is text");
    let mut last = Vec::new();
    while let Some(row) = rows.next_row().expect("it is read") {
        last.push(row);
        if last.len() > 2 {
            last.remove(0);
        }
    }
    assert_eq!((last[0].number, &last[0].cells), (400_001, &None));
    assert!(last[1].cells.is_some());
}

#[test]
fn what_has_no_end_ends() {
    assert!(matches!(
        SeparatedRows::open(&b"PK\x03\x04\x00"[..]),
        Err(SeparatedFailure::NoText)
    ));
    let endless = std::io::Cursor::new(b"a;b\n1;\"".to_vec()).chain(std::io::repeat(b'x'));
    let mut rows = SeparatedRows::open(endless).expect("it begins as text");
    assert!(rows.next_row().expect("the headings").is_some());
    assert!(matches!(rows.next_row(), Err(SeparatedFailure::Endless)));
}

#[test]
fn a_quotation_mark_that_is_closed_by_the_end_of_the_file_takes_no_rows_with_it() {
    let file = "a;b\n1;\"x\n2;y\n3;z\n";
    let mut rows = SeparatedRows::open(file.as_bytes()).expect("it begins as text");
    assert!(rows.next_row().expect("the headings").is_some());
    assert!(matches!(rows.next_row(), Err(SeparatedFailure::Endless)));
    let closed = "a;b\n1;\"x\n2;y\"\n3;z";
    let mut rows = SeparatedRows::open(closed.as_bytes()).expect("it begins as text");
    let mut count = 0;
    while rows.next_row().expect("every row ends").is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
}
