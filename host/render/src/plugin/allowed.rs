//! Elements and attributes that a plugin's template may use.

/// What an attribute's value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueRule {
    /// Any text; expressions are escaped.
    Text,
    /// An address: `{{url …}}`, or a plain relative or safe one, or `#…`.
    Address,
    /// An address on this site: `{{url …}}` or a plain relative one (the page may load nothing from elsewhere).
    OwnAddress,
}

/// Elements that a page's main part needs. `article` is the host's: the page's part stands in one, so that no
/// end tag of a template, however a browser mends the nesting, can close an element of the host. The host owns `h1`, `main`, `nav`, `header`, `footer` and `form`.
const ELEMENTS: [&str; 60] = [
    "a",
    "abbr",
    "address",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "meter",
    "ol",
    "p",
    "pre",
    "progress",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
];
const MORE_ELEMENTS: [&str; 3] = ["ul", "var", "wbr"];

/// Elements without an end tag.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// Attributes of every element.
const GLOBAL: [&str; 7] = ["class", "dir", "hidden", "id", "lang", "role", "title"];

/// Attributes of one element.
const OWN: [(&str, &str); 28] = [
    ("a", "hreflang"),
    ("a", "rel"),
    ("a", "type"),
    ("bdo", "dir"),
    ("col", "span"),
    ("colgroup", "span"),
    ("data", "value"),
    ("del", "datetime"),
    ("details", "open"),
    ("img", "alt"),
    ("img", "height"),
    ("img", "loading"),
    ("img", "width"),
    ("ins", "datetime"),
    ("li", "value"),
    ("meter", "max"),
    ("meter", "min"),
    ("meter", "value"),
    ("ol", "reversed"),
    ("ol", "start"),
    ("progress", "max"),
    ("progress", "value"),
    ("td", "colspan"),
    ("td", "headers"),
    ("td", "rowspan"),
    ("th", "colspan"),
    ("th", "rowspan"),
    ("th", "scope"),
];

pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.contains(&name) || MORE_ELEMENTS.contains(&name)
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// What the attribute may hold; none when the element may not have it.
pub(super) fn attribute_rule(element: &str, attribute: &str) -> Option<ValueRule> {
    match (element, attribute) {
        ("a", "href") => return Some(ValueRule::Address),
        ("blockquote" | "q" | "del" | "ins", "cite") => return Some(ValueRule::Address),
        ("img", "src") => return Some(ValueRule::OwnAddress),
        ("time", "datetime") => return Some(ValueRule::Text),
        _ => {}
    }
    let aria = attribute
        .strip_prefix("aria-")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase()));
    let known = aria || GLOBAL.contains(&attribute) || OWN.contains(&(element, attribute));
    known.then_some(ValueRule::Text)
}
