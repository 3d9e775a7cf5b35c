//! What is read of files that other people's programs made: Chromium's printing, with qpdf's ways
//! to pack and lock them, and LibreOffice where there is one. The truth is the text they were given.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dinh_domain::file_text::TextState;
use dinh_tests::{Document, TestPortal, reader};

/// All vowels of Vietnamese with all their tones, and the words around them.
const TEXT: &str = "Quyết định về đường đèo Đỏng, thửa đất số 12 tờ bản đồ 07\n\
    Nguyễn Thị Bưởi ở Khoảnh 7, ngõ Hoàng Hoa Thám\n\
    à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ\n\
    ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ Ă Â Đ Ê Ô Ơ Ư";

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let split = |c: char| !c.is_alphanumeric();
    for word in text.split(split).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// A program that is installed, as `make test` sees to.
fn program(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let named = std::env::var_os("CHROME_PATH").filter(|_| names.contains(&"chromium"));
    let mut places = std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    let found = named
        .map(PathBuf::from)
        .or_else(|| places.find(|it| it.is_file()));
    found.unwrap_or_else(|| panic!("{} is not installed", names.join(" or ")))
}

fn run(program: &Path, folder: &Path, arguments: &[&str]) {
    let ended = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    // qpdf ends with 3 where it only warns.
    let is_done = ended.status.success() || ended.status.code() == Some(3);
    assert!(is_done, "{}: {ended:?}", program.display());
}

fn page(folder: &Path) {
    let lines = TEXT.lines().map(|line| format!("<p>{line}</p>"));
    let table = "<table><tr><td>Ô thứ nhất</td><td>Ô thứ hai</td></tr></table>";
    let html = format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><title>x</title>{}{table}",
        lines.collect::<String>()
    );
    std::fs::write(folder.join("page.html"), html).unwrap();
}

async fn assert_reads_all(path: &Path) {
    let read = reader().read(&std::fs::read(path).unwrap()).await.unwrap();
    assert_eq!(read.state, TextState::Text, "{}", path.display());
    let wanted = words(&format!("{TEXT}\nÔ thứ nhất\nÔ thứ hai"));
    assert_eq!(
        words(&read.text),
        wanted,
        "{}: {}",
        path.display(),
        read.text
    );
}

fn print(chromium: &Path, folder: &Path) {
    page(folder);
    let address = format!("file://{}/page.html", folder.display());
    let profile = format!("--user-data-dir={}/profile", folder.display());
    run(
        chromium,
        folder,
        &[
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            &profile,
            "--no-pdf-header-footer",
            "--print-to-pdf=page.pdf",
            &address,
        ],
    );
}

#[tokio::test]
async fn a_page_printed_by_a_browser_is_read_whole_however_it_is_packed() {
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    print(&chromium, at);
    assert_reads_all(&at.join("page.pdf")).await;
    let qpdf = program(&["qpdf"]);
    run(
        &qpdf,
        at,
        &[
            "--object-streams=generate",
            "--linearize",
            "page.pdf",
            "packed.pdf",
        ],
    );
    assert_reads_all(&at.join("packed.pdf")).await;
    run(
        &qpdf,
        at,
        &[
            "--encrypt",
            "",
            "owner",
            "256",
            "--",
            "page.pdf",
            "open.pdf",
        ],
    );
    assert_reads_all(&at.join("open.pdf")).await;
    run(
        &qpdf,
        at,
        &[
            "--encrypt",
            "user",
            "owner",
            "256",
            "--",
            "page.pdf",
            "locked.pdf",
        ],
    );
    let locked = std::fs::read(at.join("locked.pdf")).unwrap();
    let read = reader().read(&locked).await.unwrap();
    assert_eq!((read.state, read.text.as_str()), (TextState::Encrypted, ""));
}

#[tokio::test]
async fn a_page_printed_by_a_browser_is_found_by_its_words() {
    let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
    let folder = tempfile::tempdir().unwrap();
    print(&chromium, folder.path());
    let bytes = std::fs::read(folder.path().join("page.pdf")).unwrap();
    let portal = TestPortal::demo().await;
    let document = Document::new("39/2026/QĐ-UBND").with_file("in.pdf", bytes);
    portal.post(document).await;
    portal.portal().read_missing_files().await.unwrap();
    for words in [
        "đèo Đỏng thửa đất",
        "deo dong thua dat",
        "Khoảnh 7 ngõ Hoàng Hoa Thám",
    ] {
        let page = portal.visitor().search("localhost", words).await.page();
        let first = page.rows().first().map(|row| row.words.clone());
        assert_eq!(
            first.as_deref(),
            Some("Quyết định 39/2026/QĐ-UBND"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn what_libreoffice_writes_is_read_whole() {
    let office = program(&["soffice", "libreoffice"]);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    page(at);
    for (from, to) in [
        ("page.html", "odt"),
        ("page.odt", "docx"),
        ("page.odt", "doc"),
        ("page.odt", "pdf"),
    ] {
        run(&office, at, &["--headless", "--convert-to", to, from]);
        assert_reads_all(&at.join(format!("page.{to}"))).await;
    }
}
