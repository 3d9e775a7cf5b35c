use super::{Document, Relation};
use crate::dates::Day;
use dinh_sdk::Object;
use dinh_sdk::serde_json::{Value, json};

fn object(value: Value) -> Object {
    value.as_object().unwrap().clone()
}

#[test]
fn a_body_is_read_in_both_shapes_of_its_text() {
    let body = object(json!({
        "number": " 06/2014/QĐ-UBND ", "issued_on": "2014-10-03",
        "relations": [{"kind": "replaces", "target": "5/2010/QĐ-UBND"}],
        "text": [{"level": "article", "number": "1", "heading": "Phạm vi", "text": "Một\nHai"}, {"level": "", "text": "Ba"}],
    }));
    let document = Document::new(&body);
    assert_eq!(document.number(), Some("06/2014/QĐ-UBND"));
    assert_eq!(document.day("issued_on"), Day::parse("2014-10-03"));
    assert_eq!(
        document.relations(),
        [Relation {
            kind: "replaces",
            target: "5/2010/QĐ-UBND"
        }]
    );
    assert_eq!(document.blocks(), ["Phạm vi", "Một\nHai", "Ba"]);
    let plain = object(json!({"text": "Một dòng"}));
    assert_eq!(Document::new(&plain).blocks(), ["Một dòng"]);
}

#[test]
fn wrong_shapes_read_as_absent() {
    let body = object(
        json!({"number": 7, "issued_on": "03/10/2014", "relations": {"a": 1}, "text": null, "validity": ""}),
    );
    let document = Document::new(&body);
    assert_eq!(
        (
            document.number(),
            document.day("issued_on"),
            document.validity()
        ),
        (None, None, "unknown")
    );
    assert!(document.relations().is_empty() && document.blocks().is_empty());
    let edges = object(json!({"relations": ["text", {"kind": 1}]}));
    assert_eq!(
        Document::new(&edges).relations(),
        [Relation {
            kind: "",
            target: ""
        }; 2]
    );
}
