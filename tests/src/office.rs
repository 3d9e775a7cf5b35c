//! Files as offices make them, with a text that a test chooses: small, and nothing but what the
//! standards ask for.

use std::io::{Cursor, Write};

use dinh_files::{Paragraph, write_odt};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Makes a file with a text.
pub type Maker = fn(&str) -> Vec<u8>;

/// Kinds of files with a text: ending, and how one is made.
pub const KINDS: [(&str, Maker); 8] = [
    ("pdf", pdf),
    ("odt", odt),
    ("ods", ods),
    ("odp", odp),
    ("docx", docx),
    ("xlsx", xlsx),
    ("txt", txt),
    ("csv", csv),
];

/// An archive of members, packed.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// OpenDocument text.
pub fn odt(text: &str) -> Vec<u8> {
    write_odt("Văn bản", &[Paragraph::Text(text.to_owned())]).unwrap()
}

/// OpenDocument spreadsheet.
pub fn ods(text: &str) -> Vec<u8> {
    let cell = format!("<t:table-row><t:table-cell><x:p>{text}</x:p></t:table-cell></t:table-row>");
    open_document("spreadsheet", &format!("<t:table>{cell}</t:table>"))
}

/// OpenDocument presentation.
pub fn odp(text: &str) -> Vec<u8> {
    let frame =
        format!("<d:page><d:frame><d:text-box><x:p>{text}</x:p></d:text-box></d:frame></d:page>");
    open_document("presentation", &frame)
}

fn open_document(kind: &str, body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><o:body><o:{kind}>{body}</o:{kind}></o:body></o:document-content>"#
    );
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    archive(&[
        ("mimetype", kind.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// Word.
pub fn docx(text: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"#
    );
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// Excel.
pub fn xlsx(text: &str) -> Vec<u8> {
    let strings = format!("<sst><si><t>{text}</t></si></sst>");
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// Plain text.
pub fn txt(text: &str) -> Vec<u8> {
    format!("{text}\r\n").into_bytes()
}

/// A table as text.
pub fn csv(text: &str) -> Vec<u8> {
    format!("\u{feff}Số,Nội dung\r\n1,\"{text}\"\r\n").into_bytes()
}

/// A PDF file of one page whose font tells what its glyphs mean, as word processors write them.
pub fn pdf(text: &str) -> Vec<u8> {
    let mut letters: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |c: char| letters.iter().position(|it| *it == c).unwrap() + 1;
    let lines = text.lines().map(|line| {
        let codes: String = line.chars().map(|c| format!("{:04x}", code(c))).collect();
        format!("<{codes}> Tj T*\n")
    });
    let drawn = format!(
        "BT /F1 12 Tf 50 780 Td 16 TL\n{}ET",
        lines.collect::<String>()
    );
    let meanings = letters.iter().map(|c| {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        let units: String = units.map(|unit| format!("{unit:04x}")).collect();
        format!("<{:04x}> <{units}>\n", code(*c))
    });
    let meanings = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{} beginbfchar\n{}endbfchar endcmap end end",
        letters.len(),
        meanings.collect::<String>()
    );
    let page = "/F1 5 0 R";
    pdf_objects(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<{page}>>>>>>"),
        pdf_stream("", drawn.as_bytes()),
        "<</Type/Font/Subtype/Type0/BaseFont/Times/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Times/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor 8 0 R>>".to_owned(),
        pdf_stream("", meanings.as_bytes()),
        "<</Type/FontDescriptor/FontName/Times/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>".to_owned(),
    ])
}

/// A PDF file of one page with a picture and not a letter.
pub fn scan() -> Vec<u8> {
    let resources = "/Resources<</XObject<</X 5 0 R>>>>";
    let picture =
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";
    pdf_objects(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{resources}>>"),
        pdf_stream("", b"q 595 0 0 842 0 0 cm /X Do Q"),
        pdf_stream(picture, b"@"),
    ])
}

/// An OpenDocument text that says it is encrypted.
pub fn locked_odt() -> Vec<u8> {
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        ),
        ("content.xml", b"\x8f\x01\xfe"),
    ])
}

/// A stream of a PDF file; what it holds must be ASCII or be named by a filter that makes it so.
pub fn pdf_stream(dictionary: &str, content: &[u8]) -> String {
    let content: String = content.iter().map(|byte| char::from(*byte)).collect();
    let length = content.chars().count();
    format!("<<{dictionary}/Length {length}>>stream\n{content}\nendstream")
}

/// A PDF file of these objects, numbered from 1; the first is the catalog. Each character is a
/// byte.
pub fn pdf_objects(objects: &[String]) -> Vec<u8> {
    let bytes = |text: &str| {
        text.chars()
            .map(|c| u8::try_from(c).unwrap())
            .collect::<Vec<u8>>()
    };
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(bytes(&format!("{} 0 obj\n{object}\nendobj\n", at + 1)));
    }
    let (count, start) = (objects.len() + 1, file.len());
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.extend(end.into_bytes());
    file
}
