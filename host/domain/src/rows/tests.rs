use serde_json::json;

use super::{Columns, lines, read, typed};

fn columns() -> Columns {
    let text = r#"
        [paper]
        label = "paper.name"
        required = true
        [original]
        label = "paper.original"
        kind = "integer"
        [when]
        label = "paper.when"
        kind = "key"
    "#;
    toml::from_str(text).unwrap()
}

#[test]
fn a_row_is_typed_as_one_line_and_read_again() {
    let columns = columns();
    for (row, line) in [
        (
            json!({"paper": "Tờ khai", "original": 1, "when": "q1=a"}),
            "Tờ khai | 1 | q1=a",
        ),
        (json!({"paper": "Tờ khai"}), "Tờ khai"),
        (
            json!({"paper": "Tờ khai", "when": "q1=a"}),
            "Tờ khai |  | q1=a",
        ),
    ] {
        assert_eq!(typed(&columns, row.as_object().unwrap()), line);
        assert_eq!(read(&columns, line), Ok(row));
    }
    assert_eq!(read(&columns, "Tờ khai | một"), Err("fault.integer-typed"));
    assert_eq!(read(&columns, "a | 1 | b | c"), Err("fault.cells"));
}

#[test]
fn people_read_no_keys() {
    let rows = json!([{"paper": "Tờ khai", "original": 1, "when": "q1=a"}, {"paper": "Ảnh"}]);
    assert_eq!(lines(&columns(), &rows), "Tờ khai \u{2013} 1\nẢnh");
}
