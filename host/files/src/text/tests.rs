use std::io::{Cursor, Write};

use dinh_domain::file_text::TextState;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::{Media, sniff};

fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::CompressionMethod::Stored;
    let options = SimpleFileOptions::default().compression_method(stored);
    for (name, content) in members {
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn text(bytes: Vec<u8>) -> (TextState, String) {
    let mut out = Vec::new();
    let state = read(bytes, &mut out).unwrap();
    (state, String::from_utf8(out).unwrap())
}

fn open_document(kind: &str, content: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    archive(&[("mimetype", &kind), ("content.xml", content)])
}

#[test]
fn of_a_text_its_words_are_read_and_not_what_was_struck_out() {
    let content = "<o><t:tracked-changes><t:p>cũ</t:p></t:tracked-changes>\
        <t:h>Điều 1</t:h><t:p>Một&amp;hai<t:s/>ba<t:note><t:note-citation>9</t:note-citation>\
        <t:note-body><t:p>chú</t:p></t:note-body></t:note> bốn<o:annotation><dc:creator>ai</dc:creator>\
        <t:p>lề</t:p></o:annotation><t:tab/>năm&#7879;</t:p><s:style>không</s:style></o>";
    let (state, text) = text(open_document("text", content));
    assert_eq!(state, TextState::Text);
    assert_eq!(text, "Điều 1\nMột&hai ba\nchú\nbốn nămệ");
}

#[test]
fn of_a_word_file_text_heads_and_feet_are_read_once() {
    let document = "<w:document><w:p><w:r><w:t>Kính </w:t></w:r><w:r><w:t>gửi</w:t><w:tab/>\
        <w:delText>cũ</w:delText><w:instrText>PAGE</w:instrText></w:r></w:p>\
        <mc:AlternateContent><mc:Choice><w:p><w:t>khung</w:t></w:p></mc:Choice>\
        <mc:Fallback><w:p><w:t>khung</w:t></w:p></mc:Fallback></mc:AlternateContent></w:document>";
    let part = |words: &str| format!("<w:x><w:p><w:t>{words}</w:t></w:p></w:x>");
    let bytes = archive(&[
        ("word/footer1.xml", &part("chân")),
        ("word/document.xml", document),
        ("word/header1.xml", &part("đầu")),
        ("word/settings.xml", &part("không")),
        ("word/footnotes.xml", &part("chú")),
    ]);
    assert_eq!(sniff(&bytes), Some(Media::Docx));
    let (state, text) = text(bytes);
    assert_eq!(state, TextState::Text);
    assert_eq!(text, "Kính gửi\nkhung\nchân\nđầu\nchú");
}

#[test]
fn cells_of_a_table_are_words_of_their_own() {
    let strings = "<sst><si><t>Xã</t></si><si><r><t>Đông </t></r><r><t>Sơn</t></r><rPh><t>x</t></rPh></si></sst>";
    let sheet = "<w><row><c><is><t>ô</t></is></c><c><v>7</v></c></row></w>";
    let bytes = archive(&[
        ("xl/workbook.xml", "<w/>"),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert_eq!(text(bytes), (TextState::Text, "Xã\nĐông Sơn\nô".to_owned()));
    let cells = "<o><t:table-row><t:table-cell><x:p>một</x:p></t:table-cell><t:table-cell><x:p>hai</x:p></t:table-cell></t:table-row></o>";
    let (_, text) = text(open_document("spreadsheet", cells));
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["một", "hai"]);
}

#[test]
fn plain_text_is_read_in_the_encodings_that_say_what_they_are() {
    assert_eq!(text("Số\u{7}".into()).0, TextState::Unsupported);
    assert_eq!(
        text("\u{feff}Đất,1\r\n".into()),
        (TextState::Text, "Đất,1".to_owned())
    );
    let wide: Vec<u8> = "\u{feff}Đất"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(text(wide), (TextState::Text, "Đất".to_owned()));
    assert_eq!(text(b"Q\xF4 \xB5".to_vec()).0, TextState::Unsupported);
}

#[test]
fn what_is_not_read_says_why() {
    let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(text(compound.to_vec()).0, TextState::Broken);
    let packed = |name: &str| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap().write_all(b"x").unwrap();
        file.into_inner().into_inner()
    };
    assert_eq!(text(packed("EncryptedPackage")).0, TextState::Encrypted);
    assert_eq!(text(packed("Workbook")).0, TextState::Unsupported);
    assert_eq!(text(packed("WordDocument")).0, TextState::Broken);
    assert_eq!(text(b"{\\rtf1 x}".to_vec()).0, TextState::Unsupported);
    assert_eq!(text(b"%PDF-1.4".to_vec()).0, TextState::Broken);
    assert_eq!(
        text(open_document("text", "<o><t:p>chữ")).0,
        TextState::Broken
    );
    assert_eq!(text(open_document("text", "<o/>")).0, TextState::NoText);
    assert_eq!(text(b"<html>".to_vec()).0, TextState::Unsupported);
}

/// A document of Word 97 in two pieces: one byte a character, then two.
fn word97(narrow: &[u8], wide: &str, flags: u16) -> Vec<u8> {
    let wide: Vec<u16> = wide.encode_utf16().collect();
    let mut document = vec![0_u8; 0x400];
    let mut put = |at: usize, bytes: &[u8]| document[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &0xA5EC_u16.to_le_bytes());
    put(2, &0xC1_u16.to_le_bytes());
    put(10, &(flags | 0x0200).to_le_bytes());
    let (first, second) = (0x400_u32, 0x400 + narrow.len() as u32);
    let mut table = vec![1, 2, 0, 9, 9, 2];
    table.extend(28_u32.to_le_bytes());
    let ends = [0, narrow.len(), narrow.len() + wide.len()];
    table.extend(ends.iter().flat_map(|end| (*end as u32).to_le_bytes()));
    for place in [(first * 2) | (1 << 30), second] {
        table.extend([0, 0]);
        table.extend(place.to_le_bytes());
        table.extend([0, 0]);
    }
    put(0x1A6, &(table.len() as u32).to_le_bytes());
    document.extend(narrow);
    document.extend(wide.iter().flat_map(|unit| unit.to_le_bytes()));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let streams = [("WordDocument", &document), ("1Table", &table)];
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn of_an_old_word_file_the_pieces_are_read_in_their_order() {
    let wide = "đất\rTrang \u{13}PAGE\u{14}7\u{15} b\u{1f}ỏ\u{7}ô";
    let bytes = word97(b"Thua ", wide, 0);
    assert_eq!(sniff(&bytes), Some(Media::Doc));
    let read = text(bytes);
    assert_eq!(read, (TextState::Text, "Thua đất\nTrang 7 bỏ ô".to_owned()));
    assert_eq!(text(word97(b"x", "y", 0x0100)).0, TextState::Encrypted);
}
