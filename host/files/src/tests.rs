use crate::{MAX_FILE_BYTES, Media, Paragraph, Sheet, SheetCell, Shelf, sniff, write_odt};

#[test]
fn the_same_content_is_kept_once_and_found_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let first = shelf.put(b"%PDF-1.7 one").unwrap();
    let again = shelf.put(b"%PDF-1.7 one").unwrap();
    assert_eq!(first, again);
    assert_eq!(std::fs::read(shelf.place(&first)).unwrap(), b"%PDF-1.7 one");
}

#[test]
fn what_a_crash_left_half_written_is_cleared_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    Shelf::open(folder.path()).unwrap();
    let left = folder.path().join("unfinished/abc");
    std::fs::write(&left, b"half").unwrap();
    Shelf::open(folder.path()).unwrap();
    assert!(!left.exists());
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    assert!(shelf.put(&vec![0; MAX_FILE_BYTES + 1]).is_err());
}

#[test]
fn a_hash_that_climbs_out_of_the_folder_lies_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    for wrong in ["../../etc/passwd", "", &"é".repeat(32)] {
        assert!(shelf.place(wrong).starts_with(folder.path()));
        assert!(!shelf.place(wrong).exists());
    }
}

#[test]
fn kinds_are_told_by_content_not_by_name() {
    let odt = write_odt("Tên", &[Paragraph::Text("Một & hai <ba>".to_owned())]).unwrap();
    assert_eq!(sniff(&odt), Some(Media::Odt));
    assert_eq!(sniff(b"%PDF-1.4"), Some(Media::Pdf));
    assert_eq!(sniff(b"<html><script>"), None);
    assert_eq!(sniff(b"PK\x03\x04broken"), None);
}

#[test]
fn an_odt_is_the_same_whenever_it_is_made() {
    let make = || write_odt("Tên", &[Paragraph::Title("A".to_owned())]).unwrap();
    assert_eq!(make(), make());
}

#[test]
fn a_spreadsheet_is_an_archive_whose_first_file_tells_its_kind() {
    let bytes = sheet(3);
    assert_eq!(sniff(&bytes), Some(Media::Ods));
    // Whole and uncompressed, with its size before it: office programs look for it at this place.
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(
        &bytes[38..84],
        b"application/vnd.oasis.opendocument.spreadsheet"
    );
    assert_eq!(bytes[18..22], 46_u32.to_le_bytes());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    let mut file = archive.by_name("content.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut content).unwrap();
    assert_eq!(content.matches("<table:table-row>").count(), 3);
    assert!(content.contains(
        "office:value-type=\"date\" office:date-value=\"2014-10-03\"><text:p>03/10/2014<"
    ));
    assert!(
        content.contains("office:date-value=\"2014-10-03T08:05:00\"><text:p>03/10/2014 08:05<")
    );
    assert!(content.contains("office:value-type=\"float\" office:value=\"-7\""));
    assert!(
        content.contains(
            "office:value-type=\"string\"><text:p>=1+1</text:p><text:p>&lt;b&gt;</text:p>"
        )
    );
    assert!(content.contains("office:value-type=\"string\"><text:p>2014-13-45</text:p>"));
    assert!(!content.contains("table:formula"));
}

/// Taken away after every row: the pieces together are what is written at once.
#[test]
fn a_spreadsheet_comes_in_pieces_that_make_the_same_bytes() {
    let mut piece = Sheet::begin("Bảng").unwrap();
    let mut bytes = piece.take();
    for number in 0..2_000 {
        piece.row(&row(number)).unwrap();
        bytes.extend(piece.take());
    }
    assert!(bytes.len() > 4_000, "bytes come before the end");
    bytes.extend(piece.finish().unwrap());
    assert!(bytes == sheet(2_000));
}

fn sheet(rows: i64) -> Vec<u8> {
    let mut sheet = Sheet::begin("Bảng").unwrap();
    for number in 0..rows {
        sheet.row(&row(number)).unwrap();
    }
    sheet.finish().unwrap()
}

fn row(number: i64) -> Vec<SheetCell> {
    vec![
        SheetCell::Text("=1+1\n<b>".to_owned()),
        SheetCell::Date("2014-10-03".to_owned()),
        SheetCell::Date("2014-13-45".to_owned()),
        SheetCell::Time("2014-10-03T08:05:00+07:00".to_owned()),
        SheetCell::Integer(-7),
        SheetCell::Integer(number * 7_919 % 1_009),
        SheetCell::Empty,
        SheetCell::Address("http://localhost/van-ban/1?a=b&c".to_owned()),
    ]
}
