//! Attached files in an object store.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use dinh_files::{FileError, S3Options, Shelf};
use dinh_tests::{Program, S3, SECRET_KEY, Visitor};

use super::running::Server;

/// More than one part of an upload, and not a multiple of one.
const BIG_BYTES: usize = 20 * 1024 * 1024 + 7;
/// Readers are told of a store that is silent before this.
const TOLD_WITHIN: Duration = Duration::from_secs(25);

/// The address of a document's file.
async fn file_address(visitor: Visitor) -> String {
    let document = visitor.document("localhost", "06/2014/QĐ-UBND").await;
    let links = document.page().links();
    let link = links.iter().find(|link| link.address.starts_with("/tep/"));
    link.unwrap().address.clone()
}

/// A store that has no such bucket; `s3s-fs` makes every bucket that is named.
fn without_bucket() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let told = "<Error><Code>NoSuchBucket</Code><Message>There is none.</Message></Error>";
    let length = told.len();
    let answer = format!(
        "HTTP/1.1 404 Not Found\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{told}"
    );
    std::thread::spawn(move || {
        // More than the test asks; the process ends the rest.
        for stream in listener.incoming().take(50) {
            let mut stream = stream.unwrap();
            let mut head = [0; 8 * 1024];
            // It may be gone already.
            let _asked = stream.read(&mut head);
            let _told = stream.write_all(answer.as_bytes());
        }
    });
    address
}

#[tokio::test]
async fn contents_big_and_small_are_kept_once_and_come_back_whole_and_in_parts() {
    let Some(store) = S3::start() else { return };
    let shelf = Shelf::on_s3(&store.options()).unwrap();
    let big: Vec<u8> = (0..BIG_BYTES).map(|at| (at * 7 % 251) as u8).collect();
    for content in [b"%PDF-1.7 small".to_vec(), big, Vec::new()] {
        let size = content.len() as u64;
        let hash = shelf.put(content.clone()).await.unwrap();
        assert_eq!(shelf.put(content.clone()).await.unwrap(), hash);
        assert!(shelf.exists(&hash).await.unwrap());
        // A node that has not written it, and so has to compare it first.
        let other = Shelf::on_s3(&store.options()).unwrap();
        if size > 9 {
            let part = other.read(&hash, size, 5..9).await.unwrap();
            assert_eq!(part.bytes().await.unwrap(), content[5..9]);
        }
        let whole = other.read(&hash, size, 0..size).await.unwrap();
        assert!(whole.bytes().await.unwrap() == content);
    }
    assert_eq!(store.objects().len(), 3, "each content once");
}

#[tokio::test]
async fn an_object_that_is_missing_or_another_is_never_taken_for_the_file() {
    let Some(store) = S3::start() else { return };
    let shelf = Shelf::on_s3(&store.options()).unwrap();
    let content = vec![7_u8; 200_000];
    let hash = shelf.put(content.clone()).await.unwrap();
    let [object] = store.objects().try_into().unwrap();
    let mut wrong = content.clone();
    wrong[150_000] = 8;
    std::fs::write(&object, &wrong).unwrap();
    let other = Shelf::on_s3(&store.options()).unwrap();
    let part = other.read(&hash, 200_000, 5..9).await.unwrap_err();
    assert!(matches!(part, FileError::Damaged { .. }), "{part}");
    let whole = other.read(&hash, 200_000, 0..200_000).await.unwrap();
    let failed = whole.bytes().await.unwrap_err();
    assert!(failed.to_string().contains("has the hash"), "{failed}");
    std::fs::write(&object, b"short").unwrap();
    let short = other.read(&hash, 200_000, 0..200_000).await.unwrap_err();
    let told = short.to_string();
    assert!(told.contains("has 5 bytes, recorded are 200000"), "{told}");
    // Put again, it is whole again.
    assert_eq!(shelf.put(content).await.unwrap(), hash);
    assert!(other.read(&hash, 200_000, 5..9).await.is_ok());
    std::fs::remove_file(&object).unwrap();
    let missing = other.read(&hash, 200_000, 0..200_000).await.unwrap_err();
    assert!(matches!(missing, FileError::Missing { .. }), "{missing}");
}

#[tokio::test]
async fn a_store_that_is_silent_refuses_or_is_not_there_is_told_of_in_time() {
    let Some(mut store) = S3::start() else { return };
    let good = store.options();
    let hash = Shelf::on_s3(&good)
        .unwrap()
        .put(&b"content"[..])
        .await
        .unwrap();
    // It accepts connections by its backlog, and never answers.
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = S3Options {
        endpoint: format!("http://{}", deaf.local_addr().unwrap()),
        ..good.clone()
    };
    let stranger = S3Options {
        secret_key: dinh_files::Secret("guessed".to_owned()),
        ..good.clone()
    };
    let nowhere = S3Options {
        endpoint: format!("http://{}", without_bucket()),
        ..good.clone()
    };
    let no_tls = S3Options {
        endpoint: good.endpoint.replace("http://", "https://"),
        ..good.clone()
    };
    for (options, why) in [
        (silent, "no answer within"),
        (stranger, "SignatureDoesNotMatch"),
        (nowhere, "NoSuchBucket"),
        (no_tls, "https://127.0.0.1"),
    ] {
        let began = Instant::now();
        let shelf = Shelf::on_s3(&options).unwrap();
        let failed = shelf.read(&hash, 7, 0..7).await.unwrap_err();
        assert!(failed.is_away(), "{failed}");
        assert!(failed.to_string().contains(why), "{failed}");
        assert!(began.elapsed() < TOLD_WITHIN);
        if !why.starts_with("no answer") {
            let refused = shelf.put(&b"other"[..]).await.unwrap_err();
            assert!(refused.is_away(), "{refused}");
        }
    }
    store.go_away();
    let shelf = Shelf::on_s3(&good).unwrap();
    assert!(shelf.put(&b"more"[..]).await.unwrap_err().is_away());
    store.come_back();
    assert!(shelf.exists(&hash).await.unwrap());
}

#[tokio::test]
async fn the_check_tries_the_store_and_says_what_is_wrong_but_never_the_secret() {
    let Some(mut store) = S3::start() else { return };
    let program = Program::new().await.with(store.settings());
    let good = program.run(&["check"]).assert_code(0);
    assert!(good.out.contains("/portal/yen-the"), "{}", good.out);
    assert!(store.objects().is_empty(), "the probe is gone");
    let nowhere = format!("http://{}", without_bucket());
    for (name, value, why) in [
        ("DINH_FILES_SECRET_KEY", "guessed", "SignatureDoesNotMatch"),
        ("DINH_FILES_ACCESS_KEY", "stranger", "the object store"),
        ("DINH_FILES_ENDPOINT", nowhere.as_str(), "NoSuchBucket"),
        ("DINH_FILES_ENDPOINT", "ftp://127.0.0.1", "files.endpoint"),
        ("DINH_FILES_BUCKET", "", "files.bucket is missing"),
        (
            "DINH_FILES_STORE",
            "tape",
            "`tape` is neither `folder` nor `s3`",
        ),
        ("DINH_FILES_STORE", "folder", "files.store is not `s3`"),
        (
            "DINH_FILES_SECRET",
            "x",
            "did you mean `DINH_FILES_SECRET_KEY`?",
        ),
    ] {
        let output = program
            .command(&["check"])
            .env(name, value)
            .output()
            .unwrap();
        let ended = dinh_tests::Ended::from(output)
            .assert_code(1)
            .assert_told(why);
        let said = format!("{}{}", ended.out, ended.told);
        assert!(
            !said.contains(SECRET_KEY) && !said.contains("guessed"),
            "{said}"
        );
    }
    store.go_away();
    let away = program.run(&["check"]).assert_code(1);
    let away = away.assert_told("the object store http://127.0.0.1");
    assert!(!away.told.contains(SECRET_KEY), "{}", away.told);
}

#[tokio::test]
async fn files_are_served_from_the_store_and_a_missing_one_is_a_page_that_says_so() {
    let Some(mut store) = S3::start() else { return };
    let program = Program::new().await.with(store.settings());
    let server = Server::start(&program, "demo");
    let address = file_address(server.visitor()).await;
    let whole = server
        .visitor()
        .get("localhost", &address)
        .await
        .assert_status(200);
    assert!(whole.answer().body.starts_with(b"PK\x03\x04"));
    assert!(
        !program.folder().join("files").exists(),
        "nothing lies in the data folder"
    );
    let range = [("Range", "bytes=0-3")];
    let part = server
        .visitor()
        .get_with("localhost", &address, &range)
        .await;
    assert_eq!(part.assert_status(206).answer().body, b"PK\x03\x04");
    store.go_away();
    let away = server
        .visitor()
        .get("localhost", &address)
        .await
        .assert_status(503);
    away.assert_contains("<html")
        .assert_header("retry-after", "120");
    store.come_back();
    server
        .visitor()
        .get("localhost", &address)
        .await
        .assert_status(200);
    for object in store.objects() {
        std::fs::remove_file(object).unwrap();
    }
    let missing = server
        .visitor()
        .get("localhost", &address)
        .await
        .assert_status(500);
    missing.assert_contains("<html");
}
