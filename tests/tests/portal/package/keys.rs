//! Whom the operator trusts, and what follows.

use std::fs;

use dinh_tests::{Code, Program, Vendor};

use super::install::{installed, ready};

/// The short name of a key in his folder.
pub(crate) fn key_id(vendor: &Vendor, name: &str) -> String {
    let text = fs::read(vendor.path(name)).unwrap();
    let file = dinh_package::PublicKeyFile::parse(name, &text).unwrap();
    file.public.id().to_string()
}

#[tokio::test]
async fn a_new_key_that_the_old_one_signed_takes_over_its_plugins() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let old = vendor.path("vendor.key");
    vendor.keygen(&program, "next", &["--follows", &old]);
    vendor.be_trusted(&program, "next.pub");
    vendor.lay_out("1.1.0", "two", Code::Quiet);
    let package = vendor.pack_with(&program, "next.key", &[]);
    // Nothing new is asked for, so nobody is asked.
    let ended = program.run(&["plugin", "install", &package]).assert_code(0);
    assert!(
        ended.out.contains("1.1.0 runs in place of 1.0.0"),
        "{}",
        ended.out
    );
    let keys = program.run(&["plugin", "keys"]).assert_code(0);
    for name in ["vendor.pub", "next.pub"] {
        assert!(keys.out.contains(&key_id(&vendor, name)), "{}", keys.out);
    }
}

#[tokio::test]
async fn a_key_that_follows_nobody_who_is_trusted_is_refused() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    vendor.keygen(&program, "next", &["--follows", &vendor.path("vendor.key")]);
    let next = vendor.path("next.pub");
    program
        .run(&["plugin", "trust", &next])
        .assert_code(1)
        .assert_told("which is not trusted here");
    vendor.be_trusted(&program, "vendor.pub");
    let old = key_id(&vendor, "vendor.pub");
    program
        .run(&["plugin", "revoke", &old, "--reason", "stolen"])
        .assert_code(0);
    program
        .run(&["plugin", "trust", &next])
        .assert_code(1)
        .assert_told("which was revoked");
    program
        .run(&["plugin", "trust", &vendor.path("vendor.pub")])
        .assert_code(1)
        .assert_told("never trusted again");
}
