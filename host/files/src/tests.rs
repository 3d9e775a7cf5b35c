use futures_util::StreamExt;

use crate::{
    FileError, MAX_FILE_BYTES, Media, Paragraph, Sheet, SheetCell, Shelf, sniff, write_odt,
};

#[tokio::test]
async fn the_same_content_is_kept_once_and_found_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let first = shelf.put(&b"%PDF-1.7 one"[..]).await.unwrap();
    let again = shelf.put(&b"%PDF-1.7 one"[..]).await.unwrap();
    assert_eq!(first, again);
    assert!(shelf.exists(&first).await.unwrap());
    let whole = shelf.read(&first, 12, 0..12).await.unwrap();
    assert_eq!(whole.size_bytes(), 12);
    assert_eq!(whole.bytes().await.unwrap(), b"%PDF-1.7 one");
    let part = shelf.read(&first, 12, 5..8).await.unwrap();
    assert_eq!(part.bytes().await.unwrap(), b"1.7");
}

#[tokio::test]
async fn what_is_missing_or_of_another_size_is_said_before_the_first_byte() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let hash = shelf.put(&b"one"[..]).await.unwrap();
    let error = shelf.read(&hash, 4, 0..4).await.unwrap_err();
    assert!(error.to_string().ends_with("has 3 bytes, recorded are 4"));
    assert!(!error.is_away());
    let other = "0".repeat(64);
    assert!(!shelf.exists(&other).await.unwrap());
    let error = shelf.read(&other, 3, 0..3).await.unwrap_err();
    assert!(matches!(error, FileError::Missing { .. }), "{error}");
    for part in [2..4, 4..4] {
        assert!(shelf.read(&hash, 3, part).await.is_err());
    }
}

#[tokio::test]
async fn bytes_that_are_not_what_the_name_says_do_not_come_whole() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    let content = vec![7; 300_000];
    let hash = shelf.put(content.clone()).await.unwrap();
    let place = folder.path().join(&hash[..2]).join(&hash);
    let mut wrong = content;
    wrong[10] = 8;
    std::fs::write(place, &wrong).unwrap();
    let mut parts = shelf
        .read(&hash, 300_000, 0..300_000)
        .await
        .unwrap()
        .stream()
        .boxed();
    let mut came = 0;
    let failed = loop {
        match parts.next().await {
            Some(Ok(part)) => came += part.len(),
            Some(Err(error)) => break error,
            None => panic!("it came whole"),
        }
    };
    assert_eq!(failed.kind(), std::io::ErrorKind::InvalidData);
    assert!(came < 300_000);
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

#[tokio::test]
async fn a_file_over_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    assert!(shelf.put(vec![0; MAX_FILE_BYTES + 1]).await.is_err());
}

#[tokio::test]
async fn a_hash_that_climbs_out_of_the_folder_names_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::open(folder.path()).unwrap();
    for wrong in ["../../etc/passwd", "", &"é".repeat(32), &"A".repeat(64)] {
        assert!(!shelf.exists(wrong).await.unwrap());
        assert!(shelf.read(wrong, 1, 0..1).await.is_err());
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
