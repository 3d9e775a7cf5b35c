//! Keys that are trusted no longer.

use std::fs;

use dinh_tests::{Code, NOTICES, Program, Vendor};

use super::install::{installed, page, ready};
use super::keys::key_id;
use crate::program::running::Server;

#[tokio::test]
async fn plugins_of_a_revoked_key_stop_at_once_and_stay_readable() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    let visitor = server.visitor();
    let one = visitor.get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
    let key = key_id(&vendor, "vendor.pub");
    let ended = program.run(&[
        "plugin",
        "revoke",
        &key,
        "--reason",
        "the laptop was stolen",
    ]);
    assert!(ended.assert_code(0).out.contains("stopped: notices"));
    let stopped = visitor
        .get("localhost", &page("one"))
        .await
        .assert_status(200);
    stopped
        .assert_contains("Thông báo")
        .assert_lacks("<pre>one");
    let list = program.run(&["plugin", "list"]).assert_code(0);
    assert!(
        list.out.contains("parked") && list.out.contains("the laptop was stolen"),
        "{}",
        list.out
    );
    program
        .run(&["plugin", "unpark", NOTICES])
        .assert_code(1)
        .assert_told("stays parked");
    let package = vendor.package(&program, "2.0.0", "two", Code::Quiet);
    program
        .run(&["plugin", "install", &package, "--grant-all"])
        .assert_code(1)
        .assert_told("was revoked: the laptop was stolen");
}

#[tokio::test]
async fn a_list_revokes_also_keys_that_nobody_knows_yet() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    let list = vendor.path("revoked.toml");
    let key = key_id(&vendor, "vendor.pub");
    fs::write(
        &list,
        format!("[[revoked]]\nkey = \"{key}\"\nreason = \"lost\"\n"),
    )
    .unwrap();
    program
        .run(&["plugin", "revoke", "--list", &list])
        .assert_code(0);
    program
        .run(&["plugin", "trust", &vendor.path("vendor.pub")])
        .assert_code(1)
        .assert_told("was revoked: lost");
    fs::write(&list, "[[revoked]]\nkey = \"12\"\nreason = \"lost\"\n").unwrap();
    program
        .run(&["plugin", "revoke", "--list", &list])
        .assert_code(1)
        .assert_told("revoked.toml:");
}
