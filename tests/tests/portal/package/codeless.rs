//! A section that is declared whole: its package holds no component.

use std::fs;

use dinh_tests::{Code, NOTICES, NOTICES_MOUNT, Program, Vendor};

use crate::program::running::Server;

use super::install::{installed, ready};

/// The vendor's plugin without its component, and with or without what calls for one.
fn lay_out(vendor: &Vendor, is_declared_whole: bool) {
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    fs::remove_file(vendor.plugin().join("plugin.wasm")).unwrap();
    let manifest = fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    if is_declared_whole {
        let (before, _) = manifest.split_once("[[routes]]").unwrap();
        vendor.write("plugin.toml", before);
    }
}

#[tokio::test]
async fn a_package_without_code_is_installed_and_its_section_is_there() {
    let (program, vendor, _) = ready(Code::Quiet).await;
    lay_out(&vendor, true);
    let built = program.run(&["plugin", "build", &vendor.path("plugin")]);
    assert!(built.assert_code(0).out.contains("nothing to build"));
    let package = vendor.pack_with(&program, "vendor.key", &[]);
    let server = Server::start(&program, "serve");
    installed(&program, &package);
    let list = server.visitor().get("localhost", NOTICES_MOUNT).await;
    list.assert_status(200);
    let ended = program.run(&["plugin", "list"]).assert_code(0);
    let line = ended.out.lines().find(|line| line.starts_with(NOTICES));
    assert!(line.unwrap().contains("enabled"), "{}", ended.out);
}

#[tokio::test]
async fn what_calls_for_code_is_not_packed_without_it() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    lay_out(&vendor, false);
    let (folder, key) = (vendor.path("plugin"), vendor.path("vendor.key"));
    program
        .run(&["plugin", "pack", &folder, "--key", &key])
        .assert_code(1)
        .assert_told("plugin.wasm: the file is missing");
}
