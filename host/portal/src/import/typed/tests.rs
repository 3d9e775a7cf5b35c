use dinh_domain::declaration::{FieldKind, SheetRows, TypedDates};
use dinh_domain::table::layout::Given;
use dinh_domain::table::number::DecimalMark;
use serde_json::{Value, json};

use super::value;

fn kind(value: Value) -> FieldKind {
    serde_json::from_value(value).unwrap()
}

fn vietnamese() -> SheetRows {
    SheetRows {
        dates: Some(TypedDates::DayMonthYear),
        mark: Some(DecimalMark::Comma),
        ..SheetRows::default()
    }
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

#[test]
fn dates_are_read_as_declared_and_never_guessed() {
    let date = kind(json!({"kind": "date"}));
    let declared = |it: &str| value(&date, &vietnamese(), &text(it));
    assert_eq!(declared("31/12/2024"), Ok(json!("2024-12-31")));
    assert_eq!(declared("2024-12-31"), Ok(json!("2024-12-31")));
    for wrong in ["31/02/2024", "12/31/2024", "Q4/2024", "45000"] {
        assert_eq!(declared(wrong), Err("fault.date-typed"), "{wrong}");
    }
    let undeclared = value(&date, &SheetRows::default(), &text("05/03/2024"));
    assert_eq!(undeclared, Err("fault.cell-dates"));
    let number = Given::Number("45657".to_owned());
    assert_eq!(
        value(&date, &vietnamese(), &number),
        Err("fault.cell-no-date")
    );
    let day = Given::Date("2024-12-31".to_owned());
    assert_eq!(
        value(&date, &SheetRows::default(), &day),
        Ok(json!("2024-12-31"))
    );
}

#[test]
fn numbers_are_read_as_declared_and_never_guessed() {
    let integer = kind(json!({"kind": "integer"}));
    let declared = |it: &str| value(&integer, &vietnamese(), &text(it));
    assert_eq!(declared("1.234"), Ok(json!(1234)));
    assert_eq!(declared("-7"), Ok(json!(-7)));
    assert_eq!(declared("1.234,5"), Err("fault.cell-no-integer"));
    assert_eq!(declared("1,234"), Err("fault.cell-no-integer"));
    // A thousand to whoever typed it, or one.
    assert_eq!(declared("1,000"), Err("fault.cell-no-integer"));
    let undeclared = |it: &str| value(&integer, &SheetRows::default(), &text(it));
    assert_eq!(undeclared("1234"), Ok(json!(1234)));
    assert_eq!(undeclared("1.234"), Err("fault.cell-mark"));
    let number = |it: &str| {
        value(
            &integer,
            &SheetRows::default(),
            &Given::Number(it.to_owned()),
        )
    };
    assert_eq!(number("1234"), Ok(json!(1234)));
    assert_eq!(number("1.5"), Err("fault.cell-no-integer"));
}
