use super::*;
use std::fmt::Write as _;

fn grid(bytes: &[u8]) -> Grid {
    cells(bytes).expect("it is a sheet")
}

fn texts(grid: &Grid) -> Vec<Vec<&str>> {
    let rows = grid.sheets[0].1.iter();
    rows.map(|row| row.iter().map(Given::text).collect())
        .collect()
}

const TABLE: &str = "Xã;Hộ nghèo;Tỷ lệ\nĐồng Sơn;1.204;12,5\nXuân Lương;..;-\n";

#[test]
fn separated_values_are_read_with_what_stands_between() {
    let read = grid(TABLE.as_bytes());
    assert_eq!(read.found.separator, Some(';'));
    assert_eq!(read.found.encoding, Some(Encoding::Utf8));
    assert_eq!(texts(&read)[1], ["Đồng Sơn", "1.204", "12,5"]);
    let commas = grid(b"\xef\xbb\xbf\"a, b; c\",2\n\n\"d; e\",3\n");
    assert_eq!(commas.found.separator, Some(','));
    // The blank line keeps its number.
    assert_eq!(
        texts(&commas),
        [vec!["a, b; c", "2"], vec![], vec!["d; e", "3"]]
    );
    assert_eq!(grid(b"a\tb\n1\t2\n").found.separator, Some('\t'));
}

#[test]
fn letters_from_before_unicode_are_found_out() {
    let utf16: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xff, 0xfe][..], &utf16].concat();
    for bytes in [utf16, marked] {
        let read = grid(&bytes);
        assert_eq!(read.found.encoding, Some(Encoding::Utf16));
        assert_eq!(texts(&read)[1][0], "Đồng Sơn");
    }
    let tcvn3 = b"X\xb7;H\xe9 ngh\xcco;T\xfb l\xd6\n\xa7\xe5ng S\xacn;1;2\n";
    let read = grid(tcvn3);
    assert_eq!(read.found.encoding, Some(Encoding::Tcvn3));
    assert_eq!(
        texts(&read),
        [["Xã", "Hộ nghèo", "Tỷ lệ"], ["Đồng Sơn", "1", "2"]]
    );
    let vni = b"Xa\xf5;Ho\xe4 ngheo\xf8;S\xf4n Ta\xe2y\n";
    assert_eq!(grid(vni).found.encoding, Some(Encoding::Vni));
}

/// The encodings' own samples: the same texts, written in each.
#[test]
fn samples_in_every_encoding_are_read_as_they_were_meant() {
    let Ok(folder) = std::env::var("DINH_REAL_DATA") else {
        println!("skipped: DINH_REAL_DATA is not set");
        return;
    };
    let path = std::path::Path::new(&folder).join("encoding/samples.jsonl");
    let lines = std::fs::read_to_string(path).expect("the samples are there");
    let (mut count, mut right) = (0, 0);
    let mut wrong = String::new();
    for line in lines.lines() {
        let sample: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let meant = dinh_domain::vietnamese::nfc(sample["unicode"].as_str().expect("a text"));
        let given = |name: &str| sample[name].as_str().map(str::to_owned);
        let hex = given("cp1258_hex").unwrap_or_default();
        let bytes = (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16));
        let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().expect("hexadecimal");
        let western = |text: String| encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let ways = [
            ("cp1258", Some(bytes)),
            ("tcvn3", given("tcvn3").map(western)),
            ("tcvn3 as Unicode", given("tcvn3").map(String::into_bytes)),
            ("nfd", given("nfd").map(String::into_bytes)),
        ];
        for (way, bytes) in ways {
            let Some(bytes) = bytes.filter(|it| !it.is_empty()) else {
                continue;
            };
            count += 1;
            match encoding::decoded(&bytes) {
                Ok((text, _)) if text == meant => right += 1,
                Ok((text, found)) => {
                    let _told = writeln!(wrong, "{way} as {found:?}: {text}");
                }
                Err(why) => {
                    let _told = writeln!(wrong, "{way}: {why:?}");
                }
            }
        }
    }
    println!("{right} of {count}\n{wrong}");
    assert!(
        count > 300 && right * 100 >= count * 97,
        "{right} of {count}\n{wrong}"
    );
}

#[test]
fn what_is_no_sheet_is_refused() {
    assert_eq!(cells(b"%PDF-1.7"), Err(NoGrid::Unsupported));
    assert_eq!(cells(b"a;b\n1;\x00\x01\x02"), Err(NoGrid::Unsupported));
    assert_eq!(cells(b""), Err(NoGrid::Broken));
    let zip = b"PK\x03\x04 xl/workbook.xml";
    assert_eq!(cells(zip), Err(NoGrid::Broken));
}

#[test]
fn what_is_sent_is_what_is_read() {
    let read = grid(TABLE.as_bytes());
    let mut told = Vec::new();
    wire::write(Ok(read.clone()), &mut told).expect("a vector takes everything");
    assert_eq!(wire::read(&told), Some(Ok(read)));
    assert_eq!(wire::read(&told[..told.len() - 9]), None);
    let mut told = Vec::new();
    wire::write(Err(NoGrid::Encrypted), &mut told).expect("a vector takes everything");
    assert_eq!(wire::read(&told), Some(Err(NoGrid::Encrypted)));
}

/// A workbook of one sheet.
fn xlsx(rows: &str) -> Vec<u8> {
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Chợ\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"0.0&quot;%&quot;\"/></numFmts><cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/><xf numFmtId=\"10\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive
            .start_file(name, SimpleFileOptions::default())
            .expect("a name");
        archive
            .write_all(format!("{head}{text}").as_bytes())
            .expect("a vector");
    }
    archive.finish().expect("a vector").into_inner()
}

#[test]
fn spreadsheets_of_offices_give_numbers_as_they_were_typed() {
    let book = xlsx(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Xã</t></is></c><c r=\"B1\"><v>2014</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Đông Sơn</t></is></c><c r=\"B2\"><v>0.30000000000000004</v></c>\
         <c r=\"C2\" t=\"e\"><v>#REF!</v></c></row>",
    );
    let read = grid(&book);
    assert_eq!(read.sheets[0].0, "Chợ");
    assert_eq!(texts(&read)[1][..2], ["Đông Sơn", "0.3"]);
    assert!(
        matches!(read.sheets[0].1[1][2], Given::Error(_)),
        "{read:?}"
    );
    let mut sheet = crate::Sheet::begin("Chợ").expect("it begins");
    let row = [
        crate::SheetCell::Text("Đông Sơn".to_owned()),
        crate::SheetCell::Number("-12.5".to_owned()),
    ];
    let mut ods = sheet.row(&row).map(|()| sheet.take()).expect("a row");
    ods.extend(sheet.finish().expect("it ends"));
    let read = grid(&ods);
    assert_eq!(texts(&read), [["Đông Sơn", "-12.5"]]);
    assert!(
        matches!(read.sheets[0].1[0][1], Given::Number(_)),
        "{read:?}"
    );
}

#[test]
fn rows_have_the_numbers_of_spreadsheets_whatever_ends_their_lines() {
    for text in [
        "a;b\r\n1;2\r\n\r\n3;4",
        "a;b\n1;2\r\n\n3;4\n",
        "a;b\n1;2\n\n3;4",
    ] {
        let read = grid(text.as_bytes());
        assert_eq!(
            texts(&read),
            [vec!["a", "b"], vec!["1", "2"], vec![], vec!["3", "4"]],
            "{text:?}"
        );
    }
}

#[test]
fn parts_of_a_hundred_are_read_as_they_are_shown() {
    let book = xlsx(
        "<row r=\"2\"><c r=\"B2\" s=\"3\"><v>0.125</v></c><c r=\"C2\" s=\"3\"><v>0.07</v></c><c r=\"D2\"><v>0.07</v></c>\
         <c r=\"E2\" s=\"4\"><v>12.5</v></c><c r=\"F2\" s=\"3\"><v>1</v></c></row>",
    );
    assert_eq!(
        texts(&grid(&book))[1][1..],
        ["12.5", "7", "0.07", "12.5", "100"]
    );
}

#[test]
fn days_of_spreadsheets_are_days_whatever_they_look_like() {
    let book = xlsx(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45657</v></c><c r=\"B1\" s=\"1\"><v>45657.5</v></c><c r=\"C1\"><v>45657</v></c>\
         <c r=\"D1\" s=\"1\"><v>9999999</v></c><c r=\"E1\" s=\"2\"><v>1.5</v></c><c r=\"F1\"><f>1+1</f><v>2</v></c></row>",
    );
    let read = grid(&book);
    let [day, time, number, beyond, span, formula] = &read.sheets[0].1[0][..] else {
        panic!("{read:?}");
    };
    assert_eq!(day, &Given::Date("2024-12-31".to_owned()));
    assert_eq!(time, &Given::Date("2024-12-31T12:00".to_owned()));
    assert_eq!(number, &Given::Number("45657".to_owned()));
    assert!(matches!(beyond, Given::Error(_)), "{beyond:?}");
    assert!(matches!(span, Given::Error(_)), "{span:?}");
    assert_eq!(formula, &Given::Number("2".to_owned()));
    let mut sheet = crate::Sheet::begin("Sổ").expect("it begins");
    let row = [crate::SheetCell::Date("2024-12-31".to_owned())];
    let mut ods = sheet.row(&row).map(|()| sheet.take()).expect("a row");
    ods.extend(sheet.finish().expect("it ends"));
    let day = Given::Date("2024-12-31".to_owned());
    assert_eq!(grid(&ods).sheets[0].1, [[day]]);
}
