//! What `dinh plugin new` makes stands in a folder that shares nothing with this project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use dinh_tests::{Ended, Program, program_path};
use tempfile::TempDir;

/// What the plugin is called.
pub(super) const NAME: &str = "land-prices";

/// Where cargo builds what these tests make: crates of others are compiled once.
fn built() -> PathBuf {
    let target = program_path().ancestors().nth(2).unwrap().to_owned();
    target.join("vendor-tests")
}

/// A new plugin in a folder of its own.
pub(super) fn made(program: &Program) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let into = place.path().to_str().unwrap();
    program
        .run(&["plugin", "new", NAME, "--into", into])
        .assert_code(0);
    let folder = place.path().join(NAME);
    (place, folder)
}

/// The component of a new plugin, built once for all tests.
pub(super) fn component(program: &Program) -> &'static [u8] {
    static COMPONENT: OnceLock<Vec<u8>> = OnceLock::new();
    COMPONENT.get_or_init(|| {
        let (_place, folder) = made(program);
        at(program, &folder, &["plugin", "build", "--offline"]).assert_code(0);
        fs::read(folder.join("plugin.wasm")).unwrap()
    })
}

/// Runs a command of the program in a plugin's folder, as a vendor's terminal would.
pub(super) fn at(program: &Program, folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = program.command(arguments);
    command.current_dir(folder).env("CARGO_TARGET_DIR", built());
    Ended::from(command.output().unwrap())
}

#[tokio::test]
async fn the_logic_of_a_new_plugin_is_tested_by_cargo_alone() {
    let program = Program::new().await;
    let (_place, folder) = made(&program);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("workspace = true"), "{manifest}");
    let ended = Command::new("cargo")
        .args(["test", "--offline", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", built())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ended = Ended::from(ended).assert_code(0);
    assert!(ended.out.contains("8 passed"), "{}", ended.out);
}

#[tokio::test]
async fn a_bad_name_and_a_folder_that_is_there_leave_everything_as_it_is() {
    let program = Program::new().await;
    let (place, folder) = made(&program);
    let into = place.path().to_str().unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    for (name, told) in [
        (NAME, "is there already and was not touched"),
        ("Giá Đất", "cannot be a plugin's name"),
        ("../land", "cannot be a plugin's name"),
        ("fn", "Rust or cargo use it"),
        ("api", "is a word of the host"),
    ] {
        program
            .run(&["plugin", "new", name, "--into", into])
            .assert_code(1)
            .assert_told(told);
    }
    assert_eq!(fs::read_to_string(folder.join("mine.txt")).unwrap(), "mine");
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[tokio::test]
async fn an_sdk_elsewhere_is_named_and_not_copied() {
    let program = Program::new().await;
    let place = tempfile::tempdir().unwrap();
    let into = place.path().to_str().unwrap();
    let sdk = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk")).unwrap();
    for (name, given, written) in [
        ("by-path", sdk.to_str().unwrap(), sdk.to_str().unwrap()),
        ("by-git", "https://git.example/dinh#abc", "rev = \"abc\""),
        ("by-version", "0.1", "version = \"0.1\""),
    ] {
        program
            .run(&["plugin", "new", name, "--into", into, "--sdk", given])
            .assert_code(0);
        let manifest = fs::read_to_string(place.path().join(name).join("Cargo.toml")).unwrap();
        assert!(manifest.contains(written), "{manifest}");
        assert!(!place.path().join(name).join("sdk").exists());
    }
    program
        .run(&["plugin", "new", "x", "--into", into, "--sdk", "no such"])
        .assert_code(1)
        .assert_told("give a folder");
}
