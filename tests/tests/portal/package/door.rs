//! What does not come in, by name, with the running version untouched.

use std::fs;

use dinh_tests::{Code, NOTICES, Program, Vendor};

use super::install::{installed, page, ready};
use crate::program::running::Server;

/// Packages that a seed makes of a good one; each is looked at by the program itself.
const MUTATIONS: usize = 9;

/// Grants all that it asks for.
pub(crate) fn install(program: &Program, package: &str) -> dinh_tests::Ended {
    program.run(&["plugin", "install", package, "--grant-all"])
}

#[tokio::test]
async fn a_key_that_nobody_trusts_is_refused_before_its_code_is_compiled() {
    let program = Program::with_demo().await;
    let vendor = Vendor::new(&program);
    let package = vendor.package(&program, "1.0.0", "one", Code::Quiet);
    install(&program, &package)
        .assert_code(1)
        .assert_told("which is not trusted here")
        .assert_told("dinh plugin trust");
}

#[tokio::test]
async fn a_package_that_was_changed_is_refused_and_says_which_file() {
    let (program, _vendor, package) = ready(Code::Quiet).await;
    let good = fs::read(&package).unwrap();
    let text = b"Th\xc3\xb4ng b\xc3\xa1o c\xe1\xbb\xa7a";
    let at = good.windows(text.len()).position(|it| it == text).unwrap();
    let mut bad = good.clone();
    bad[at] = b'X';
    fs::write(&package, &bad).unwrap();
    install(&program, &package)
        .assert_code(1)
        .assert_told("locales/en.toml: its content is not what the manifest says");
    for mutation in 0..MUTATIONS {
        let mut bad = good.clone();
        let at = (mutation * 7_919 + 13) % bad.len();
        match mutation % 3 {
            0 => bad[at] ^= 1 << (mutation % 8),
            1 => bad.truncate(at),
            _ => drop(bad.drain(at / 2..at)),
        }
        fs::write(&package, &bad).unwrap();
        install(&program, &package)
            .assert_code(1)
            .assert_told("the package is refused");
    }
    assert!(!program.folder().join("plugins").join(NOTICES).exists());
    fs::write(&package, &good).unwrap();
    install(&program, &package).assert_code(0);
}

#[tokio::test]
async fn all_faults_are_told_at_once_and_the_running_version_goes_on() {
    let (program, vendor, package) = ready(Code::Quiet).await;
    installed(&program, &package);
    let server = Server::start(&program, "serve");
    vendor.keygen(&program, "thief", &[]);
    vendor.be_trusted(&program, "thief.pub");
    vendor.lay_out("0.9.0", "two", Code::Quiet);
    let bad = vendor.pack_with(&program, "thief.key", &["--host", "cong.elsewhere.vn"]);
    install(&program, &bad)
        .assert_code(1)
        .assert_told("belong to the publisher")
        .assert_told("0.9.0 is lower than 1.0.0")
        .assert_told("no site of this portal");
    let missing = vendor.path("no-such.dinh");
    install(&program, &missing)
        .assert_code(1)
        .assert_told("no-such.dinh");
    let one = server.visitor().get("localhost", &page("one")).await;
    assert_eq!(one.assert_status(200).text(), "one");
}
