use super::*;
use crate::table::{Code, Mark, Role};

fn dimension(id: &str, codes: usize) -> Dimension {
    let code = |at: usize| Code {
        id: format!("{id}{at}"),
        label: format!("{id} {at}"),
    };
    Dimension {
        id: id.to_owned(),
        label: id.to_owned(),
        role: Role::Other,
        codes: (0..codes).map(code).collect(),
    }
}

/// Each cell holds its own place.
fn table(sizes: &[(&str, usize)]) -> Table {
    let dimensions = sizes.iter().map(|(id, codes)| dimension(id, *codes));
    let mut table = Table::empty(dimensions.collect()).unwrap();
    for place in 0..table.cell_count() {
        let scaled = Some(i64::try_from(place).unwrap());
        table.set(
            place,
            Cell {
                scaled,
                mark: Mark::Plain,
            },
        );
    }
    table
}

fn wanted(picks: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let owned = |codes: &[&str]| codes.iter().map(|it| (*it).to_owned()).collect();
    picks
        .iter()
        .map(|(id, codes)| ((*id).to_owned(), owned(codes)))
        .collect()
}

fn numbers(table: &Table, picks: &[(&str, &[&str])]) -> Result<Vec<i64>, PickFault> {
    let cells = table.picked(&wanted(picks))?;
    Ok(cells.into_iter().filter_map(|it| it.scaled).collect())
}

#[test]
fn values_come_in_the_order_in_which_they_were_chosen() {
    let table = table(&[("a", 2), ("b", 3), ("c", 2)]);
    let chosen = numbers(&table, &[("b", &["b2", "b0"]), ("a", &["a1"])]);
    assert_eq!(chosen, Ok(vec![10, 11, 6, 7]));
    assert_eq!(numbers(&table, &[]).unwrap().len(), 12);
    assert_eq!(numbers(&table, &[("c", &[])]).unwrap().len(), 12);
}

#[test]
fn what_a_table_does_not_know_is_named() {
    let table = table(&[("a", 2), ("b", 3)]);
    let unknown = PickFault::Dimension("z".to_owned());
    assert_eq!(numbers(&table, &[("z", &["a0"])]), Err(unknown));
    let told = numbers(&table, &[("a", &["b0"])]).unwrap_err().to_string();
    assert_eq!(told, "`b0` is no value of the dimension `a`");
    let twice = |what: &str| Err(PickFault::Twice(what.to_owned()));
    assert_eq!(numbers(&table, &[("a", &["a1", "a1"])]), twice("a1"));
    assert_eq!(numbers(&table, &[("a", &[]), ("a", &["a1"])]), twice("a"));
}

#[test]
fn ten_thousand_cells_are_given_and_no_more() {
    let table = table(&[("a", 101), ("b", 100)]);
    assert_eq!(numbers(&table, &[]), Err(PickFault::Cells(10_100)));
    let all: Vec<String> = (1..101).map(|at| format!("a{at}")).collect();
    let cells = table.picked(&[("a".to_owned(), all)]).unwrap();
    assert_eq!(cells.len(), MAX_SLICE_CELLS);
    assert_eq!(cells[0].scaled, Some(100));
}
