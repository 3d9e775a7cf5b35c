//! What is answered.

use dinh_portal::shown::{CollectionDescribed, FieldDescribed, FieldShape};
use serde_json::{Map, Value, json};

use crate::api::problem::TYPES;

/// A collection's name within component names: `plugin.collection`.
pub(super) fn component(it: &CollectionDescribed) -> String {
    it.id.to_string().replace('/', ".")
}

pub(super) fn body_name(it: &CollectionDescribed) -> String {
    format!("{}.body", component(it))
}

pub(super) fn entry_name(it: &CollectionDescribed) -> String {
    format!("{}.entry", component(it))
}

pub(super) fn items_name(it: &CollectionDescribed) -> String {
    format!("{}.items", component(it))
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Schemas that every site has.
pub(super) fn common() -> Map<String, Value> {
    let types = TYPES.map(|(name, _)| format!("urn:dinh:problem:{name}"));
    let schemas = [
        ("Problem", problem(&types)),
        ("Sites", sites()),
        ("Collections", collections()),
        ("Hits", hits()),
        ("Item", item()),
        ("Relation", relation()),
        ("File", file()),
        (
            "Block",
            object(&[
                ("level", text()),
                ("number", text()),
                ("heading", text()),
                ("text", text()),
            ]),
        ),
    ];
    schemas
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn row(columns: &[(String, bool)]) -> Value {
    let cells = columns.iter().map(|(name, is_number)| {
        let kind = if *is_number { "integer" } else { "string" };
        (name.clone(), json!({ "type": kind }))
    });
    json!({ "type": "object", "properties": cells.collect::<Map<String, Value>>() })
}

/// The fields of a collection, by kind.
pub(super) fn body(it: &CollectionDescribed) -> Value {
    let shown =
        |it: &&FieldDescribed| !matches!(it.shape, FieldShape::Relations(_) | FieldShape::Files);
    let fields = it.fields.iter().filter(shown);
    let required: Vec<&str> = fields
        .clone()
        .filter(|field| field.required)
        .map(|field| field.name.as_str())
        .collect();
    let properties = fields.map(|field| {
        let mut schema = match &field.shape {
            FieldShape::Texts => json!({ "type": "array", "items": text() }),
            FieldShape::Date => json!({ "type": "string", "format": "date" }),
            FieldShape::Instant => json!({
                "type": "string",
                "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$",
                "description": "A minute on the clock of the site.",
            }),
            FieldShape::Integer => json!({ "type": "integer" }),
            FieldShape::Choice(values) => {
                let ids: Vec<&str> = values.iter().map(|(id, _)| id.as_str()).collect();
                json!({ "type": "string", "enum": ids })
            }
            FieldShape::Rows(columns) => json!({ "type": "array", "items": row(columns) }),
            FieldShape::Outline => json!({ "type": "array", "items": reference("Block") }),
            FieldShape::Table => table(),
            FieldShape::Text | FieldShape::Relations(_) | FieldShape::Files => text(),
        };
        schema["title"] = json!(field.label);
        (field.name.clone(), schema)
    });
    json!({
        "type": "object",
        "title": it.label,
        "properties": properties.collect::<Map<String, Value>>(),
        "required": required,
        "additionalProperties": false,
    })
}

/// What is said of a table of figures.
fn table() -> Value {
    let dimension = object(&[
        ("id", text()),
        ("label", text()),
        (
            "codes",
            json!({ "type": "integer", "description": "How many values it has." }),
        ),
    ]);
    let mut table = object(&[
        ("unit", text()),
        ("cells", json!({ "type": "integer" })),
        ("dimensions", json!({ "type": "array", "items": dimension })),
        ("sha256", text()),
        ("path", text()),
    ]);
    table["description"] = json!(
        "A table of figures. Below its path: `so-lieu.json` (JSON-stat 2.0), `so-lieu.csv`, `so-lieu.ods`, \
         `so-lieu.csv-metadata.json` (CSV on the Web)."
    );
    table
}

/// One entry in full.
pub(super) fn entry(it: &CollectionDescribed) -> Value {
    let metadata = object(&[
        (
            "dublin_core",
            json!({ "type": "object", "additionalProperties": text() }),
        ),
        ("json_ld", json!({ "type": ["object", "null"] })),
    ]);
    object(&[
        ("id", text()),
        ("key", text_or_none()),
        ("collection", json!({ "const": it.id })),
        ("site", text()),
        ("url", address()),
        ("self", address()),
        ("title", text()),
        ("summary", text_or_none()),
        ("language", text()),
        ("author", text()),
        ("source", text()),
        (
            "published_at",
            json!({ "type": ["string", "null"], "format": "date-time" }),
        ),
        ("updated_at", moment()),
        ("revision", json!({ "type": "integer", "minimum": 1 })),
        ("incomplete", list_of(text())),
        ("body", reference(&body_name(it))),
        ("relations", list_of(reference("Relation"))),
        ("files", list_of(reference("File"))),
        ("metadata", metadata),
    ])
}

/// Some entries of a list.
pub(super) fn items(it: &CollectionDescribed) -> Value {
    object(&[
        ("collection", json!({ "const": it.id })),
        ("total", json!({ "type": "integer", "minimum": 0 })),
        ("items", list_of(reference("Item"))),
        ("cursor", text_or_none()),
        (
            "next",
            json!({ "type": ["string", "null"], "format": "uri" }),
        ),
    ])
}

fn item() -> Value {
    let value = json!({ "anyOf": [
        { "type": ["string", "integer", "null"] },
        { "type": "array", "items": text() },
    ]});
    object(&[
        ("id", text()),
        ("key", text_or_none()),
        ("site", text()),
        ("url", address()),
        ("self", address()),
        ("title", text()),
        ("summary", text_or_none()),
        ("language", text()),
        ("published_at", moment()),
        ("updated_at", moment()),
        (
            "values",
            json!({ "type": "object", "additionalProperties": value }),
        ),
    ])
}

fn relation() -> Value {
    object(&[
        ("field", text()),
        ("kind", text()),
        (
            "direction",
            json!({ "type": "string", "enum": ["outgoing", "incoming"] }),
        ),
        ("label", text()),
        ("code", text()),
        ("title", text()),
        ("id", text_or_none()),
        ("collection", text_or_none()),
        ("site", text_or_none()),
        (
            "url",
            json!({ "type": ["string", "null"], "format": "uri" }),
        ),
    ])
}

fn file() -> Value {
    object(&[
        ("field", text()),
        ("label", text()),
        ("name", text()),
        ("media_type", text()),
        ("size_bytes", json!({ "type": "integer", "minimum": 0 })),
        (
            "sha256",
            json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        ),
        ("url", address()),
    ])
}

fn sites() -> Value {
    let organisation = object(&[
        ("id", text()),
        ("kind", text()),
        ("name", text()),
        ("parent", text_or_none()),
    ]);
    let site = object(&[
        ("id", text()),
        ("name", text()),
        ("url", address()),
        ("api", address()),
        ("organisation", organisation),
        ("time_zone", text()),
        ("visited", json!({ "type": "boolean" })),
    ]);
    object(&[("sites", list_of(site))])
}

fn collections() -> Value {
    let named = list_of(object(&[("id", text()), ("name", text())]));
    let with_values = |mut schema: Value| {
        schema["properties"]["values"] = named.clone();
        schema
    };
    let field = with_values(object(&[
        ("name", text()),
        ("label", text()),
        ("kind", text()),
        ("required", json!({ "type": "boolean" })),
    ]));
    let filter = with_values(object(&[
        ("parameter", text()),
        ("label", text()),
        ("kind", text()),
        ("repeatable", json!({ "type": "boolean" })),
    ]));
    let section = object(&[
        ("name", text()),
        ("description", text()),
        ("url", address()),
        ("feed", address()),
        ("csv", address()),
        ("ods", address()),
    ]);
    let collection = object(&[
        ("id", text()),
        ("label", text()),
        ("plural", text()),
        ("section", section),
        ("items", address()),
        ("fields", list_of(field)),
        ("filters", list_of(filter)),
        ("sorts", list_of(text())),
        ("default_sort", text()),
    ]);
    object(&[("collections", list_of(collection))])
}

fn hits() -> Value {
    let hit = object(&[
        ("id", text()),
        ("key", text_or_none()),
        ("collection", text()),
        ("site", text()),
        ("url", address()),
        ("title", text()),
        ("snippet", text()),
        ("score", json!({ "type": "number" })),
    ]);
    let total = json!({ "type": "integer", "minimum": 0 });
    object(&[("total", total), ("hits", list_of(hit))])
}

/// RFC 9457.
fn problem(types: &[String]) -> Value {
    let mut problem = object(&[
        ("type", json!({ "type": "string", "enum": types })),
        ("title", text()),
        ("status", json!({ "type": "integer" })),
        ("detail", text()),
        ("instance", address()),
    ]);
    problem["properties"]["parameter"] = text();
    problem["properties"]["known"] = list_of(text());
    problem["properties"]["reason"] = text();
    problem["properties"]["successor"] = json!({ "type": ["string", "null"], "format": "uri" });
    problem
}

/// All of them always there.
fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let properties = properties
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()));
    json!({
        "type": "object",
        "properties": properties.collect::<Map<String, Value>>(),
        "required": names,
    })
}

fn list_of(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn text_or_none() -> Value {
    json!({ "type": ["string", "null"] })
}

fn address() -> Value {
    json!({ "type": "string", "format": "uri" })
}

fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}
