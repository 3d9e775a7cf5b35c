use super::{BLOCK, CHECKSUM, KIND, Reader, Size, add, end, header};

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in members {
        add(&mut bytes, name, content);
    }
    end(&mut bytes);
    bytes
}

/// With another byte in its first header and a checksum that fits again.
fn changed(at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = archive(&[("a", b"x")]);
    bytes[at] = byte;
    bytes[CHECKSUM].copy_from_slice(b"        ");
    let sum: u32 = bytes[..BLOCK].iter().map(|byte| u32::from(*byte)).sum();
    bytes[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bytes
}

fn refused(bytes: &[u8], size: Size) -> String {
    Reader::new(bytes).next("a", size).unwrap_err().to_string()
}

#[test]
fn what_was_added_is_read_in_the_same_order_and_nothing_else() {
    let bytes = archive(&[("a", b""), ("b/c", &[7; 513])]);
    let mut reader = Reader::new(&bytes);
    assert_eq!(reader.next("a", Size::Exactly(0)).unwrap(), b"");
    assert_eq!(reader.next("b/c", Size::AtMost(513)).unwrap(), [7; 513]);
    reader.end().unwrap();
}

#[test]
fn links_folders_and_other_kinds_are_named() {
    let size = Size::AtMost(9);
    assert!(refused(&changed(KIND, b'1'), size).contains("link"));
    assert!(refused(&changed(KIND, b'2'), size).contains("link"));
    assert!(refused(&changed(KIND, b'5'), size).contains("folder"));
    assert!(refused(&changed(KIND, b'x'), size).contains("no package"));
}

#[test]
fn a_header_that_says_more_than_name_and_size_is_refused() {
    for at in [100, 108, 120, 140, 157, 265, 330, 345, 511] {
        let told = refused(&changed(at, b'7'), Size::AtMost(9));
        assert!(told.contains("more than a name and a size"), "{at}: {told}");
    }
}

#[test]
fn a_size_that_lies_is_caught_before_anything_is_read() {
    let mut bytes = header("a", 1 << 20).to_vec();
    bytes.extend([0; BLOCK]);
    assert!(refused(&bytes, Size::AtMost(9)).contains("at most 9"));
    assert!(refused(&bytes, Size::Exactly(9)).contains("the manifest 9"));
    assert!(refused(&bytes, Size::AtMost(2 << 20)).contains("breaks off"));
}

#[test]
fn another_order_a_second_copy_and_bytes_between_or_behind_are_refused() {
    let bytes = archive(&[("b", b"x"), ("a", b"x")]);
    assert!(refused(&bytes, Size::AtMost(9)).contains("`b` stands where `a` is due"));
    let bytes = archive(&[("a", b"x"), ("a", b"x")]);
    let mut reader = Reader::new(&bytes);
    reader.next("a", Size::AtMost(9)).unwrap();
    assert!(reader.end().unwrap_err().message.contains("twice"));
    let mut bytes = archive(&[("a", b"x")]);
    bytes[BLOCK + 1] = 1;
    assert!(refused(&bytes, Size::AtMost(9)).contains("behind the end"));
    let mut bytes = archive(&[("a", b"x")]);
    bytes.push(0);
    let mut reader = Reader::new(&bytes);
    reader.next("a", Size::AtMost(9)).unwrap();
    assert!(reader.end().is_err());
}
