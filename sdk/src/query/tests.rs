use super::{CountQuery, Counts, Query};

#[test]
fn a_query_is_written_as_the_contract_says() {
    let query = Query::new()
        .eq("kind", "decision")
        .any_of("field", ["land", "school"])
        .from("issued", "2024-01-01")
        .to("issued", "2024-12-31")
        .sort_descending("issued")
        .fields(["number"])
        .limit(200)
        .after(Some("next".into()));

    assert_eq!(
        serde_json::to_string(&query).unwrap(),
        concat!(
            r#"{"where":[{"field":"kind","op":"eq","value":"decision"},"#,
            r#"{"field":"field","op":"in","value":["land","school"]},"#,
            r#"{"field":"issued","op":"from","value":"2024-01-01"},"#,
            r#"{"field":"issued","op":"to","value":"2024-12-31"}],"#,
            r#""sort":[{"field":"issued","descending":true}],"#,
            r#""fields":["number"],"limit":200,"cursor":"next"}"#
        )
    );
}

#[test]
fn the_question_for_everything_is_an_empty_object() {
    assert_eq!(serde_json::to_string(&Query::new()).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&CountQuery::new()).unwrap(), "{}");
}

#[test]
fn counts_are_read_by_facet() {
    let json =
        r#"{"total":3,"by":{"kind":[{"value":"decision","count":2},{"value":"plan","count":1}]}}"#;
    let counts: Counts = serde_json::from_str(json).unwrap();
    assert_eq!(counts.total, 3);
    assert_eq!(counts.by["kind"][0].value, "decision");
    assert_eq!(counts.by["kind"][0].count, 2);
}
