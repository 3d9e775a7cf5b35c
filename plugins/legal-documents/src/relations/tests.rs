use super::{order_faults, own_faults};
use crate::document::{COLLECTION, Document};
use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Entry, Fault, Object};

fn object(value: Value) -> Object {
    value.as_object().unwrap().clone()
}

fn body(relations: Value) -> Object {
    object(json!({"number": "06/2014/QĐ-UBND", "issued_on": "2014-10-03", "relations": relations}))
}

fn entry(number: &str, issued_on: &str) -> Entry {
    Entry {
        id: format!("id-{number}"),
        collection: COLLECTION.to_owned(),
        site: "yen-the".to_owned(),
        body: object(json!({"number": number, "issued_on": issued_on})),
        ..Entry::default()
    }
}

fn shown(faults: &[Fault]) -> Vec<String> {
    faults
        .iter()
        .map(|fault| format!("{} {}", fault.path, fault.message_key))
        .collect()
}

#[test]
fn a_document_does_nothing_to_itself_in_any_spelling() {
    for kind in [
        "replaces",
        "repeals",
        "amends",
        "corrects",
        "implements",
        "based-on",
    ] {
        let body = body(json!([{"kind": kind, "target": "6/2014/qd-ubnd"}]));
        assert_eq!(
            shown(&own_faults(Document::new(&body))),
            ["/relations/0/target fault.relation.itself"],
            "{kind}"
        );
    }
}

#[test]
fn the_same_edge_twice_is_a_fault_of_the_second() {
    let body = body(json!([
        {"kind": "replaces", "target": "05/2010/QĐ-UBND"},
        {"kind": "amends", "target": "05/2010/QĐ-UBND"},
        {"kind": "replaces", "target": "5/2010/QĐUBND"},
        {"kind": "replaces", "target": ""},
        {"kind": "replaces", "target": ""},
    ]));
    assert_eq!(
        shown(&own_faults(Document::new(&body))),
        ["/relations/2/target fault.relation.twice"]
    );
}

#[test]
fn a_document_cannot_act_on_one_that_the_portal_knows_to_be_later() {
    let host = FakeHost::new()
        .with_entry(entry("07/2014/QĐ-UBND", "2014-10-04"))
        .with_entry(entry("05/2014/QĐ-UBND", "2014-10-03"))
        .with_entry(entry("99/2013/QĐ-UBND", "2015-01-01"))
        .with_entry(entry("99/2013/QĐ-UBND", "2013-01-01"));
    let body = body(json!([
        {"kind": "replaces", "target": "07/2014/QĐ-UBND"},
        {"kind": "repeals", "target": "05/2014/QĐ-UBND"},
        {"kind": "implements", "target": "07/2014/QĐ-UBND"},
        {"kind": "amends", "target": "99/2013/QĐ-UBND"},
    ]));
    let faults = order_faults(Document::new(&body), "yen-the", &host);
    assert_eq!(shown(&faults), ["/relations/0/target fault.relation.later"]);
    assert_eq!(faults[0].args["other"], "04/10/2014");
    assert_eq!(faults[0].args["number"], "07/2014/QĐ-UBND");
}

#[test]
fn a_later_document_of_another_site_with_the_same_number_is_another_document() {
    let other = Entry {
        site: "dong-son".to_owned(),
        ..entry("05/2014/QĐ-UBND", "2014-12-01")
    };
    let host = FakeHost::new().with_entry(other);
    let body = body(json!([{"kind": "replaces", "target": "05/2014/QĐ-UBND"}]));
    assert!(order_faults(Document::new(&body), "yen-the", &host).is_empty());
}

#[test]
fn the_year_in_the_number_decides_for_documents_that_the_portal_lacks() {
    let body = body(json!([
        {"kind": "replaces", "target": "01/2015/QĐ-UBND"},
        {"kind": "repeals", "target": "99/2014/QĐ-UBND"},
        {"kind": "corrects", "target": "không rõ"},
    ]));
    let faults = order_faults(Document::new(&body), "yen-the", &FakeHost::new());
    assert_eq!(
        shown(&faults),
        ["/relations/0/target fault.relation.later_year"]
    );
    assert_eq!(faults[0].args["year"], "2015");
}

#[test]
fn without_a_day_of_issue_nothing_is_compared() {
    let body = object(
        json!({"number": "1/2014/QĐ-UBND", "relations": [{"kind": "replaces", "target": "9/2020/QĐ-UBND"}]}),
    );
    assert!(order_faults(Document::new(&body), "yen-the", &FakeHost::new()).is_empty());
}

#[test]
fn a_portal_that_cannot_answer_makes_the_check_fail_closed() {
    let host = FakeHost::new().indexed(["kind"]);
    let body = body(json!([{"kind": "replaces", "target": "1/2014/QĐ-UBND"}]));
    assert_eq!(
        shown(&order_faults(Document::new(&body), "yen-the", &host)),
        ["/relations fault.relation.unchecked"]
    );
}

#[test]
fn many_edges_are_looked_up_in_few_questions() {
    let targets: Vec<Value> = (1..=200)
        .map(|n| json!({"kind": "repeals", "target": format!("{n}/2013/QĐ-UBND")}))
        .collect();
    let host = FakeHost::new().with_entry(entry("200/2013/QĐ-UBND", "2014-12-31"));
    let faults = order_faults(
        Document::new(&body(Value::Array(targets))),
        "yen-the",
        &host,
    );
    assert_eq!(
        shown(&faults),
        ["/relations/199/target fault.relation.later"]
    );
}
