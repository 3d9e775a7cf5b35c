use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Budget, Dialect, Language, RenderError, TemplateSet};
use crate::Locales;

fn render(source: &str, model: &Value) -> Result<String, RenderError> {
    let sources = BTreeMap::from([("page".to_owned(), source.to_owned())]);
    let set = TemplateSet::load(&sources, Dialect::Theme, &|_| true, &|_| Vec::new()).unwrap();
    let locales = Locales::default();
    let language = Language {
        locales: &locales,
        lang: "vi",
    };
    set.render(
        "page",
        model,
        language,
        Budget {
            bytes: 1000,
            steps: 1000,
        },
    )
}

fn text(source: &str, model: Value) -> String {
    render(source, &model).unwrap()
}

#[test]
fn paths_reach_members_elements_and_the_scopes_around() {
    let model = json!({"a": {"b": [10, 20]}, "rows": [{"n": 1, "in": [7]}]});
    assert_eq!(text("{{a.b.1}} {{@root.a.b.0}}", model.clone()), "20 10");
    assert_eq!(
        text(
            "{{#each rows}}{{this.n}}{{#each in}}{{this}}{{../n}}{{../../a.b.0}}{{/each}}{{/each}}",
            model.clone()
        ),
        "17110"
    );
    assert_eq!(
        text(
            "{{#with a as |x|}}{{#each x.b}}{{x.b.0}},{{/each}}{{/with}}",
            model
        ),
        "10,10,"
    );
}

#[test]
fn each_walks_over_lists_and_objects() {
    assert_eq!(
        text(
            "{{#each a}}{{@index}}{{@first}}{{@last}};{{/each}}",
            json!({"a": [1, 2]})
        ),
        "0truefalse;1falsetrue;"
    );
    assert_eq!(
        text(
            "{{#each a as |v k|}}{{k}}={{v}};{{@key}}{{/each}}",
            json!({"a": {"x": 1}})
        ),
        "x=1;x"
    );
    assert_eq!(
        text(
            "{{#each a}}x{{else}}none{{/each}}{{#each b}}x{{else}}none{{/each}}",
            json!({"a": []})
        ),
        "nonenone"
    );
}

#[test]
fn conditions_chain_and_empty_values_do_not_count() {
    let source = "{{#if a}}a{{else if b}}b{{else unless c}}not c{{else}}none{{/if}}";
    assert_eq!(text(source, json!({"a": 1})), "a");
    assert_eq!(text(source, json!({"a": "", "b": "x"})), "b");
    assert_eq!(text(source, json!({"a": 0, "b": [], "c": false})), "not c");
    assert_eq!(text(source, json!({"c": {}})), "none");
}

#[test]
fn tildes_trim_white_space_on_their_side() {
    assert_eq!(
        text("a \n {{~b}} c {{b~}} \n d", json!({"b": 1})),
        "a1 c 1d"
    );
    assert_eq!(text("a {{~#if b~}} x {{~/if~}} c", json!({"b": 1})), "axc");
}

#[test]
fn equality_compares_scalars_of_one_kind() {
    let source = "{{#if (eq a b)}}same{{else}}other{{/if}}";
    assert_eq!(text(source, json!({"a": "x", "b": "x"})), "same");
    assert_eq!(text(source, json!({"a": "1", "b": 1})), "other");
    assert_eq!(text(source, json!({"a": [1], "b": [1]})), "other");
    assert_eq!(text(source, json!({})), "other");
}

#[test]
fn limits_stop_a_page_at_once() {
    let error = render(
        "{{#each a}}0123456789{{/each}}",
        &json!({"a": vec![0; 101]}),
    );
    assert_eq!(error, Err(RenderError::TooLong { limit: 1000 }));
    let error = render("{{#each a}}{{/each}}", &json!({"a": vec![0; 1001]}));
    assert_eq!(error, Err(RenderError::TooManySteps { limit: 1000 }));
}

#[test]
fn dates_and_numbers_are_written_for_people() {
    let model = json!({"d": "2014-10-03T08:05:00", "n": 1_234_567});
    assert_eq!(
        text(
            "{{date d}}|{{date d \"long\"}}|{{date d \"time\"}}|{{number n}}",
            model
        ),
        "03/10/2014|ngày 03 tháng 10 năm 2014|08:05, 03/10/2014|1.234.567"
    );
    assert_eq!(
        text("{{date d}}", json!({"d": "khoảng 1884"})),
        "khoảng 1884"
    );
}

#[test]
fn a_field_may_be_called_like_a_helper() {
    assert_eq!(
        text("{{date}} {{number}}", json!({"date": "x", "number": 5})),
        "x 5"
    );
}
