//! Plugins from the operator's and the vendor's side.

use std::fs;
use std::path::Path;

use dinh_tests::{Ended, Program, bundle_folder, copied_bundle};

const FOLDER: &str = "plugins/legal-documents";

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no `{from}`", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[tokio::test]
async fn the_cases_of_the_plugin_pass() {
    let program = Program::new().await;
    let folder = bundle_folder().join(FOLDER);
    let ended = program
        .run(&["plugin", "test", folder.to_str().unwrap()])
        .assert_code(0);
    let last = ended.out.lines().last().unwrap();
    let cases = fs::read_dir(folder.join("cases")).unwrap().count();
    assert_eq!(last, format!("{cases} passed, 0 failed"));
    assert!(
        !program.folder().join("dinh.sqlite").exists(),
        "cases have data of their own"
    );
}

/// What a run printed, without the columns of time.
fn timeless(out: &str) -> Vec<String> {
    let line = |line: &str| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        match columns.as_slice() {
            [
                export @ ("pages" | "forms" | "hooks"),
                calls,
                operations,
                ..,
            ] => {
                format!("{export} {calls} {operations}")
            }
            _ => line.to_owned(),
        }
    };
    out.lines().map(line).collect()
}

#[tokio::test]
async fn two_runs_of_the_cases_tell_the_same() {
    let program = Program::new().await;
    let folder = bundle_folder().join(FOLDER);
    let run = || program.run(&["plugin", "test", folder.to_str().unwrap()]);
    let (first, second) = (run().assert_code(0), run().assert_code(0));
    assert_eq!(timeless(&first.out), timeless(&second.out));
    let counted = |line: &&String| line.contains("1 of pages, ") && line.contains("operations");
    let told = timeless(&first.out);
    let counted = told.iter().find(counted).unwrap();
    assert!(!counted.contains(" 0 operations"), "{counted}");
}

#[tokio::test]
async fn a_case_that_fails_says_in_which_file_and_line() {
    let program = Program::new().await;
    let bundle = copied_bundle();
    let folder = bundle.path().join(FOLDER);
    fs::remove_dir_all(folder.join("cases")).unwrap();
    fs::create_dir(folder.join("cases")).unwrap();
    let good = "GET /van-ban\n----\n200\n";
    fs::write(folder.join("cases/good.case"), good).unwrap();
    let bad = "GET /van-ban\n----\n404\ncontains: kakapo\nlacks: 655/BC-UBND\n====\nFOLLOW kakapo\n----\n200\n";
    fs::write(folder.join("cases/bad.case"), bad).unwrap();
    let ended = program.run(&["plugin", "test", folder.to_str().unwrap()]);
    let ended = ended.assert_code(1).assert_told("1 of 2 cases failed");
    for told in [
        "FAILED  bad",
        "ok      good",
        "bad.case: line 3: the status is 200, not 404",
        "bad.case: line 4: the answer does not contain “kakapo”",
        "bad.case: line 5: the answer contains “655/BC-UBND”",
        "bad.case: line 7: the last answer has no link “kakapo”",
        "1 passed, 1 failed",
    ] {
        assert!(ended.out.contains(told), "{told}: {}", ended.out);
    }
    fs::remove_dir_all(folder.join("cases")).unwrap();
    let none = program.run(&["plugin", "test", folder.to_str().unwrap()]);
    none.assert_code(1).assert_told("cases");
}

#[tokio::test]
async fn a_plugin_that_breaks_the_rules_is_refused_by_name() {
    let program = Program::new().await;
    let manifest = "plugin.toml";
    let collection = "collections/document.toml";
    for (file, from, to, told) in [
        (
            manifest,
            "contract = ",
            "colour = \"red\"\ncontract = ",
            "colour",
        ),
        (
            collection,
            "[index.signer]",
            "[index.no_such_field]\ntype = \"text\"\n[index.signer]",
            "no_such_field",
        ),
        (
            collection,
            "default_sort = \"-issued_on\"",
            "default_sort = \"-abstract\"",
            "abstract",
        ),
        (
            manifest,
            "capabilities = [\"content.read\"",
            "capabilities = [\"content.write\"",
            "content.write",
        ),
        (manifest, "contract = \"0.1\"", "contract = \"9.0\"", "9.0"),
    ] {
        let bundle = copied_bundle();
        change(&bundle.path().join(FOLDER).join(file), from, to);
        let output = program
            .command(&["check"])
            .env("DINH_BUNDLE_FOLDER", bundle.path())
            .output()
            .unwrap();
        Ended::from(output)
            .assert_code(1)
            .assert_told(told)
            .assert_told("legal-documents");
    }
}

#[tokio::test]
async fn a_template_that_could_act_or_code_that_is_none_is_refused() {
    let program = Program::new().await;
    let templates = bundle_folder().join(FOLDER).join("templates");
    let template = fs::read_dir(templates)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .file_name();
    let template = format!("templates/{}", template.to_string_lossy());
    for (file, content, told) in [
        (template.as_str(), "<script>alert(1)</script>", "script"),
        (template.as_str(), "<p onclick=\"x()\">a</p>", "onclick"),
        (template.as_str(), "<a href=\"{{address}}\">a</a>", "url"),
        ("plugin.wasm", "no component", "plugin.wasm"),
    ] {
        let bundle = copied_bundle();
        fs::write(bundle.path().join(FOLDER).join(file), content).unwrap();
        let output = program
            .command(&["check"])
            .env("DINH_BUNDLE_FOLDER", bundle.path())
            .output()
            .unwrap();
        Ended::from(output)
            .assert_code(1)
            .assert_told(told)
            .assert_told(file.trim_start_matches("templates/"));
    }
    let bundle = copied_bundle();
    fs::remove_file(bundle.path().join(FOLDER).join("plugin.wasm")).unwrap();
    let output = program
        .command(&["check"])
        .env("DINH_BUNDLE_FOLDER", bundle.path())
        .output()
        .unwrap();
    Ended::from(output)
        .assert_code(1)
        .assert_told("build the plugin first");
}

#[tokio::test]
async fn parking_lasts_and_is_listed_with_its_reason() {
    let program = Program::with_demo().await;
    let ended = program.run(&["plugin", "park", "legal-documents", "--reason", "too slow"]);
    assert_eq!(ended.assert_code(0).out.trim(), "legal-documents is parked");
    let ended = program.run(&["plugin", "list"]).assert_code(0);
    assert!(
        ended.out.contains("parked") && ended.out.contains("too slow"),
        "{}",
        ended.out
    );
    program
        .run(&["plugin", "unpark", "legal-documents"])
        .assert_code(0);
    let ended = program.run(&["plugin", "list"]).assert_code(0);
    assert!(
        ended.out.contains("enabled") && !ended.out.contains("too slow"),
        "{}",
        ended.out
    );
    program
        .run(&["plugin", "park", "news"])
        .assert_code(1)
        .assert_told("there is no plugin `news`");
}
