//! A procedure as this code reads it.

use dinh_sdk::Object;
use dinh_sdk::serde_json::Value;

/// The collection of procedures.
pub const PROCEDURES: &str = "public-services/procedure";
/// The collection of counters.
pub const COUNTERS: &str = "public-services/counter";

/// The rows of a field; empty where the entry has none.
pub fn rows<'a>(body: &'a Object, field: &str) -> Vec<&'a Object> {
    let rows = body.get(field).and_then(Value::as_array);
    let rows = rows.into_iter().flatten();
    rows.filter_map(Value::as_object).collect()
}

/// A text of a row or body; empty where there is none.
pub fn text<'a>(row: &'a Object, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// A whole number of a row.
pub fn number(row: &Object, column: &str) -> Option<i64> {
    row.get(column).and_then(Value::as_i64)
}
