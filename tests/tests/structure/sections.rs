//! No host crate knows a section of the portal: neither a collection, nor a plugin, nor where one is mounted.

use std::fs;

use crate::files;
use crate::strings::literals;

/// What the plugins are called and where they stand, read from their declarations.
#[derive(Debug, Default)]
struct Known {
    collections: Vec<String>,
    ids: Vec<String>,
    mounts: Vec<String>,
}

impl Known {
    fn add(&mut self, id: &str, mount: &str, collections: impl Iterator<Item = String>) {
        self.collections
            .extend(collections.map(|name| format!("{id}/{name}")));
        if id.contains('-') {
            self.ids.push(id.to_owned());
        }
        self.mounts.push(mount.to_owned());
    }

    fn from_plugin_folders() -> Self {
        let mut known = Self::default();
        for entry in fs::read_dir(files::root().join("plugins")).unwrap() {
            let folder = entry.unwrap().path();
            let Ok(manifest) = fs::read_to_string(folder.join("plugin.toml")) else {
                continue;
            };
            let manifest: toml::Table = manifest.parse().unwrap();
            let value = |key: &str| manifest[key].as_str().unwrap().to_owned();
            let collections = fs::read_dir(folder.join("collections")).unwrap();
            let names = collections.map(|file| {
                let path = file.unwrap().path();
                path.file_stem().unwrap().to_string_lossy().into_owned()
            });
            known.add(&value("id"), &value("mount"), names);
        }
        known
    }

    /// The first name of a section in a text, or none.
    fn named_in<'a>(&'a self, text: &str) -> Option<&'a str> {
        let names = self.collections.iter().chain(&self.ids).chain(&self.mounts);
        names
            .map(String::as_str)
            .find(|name| stands_alone(text, name))
    }
}

/// Whether `name` stands in `text` and is not a piece of a longer word.
fn stands_alone(text: &str, name: &str) -> bool {
    let part = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + name.len()..].starts_with(part))
}

/// Code of the host that runs in production. Regulations and the demo are about sections.
fn is_host_code(path: &str) -> bool {
    let in_host = path.starts_with("host/") && path.contains("/src/") && path.ends_with(".rs");
    let test = path.ends_with("/tests.rs") || path.contains("/tests/");
    let about_sections =
        path.starts_with("host/profiles/") || path.starts_with("host/dinh/src/demo");
    in_host && !test && !about_sections
}

fn faults(path: &str, source: &str, known: &Known) -> Vec<String> {
    literals(source)
        .iter()
        .filter_map(|literal| {
            let name = known.named_in(&literal.text)?;
            Some(format!("{path}:{} knows `{name}`", literal.line))
        })
        .collect()
}

#[test]
fn no_host_crate_knows_a_section() {
    let known = Known::from_plugin_folders();
    assert!(!known.collections.is_empty() && !known.mounts.is_empty());
    let host: Vec<String> = files::listed()
        .into_iter()
        .filter(|path| is_host_code(path))
        .collect();
    assert!(host.len() > 10);
    let found: Vec<String> = host
        .iter()
        .flat_map(|path| faults(path, &files::text(path).unwrap(), &known))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn host_code_that_knows_a_section_is_named() {
    let mut known = Known::default();
    known.add("land-prices", "gia-dat", ["price".to_owned()].into_iter());
    known.add("news", "tin-tuc", ["item".to_owned()].into_iter());
    let found = |line: &str| faults("host/web/src/x.rs", line, &known).len();
    assert_eq!(found(r#"if id == "land-prices" {"#), 1);
    assert_eq!(found(r#"let path = "/gia-dat/{slug}";"#), 1);
    assert_eq!(found(r#"query("news/item")"#), 1);
    assert_eq!(found(r#"// "land-prices" is only an example"#), 0);
    assert_eq!(found(r#"let text = "gia-dat-nong-nghiep";"#), 0);
    assert_eq!(found(r#"let section = "news";"#), 0);
}

#[test]
fn tests_regulations_and_the_demo_may_know_sections() {
    assert!(is_host_code("host/web/src/router.rs"));
    for path in [
        "host/web/src/router/tests.rs",
        "host/dinh/src/demo/content.rs",
        "plugins/news/src/lib.rs",
        "tests/tests/portal/main.rs",
    ] {
        assert!(!is_host_code(path), "{path}");
    }
}
