use std::collections::BTreeMap;

use super::{Inspection, inspect};

fn of(templates: &[(&str, &str)]) -> Inspection {
    let files: BTreeMap<String, Vec<u8>> = templates
        .iter()
        .map(|(name, text)| (format!("templates/{name}.hbs"), text.as_bytes().to_vec()))
        .collect();
    inspect(&files)
}

fn told(template: &str) -> Vec<String> {
    let found = of(&[("a", template)]).faults.into_iter();
    found
        .map(|fault| format!("{}: {}", fault.line, fault.message))
        .collect()
}

#[test]
fn a_page_that_everybody_can_use_has_no_faults() {
    let good = r#"<h2 id="a">{{t "a"}}</h2>
<h3>{{b}}</h3><h2>{{c}}</h2>
<img src="{{url d}}" alt="{{t "e"}}"><img src="{{url d}}" alt="">
<a href="{{url x}}">{{x}}</a><a href="{{url x}}"><img src="{{url d}}" alt="{{x}}"></a>
<a href="{{url x}}" aria-label="{{t "e"}}">→</a>
<table><caption>{{t "e"}}</caption><tr><th scope="col">{{a}}</th></tr></table>
<ul>{{#each list as |one|}}<li id="x{{one}}">{{one}}</li>{{/each}}</ul>
<details><summary>{{a}}</summary>{{b}}</details><time datetime="{{a}}">{{b}}</time>
<p>{{a}} – &nbsp;{{b}} (1)</p><code>abc</code><meter value="1" aria-label="{{a}}"></meter>"#;
    assert_eq!(told(good), Vec::<String>::new());
}

#[test]
fn what_keeps_readers_out_is_told_with_its_line() {
    for (template, line, words) in [
        ("\n<img src=\"{{url d}}\">", 2, "<img> has no alt"),
        ("<h3>{{a}}</h3>", 1, "write <h2>"),
        ("<h2>{{a}}</h2>\n<h4>{{a}}</h4>", 2, "write <h3>"),
        ("<h2> </h2>", 1, "<h2> is empty"),
        (
            "<a href=\"{{url x}}\"><span></span></a>",
            1,
            "a link without words",
        ),
        (
            "<table><tr><th scope=\"col\">{{a}}</th></tr></table>",
            1,
            "no <caption>",
        ),
        ("<table><caption>{{a}}</caption></table>", 1, "no <th>"),
        (
            "<table><caption>{{a}}</caption><tr>\n<th>{{a}}</th></tr></table>",
            2,
            "no scope",
        ),
        ("<time>{{a}}</time>", 1, "no datetime"),
        ("<details>{{a}}</details>", 1, "no <summary>"),
        ("<progress value=\"1\"></progress>", 1, "has no name"),
        ("<li>{{a}}</li>", 1, "outside of a <ul> or <ol>"),
        (
            "<p id=\"a\">{{a}}</p>\n<p id=\"a\">{{a}}</p>",
            2,
            "there twice",
        ),
        (
            "{{#each a as |b|}}<p id=\"a\">{{b}}</p>{{/each}}",
            1,
            "repeated by {{#each}}",
        ),
        ("{{a}}\n<p>\nXem thêm</p>", 3, "words of a page"),
        ("<p title=\"Xem\">{{a}}</p>", 1, "the words of \"title\""),
    ] {
        let told = told(template);
        assert_eq!(told.len(), 1, "{template}: {told:?}");
        assert!(
            told[0].starts_with(&format!("{line}: ")),
            "{template}: {told:?}"
        );
        assert!(told[0].contains(words), "{template}: {told:?}");
    }
}

#[test]
fn a_part_of_a_page_may_begin_where_the_page_leaves_it() {
    let found = of(&[
        ("page", "<h2>{{a}}</h2><ul>{{> row}}</ul>"),
        ("row", "<li><h3>{{t \"row.name\"}}</h3></li>"),
    ]);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert_eq!(found.names, ["page", "row"]);
    assert_eq!(found.partials[0].name, "row");
    assert_eq!(found.texts[0].name, "row.name");
}
