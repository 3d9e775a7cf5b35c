//! A cell of a spreadsheet as the value of a field, in the writing that its mapping declares. Pure.

use dinh_domain::declaration::{FieldKind, SheetRows, TypedDates};
use dinh_domain::entry_form::one_of;
use dinh_domain::table::layout::Given;
use dinh_domain::table::number::{Decimal, DecimalMark};
use serde_json::{Value, json};

/// The value; the error is the key of what is wrong with the cell.
pub(super) fn value(
    kind: &FieldKind,
    sheet: &SheetRows,
    cell: &Given,
) -> Result<Value, &'static str> {
    let text = cell.text();
    match kind {
        FieldKind::Date { .. } | FieldKind::Instant {} => match cell {
            Given::Number(_) => Err("fault.cell-no-date"),
            _ if is_year_first(text) => Ok(json!(text)),
            _ => match sheet.dates {
                Some(TypedDates::DayMonthYear) => one_of(kind, text),
                None => Err("fault.cell-dates"),
            },
        },
        FieldKind::Integer {} => integer(sheet, cell).map(Value::from),
        FieldKind::Texts { .. } => {
            let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
            Ok(json!(lines.collect::<Vec<_>>()))
        }
        _ => Ok(json!(text)),
    }
}

/// `2024-12-31`, which is read in one way alone; whether there is such a day is asked of every body.
fn is_year_first(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let first = parts.next().unwrap_or_default();
    first.len() == 4 && first.bytes().all(|it| it.is_ascii_digit()) && parts.count() == 2
}

fn integer(sheet: &SheetRows, cell: &Given) -> Result<i64, &'static str> {
    let mark = match (cell, sheet.mark) {
        (Given::Number(_), _) => DecimalMark::Point,
        (_, Some(mark)) => mark,
        (_, None) if cell.text().contains(['.', ',']) => return Err("fault.cell-mark"),
        (_, None) => DecimalMark::Comma,
    };
    match Decimal::parse(cell.text(), mark) {
        Some(number) if number.decimals == 0 => Ok(number.scaled),
        _ => Err("fault.cell-no-integer"),
    }
}

#[cfg(test)]
mod tests {
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
}
