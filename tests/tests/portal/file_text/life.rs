//! The text of a file is found with its entry, as long as that entry is public and holds the file.

use std::path::Path;

use dinh::command::Command;
use dinh_domain::file_text::TextState;
use dinh_files::Reader;
use dinh_tests::{Document, TestPortal, office, reader, write_program};
use serde_json::Value;

const WORDS: &str = "kakapo đuôi vằn";

async fn found(portal: &TestPortal, words: &str) -> Vec<String> {
    let page = portal.visitor().search("localhost", words).await;
    let rows = page.assert_status(200).page().rows();
    rows.into_iter().map(|row| row.words).collect()
}

async fn listed(portal: &TestPortal, state: TextState) -> Vec<Value> {
    let (state, site) = (Some(state), Some("yen-the".to_owned()));
    let command = Command::FileList {
        state,
        site,
        json: true,
    };
    serde_json::from_str(&portal.command(command).await.unwrap()).unwrap()
}

/// A reader that does what a script does before it reads: `$0` has the folder of its files.
fn scripted(folder: &Path, script: &str) -> Reader {
    let path = folder.join("reader.sh");
    let program = reader();
    let program = program.program().display().to_string();
    let text = format!(
        "#!/bin/sh\ncd {}\n{script}\nexec {program} \"$@\"\n",
        folder.display()
    );
    write_program(&path, &text);
    Reader::new(path)
}

fn with_pdf(number: &str, words: &str) -> Document {
    Document::new(number).with_file("phu-luc.pdf", office::pdf(words))
}

#[tokio::test]
async fn a_snippet_says_which_file_it_comes_from() {
    let portal = TestPortal::demo().await;
    portal.post(with_pdf("31/2026/QĐ-UBND", WORDS)).await;
    let page = portal
        .visitor()
        .search("localhost", "kakapo duoi van")
        .await;
    page.assert_contains("Trong tệp: Tệp phu-luc.pdf.")
        .assert_contains("<mark>kakapo đuôi vằn</mark>");
    let page = portal
        .visitor()
        .search("localhost", "31/2026/QĐ-UBND")
        .await;
    page.assert_lacks("Trong tệp:");
}

#[tokio::test]
async fn the_text_of_a_file_goes_with_its_revision_and_its_entry() {
    let portal = TestPortal::demo().await;
    let document = with_pdf("32/2026/QĐ-UBND", WORDS).keyed("rut");
    portal.post(document).await;
    assert_eq!(found(&portal, WORDS).await, ["Quyết định 32/2026/QĐ-UBND"]);
    let other = with_pdf("32/2026/QĐ-UBND", "xăng dầu zebu").keyed("rut");
    portal.post(other).await;
    assert_eq!(found(&portal, WORDS).await, Vec::<String>::new());
    assert_eq!(found(&portal, "zebu").await, ["Quyết định 32/2026/QĐ-UBND"]);
    let page = portal
        .visitor()
        .document("localhost", "32/2026/QĐ-UBND")
        .await;
    let address = page.what().split("localhost").nth(1).unwrap().to_owned();
    let entry = portal.entry_id("yen-the", &address).await;
    portal
        .portal()
        .withdraw("test", &entry, "Thử", None)
        .await
        .unwrap();
    assert_eq!(found(&portal, "zebu").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_content_is_read_once_however_often_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let reader = scripted(folder.path(), "echo read >> log");
    let portal = TestPortal::demo_read_by(reader).await;
    let count = || {
        let log = std::fs::read_to_string(folder.path().join("log"));
        log.unwrap_or_default().lines().count()
    };
    portal
        .post(with_pdf("33/2026/QĐ-UBND", WORDS).keyed("a"))
        .await;
    assert_eq!(count(), 1);
    portal
        .post(with_pdf("33/2026/QĐ-UBND", WORDS).keyed("a"))
        .await;
    portal
        .post(with_pdf("34/2026/QĐ-UBND", WORDS).keyed("b"))
        .await;
    assert_eq!(count(), 1);
    assert_eq!(found(&portal, WORDS).await.len(), 2);
    assert_eq!(portal.portal().read_missing_files().await.unwrap(), 0);
}

#[tokio::test]
async fn what_could_not_be_read_is_read_later_and_found_then() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("away"), "").unwrap();
    let reader = scripted(folder.path(), "if [ -e away ]; then exit 0; fi");
    let portal = TestPortal::demo_read_by(reader).await;
    portal.post(with_pdf("35/2026/QĐ-UBND", WORDS)).await;
    assert_eq!(found(&portal, WORDS).await, Vec::<String>::new());
    assert_eq!(portal.portal().read_missing_files().await.unwrap(), 0);
    std::fs::remove_file(folder.path().join("away")).unwrap();
    assert_eq!(portal.portal().read_missing_files().await.unwrap(), 1);
    assert_eq!(found(&portal, WORDS).await, ["Quyết định 35/2026/QĐ-UBND"]);
}

#[tokio::test]
async fn nobody_waits_long_for_a_file_that_takes_long() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("slow"), "").unwrap();
    let reader = scripted(folder.path(), "if [ -e slow ]; then exec sleep 25; fi");
    let portal = TestPortal::demo_read_by(reader).await;
    let began = std::time::Instant::now();
    portal.post(with_pdf("36/2026/QĐ-UBND", WORDS)).await;
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    assert_eq!(found(&portal, "36/2026/QĐ-UBND").await.len(), 1);
    std::fs::remove_file(folder.path().join("slow")).unwrap();
    portal.portal().read_missing_files().await.unwrap();
    assert_eq!(found(&portal, WORDS).await, ["Quyết định 36/2026/QĐ-UBND"]);
}

#[tokio::test]
async fn a_better_reader_reads_everything_again() {
    let portal = TestPortal::demo().await;
    portal.post(with_pdf("37/2026/QĐ-UBND", WORDS)).await;
    portal
        .sql("update file_text set version = 0, content = '', state = 'no-text'")
        .await;
    let told = portal.command(Command::Reindex).await.unwrap();
    assert!(told.ends_with(" entries indexed"), "{told}");
    assert_eq!(found(&portal, WORDS).await, ["Quyết định 37/2026/QĐ-UBND"]);
    assert_eq!(
        listed(&portal, TextState::NoText).await,
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn a_file_that_says_nothing_is_shown_as_such_and_listed() {
    let portal = TestPortal::demo().await;
    let document = Document::new("38/2026/QĐ-UBND")
        .with_file("ban-quet.pdf", office::scan())
        .with_file("mat-khau.odt", office::locked_odt())
        .with_file("hong.pdf", b"%PDF-1.7\nhong".to_vec());
    portal.post(document).await;
    portal.portal().read_missing_files().await.unwrap();
    let page = portal
        .visitor()
        .document("localhost", "38/2026/QĐ-UBND")
        .await;
    page.assert_contains("Bản quét, chưa tìm được theo nội dung.")
        .assert_contains("Tệp có mật khẩu, chưa tìm được theo nội dung.")
        .assert_contains("Tệp có thể đã hỏng, chưa tìm được theo nội dung.");
    for (state, name) in [
        (TextState::NoText, "ban-quet.pdf"),
        (TextState::Encrypted, "mat-khau.odt"),
        (TextState::Broken, "hong.pdf"),
    ] {
        let lines = listed(&portal, state).await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0]["name"], name);
        assert_eq!(lines[0]["title"], "Quyết định 38/2026/QĐ-UBND");
    }
    let ordinary = portal
        .visitor()
        .document("localhost", "06/2014/QĐ-UBND")
        .await;
    ordinary.assert_lacks("chưa tìm được theo nội dung");
    let command = Command::FileList {
        state: None,
        site: Some("nowhere".to_owned()),
        json: false,
    };
    let told = portal.command(command).await.unwrap_err();
    assert!(told.starts_with("there is no site `nowhere`"), "{told}");
}

#[tokio::test]
async fn every_file_of_the_demo_is_read() {
    let portal = TestPortal::demo().await;
    assert_eq!(portal.portal().read_missing_files().await.unwrap(), 0);
    let lines = portal.portal().file_lines(None, None).await.unwrap();
    assert!(lines.len() >= 60, "{}", lines.len());
    for line in lines {
        assert_eq!(line.state, Some(TextState::Text), "{line:?}");
        // What a table was made from has few words.
        assert!(line.chars > 200 || line.name.ends_with(".csv"), "{line:?}");
    }
}
