use dinh_portal::shown::{CollectionDescribed, FieldDescribed, FieldShape, ParameterShape};
use serde_json::{Value, json};

use super::list_address;
use crate::present::{FEED, Setting};

/// What the visited site has.
pub(crate) fn told(setting: &Setting<'_>, collections: &[CollectionDescribed]) -> Value {
    let told = collections.iter().map(|it| collection(setting, it));
    json!({ "collections": told.collect::<Vec<Value>>() })
}

fn collection(setting: &Setting<'_>, it: &CollectionDescribed) -> Value {
    let here = format!("/{}", it.section.path);
    let filters = it.filters.iter().map(|filter| {
        let (kind, values) = match &filter.shape {
            ParameterShape::Text { .. } => ("text", None),
            ParameterShape::Year => ("year", None),
            ParameterShape::Date => ("date", None),
            ParameterShape::Integer => ("integer", None),
            ParameterShape::Choice(values) => ("choice", Some(named(values))),
        };
        with_values(
            json!({
                "parameter": filter.name,
                "label": filter.label,
                "kind": kind,
                "repeatable": filter.is_list,
            }),
            values,
        )
    });
    json!({
        "id": it.id,
        "label": it.label,
        "plural": it.plural,
        "section": {
            "name": it.section.name,
            "description": it.section.description,
            "url": setting.absolute(&here),
            "feed": setting.absolute(&format!("{here}/{FEED}")),
            "csv": setting.absolute(&format!("{here}/export.csv")),
            "ods": setting.absolute(&format!("{here}/export.ods")),
        },
        "items": list_address(setting, &it.id),
        "fields": it.fields.iter().map(field).collect::<Vec<Value>>(),
        "filters": filters.collect::<Vec<Value>>(),
        "sorts": it.orders,
        "default_sort": it.orders.first(),
    })
}

fn field(field: &FieldDescribed) -> Value {
    let (kind, values) = match &field.shape {
        FieldShape::Text => ("text", None),
        FieldShape::Texts => ("texts", None),
        FieldShape::Date => ("date", None),
        FieldShape::Instant => ("instant", None),
        FieldShape::Integer => ("integer", None),
        FieldShape::Choice(values) => ("choice", Some(named(values))),
        FieldShape::Relations(values) => ("relations", Some(named(values))),
        FieldShape::Rows(_) => ("rows", None),
        FieldShape::Outline => ("outline", None),
        FieldShape::Files => ("files", None),
        FieldShape::Table => ("table", None),
    };
    with_values(
        json!({
            "name": field.name,
            "label": field.label,
            "kind": kind,
            "required": field.required,
        }),
        values,
    )
}

fn named(values: &[(String, String)]) -> Value {
    let named = values
        .iter()
        .map(|(id, name)| json!({ "id": id, "name": name }));
    named.collect()
}

fn with_values(mut told: Value, values: Option<Value>) -> Value {
    if let (Some(told), Some(values)) = (told.as_object_mut(), values) {
        told.insert("values".to_owned(), values);
    }
    told
}
