use super::Draft;

#[test]
fn a_draft_reads_what_the_host_sends_and_ignores_what_is_new() {
    let json = r#"{"id":"7","key":null,"site":"s","state":"public","title":"T","body":{"number":"5"},"later":1}"#;

    let draft = Draft::read("publish".into(), "docs/doc".into(), json).unwrap();

    assert_eq!(draft.event, "publish");
    assert_eq!(draft.collection, "docs/doc");
    assert_eq!(draft.id.as_deref(), Some("7"));
    assert_eq!(draft.text("number"), Some("5"));
}

#[test]
fn a_draft_without_a_body_is_an_error() {
    let error = Draft::read("save".into(), "docs/doc".into(), r#"{"id":"7"}"#).unwrap_err();
    assert!(error.contains("body"), "{error}");
}
