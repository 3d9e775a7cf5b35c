//! What a vendor does before an operator sees anything.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use dinh_tests::{Code, NOTICES, Program, Vendor};

#[tokio::test]
async fn a_key_is_made_once_and_its_secret_half_is_readable_by_its_owner_alone() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    let secret = fs::metadata(vendor.path("vendor.key")).unwrap();
    assert_eq!(secret.permissions().mode() & 0o777, 0o600);
    let public = fs::read_to_string(vendor.path("vendor.pub")).unwrap();
    assert!(!public.contains("secret ="), "{public}");
    let output = vendor.path("vendor");
    program
        .run(&["plugin", "keygen", "--name", "Vendor", "-o", &output])
        .assert_code(1)
        .assert_told("is there already");
}

#[tokio::test]
async fn what_was_packed_is_verified_and_says_what_it_is() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    let package = vendor.package(&program, "1.0.0", "one", Code::Quiet);
    let ended = program.run(&["plugin", "verify", &package]).assert_code(0);
    for told in ["notices 1.0.0", "reviewer   none", "contract   0.1"] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    vendor.keygen(&program, "reviewer", &[]);
    let key = vendor.path("reviewer.key");
    let ended = program.run(&["plugin", "countersign", &package, "--key", &key]);
    assert!(ended.assert_code(0).out.contains("reviewer   key "));
    let ended = program.run(&["plugin", "verify", &package]).assert_code(0);
    assert!(ended.out.contains("reviewer   key "), "{}", ended.out);
    let same = vendor.path("vendor.key");
    program
        .run(&["plugin", "countersign", &package, "--key", &same])
        .assert_code(1)
        .assert_told("the publisher cannot review himself");
    assert!(
        !program.folder().join("dinh.sqlite").exists(),
        "no data is made"
    );
}

#[tokio::test]
async fn every_fault_of_a_plugin_is_told_at_once_when_it_is_packed() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    vendor.lay_out("1.0.0", "one", Code::Curious);
    let manifest = fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    vendor.write("plugin.toml", &manifest.replace("\"content.read\", ", ""));
    vendor.write("locales/en.toml", "[notice]\nno_such_key = \"x\"\n");
    fs::create_dir(vendor.plugin().join("templates")).unwrap();
    vendor.write("templates/a.hbs", "<script>alert(1)</script>");
    let (folder, key) = (vendor.path("plugin"), vendor.path("vendor.key"));
    let ended = program.run(&["plugin", "pack", &folder, "--key", &key]);
    ended
        .assert_code(1)
        .assert_told("no_such_key")
        .assert_told("dinh:content/read");
    vendor.write("locales/en.toml", "");
    let ended = program.run(&["plugin", "pack", &folder, "--key", &key]);
    ended
        .assert_code(1)
        .assert_told("templates/a.hbs:1")
        .assert_told("dinh:content/read");
    let package = vendor
        .plugin()
        .with_file_name(format!("{NOTICES}-1.0.0.dinh"));
    assert!(!package.exists() && !program.folder().join(package.file_name().unwrap()).exists());
}

#[tokio::test]
async fn what_is_asked_for_and_not_used_is_refused() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    let manifest = fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    let greedy = manifest.replace("capabilities = []", "capabilities = [\"content.read\"]");
    vendor.write(
        "plugin.toml",
        &(greedy + "[[hooks]]\nevent = \"validate\"\ncollection = \"notice\"\n"),
    );
    let (folder, key) = (vendor.path("plugin"), vendor.path("vendor.key"));
    program
        .run(&["plugin", "pack", &folder, "--key", &key])
        .assert_code(1)
        .assert_told("`content.read` is asked for and not used")
        .assert_told("hooks are declared, and the code exports none");
}

#[tokio::test]
async fn native_code_and_code_that_is_none_are_refused_by_name() {
    let program = Program::new().await;
    let vendor = Vendor::new(&program);
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    let (folder, key) = (vendor.path("plugin"), vendor.path("vendor.key"));
    for (bytes, told) in [
        (&b"\0asm\x01\0\0\0"[..], "is no component"),
        (b"no component", "is no component"),
        (b"\x7fELF\x02\x01\x01\0", "plugin.wasm"),
    ] {
        fs::write(vendor.plugin().join("plugin.wasm"), bytes).unwrap();
        program
            .run(&["plugin", "pack", &folder, "--key", &key])
            .assert_code(1)
            .assert_told(told);
    }
}
