//! Text within XML.

/// A text as content or as a quoted value; what XML 1.0 cannot hold is left out.
pub(crate) fn text(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => told.push_str("&amp;"),
            '<' => told.push_str("&lt;"),
            '>' => told.push_str("&gt;"),
            '"' => told.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            '\t' | '\n' => told.push(letter),
            letter if letter.is_control() => {}
            letter => told.push(letter),
        }
    }
    told
}

/// `<name>text</name>`.
pub(crate) fn element(name: &str, content: &str) -> String {
    format!("<{name}>{}</{name}>\n", text(content))
}

#[test]
fn what_xml_cannot_hold_is_left_out_and_the_rest_escaped() {
    assert_eq!(
        element("a", "x\0\u{1b}<y>&\"\u{ffff}\n"),
        "<a>x&lt;y&gt;&amp;&quot;\n</a>\n"
    );
}
