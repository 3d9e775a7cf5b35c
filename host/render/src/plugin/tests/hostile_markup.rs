//! Templates that try to put something into the page that they may not.

use serde_json::json;

use super::{accepted, refused, rendered};

#[test]
fn elements_that_run_load_or_redirect_are_refused() {
    for (source, element) in [
        ("<script>alert(1)</script>", "script"),
        ("<SCRIPT src=\"/x\"></SCRIPT>", "script"),
        ("<style>p{}</style>", "style"),
        ("<iframe src=\"/x\"></iframe>", "iframe"),
        ("<base href=\"https://evil.example/\">", "base"),
        (
            "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
            "meta",
        ),
        ("<link rel=\"stylesheet\" href=\"/x\">", "link"),
        (
            "<form action=\"https://evil.example/\"><p></p></form>",
            "form",
        ),
        ("<input name=\"password\">", "input"),
        ("<button>x</button>", "button"),
        ("<object data=\"/x\"></object>", "object"),
        ("<embed src=\"/x\">", "embed"),
        ("<svg onload=\"alert(1)\"></svg>", "svg"),
        ("<math></math>", "math"),
        ("<template></template>", "template"),
        ("<noscript></noscript>", "noscript"),
        ("<textarea></textarea>", "textarea"),
        ("<title></title>", "title"),
        ("<plaintext>", "plaintext"),
        ("<body onload=\"x\">", "body"),
        ("</main>", "main"),
        ("</article>", "article"),
        ("<x-y></x-y>", "x"),
    ] {
        refused(source, &format!("the element <{element}> is not allowed"));
    }
}

#[test]
fn attributes_that_run_or_style_are_refused() {
    refused(
        "<p onclick=\"alert(1)\"></p>",
        "the attribute \"onclick\" is not allowed on <p>",
    );
    refused(
        "<p OnMouseOver=\"alert(1)\"></p>",
        "\"onmouseover\" is not allowed",
    );
    refused(
        "<p style=\"position:fixed\"></p>",
        "\"style\" is not allowed",
    );
    refused(
        "<a href=\"/x\" target=\"_blank\">x</a>",
        "\"target\" is not allowed",
    );
    refused(
        "<a href=\"/x\" ping=\"https://evil.example\">x</a>",
        "\"ping\" is not allowed",
    );
    refused(
        "<img src=\"/x\" srcset=\"https://evil.example/x 2x\">",
        "\"srcset\" is not allowed",
    );
    refused("<p aria-=\"x\"></p>", "\"aria-\" is not allowed");
    refused("<a href=\"/a\" href=\"javascript:x\">x</a>", "twice");
    accepted("<p title=\"A & B\">A & B &copy; 1 > 0</p>");
    accepted("<p class=\"a\" id=\"b\" lang=\"vi\" aria-label=\"c\" title=\"d\">x</p>");
}

#[test]
fn unsafe_addresses_written_in_the_template_are_refused() {
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,<b>x</b>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
    ] {
        refused(&format!("<a href=\"{address}\">x</a>"), "\"href\" of <a>");
    }
    accepted(
        "<a href=\"https://vbpl.vn/a?b=c#d\">x</a><a href=\"mailto:a@b.vn\">y</a><a href=\"tel:+84204\">z</a><a href=\"/x:y\">t</a><a href=\"#x\">u</a>",
    );
    refused(
        "<img alt=\"\" src=\"https://evil.example/pixel\">",
        "must be on this site",
    );
    accepted("<img alt=\"\" src=\"/tep/1/x.png\">");
}

#[test]
fn unsafe_addresses_in_the_model_lead_nowhere() {
    let source = "<a href=\"{{url href}}\">x</a>";
    for address in [
        "javascript:alert(1)",
        " JAVASCRIPT:alert(1)",
        "java\tscript:x",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "\u{a0}javascript:x",
        "&#106;avascript:x//:",
    ] {
        let html = rendered(source, &json!({ "href": address }));
        let safe = html == "<a href=\"#dia-chi-khong-an-toan\">x</a>"
            || html.contains("href=\"&amp;#106;");
        assert!(safe, "{address:?}: {html}");
    }
    assert_eq!(
        rendered(source, &json!({"href": "/a?b=c&d=\"e"})),
        "<a href=\"/a?b=c&amp;d=&quot;e\">x</a>"
    );
}

#[test]
fn addresses_made_of_values_must_go_through_url() {
    refused(
        "<a href=\"{{href}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<a href=\"/van-ban/{{slug}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<a href=\"{{#if a}}{{url a}}{{/if}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<a href=\"javascript:{{url a}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<a href=\"{{url a}}{{b}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<a href=\"{{date a}}\">x</a>",
        "must be written as {{url …}} alone",
    );
    refused(
        "<img alt=\"\" src=\"#{{a}}\">",
        "must be written as {{url …}} alone",
    );
    accepted(
        "<a href=\"{{url a}}\">x</a><a href=\"{{url a}}#b\">y</a><a href=\"#dieu-{{n}}\">z</a>",
    );
}

#[test]
fn expressions_stand_in_text_and_double_quoted_values_only() {
    for source in [
        "<p class={{a}}>x</p>",
        "<p class='{{a}}'>x</p>",
        "<p class=\"b\" {{a}}>x</p>",
        "<p {{a}}=\"b\">x</p>",
        "<p data-{{a}}=\"b\">x</p>",
        "<{{a}}>x</{{a}}>",
        "<p{{a}}>x</p>",
        "<h{{n}}>x</h{{n}}>",
        "<p {{! comment }}class=\"b\">x</p>",
        "<p {{#if a}}class=\"b\"{{/if}}>x</p>",
        "<{{~! c ~}}script>x",
        "< {{~a}}",
        "<{{a}}",
        "</{{a}}",
        "<!--{{a}}-->",
        "<!{{a}}",
        "<p class=\"{{#if a}}x\" id=\"{{/if}}y\">z</p>",
        "<p class=\"{{#if a}}\">x</p>{{/if}}",
        "{{#if a}}<p class=\"{{/if}}\">x</p>",
        "<p class=\"{{> part}}\">x</p>",
    ] {
        assert!(!super::faults(source).is_empty(), "{source}");
    }
    accepted(
        "<p class=\"a {{b}}{{#if c}} d{{else}} e{{/if}}\" title=\"{{f}}\">{{g}} &lt; {{h}} 'x' &gt; </p>",
    );
}

#[test]
fn a_comment_or_tilde_cannot_glue_a_tag_together() {
    refused("<scr{{!}}ipt>", "not allowed");
    refused("<scr{{!-- x --}}ipt>alert(1)</script>", "not allowed");
    refused("&lt; < {{~a~}} script>", "not well-formed HTML");
    assert_eq!(rendered("a {{~! x ~}} b", &json!({})), "ab");
}

#[test]
fn markers_cannot_be_forged() {
    refused("<p>\u{E000}0\u{E001} '>\u{E002}</p>", "private use area");
    refused("a\0b", "U+0000");
    let html = rendered(
        "<p>{{a}}</p>",
        &json!({"a": "\u{E000}1\u{E001} '>\u{E002}"}),
    );
    assert!(html.starts_with("<p>\u{E000}1"));
}

#[test]
fn html_comments_and_doctypes_are_refused() {
    refused("<!-- x -->", "HTML comments are not allowed");
    refused("<!DOCTYPE html>", "a doctype is not allowed");
    refused("<![CDATA[x]]>", "");
    refused("<?php x ?>", "");
}

#[test]
fn language_that_escapes_the_checks_is_refused() {
    refused("{{{a}}}", "three or more braces");
    refused("{{~{a}~}}", "three or more braces");
    refused("{{{{raw}}}}x{{{{/raw}}}}", "three or more braces");
    refused("{{&a}}", "`{{&` writes unescaped text");
    refused("{{* deco}}", "decorators");
    refused("{{#*inline \"x\"}}y{{/inline}}", "inline partials");
    refused("{{#> layout}}x{{/layout}}", "partial blocks");
    refused("{{> (lookup . 'x')}}", "named by plain words");
    refused("{{> ../secret}}", "named by plain words");
    refused("{{> /etc/passwd}}", "named by plain words");
    refused("{{> @partial-block}}", "named by plain words");
    refused("{{> missing}}", "there is no partial \"missing\"");
    refused("{{lookup a b}}", "there is no helper \"lookup\"");
    refused("{{log a}}", "there is no helper \"log\"");
    refused("{{html a}}", "there is no helper \"html\"");
    refused("{{json a}}", "there is no helper \"json\"");
    refused("{{#lookup a}}x{{/lookup}}", "there is no block \"lookup\"");
    refused("{{#each a}}x", "{{#each}} is never closed");
    refused("{{#each a}}x{{/if}}", "closes {{#each}} of line 1");
    refused("\\{{a}}", "is not allowed");
    refused("{{a.constructor[0]}}", "is not allowed in a tag");
    refused("{{t key}}", "the key of `t` is a quoted text");
    refused("{{a", "never closed");
    refused("{{}}", "an empty tag");
    refused("{{!-- x", "this comment is never closed");
}
