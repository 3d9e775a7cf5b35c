//! The JSON Schemas of what a vendor writes: those in `sdk/schemas` are the program's own, they take every file of
//! the plugins in this project, and they refuse what is wrong. `UPDATE_EXPECT=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, Schemas};
use dinh_tests::Program;
use expect_test::expect_file;
use serde_json::Value;

use super::outside::made;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Folder or file of a plugin, and its schema.
const KINDS: [(&str, &str); 8] = [
    ("plugin.toml", "plugin"),
    ("compliance.toml", "compliance"),
    ("collections", "collection"),
    ("lists", "list"),
    ("imports", "import"),
    ("search", "search"),
    ("fixtures", "fixtures"),
    ("locales", "locale"),
];

/// Schema, file of the sample, what stands in it, what takes its place.
const BROKEN: [(&str, &str, &str, &str); 14] = [
    ("plugin", "plugin.toml", "mount = ", "mout = "),
    (
        "plugin",
        "plugin.toml",
        "id = \"example\"",
        "id = \"An Example\"",
    ),
    (
        "plugin",
        "plugin.toml",
        "version = \"0.1.0\"",
        "version = \"one\"",
    ),
    ("plugin", "plugin.toml", "\"clock\"", "\"clok\""),
    (
        "plugin",
        "plugin.toml",
        "fallback = \"list\"",
        "fallback = \"home\"",
    ),
    (
        "collection",
        "collections/meeting.toml",
        "kind = \"code\"",
        "kind = \"number\"",
    ),
    (
        "collection",
        "collections/meeting.toml",
        "max_chars = 40",
        "max_items = 40",
    ),
    (
        "collection",
        "collections/meeting.toml",
        "label = \"meeting.number\"\n",
        "",
    ),
    (
        "collection",
        "collections/meeting.toml",
        "type = \"year\"",
        "type = \"years\"",
    ),
    (
        "collection",
        "collections/meeting.toml",
        "review = \"weekly\"",
        "review = \"yearly\"",
    ),
    ("list", "lists/kinds.toml", "vi = ", "vn = "),
    (
        "compliance",
        "compliance.toml",
        "state = \"met\"",
        "state = \"done\"",
    ),
    (
        "fixtures",
        "fixtures/yen-the.toml",
        "[[entry]]",
        "[[entries]]",
    ),
    (
        "locale",
        "locales/vi.toml",
        "seats = \"Số chỗ\"",
        "seats = 3",
    ),
];

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap_or_else(|why| panic!("{path:?}: {why}"));
    serde_json::to_value(table).unwrap()
}

/// What a schema says of a file's content; none where it fits.
fn told(schema: &str, content: &Value) -> Option<String> {
    let path = Path::new(ROOT).join(format!("sdk/schemas/{schema}.json"));
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let text = fs::read_to_string(&path).unwrap();
    compiler
        .add_resource("schema.json", serde_json::from_str(&text).unwrap())
        .unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    schemas
        .validate(content, index)
        .err()
        .map(|it| format!("{it:#}"))
}

/// The TOML files of a plugin's folder, each with its schema.
fn files(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    for (part, schema) in KINDS {
        let path = folder.join(part);
        if path.is_file() {
            found.push((schema, path));
        } else if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            found.extend(entries.map(|it| (schema, it.unwrap().path())));
        }
    }
    found
}

#[tokio::test]
async fn the_schemas_of_the_sdk_are_those_of_the_program() {
    let program = Program::new().await;
    let (_place, folder) = made(&program);
    let schemas = folder.join("schemas");
    // What `new` laid there is what the command writes.
    let laid = fs::read(schemas.join("plugin.json")).unwrap();
    fs::remove_dir_all(&schemas).unwrap();
    program
        .run(&["plugin", "schemas", folder.to_str().unwrap()])
        .assert_code(0);
    assert_eq!(fs::read(schemas.join("plugin.json")).unwrap(), laid);
    for (_, name) in KINDS {
        let written = fs::read_to_string(schemas.join(format!("{name}.json"))).unwrap();
        let kept = Path::new(ROOT).join(format!("sdk/schemas/{name}.json"));
        expect_file![kept].assert_eq(&written);
    }
    assert_eq!(fs::read_dir(&schemas).unwrap().count(), KINDS.len());
    let kept = Path::new(ROOT).join("sdk/schemas");
    assert_eq!(fs::read_dir(kept).unwrap().count(), KINDS.len());
    // Each file says which is its own, and the name leads there.
    for (name, path) in files(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        let line = text.lines().next().unwrap();
        let named = line.strip_prefix("#:schema ");
        let named = named.unwrap_or_else(|| panic!("{path:?}: {line}"));
        let leads = path.parent().unwrap().join(named);
        let wanted = schemas.join(format!("{name}.json"));
        assert_eq!(
            leads.canonicalize().unwrap(),
            wanted.canonicalize().unwrap()
        );
    }
}

#[test]
fn the_schemas_take_every_file_of_the_plugins_here() {
    let mut tried = 0;
    for plugin in fs::read_dir(Path::new(ROOT).join("plugins")).unwrap() {
        for (schema, path) in files(&plugin.unwrap().path()) {
            assert_eq!(told(schema, &read(&path)), None, "{path:?}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn the_schemas_refuse_what_is_wrong() {
    let sample = Path::new(ROOT).join("plugins/example");
    for (schema, file, from, to) in BROKEN {
        let text = fs::read_to_string(sample.join(file)).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        let table: toml::Table = toml::from_str(&text.replacen(from, to, 1)).unwrap();
        let content = serde_json::to_value(table).unwrap();
        assert!(told(schema, &content).is_some(), "{file}: `{to}` is taken");
    }
}
