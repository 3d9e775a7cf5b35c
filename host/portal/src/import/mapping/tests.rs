use dinh_domain::declaration::{Declaration, PluginFiles};
use serde_json::json;

use super::map;

fn declaration() -> Declaration {
    let manifest = r#"
id = "notes"
version = "1.0.0"
contract = "0.1"
name = "n"
description = "d"
clause = "Đ4.8"
mount = "ghi"
[publisher]
name = "p"
contact = "c"
security_contact = "s"
"#;
    let note = r#"
label = "l"
plural = "p"
[schema.name]
kind = "text"
label = "n"
[schema.state]
kind = "choice"
list = "states"
label = "s"
[schema.text]
kind = "outline"
label = "t"
levels = [{ id = "article", label = "a", pattern = '^Điều (?P<number>\d+)' }]
[index.name]
type = "text"
[workflow]
id = "register"
[view]
title = "{name}"
slug = "{name}"
[view.list]
columns = []
filters = []
sorts = ["name"]
default_sort = "name"
[view.detail]
facts = []
[search]
title = ["@title"]
"#;
    let list = "[[value]]\nid = \"open\"\nvi = \"Mở\"\nen = \"Open\"\n";
    let mapping = r#"
key = "nr"
lift = ["state"]
[values]
source = "Elsewhere"
[fields]
name = "ten"
state = { from = "loai", by_label = "states" }
text = { from = "parts", level = "article", number = "so", heading = "de", body = "chu" }
"#;
    let files: PluginFiles = [
        ("plugin.toml", manifest),
        ("collections/note.toml", note),
        ("lists/states.toml", list),
        ("imports/old.toml", mapping),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    Declaration::parse(&files).unwrap()
}

#[test]
fn a_mapping_names_fields_finds_list_values_and_builds_blocks() {
    let it = declaration();
    let row = json!({
        "nr": "7/QĐ", "ten": "Tên", "loai": "MỞ", "extra": 1,
        "parts": [{"so": "1", "de": "Một", "chu": "chữ"}, {"so": null, "chu": "không số"}],
    });
    let mapped = map(&it, &it.collections["note"], it.imports.get("old"), &row).unwrap();
    assert_eq!(mapped.key, "7/QĐ");
    assert_eq!(mapped.source.as_deref(), Some("Elsewhere"));
    assert_eq!(mapped.lifted, ["state"]);
    assert_eq!(mapped.body["state"], "open");
    assert_eq!(mapped.body["text"][0]["level"], "article");
    assert_eq!(mapped.body["text"][1]["level"], "");
    assert!(!mapped.body.contains_key("extra"));
}

#[test]
fn a_row_without_key_is_refused_and_an_unknown_value_is_named() {
    let it = declaration();
    let collection = &it.collections["note"];
    let faults = map(&it, collection, it.imports.get("old"), &json!({"ten": "x"})).unwrap_err();
    assert_eq!(faults[0].path, "nr");
    let row = json!({"nr": "1", "loai": "Đóng", "ten": "Tên"});
    let mapped = map(&it, collection, it.imports.get("old"), &row).unwrap();
    assert_eq!(mapped.faults.len(), 1);
    assert_eq!(
        (
            mapped.faults[0].path.as_str(),
            mapped.faults[0].message_key.as_str()
        ),
        ("state", "fault.choice")
    );
    assert_eq!(mapped.body["name"], "Tên");
    assert!(map(&it, collection, None, &json!([1])).is_err());
}

#[test]
fn without_a_mapping_members_are_fields() {
    let it = declaration();
    let row = json!({"key": "k1", "source": "Báo", "name": "Tên"});
    let mapped = map(&it, &it.collections["note"], None, &row).unwrap();
    assert_eq!(
        (mapped.key.as_str(), mapped.source.as_deref()),
        ("k1", Some("Báo"))
    );
    assert_eq!(mapped.body.len(), 1);
}
