//! What beginners do wrong, and what they are told. The table in `docs/plugin-errors.md` is written by this test:
//! `UPDATE_EXPECT=1` writes it anew.

mod wrong;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use dinh_tests::{Program, copy_folder};
use expect_test::expect_file;

use self::wrong::{Change, WRONGS, Wrong};
use super::outside::{at, component, made};

const COMPONENT: &str = "plugin.wasm";
/// What is said where there is no component.
const UNBUILT: &str = "plugin.wasm: the file is missing";

/// A change, made in a plugin's folder.
fn make(change: &Change, folder: &Path) {
    match *change {
        Change::Replace(file, from, to) => {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{file} has no `{from}`");
            fs::write(&path, text.replacen(from, to, 1)).unwrap();
        }
        Change::Write(file, text) => fs::write(folder.join(file), text).unwrap(),
        Change::Remove(file) => fs::remove_file(folder.join(file)).unwrap(),
        Change::Nothing => {}
    }
}

/// What the command says of a folder that was changed so.
fn told(program: &Program, base: &Path, wrong: &Wrong) -> String {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("land-prices");
    copy_folder(base, &folder);
    make(&wrong.change, &folder);
    let of_code = matches!(
        wrong.change,
        Change::Write(COMPONENT, _) | Change::Remove(COMPONENT)
    );
    match wrong.code {
        // Built after the change.
        true if !of_code => drop(fs::copy(base.join(COMPONENT), folder.join(COMPONENT)).unwrap()),
        true => {}
        // Compiling it would say nothing more.
        false => fs::remove_file(folder.join(COMPONENT)).unwrap(),
    }
    let ended = at(program, &folder, wrong.command).assert_code(1);
    let text = format!("{}\n{}", ended.out.trim(), ended.told.trim());
    let text = text.replace(&format!("{}/", folder.display()), "");
    let text = text.replace(&place.path().display().to_string(), "…");
    // The end says only how many there are.
    let lines = text.lines().filter(|line| {
        let count = line
            .strip_prefix("dinh: ")
            .and_then(|it| it.split_once(" fault"));
        let unbuilt = !wrong.code && line.starts_with(UNBUILT);
        !line.is_empty() && !unbuilt && count.is_none_or(|(count, _)| count.parse::<u32>().is_err())
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_beginners_error_says_what_to_do() {
    let program = Program::new().await;
    let (_place, base) = made(&program);
    fs::write(base.join(COMPONENT), component(&program)).unwrap();
    at(&program, &base, &["plugin", "check"]).assert_code(0);
    let mut table = String::from(
        "# What is said of a plugin that is wrong\n\nMade from the plugin that `dinh plugin new land-prices` makes, changed in one place. A test keeps this page true.\n",
    );
    for wrong in WRONGS {
        let told = told(&program, &base, wrong);
        assert!(!told.is_empty(), "{}", wrong.what);
        let command = wrong.command.join(" ");
        write!(
            table,
            "\n**{}** (`dinh {command}`)\n\n```\n{told}\n```\n",
            wrong.what
        )
        .unwrap();
    }
    expect_file!["../../../../docs/plugin-errors.md"].assert_eq(&table);
}

/// What the declarations know is what the faults list; the reference must have all of it.
#[test]
fn the_reference_names_every_word_that_a_fault_says_is_known() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let reference = fs::read_to_string(docs.join("PLUGINS.md")).unwrap();
    let table = fs::read_to_string(docs.join("plugin-errors.md")).unwrap();
    let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let words: BTreeSet<&str> = reference.split(|letter| !part(letter)).collect();
    let lists = table
        .lines()
        .filter_map(|line| line.split_once("expected one of "));
    let (mut known, mut missing) = (0, Vec::new());
    for (_, list) in lists {
        let list = list.split(';').next().unwrap_or_default();
        for word in list
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|word| !word.contains(' '))
        {
            known += 1;
            if !words.contains(word) {
                missing.push(word);
            }
        }
    }
    assert!(known > 20, "{known}");
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn thirty_errors_are_tried() {
    assert!(WRONGS.len() >= 30);
}
