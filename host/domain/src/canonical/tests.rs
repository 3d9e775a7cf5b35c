use serde_json::{Value, json};

use super::Content;
use crate::entry::Body;
use crate::ids::{CollectionId, EntryId};

fn text(body: Value) -> String {
    let Value::Object(body): Value = body else {
        return String::new();
    };
    text_of(&body)
}

fn text_of(body: &Body) -> String {
    let content = Content {
        entry: &EntryId::new("e1").unwrap(),
        collection: &CollectionId::parse("town-notes/note").unwrap(),
        language: "vi",
        title: "Ghi chép",
        author: "Phòng",
        source: "",
        body,
    };
    content.text()
}

#[test]
fn the_form_is_one_text_for_one_content() {
    assert_eq!(
        text(json!({ "b": 2, "a": [{ "y": "1", "x": null }] })),
        r#"{"author":"Phòng","body":{"a":[{"x":null,"y":"1"}],"b":2},"collection":"town-notes/note","entry":"e1","language":"vi","source":"","title":"Ghi chép"}"#
    );
}

#[test]
fn the_text_says_what_the_value_says() {
    let body = json!({ "b": [1, 2.5, true, null, { "z": "«–»", "a": "â€" }], "a": { "file": "f", "name": "x" } });
    let Value::Object(body) = body else {
        return;
    };
    let content = Content {
        entry: &EntryId::new("e1").unwrap(),
        collection: &CollectionId::parse("town-notes/note").unwrap(),
        language: "vi",
        title: "a & b",
        author: "",
        source: "\u{2028}",
        body: &body,
    };
    let read: Value = serde_json::from_str(&content.text()).unwrap();
    assert_eq!(read, content.value());
    assert_eq!(
        read.to_string(),
        content.value().to_string(),
        "in the same order"
    );
}

#[test]
fn the_order_of_members_does_not_matter_and_that_of_items_does() {
    assert_eq!(
        text(json!({ "a": 1, "b": 2 })),
        text(json!({ "b": 2, "a": 1 }))
    );
    assert_ne!(text(json!({ "a": [1, 2] })), text(json!({ "a": [2, 1] })));
    assert_ne!(text(json!({ "a": 1 })), text(json!({ "a": "1" })));
}

#[test]
fn nothing_in_it_could_end_the_place_where_it_stands_in_a_page() {
    let text = text(json!({ "a": "</script><!-- & \u{2028}\u{2029}" }));
    assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    assert!(text.contains(r"\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029"));
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["body"]["a"], "</script><!-- & \u{2028}\u{2029}");
}

#[test]
fn an_attached_file_is_known_by_what_it_holds_and_not_by_where_it_is_kept() {
    let files = |id: &str, hash: &str| {
        text(json!({ "files": [{ "file": id, "name": "a.pdf", "sha256": hash }] }))
    };
    assert_eq!(files("f1", "ab"), files("f2", "ab"));
    assert_ne!(files("f1", "ab"), files("f1", "cd"));
    assert!(files("f1", "ab").contains(r#"[{"name":"a.pdf","sha256":"ab"}]"#));
    assert_ne!(text(json!({ "file": "a" })), text(json!({ "file": "b" })));
}
