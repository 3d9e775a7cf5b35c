mod real_data;

use super::validate;
use dinh_sdk::serde_json::{Value, json};
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Draft, Fault, Link, Object};

fn draft(body: Value) -> Draft {
    Draft::new(
        "legal-documents/document",
        body.as_object().unwrap().clone(),
    )
}

fn check(body: Value) -> Result<Option<Object>, Vec<Fault>> {
    validate(&draft(body), &FakeHost::new())
}

fn keys(body: Value) -> Vec<String> {
    let faults = check(body).unwrap_err();
    faults
        .iter()
        .map(|fault| format!("{} {}", fault.path, fault.message_key))
        .collect()
}

fn decision(more: Value) -> Value {
    let mut body = json!({
        "kind": "quyet-dinh", "number": "06/2014/QĐ-UBND", "issued_on": "2014-10-03", "effective_on": "2014-10-10",
        "text": [{"level": "article", "number": "9", "heading": "", "text": "Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký."}],
    });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn a_document_whose_fields_and_text_agree_is_kept_as_it_is() {
    assert_eq!(check(decision(json!({}))), Ok(None));
    assert_eq!(
        check(json!({})),
        Ok(None),
        "an empty draft is the schema's business"
    );
}

#[test]
fn a_day_of_effect_that_contradicts_the_text_names_both_days_and_the_words() {
    let faults = check(decision(json!({"effective_on": "2014-10-03"}))).unwrap_err();
    assert_eq!(faults.len(), 1);
    let fault = &faults[0];
    assert_eq!(
        (fault.path.as_str(), fault.message_key.as_str()),
        ("/effective_on", "fault.effect.mismatch")
    );
    assert_eq!(fault.args["field"], "03/10/2014");
    assert_eq!(fault.args["text"], "10/10/2014");
    assert_eq!(
        fault.args["words"],
        "Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký"
    );
}

#[test]
fn a_document_that_another_one_amends_may_start_on_another_day_than_it_says() {
    let link = |kind: &str, outgoing| Link {
        of: "id-6".into(),
        field: "relations".into(),
        kind: kind.into(),
        outgoing,
        ..Link::default()
    };
    let mut draft = draft(decision(json!({"effective_on": "2015-01-01"})));
    let with = |link| FakeHost::new().with_link("legal-documents/document", link);
    assert!(
        validate(&draft, &with(link("amends", false))).is_err(),
        "an entry without an id has no edges yet"
    );
    draft.id = Some("id-6".into());
    assert_eq!(validate(&draft, &with(link("amends", false))), Ok(None));
    assert!(validate(&draft, &with(link("amends", true))).is_err());
    assert!(validate(&draft, &with(link("corrects", false))).is_err());
}

#[test]
fn an_empty_day_of_effect_is_completed_from_the_text() {
    for empty in [Value::Null, json!("")] {
        let body = check(decision(json!({"effective_on": empty})))
            .unwrap()
            .unwrap();
        assert_eq!(body["effective_on"], "2014-10-10");
        assert_eq!(body["number"], "06/2014/QĐ-UBND");
    }
}

#[test]
fn a_text_that_names_two_days_decides_nothing() {
    let text = "Quyết định này có hiệu lực từ ngày 10/10/2014.\nQuyết định này có hiệu lực từ ngày 01/01/2015.";
    for effective_on in ["2014-10-10", "2015-01-01", "2014-12-01"] {
        assert_eq!(
            check(decision(
                json!({"text": text, "effective_on": effective_on})
            )),
            Ok(None)
        );
    }
    assert_eq!(
        check(decision(json!({"text": text, "effective_on": ""}))),
        Ok(None)
    );
}

#[test]
fn a_day_of_effect_from_the_text_is_not_taken_when_it_is_impossible() {
    let text = "Quyết định này có hiệu lực từ ngày 01/01/2014.";
    assert_eq!(
        check(decision(json!({"text": text, "effective_on": ""}))),
        Ok(None)
    );
}

#[test]
fn dates_follow_each_other_and_may_be_equal() {
    let text = json!("");
    let dates = |issued: &str, effective: &str, expires: &str| {
        decision(
            json!({"text": text, "issued_on": issued, "effective_on": effective, "expires_on": expires}),
        )
    };
    assert_eq!(
        check(dates("2014-10-03", "2014-10-03", "2014-10-03")),
        Ok(None)
    );
    assert_eq!(
        keys(dates("2014-10-03", "2014-10-02", "")),
        ["/effective_on fault.dates.effective_before_issued"]
    );
    assert_eq!(
        keys(dates("2014-10-03", "2014-10-10", "2014-10-09")),
        ["/expires_on fault.dates.expires_before_effective"]
    );
    assert_eq!(
        keys(dates("2014-10-03", "", "2014-10-02")),
        ["/expires_on fault.dates.expires_before_issued"]
    );
}

#[test]
fn the_number_is_checked_with_its_year() {
    let number = |number: &str| decision(json!({"number": number}));
    assert_eq!(keys(number("QĐ-UBND")), ["/number fault.number.no_digit"]);
    assert_eq!(
        keys(number("06/20144/QĐ-UBND")),
        ["/number fault.number.year"]
    );
    assert_eq!(
        keys(number(&"1".repeat(101))),
        ["/number fault.number.too_long"]
    );
    assert_eq!(
        keys(number("06/2012/QĐ-UBND")),
        ["/number fault.number.other_year"]
    );
    for fine in [
        "06/2013/QĐ-UBND",
        "06/2015/QĐ-UBND",
        "06/QĐ-UBND",
        "71/1999",
        "88/VBHN-VPQH",
    ] {
        assert_eq!(check(number(fine)), Ok(None), "{fine}");
    }
}

#[test]
fn everything_wrong_is_said_at_once() {
    let faults = keys(decision(json!({
        "number": "06/2010/QĐ-UBND", "effective_on": "2014-10-01",
        "relations": [{"kind": "replaces", "target": "6/2010/QĐ-UBND"}],
    })));
    assert_eq!(
        faults,
        [
            "/number fault.number.other_year",
            "/effective_on fault.dates.effective_before_issued",
            "/effective_on fault.effect.mismatch",
            "/relations/0/target fault.relation.itself",
        ]
    );
}
