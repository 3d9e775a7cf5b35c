//! A publisher who is trusted and lies: he signs what `dinh plugin pack` would not make.

use std::fs;
use std::path::Path;

use dinh_package::{Package, SecretKeyFile, read_plugin};
use dinh_tests::{Code, NOTICES, Vendor};

use super::door::install;
use super::install::ready;

/// Signed without being looked at.
fn forged(vendor: &Vendor) -> String {
    let key = fs::read(vendor.path("vendor.key")).unwrap();
    let key = SecretKeyFile::parse("vendor.key", &key).unwrap_or_else(|_| panic!("no key"));
    let files = read_plugin(Path::new(&vendor.plugin())).unwrap();
    let package = Package::pack(files, &key.key, Vec::new()).unwrap();
    let path = vendor.path("forged.dinh");
    fs::write(&path, package.bytes().unwrap()).unwrap();
    path
}

/// The beginning of a file as wasmtime writes compiled components: an ELF file of its own kind.
fn native_code() -> Vec<u8> {
    const WASMTIME: u8 = 200;
    const COMPONENT: u8 = 2;
    let mut header = vec![0; 64];
    header[..8].copy_from_slice(&[0x7f, b'E', b'L', b'F', 2, 1, 1, WASMTIME]);
    header[48] = COMPONENT;
    header
}

#[tokio::test]
async fn what_a_trusted_publisher_signs_is_checked_all_the_same() {
    let (program, vendor, _package) = ready(Code::Quiet).await;
    vendor.lay_out("1.0.0", "one", Code::Curious);
    let manifest = fs::read_to_string(vendor.plugin().join("plugin.toml")).unwrap();
    let modest = manifest.replace("[\"content.read\", \"clock\", \"log\"]", "[\"clock\"]");
    vendor.write("plugin.toml", &modest);
    install(&program, &forged(&vendor))
        .assert_code(1)
        .assert_told("it imports `dinh:content/read@")
        .assert_told("it imports `dinh:host/log@");
    fs::write(vendor.plugin().join("plugin.wasm"), native_code()).unwrap();
    vendor.write(
        "plugin.toml",
        &modest.replace("mount = ", "colour = 1\nmount = "),
    );
    install(&program, &forged(&vendor))
        .assert_code(1)
        .assert_told("holds native code, not WebAssembly")
        .assert_told("plugin.toml:7: unknown field `colour`");
    vendor.lay_out("1.0.0", "one", Code::Quiet);
    fs::create_dir(vendor.plugin().join("templates")).unwrap();
    vendor.write("templates/a.hbs", "<p onclick=\"x()\">a</p>");
    vendor.write("locales/en.toml", "[plugin]\nno_such_key = \"x\"\n");
    install(&program, &forged(&vendor))
        .assert_code(1)
        .assert_told("no_such_key");
    vendor.write("locales/en.toml", "");
    install(&program, &forged(&vendor))
        .assert_code(1)
        .assert_told("templates/a.hbs:1");
    assert!(!program.folder().join("plugins").join(NOTICES).exists());
}
