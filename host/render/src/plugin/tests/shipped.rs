//! The plugins that ship with the host pass the checks that vendors' plugins must pass.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Locales, PluginTemplates};

#[test]
fn templates_of_the_shipped_plugins_break_no_rule() {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let mut checked = 0;
    for entry in std::fs::read_dir(plugins).unwrap() {
        let folder = entry.unwrap().path();
        let templates = files(&folder.join("templates"), "hbs");
        let texts = files(&folder.join("locales"), "toml")
            .into_iter()
            .map(|(name, bytes)| {
                (
                    name.trim_end_matches(".toml").to_owned(),
                    String::from_utf8(bytes).unwrap(),
                )
            })
            .collect();
        let locales =
            Locales::load(&texts).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        checked += templates.len();
        if let Err(faults) = PluginTemplates::load("shipped", &templates, locales) {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}:\n{}", folder.display(), faults.join("\n"));
        }
    }
    assert!(checked > 0, "no plugin has a template");
}

fn files(folder: &Path, ending: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .map(|path| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}
