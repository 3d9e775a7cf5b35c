mod hostile_markup;
mod hostile_work;
mod shipped;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::PluginTemplates;
use crate::{Locales, RenderError, TemplateFault};

fn locales() -> Locales {
    let vi = "title = \"Văn bản năm {year}\"\nempty = \"Chưa có\"".to_owned();
    Locales::load(&BTreeMap::from([("vi".to_owned(), vi)])).unwrap()
}

fn load(files: &[(&str, &str)]) -> Result<PluginTemplates, Vec<TemplateFault>> {
    let files = files
        .iter()
        .map(|(name, text)| (format!("templates/{name}.hbs"), text.as_bytes().to_vec()))
        .collect();
    PluginTemplates::load("sample", &files, locales())
}

/// The faults of one template, as a vendor reads them.
fn faults(source: &str) -> Vec<String> {
    match load(&[("page", source)]) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// The template is refused, and a fault says `why`.
#[track_caller]
fn refused(source: &str, why: &str) {
    let faults = faults(source);
    assert!(
        faults.iter().any(|fault| fault.contains(why)),
        "{source}\n{faults:#?}"
    );
}

#[track_caller]
fn accepted(source: &str) {
    assert_eq!(faults(source), Vec::<String>::new(), "{source}");
}

#[track_caller]
fn rendered(source: &str, model: &Value) -> String {
    let templates = load(&[("page", source)]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    templates
        .render("page", model, "vi")
        .unwrap()
        .as_str()
        .to_owned()
}

fn error(files: &[(&str, &str)], model: &Value) -> RenderError {
    load(files)
        .unwrap()
        .render("page", model, "vi")
        .unwrap_err()
}

#[test]
fn an_ordinary_template_renders_escaped() {
    let html = rendered(
        "<h2>{{t \"title\" year=year}}</h2>\n<ul>{{#each rows as |row i|}}<li class=\"n{{i}}{{#if @last}} last{{/if}}\"><a href=\"{{url \"/van-ban\" row.slug ngay=row.day}}#dau\">{{row.title}}</a> {{date row.day}}</li>{{else}}<li>{{t \"empty\"}}</li>{{/each}}</ul>",
        &json!({"year": 2014, "rows": [{"slug": "a b", "day": "2014-10-03", "title": "<b>\"A\" & 'B'</b>"}]}),
    );
    assert_eq!(
        html,
        "<h2>Văn bản năm 2014</h2>\n<ul><li class=\"n0 last\"><a href=\"/van-ban/a%20b?ngay=2014-10-03#dau\">&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;</a> 03/10/2014</li></ul>"
    );
}

#[test]
fn partials_take_a_context_and_named_values_and_not_the_callers_names() {
    let templates = load(&[
        (
            "page",
            "{{#each rows as |row|}}{{> parts/line row note=@index}}{{/each}}",
        ),
        (
            "parts/line",
            "<p>{{name}}{{#if row}}leak{{/if}} {{note}} {{@root.all}}</p>",
        ),
    ])
    .unwrap();
    let html = templates
        .render(
            "page",
            &json!({"all": "x", "rows": [{"name": "a"}, {"name": "b"}]}),
            "vi",
        )
        .unwrap();
    assert_eq!(html.as_str(), "<p>a 0 x</p><p>b 1 x</p>");
}

#[test]
fn the_parent_path_reaches_the_model_and_nothing_else() {
    let source =
        "{{#each rows}}<p>{{../name}} {{#if ../../../../name}}far{{else}}none{{/if}}</p>{{/each}}";
    assert_eq!(
        rendered(source, &json!({"name": "x", "rows": [1]})),
        "<p>x none</p>"
    );
}

#[test]
fn a_missing_value_is_an_error_that_names_it() {
    let error = error(&[("page", "<p>\n{{a.b}}</p>")], &json!({"a": {}}));
    assert_eq!(
        error.to_string(),
        "template \"page\", line 2: \"a.b\" is not in the model; write it inside {{#if a.b}} or put it into the model"
    );
}

#[test]
fn a_list_written_as_text_is_an_error() {
    let error = error(&[("page", "<p>{{a}}</p>")], &json!({"a": [1]}));
    assert!(
        error
            .to_string()
            .contains("a list or an object cannot be written")
    );
}

#[test]
fn an_unknown_template_is_an_error() {
    let templates = load(&[("page", "")]).unwrap();
    assert_eq!(
        templates.render("nope", &json!({}), "vi"),
        Err(RenderError::UnknownTemplate("nope".into()))
    );
    assert!(templates.has("page") && !templates.has("nope"));
    assert_eq!(templates.plugin(), "sample");
}

#[test]
fn every_fault_of_every_file_is_reported_with_its_line() {
    let faults = load(&[
        ("a", "<p>\n<form></form></p>\n<b onclick=\"x\"></b>"),
        ("b", "{{t \"nope\"}}"),
    ])
    .unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "a.hbs:2: the element <form> is not allowed; the host owns the page around the template",
            "a.hbs:2: the element <form> is not allowed; the host owns the page around the template",
            "a.hbs:3: the attribute \"onclick\" is not allowed on <b>",
            "b.hbs:1: there is no text \"nope\" in locales/vi.toml",
        ]
    );
}

#[test]
fn elements_must_be_whole_in_every_branch() {
    refused("</div>", "</div> closes nothing");
    refused("<div>", "<div> is not closed in its template or branch");
    refused(
        "<div><p></div></p>",
        "close elements in the order they were opened",
    );
    refused(
        "{{#if a}}<div>{{/if}}</div>",
        "<div> is not closed in its template or branch",
    );
    refused("<div>{{#if a}}</div>{{/if}}", "each branch must be whole");
    refused("{{#if a}}<p>{{else}}</p>{{/if}}", "not closed");
    refused("<div/>", "does not close the element");
    accepted("{{#if a}}<p>a</p>{{else if b}}<p>b<br></p>{{else}}c<hr>{{/if}}");
}
