//! Parameters, as strictly as they are read.

use dinh_portal::shown::{CollectionDescribed, ParameterDescribed, ParameterShape, Reach};
use dinh_portal::{DEFAULT_LIMIT, MAX_FILTER_VALUES, MAX_LIMIT, MAX_WORDS_CHARS};
use serde_json::{Value, json};

/// A text with at least one letter that is no space, and without control characters.
const WORDS: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";
/// A cursor: what an answer gave, and nothing else.
const CURSOR: &str = "^[0-9a-f]{34,2400}$";

/// Of a collection's list.
pub(super) fn of_list(it: &CollectionDescribed) -> Vec<Value> {
    let mut parameters: Vec<Value> = it.filters.iter().map(filter).collect();
    parameters.push(words(false, "Only entries that hold these words."));
    parameters.push(json!({
        "name": "sort",
        "in": "query",
        "description": "The order; `-` for the largest first. Entries without a value come last.",
        "schema": { "type": "string", "enum": it.orders, "default": it.orders.first() },
    }));
    parameters.push(limit());
    parameters.push(json!({
        "name": "cursor",
        "in": "query",
        "description": "Where to go on: `cursor` of an answer to the same filters, words and sort.",
        "schema": { "type": "string", "pattern": CURSOR },
    }));
    parameters
}

/// Of the search.
pub(super) fn of_search(reach: &Reach) -> Vec<Value> {
    let among = |name: &str, what: &str, known: &[String]| {
        json!({
            "name": name,
            "in": "query",
            "description": what,
            "schema": { "type": "string", "enum": known },
        })
    };
    vec![
        words(
            true,
            "The words, with or without marks; numbers in any spelling.",
        ),
        among("site", "Only entries of this site.", &reach.sites),
        among(
            "collection",
            "Only entries of this collection.",
            &reach.collections,
        ),
        limit(),
    ]
}

fn filter(it: &ParameterDescribed) -> Value {
    let (value, description) = match &it.shape {
        ParameterShape::Text { max_chars } => (text(*max_chars), it.label.clone()),
        ParameterShape::Year => (
            json!({ "type": "string", "pattern": "^[0-9]{4}$" }),
            it.label.clone(),
        ),
        ParameterShape::Date => (
            json!({ "type": "string", "format": "date", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$" }),
            it.label.clone(),
        ),
        ParameterShape::Integer => (
            json!({ "type": "integer", "format": "int64" }),
            it.label.clone(),
        ),
        ParameterShape::Choice(values) => {
            let ids: Vec<&str> = values.iter().map(|(id, _)| id.as_str()).collect();
            let names = values.iter().map(|(id, name)| format!("`{id}` {name}"));
            let names: Vec<String> = names.collect();
            (
                json!({ "type": "string", "enum": ids }),
                format!("{}: {}", it.label, names.join("; ")),
            )
        }
    };
    if !it.is_list {
        return json!({
            "name": it.name,
            "in": "query",
            "description": description,
            "schema": value,
        });
    }
    json!({
        "name": it.name,
        "in": "query",
        "description": format!("{description}. Given several times: any of them."),
        "style": "form",
        "explode": true,
        "schema": { "type": "array", "items": value, "minItems": 1, "maxItems": MAX_FILTER_VALUES },
    })
}

fn words(required: bool, description: &str) -> Value {
    json!({
        "name": "q",
        "in": "query",
        "required": required,
        "description": description,
        "schema": text(MAX_WORDS_CHARS),
    })
}

fn text(max_chars: usize) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": max_chars, "pattern": WORDS })
}

fn limit() -> Value {
    json!({
        "name": "limit",
        "in": "query",
        "description": "Most entries of the answer.",
        "schema": { "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT },
    })
}
