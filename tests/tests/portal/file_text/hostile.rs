//! Files that mean harm, and files that came to harm: each is answered within bounds, and the
//! process that read it is the only thing that may end over it.

use std::io::Write;
use std::time::Duration;

use dinh_confined::Confined;
use dinh_domain::file_text::TextState;
use dinh_tests::office::{archive, pdf, pdf_objects, pdf_stream};
use dinh_tests::reader;

const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>/XObject<</X 5 0 R>>>>>>";
const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";

fn deflated(unit: &[u8], times: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..times {
        packed.write_all(unit).unwrap();
    }
    packed.finish().unwrap()
}

fn objects(objects: &[&str]) -> Vec<u8> {
    let objects: Vec<String> = objects.iter().map(|it| (*it).to_owned()).collect();
    pdf_objects(&objects)
}

fn odt(content: &[u8]) -> Vec<u8> {
    archive(&[("mimetype", ODT), ("content.xml", content)])
}

/// The number on a line of a file about a process.
fn number(process: u32, file: &str, of: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/{file}")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(of)).unwrap();
    // A limit that is not set is a word.
    line.split_whitespace()
        .next()
        .map_or(0, |number| number.parse().unwrap_or(0))
}

#[tokio::test]
async fn before_the_first_byte_most_of_what_a_reader_may_take_is_free() {
    let reader = Confined::new(reader().program());
    let mut child = reader.command(dinh_files::READ_COMMAND).spawn().unwrap();
    let id = child.id().unwrap();
    let bound = (0..1_000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        let bytes = number(id, "limits", "Max address space");
        (bytes > 0).then_some(bytes)
    });
    let held = number(id, "status", "VmSize:") * 1024;
    drop(child.stdin.take());
    child.wait().await.unwrap();
    let bound = bound.expect("the reader bounds itself");
    assert!(held < bound / 2, "it holds {held} of {bound} bytes");
}

async fn state(bytes: &[u8]) -> (TextState, String) {
    let read = reader().read(bytes).await.unwrap();
    (read.state, read.text)
}

#[tokio::test]
async fn a_file_that_unpacks_without_end_is_given_up() {
    // Two gigabytes of blanks in two megabytes.
    let bomb = deflated(&[b' '; 1 << 20], 2_048);
    let stream = pdf_stream("/Filter/FlateDecode", &bomb);
    let (found, _) = state(&objects(&[CATALOG, PAGES, PAGE, &stream])).await;
    assert_eq!(found, TextState::TooLarge);
    let blanks = vec![b' '; 300 << 20];
    let content = [b"<a>".as_slice(), &blanks, b"</a>"].concat();
    let (found, _) = state(&odt(&content)).await;
    assert_eq!(found, TextState::TooLarge);
}

#[tokio::test]
async fn of_a_text_without_end_its_beginning_is_kept() {
    let words = "chữ nghĩa ".repeat(1 << 20);
    let content = format!("<a><text:p>{words}</text:p></a>");
    let (found, text) = state(&odt(content.as_bytes())).await;
    assert_eq!(found, TextState::TooLarge);
    assert!(text.starts_with("chữ nghĩa chữ"), "{}", &text[..40]);
    assert!(text.len() <= dinh_files::TEXT_BYTES_MAX);
    assert!(text.len() > dinh_files::TEXT_BYTES_MAX / 2);
}

#[tokio::test]
async fn pages_and_pictures_that_contain_themselves_come_to_an_end() {
    let own = objects(&[CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]);
    assert_eq!(state(&own).await.0, TextState::Broken);
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>";
    let drawn = pdf_stream("", b"BT /F1 9 Tf (hello) Tj ET /X Do");
    let itself = pdf_stream(form, b"/X Do /X Do /X Do");
    let itself = objects(&[CATALOG, PAGES, PAGE, &drawn, &itself]);
    assert_eq!(state(&itself).await, (TextState::Text, "hello".to_owned()));
    let length = objects(&[
        CATALOG,
        PAGES,
        PAGE,
        "<</Length 4 0 R>>stream\nBT\nendstream",
    ]);
    assert_eq!(state(&length).await.0, TextState::NoText);
    let deep = pdf_stream("", "[".repeat(1_000_000).as_bytes());
    assert_eq!(
        state(&objects(&[CATALOG, PAGES, PAGE, &deep])).await.0,
        TextState::NoText
    );
}

#[tokio::test]
async fn more_pages_than_any_book_has_are_read_to_a_bound() {
    let kids = "3 0 R ".repeat(200_000);
    let pages = format!("<</Type/Pages/Kids[{kids}]/Count 200000>>");
    let drawn = pdf_stream("", b"BT /F1 9 Tf (trang) Tj ET");
    let (found, text) = state(&objects(&[CATALOG, &pages, PAGE, &drawn])).await;
    assert!(
        matches!(found, TextState::Text | TextState::TooLarge),
        "{found:?}"
    );
    assert!(text.starts_with("trang"), "{text}");
}

#[tokio::test]
async fn entities_are_refused_whatever_they_stand_for() {
    let mut laughs = "<!DOCTYPE a [<!ENTITY b0 \"ha\">".to_owned();
    for at in 1..10 {
        let before = format!("&b{};", at - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY b{at} \"{before}\">"));
    }
    laughs.push_str("]><a><text:p>&b9;</text:p></a>");
    let file =
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><text:p>&x;</text:p></a>";
    let undeclared = "<a><text:p>&x;</text:p></a>";
    for content in [laughs.as_str(), file, undeclared] {
        let (found, text) = state(&odt(content.as_bytes())).await;
        assert_eq!((found, text.as_str()), (TextState::Broken, ""), "{content}");
    }
}

#[tokio::test]
async fn an_archive_of_thousands_of_members_or_levels_is_given_up() {
    let names: Vec<String> = (0..20_000).map(|at| format!("m{at}")).collect();
    let mut members: Vec<(&str, &[u8])> = vec![("mimetype", ODT)];
    members.extend(names.iter().map(|name| (name.as_str(), b"".as_slice())));
    members.push(("content.xml", b"<a><text:p>x</text:p></a>"));
    assert_eq!(state(&archive(&members)).await.0, TextState::TooLarge);
    let deep = "<a>".repeat(500_000);
    assert_eq!(state(&odt(deep.as_bytes())).await.0, TextState::TooLarge);
    // An archive in the archive is a member like another, and not opened.
    let inner = archive(&[("mimetype", ODT), ("content.xml", b"<a><p>trong</p></a>")]);
    let outer = archive(&[
        ("mimetype", ODT),
        ("content.xml", b"<a><p>ngo\xC3\xA0i</p></a>"),
        ("Object 1/content.xml", b"<a><p>trong</p></a>"),
        ("inner.odt", &inner),
    ]);
    assert_eq!(state(&outer).await, (TextState::Text, "ngoài".to_owned()));
}

#[tokio::test]
async fn a_file_that_breaks_off_or_is_noise_is_answered() {
    let whole = pdf("Quyết định về đường đèo Đỏng");
    let office = dinh_tests::office::docx("Quyết định");
    for file in [&whole, &office] {
        for part in 0..8 {
            let (found, _) = state(&file[..file.len() * part / 8]).await;
            assert_ne!(found, TextState::Encrypted, "{part} eighths");
        }
    }
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    for start in [
        b"%PDF-1.7\n".as_slice(),
        b"PK\x03\x04",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    ] {
        let bytes: Vec<u8> = start
            .iter()
            .copied()
            .chain((0..50_000).map(|_| noise()))
            .collect();
        let (found, text) = state(&bytes).await;
        assert!(
            matches!(
                found,
                TextState::Broken | TextState::Unsupported | TextState::NoText
            ),
            "{found:?} {text}"
        );
    }
    for _ in 0..12 {
        let mut bytes = whole.clone();
        for _ in 0..40 {
            let at = usize::from(noise()) * 256 + usize::from(noise());
            let length = bytes.len();
            bytes[at % length] = noise();
        }
        state(&bytes).await;
    }
}
