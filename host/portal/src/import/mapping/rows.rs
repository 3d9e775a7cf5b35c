//! Rows of a table from a foreign member.

use dinh_domain::declaration::{MappedMember, RowsFrom};
use serde_json::{Map, Value};

/// Rows of a member that are read: a table of an entry takes less.
const ROWS_COMPARED_MAX: usize = 1_000;
/// What foreign texts hold of pages that they were cut from.
const LEFTOVERS: [&str; 4] = ["</p>", "<p>", "<br>", "<br/>"];

/// The rows; none where the member is of another shape.
pub(super) fn of(from: RowsFrom, member: &MappedMember, value: &Value) -> Option<Value> {
    let columns = &member.columns;
    let (first, _) = columns.first()?;
    let mut rows: Vec<Value> = Vec::new();
    match from {
        RowsFrom::Lines => {
            let lines = value.as_str()?.lines().map(cell);
            let lines = lines.filter(|line| !line.is_empty());
            rows.extend(lines.map(|line| {
                let row = Map::from_iter([(first.clone(), Value::String(line))]);
                Value::Object(row)
            }));
        }
        RowsFrom::Objects => {
            for item in value.as_array()? {
                let text = |member: &String| item.get(member).and_then(Value::as_str).map(cell);
                let cells = columns.iter().filter_map(|(column, member)| {
                    let text = text(member).filter(|text| !text.is_empty())?;
                    Some((column.clone(), Value::String(text)))
                });
                let row: Map<String, Value> = cells.collect();
                let row = Value::Object(row);
                if rows.len() > ROWS_COMPARED_MAX {
                    // More than any table takes: the check of the body says so.
                    break;
                }
                if row.get(first).is_some() && !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
    }
    Some(Value::Array(rows))
}

/// A text as a cell: in one line.
fn cell(text: &str) -> String {
    let mut text = text.to_owned();
    for leftover in LEFTOVERS {
        text = text.replace(leftover, " ");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use dinh_domain::declaration::RowsFrom;
    use serde_json::json;

    use super::of;

    #[test]
    fn lines_and_objects_become_rows() {
        let columns = json!({"from": "x", "columns": {"step": "a"}});
        let columns = serde_json::from_value(columns).unwrap();
        let lines = of(
            RowsFrom::Lines,
            &columns,
            &json!("Bước 1 </p>\n\nBước 2 | 3"),
        );
        assert_eq!(
            lines,
            Some(json!([{"step": "Bước 1"}, {"step": "Bước 2 | 3"}]))
        );
        let objects = json!([{"a": "x", "b": 1}, {"a": ""}, {"a": "x"}]);
        let rows = of(RowsFrom::Objects, &columns, &objects);
        assert_eq!(rows, Some(json!([{"step": "x"}])));
        assert_eq!(of(RowsFrom::Objects, &columns, &json!("x")), None);
        assert_eq!(of(RowsFrom::Lines, &columns, &json!(["x"])), None);
    }
}
