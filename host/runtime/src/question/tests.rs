use super::{CountQuery, Query, Scalar, Sort, Test};

#[test]
fn an_empty_question_is_the_first_fifty_without_bodies() {
    let query = Query::read("{}").unwrap();
    assert_eq!(query.limit, 50);
    assert!(query.conditions.is_empty() && query.sort.is_empty() && query.fields.is_empty());
    assert_eq!(query.cursor, None);
}

#[test]
fn every_comparison_is_read() {
    let query = Query::read(
        r#"{"where":[{"field":"a","op":"eq","value":true},{"field":"b","op":"in","value":["x",1]},
            {"field":"c","op":"from","value":"2024-01-01"},{"field":"c","op":"to","value":3}],
            "sort":[{"field":"c","descending":true},{"field":"a"}],"limit":200,"cursor":"n"}"#,
    )
    .unwrap();

    let tests: Vec<_> = query.conditions.into_iter().map(|one| one.test).collect();
    assert_eq!(tests[0], Test::Eq(Scalar::Flag(true)));
    assert_eq!(
        tests[1],
        Test::In(vec![Scalar::Text("x".into()), Scalar::Number(1.into())])
    );
    assert_eq!(tests[2], Test::From(Scalar::Text("2024-01-01".into())));
    assert_eq!(tests[3], Test::To(Scalar::Number(3.into())));
    let last = Sort {
        field: "a".into(),
        descending: false,
    };
    assert_eq!(query.sort[1], last);
    assert_eq!(query.cursor.as_deref(), Some("n"));
}

#[test]
fn what_breaks_a_rule_is_refused_with_the_rule() {
    let many = format!("[{}]", vec!["1"; 51].join(","));
    for (text, rule) in [
        (r#"{"limit":0}"#.to_owned(), "`limit` is 1 to 200, not 0"),
        (
            r#"{"limit":201}"#.to_owned(),
            "`limit` is 1 to 200, not 201",
        ),
        (r#"{"order":[]}"#.to_owned(), "unknown field `order`"),
        (
            r#"{"where":[{"field":"a","op":"like","value":"%"}]}"#.to_owned(),
            "unknown variant `like`",
        ),
        (
            r#"{"where":[{"field":"a","op":"eq","value":null}]}"#.to_owned(),
            "the value for `a`",
        ),
        (
            r#"{"where":[{"field":"a","op":"in","value":"x"}]}"#.to_owned(),
            "`in` on `a` takes a list",
        ),
        (
            r#"{"where":[{"field":"a","op":"in","value":[]}]}"#.to_owned(),
            "at least one",
        ),
        (
            format!(r#"{{"where":[{{"field":"a","op":"in","value":{many}}}]}}"#),
            "at most 50, not 51",
        ),
        ("[]".to_owned(), "a JSON object"),
        (
            format!(
                r#"{{"where":[{{"field":"a","op":"eq","value":{}"#,
                "[".repeat(10_000)
            ),
            "recursion limit",
        ),
    ] {
        let error = Query::read(&text).unwrap_err();
        assert!(error.contains(rule), "{error} does not say {rule}");
    }
}

#[test]
fn a_count_takes_at_most_eight_facets() {
    let eight = CountQuery::read(r#"{"by":["a","a","a","a","a","a","a","a"]}"#).unwrap();
    assert_eq!(eight.by.len(), 8);
    let error = CountQuery::read(r#"{"by":["a","a","a","a","a","a","a","a","a"]}"#).unwrap_err();
    assert_eq!(error, "`by` takes at most 8, not 9");
}
