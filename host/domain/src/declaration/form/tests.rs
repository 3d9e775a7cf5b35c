use serde_json::json;

use super::{FormChoice, FormFault, FormField, FormFieldKind, read_form};

fn field(name: &str, kind: FormFieldKind) -> FormField {
    FormField {
        name: name.to_owned(),
        kind,
        label: "form.it".to_owned(),
        help: None,
        required: true,
        max_chars: Some(5),
        choices: vec![FormChoice {
            value: "a".to_owned(),
            label: "form.a".to_owned(),
        }],
    }
}

fn fields() -> Vec<FormField> {
    vec![
        field("subject", FormFieldKind::Line),
        field("words", FormFieldKind::Text),
        field("kind", FormFieldKind::Choice),
        field("agreed", FormFieldKind::Flag),
    ]
}

fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn every_declared_field_has_a_value() {
    let fields = fields();
    let pairs = sent(&[
        ("subject", " Gà "),
        ("words", "a\r\nb"),
        ("kind", "a"),
        ("agreed", "on"),
    ]);
    let (values, faults) = read_form(&fields, &pairs).unwrap();
    let wanted = json!({ "subject": "Gà", "words": "a\nb", "kind": "a", "agreed": true });
    assert_eq!(serde_json::Value::from(values), wanted);
    assert_eq!(faults, []);
}

#[test]
fn all_faults_are_told_at_once() {
    let fields = fields();
    let pairs = sent(&[("subject", "123456"), ("words", "a\u{7}"), ("kind", "b")]);
    let (_, faults) = read_form(&fields, &pairs).unwrap();
    let wanted = [
        ("subject", FormFault::TooLong(5)),
        ("words", FormFault::Control),
        ("kind", FormFault::NotAChoice),
        ("agreed", FormFault::Missing),
    ];
    assert_eq!(faults, wanted);
}

#[test]
fn what_no_browser_sends_from_this_form_is_named() {
    let fields = fields();
    let told = |pairs| read_form(&fields, &sent(pairs)).unwrap_err();
    assert_eq!(told(&[("role", "admin")]), "role");
    assert_eq!(told(&[("kind", "a"), ("kind", "a")]), "kind");
}
