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
fn a_row_is_typed_cell_by_cell_and_read_again() {
    let columns = columns();
    for (row, cells) in [
        (
            json!({"paper": "Tờ khai | mẫu 1", "original": 1, "when": "q1=a"}),
            ["Tờ khai | mẫu 1", "1", "q1=a"],
        ),
        (json!({"paper": "Tờ khai"}), ["Tờ khai", "", ""]),
        (
            json!({"paper": "Tờ khai", "when": "q1=a"}),
            ["Tờ khai", "", "q1=a"],
        ),
    ] {
        let cells = cells.map(str::to_owned);
        assert_eq!(typed(&columns, row.as_object().unwrap()), cells);
        assert_eq!(read(&columns, &cells), Ok(row));
    }
    let wrong = ["Tờ khai", " một ", ""].map(str::to_owned);
    assert_eq!(read(&columns, &wrong), Err(("một", "fault.integer-typed")));
}

#[test]
fn people_read_no_keys() {
    let rows = json!([{"paper": "Tờ khai", "original": 1, "when": "q1=a"}, {"paper": "Ảnh"}]);
    assert_eq!(lines(&columns(), &rows), "Tờ khai \u{2013} 1\nẢnh");
}
