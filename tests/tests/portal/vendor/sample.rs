//! The sample uses every part of the contract, and a new plugin is made of what a beginner needs of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dinh_runtime::Capability as Grantable;
use dinh_tests::Program;

use super::outside::made;

const MARK: &str = "of the sample";

fn capabilities(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("plugin.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let asked = table["capabilities"].as_array().unwrap().iter();
    asked.map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_sample_asks_for_everything_and_declares_each_part() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/example");
    let all = Grantable::ALL.iter().map(|it| it.name().to_owned());
    assert_eq!(capabilities(&folder), all.collect());
    let text = fs::read_to_string(folder.join("plugin.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    for part in ["routes", "hooks", "fetch", "jobs", "webhooks", "settings"] {
        assert!(table.contains_key(part), "{part}");
    }
    let collection = fs::read_to_string(folder.join("collections/meeting.toml")).unwrap();
    assert!(collection.contains("kind = \"table\""));
    let code = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
    for export in ["pages", "hooks", "forms", "jobs", "webhooks"] {
        let exported = format!("dinh_sdk::export_{export}!(Plugin);");
        assert!(code.contains(&exported), "{export}");
    }
}

#[tokio::test]
async fn a_new_plugin_has_nothing_that_is_marked_as_the_samples_own() {
    let program = Program::new().await;
    let (_place, folder) = made(&program);
    let asked: Vec<String> = capabilities(&folder).into_iter().collect();
    assert_eq!(asked, ["clock", "content.read", "log"]);
    for gone in [
        "src/inbox.rs",
        "src/questions.rs",
        "src/turnout.rs",
        "src/tests/inbox.rs",
        "cases/questions.case",
    ] {
        assert!(!folder.join(gone).exists(), "{gone}");
    }
    let mut files = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                files += 1;
                assert!(!text.contains(MARK), "{}", path.display());
            }
        }
    }
    assert!(files > 30, "{files}");
}
