use crate::{MAX_FILE_BYTES, Media, Paragraph, Shelf, sniff, write_odt};

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
