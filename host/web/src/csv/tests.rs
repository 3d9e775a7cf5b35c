use dinh_portal::Cell;

use super::{begin, rows};

fn row(text: &str) -> String {
    rows(&[vec![Cell::Text(text.to_owned())]])
}

#[test]
fn the_first_line_names_the_columns_and_tells_the_encoding() {
    let header = ["Số, ký hiệu".to_owned(), "Nguồn".to_owned()];
    assert_eq!(begin(&header), "\u{feff}\"Số, ký hiệu\",Nguồn\r\n");
}

#[test]
fn commas_quotes_and_lines_are_quoted() {
    assert_eq!(row("một"), "một\r\n");
    assert_eq!(row("một, hai"), "\"một, hai\"\r\n");
    assert_eq!(row("\"một\""), "\"\"\"một\"\"\"\r\n");
    assert_eq!(row("một\nhai"), "\"một\nhai\"\r\n");
}

#[test]
fn nothing_is_read_as_a_formula() {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
        assert_eq!(row(formula), format!("\"'{formula}\"\r\n"));
    }
    let numbers = [vec![Cell::Integer(-5), Cell::Empty]];
    assert_eq!(rows(&numbers), "-5,\r\n");
}
