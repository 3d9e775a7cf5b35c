use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use dinh_domain::file_text::TextState;
use tempfile::TempDir;

use super::{Reader, ReaderFailure};

/// A program that answers as a script says. Another process writes it: a test beside this one that
/// starts a program would keep a file of ours open for writing, and such a file cannot be run.
fn program(script: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reader");
    let written = Command::new("/bin/sh")
        .args([
            "-c",
            r#"printf '#!/bin/sh\n%s\n' "$1" >"$0"; chmod 755 "$0""#,
        ])
        .arg(&path)
        .arg(script)
        .status();
    assert!(written.unwrap().success());
    (folder, path)
}

#[tokio::test]
async fn a_whole_answer_is_a_text_and_a_state() {
    let (_folder, path) = program(r"cat >/dev/null; printf 'Vie\314\243t\0text'");
    let read = Reader::new(path).read(b"x").await.unwrap();
    assert_eq!((read.state, read.text.as_str()), (TextState::Text, "Viẹt"));
}

#[tokio::test]
async fn what_was_said_before_the_end_is_kept() {
    for (end, state) in [
        ("kill -SEGV $$", TextState::Broken),
        ("kill -KILL $$", TextState::TooLarge),
        (
            "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
            TextState::TooLarge,
        ),
        ("exit 101", TextState::Broken),
    ] {
        let (_folder, path) = program(&format!("printf 'Trang một'; {end}"));
        let read = Reader::new(path).read(&[0; 1 << 20]).await.unwrap();
        assert_eq!(
            (read.state, read.text.as_str()),
            (state, "Trang một"),
            "{end}"
        );
    }
}

#[tokio::test]
async fn a_reader_that_does_not_end_is_ended() {
    let (_folder, path) = program("exec sleep 60");
    let mut reader = Reader::new(path);
    reader.deadline = Duration::from_millis(300);
    let read = reader.read(b"x").await.unwrap();
    assert_eq!(read.state, TextState::TooLarge);
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let (_folder, path) = program("exec head -c 30000000 /dev/zero | tr '\\0' 'a'");
    let read = Reader::new(path).read(b"x").await;
    assert!(
        matches!(read, Err(ReaderFailure::NoAnswer { .. })),
        "{read:?}"
    );
}

#[tokio::test]
async fn a_program_that_is_none_is_no_fault_of_the_file() {
    let missing = Reader::new("/nowhere/dinh").read(b"x").await;
    assert!(
        matches!(missing, Err(ReaderFailure::Start { .. })),
        "{missing:?}"
    );
    let silent = Reader::new("/bin/true").read(b"x").await;
    assert!(
        matches!(silent, Err(ReaderFailure::NoAnswer { .. })),
        "{silent:?}"
    );
}
