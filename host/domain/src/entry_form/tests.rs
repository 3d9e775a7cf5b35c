use serde_json::{Value, json};

use super::{Typed, TypedEdge, TypedField, TypedFile};
use crate::body::check_unfinished;
use crate::declaration::tests::sample;
use crate::declaration::{Collection, Declaration};
use crate::entry::Body;

fn words(key: &str) -> String {
    match key {
        "level.article" | "note.article" => "Điều".to_owned(),
        "level.chapter" | "note.chapter" => "Chương".to_owned(),
        other => other.to_owned(),
    }
}

fn note(sample: &Declaration) -> &Collection {
    &sample.collections["note"]
}

fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn body(value: Value) -> Body {
    value.as_object().unwrap().clone()
}

#[test]
fn what_is_typed_becomes_a_body_that_the_check_takes() {
    let sample = sample();
    let typed = sent(&[
        ("f.code", "06/2014"),
        ("f.subject", "Thu phí chợ"),
        ("f.tags", "chợ"),
        ("f.tags", "  "),
        ("f.tags", "phí"),
        ("f.written_on", "5/3/2014"),
        ("f.size", "1.250"),
        ("viec", "luu"),
    ]);
    let typed = Typed::read(note(&sample), &typed).unwrap();
    let given = typed
        .body(note(&sample), (&Body::new(), &words), &[])
        .unwrap();
    assert_eq!(given["written_on"], "2014-03-05");
    assert_eq!(given["size"], 1250);
    assert_eq!(given["tags"], json!(["chợ", "phí"]));
    assert!(!given.contains_key("text"), "an empty field is left out");
    check_unfinished(&sample, note(&sample), given).unwrap();
}

#[test]
fn an_input_of_no_field_is_named() {
    let sample = sample();
    for name in ["f.nothing", "f.code.kind", "f."] {
        let read = Typed::read(note(&sample), &sent(&[(name, "x")]));
        assert_eq!(read, Err(name.to_owned()));
    }
}

#[test]
fn dates_and_numbers_that_are_none_are_faults_and_stay_typed() {
    let sample = sample();
    for (date, size) in [
        ("31/02/2014", "12a"),
        ("2014", "1.25"),
        ("05/03/14", "1.2500"),
    ] {
        let typed = sent(&[("f.written_on", date), ("f.size", size)]);
        let typed = Typed::read(note(&sample), &typed).unwrap();
        let faults = typed.body(note(&sample), (&Body::new(), &words), &[]);
        let faults = faults.unwrap_err();
        let told: Vec<_> = faults.iter().map(|it| it.message_key.as_str()).collect();
        assert_eq!(
            told,
            ["fault.date-typed", "fault.integer-typed"],
            "{date} {size}"
        );
        assert_eq!(faults[0].args["given"], date);
        assert_eq!(typed.0["written_on"], TypedField::One(date.to_owned()));
    }
}

#[test]
fn a_body_comes_back_from_its_own_form_as_it_was() {
    let sample = sample();
    let text = "Lời đầu\nĐiều 1. Phạm vi\n1. Một\nHai\nĐiều 2. Hiệu lực";
    let stored = body(json!({
        "code": "06/2014",
        "written_on": "2014-03-05",
        "size": 12,
        "tags": ["a", "b"],
        "text": text,
    }));
    let stored = check_unfinished(&sample, note(&sample), stored).unwrap();
    let typed = Typed::of(note(&sample), &stored, &words);
    assert_eq!(
        typed.0["written_on"],
        TypedField::One("05/03/2014".to_owned())
    );
    assert_eq!(typed.0["text"], TypedField::One(text.to_owned()));
    let again = typed.body(note(&sample), (&stored, &words), &[]).unwrap();
    assert_eq!(again, stored);
    // Without the text it began from it is read anew, and is the same.
    let anew = typed
        .body(note(&sample), (&Body::new(), &words), &[])
        .unwrap();
    assert_eq!(
        check_unfinished(&sample, note(&sample), anew).unwrap(),
        stored
    );
}

#[test]
fn an_emptied_field_is_gone_and_others_stay() {
    let sample = sample();
    let stored = body(json!({"code": "06/2014", "subject": "Chợ", "tags": ["a"]}));
    let mut typed = Typed::of(note(&sample), &stored, &words);
    typed
        .0
        .insert("subject".to_owned(), TypedField::One("  ".to_owned()));
    typed
        .0
        .insert("tags".to_owned(), TypedField::Lines(Vec::new()));
    let given = typed.body(note(&sample), (&stored, &words), &[]).unwrap();
    assert_eq!(given.get("subject"), None);
    assert_eq!(given.get("tags"), None);
    assert_eq!(given["code"], "06/2014");
}

#[test]
fn two_texts_from_one_are_laid_over_each_other() {
    let sample = sample();
    let of = |value| Typed::of(note(&sample), &body(value), &words);
    let base = of(json!({"code": "1", "subject": "Cũ", "tags": ["a"], "size": 1}));
    let theirs = of(json!({"code": "2", "subject": "Của họ", "tags": ["a"], "size": 5}));
    let mine = of(json!({"code": "1", "subject": "Của tôi", "tags": ["b"], "size": 5}));
    let merged = mine.over(&base, &theirs);
    assert_eq!(merged.taken, ["code"]);
    assert_eq!(
        merged.both,
        ["subject"],
        "what both changed alike is no conflict"
    );
    assert_eq!(merged.typed.0["code"], TypedField::One("2".to_owned()));
    assert_eq!(
        merged.typed.0["subject"],
        TypedField::One("Của tôi".to_owned())
    );
    assert_eq!(
        merged.typed.0["tags"],
        TypedField::Lines(vec!["b".to_owned()])
    );
}

#[test]
fn line_breaks_of_browsers_are_no_change() {
    let sample = sample();
    let stored = body(json!({"text": "Một\nHai"}));
    let stored = check_unfinished(&sample, note(&sample), stored).unwrap();
    let typed = Typed::read(
        note(&sample),
        &sent(&[("f.state", "open"), ("f.text", "\r\nMột\r\nHai\r\n")]),
    )
    .unwrap();
    let again = typed.body(note(&sample), (&stored, &words), &[]).unwrap();
    assert_eq!(again, stored);
}

#[test]
fn edges_and_files_have_rows_whose_parts_belong_together() {
    let edge = |kind: &str, target: &str, label: &str| TypedEdge {
        kind: kind.to_owned(),
        target: target.to_owned(),
        label: label.to_owned(),
    };
    let file = |file: &str, label: &str, is_removed| TypedFile {
        file: file.to_owned(),
        name: String::new(),
        label: label.to_owned(),
        is_removed,
    };
    let sample = sample();
    let (mut edges, mut files) = (None, None);
    for (name, field) in &note(&sample).schema {
        match field.kind {
            crate::declaration::FieldKind::Relations { .. } => edges = Some(name.clone()),
            crate::declaration::FieldKind::Files { .. } => files = Some(name.clone()),
            _ => {}
        }
    }
    let (edges, files) = (edges.unwrap(), files.unwrap());
    let pair =
        |field: &str, part: &str, value: &str| (format!("f.{field}.{part}"), value.to_owned());
    let sent = [
        pair(&edges, "kind", "a"),
        pair(&edges, "target", "1"),
        pair(&edges, "label", ""),
        pair(&edges, "kind", "b"),
        pair(&edges, "target", " "),
        pair(&edges, "label", ""),
        pair(&edges, "kind", "c"),
        pair(&edges, "target", "3"),
        pair(&edges, "label", "ba"),
        pair(&files, "file", "x"),
        pair(&files, "label", "Một"),
        pair(&files, "file", "y"),
        pair(&files, "label", ""),
        pair(&files, "gone", "x"),
    ];
    let mut typed = Typed::read(note(&sample), &sent).unwrap();
    assert_eq!(typed.clone().without_empty_rows((&edges, 1)), None);
    assert_eq!(typed.without_empty_rows((&edges, 2)), Some(1));
    let expected = TypedField::Edges(vec![edge("a", "1", ""), edge("c", "3", "ba")]);
    assert_eq!(typed.0[&edges], expected);
    let expected = TypedField::Files(vec![file("x", "Một", true), file("y", "", false)]);
    assert_eq!(typed.0[&files], expected);
    let came = [json!({"file": "y", "name": "y.pdf", "sha256": "0"})];
    let given = typed
        .body(note(&sample), (&Body::new(), &words), &came)
        .unwrap();
    assert_eq!(
        given[&files],
        json!([{"file": "y", "name": "y.pdf", "sha256": "0"}])
    );
    assert_eq!(
        given[&edges][1],
        json!({"kind": "c", "target": "3", "label": "ba"})
    );
}
