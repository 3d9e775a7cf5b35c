//! JSON Schemas of the files of a plugin, made from the types that read them: what an editor
//! completes and underlines. Draft 7, which editors of TOML know.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::field::Common;
use super::{CodeList, Collection, Field, FieldKind, ImportMapping, Manifest};
use crate::search_words::SearchWords;

/// A schema by the name of its file, without the ending.
pub type Schemas = BTreeMap<&'static str, Value>;

/// Of every file that is read by [`super::Declaration::parse`].
pub fn schemas() -> Schemas {
    BTreeMap::from([
        ("plugin", schema_of::<Manifest>()),
        ("collection", schema_of::<Collection>()),
        ("list", schema_of::<CodeList>()),
        ("import", schema_of::<ImportMapping>()),
        ("search", schema_of::<SearchWords>()),
    ])
}

/// The schema of one file.
pub fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|it| it.inline_subschemas = false);
    settings.into_generator().into_root_schema_for::<T>().into()
}

impl JsonSchema for Field {
    fn schema_name() -> Cow<'static, str> {
        "Field".into()
    }

    /// Each kind with what every field has: a strict table cannot be put together of two.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let common = Common::json_schema(generator);
        let mut kinds = FieldKind::json_schema(generator);
        let cases = kinds.get_mut("oneOf").and_then(Value::as_array_mut);
        for case in cases.into_iter().flatten() {
            let Some(case) = case.as_object_mut() else {
                continue;
            };
            join(case, &common);
        }
        kinds
    }
}

fn join(case: &mut Map<String, Value>, common: &Schema) {
    let properties = common.get("properties").and_then(Value::as_object);
    if let (Some(own), Some(more)) = (
        case.get_mut("properties").and_then(Value::as_object_mut),
        properties,
    ) {
        own.extend(more.clone());
    }
    let required = common.get("required").and_then(Value::as_array);
    if let (Some(own), Some(more)) = (
        case.get_mut("required").and_then(Value::as_array_mut),
        required,
    ) {
        own.extend(more.clone());
    }
}
