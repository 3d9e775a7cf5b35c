//! What a node finds at its start.

use std::fs;
use std::path::PathBuf;

use dinh_tests::{Code, NOTICES, Program};

use super::install::{installed, page, ready};
use crate::program::running::Server;

fn place(program: &Program) -> PathBuf {
    program.folder().join("plugins").join(NOTICES).join("1.0.0")
}

#[tokio::test]
async fn a_changed_byte_parks_the_plugin_and_says_which_file() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    for file in [
        "plugin.wasm",
        "locales/vi.toml",
        "manifest.toml",
        "signatures.toml",
    ] {
        let path = place(&program).join(file);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        let at = bad.len() / 2;
        bad[at] ^= 1;
        fs::write(&path, &bad).unwrap();
        let list = program.run(&["plugin", "list"]).assert_code(0);
        let line = list.out.lines().find(|it| it.starts_with(NOTICES)).unwrap();
        assert!(
            line.contains("parked") && line.contains(file),
            "{file}: {line}"
        );
        let server = Server::start(&program, "serve");
        let stopped = server.visitor().get("localhost", &page("one")).await;
        let stopped = stopped.assert_status(200).assert_contains("Thông báo");
        assert_ne!(stopped.text(), "one", "{file}: its code ran");
        program
            .run(&["plugin", "unpark", NOTICES])
            .assert_code(1)
            .assert_told(file);
        drop(server);
        fs::write(&path, &good).unwrap();
    }
    fs::write(place(&program).join("locales/fr.toml"), "").unwrap();
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(list.out.contains("locales/fr.toml"), "{}", list.out);
    // The same package again mends it.
    program.run(&["plugin", "install", &package]).assert_code(0);
    let server = Server::start(&program, "serve");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
}

#[tokio::test]
async fn a_node_without_the_unpacked_files_takes_them_from_the_package() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    fs::remove_dir_all(program.folder().join("plugins")).unwrap();
    let server = Server::start(&program, "serve");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    assert!(place(&program).join("plugin.wasm").is_file());
}

#[tokio::test]
async fn a_plugin_that_is_lost_altogether_is_missing_and_the_portal_serves() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    fs::remove_dir_all(program.folder().join("plugins")).unwrap();
    fs::remove_dir_all(program.folder().join("files")).unwrap();
    let list = program.run(&["plugin", "list"]).assert_code(0);
    let line = list.out.lines().find(|it| it.starts_with(NOTICES)).unwrap();
    assert!(line.contains("missing"), "{line}");
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    visitor
        .get("localhost", "/van-ban")
        .await
        .assert_status(200);
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(0);
    let one = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    assert_eq!(one.text(), "one");
}
