use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Cell, Code, Dimension, Outcome, Pages, Request, Role, Table};

use super::model;
use crate::Plugin;
use crate::meeting::COLLECTION;

fn dimension(id: &str, role: Role, codes: &[&str]) -> Dimension {
    let code = |id: &&str| Code {
        id: (*id).to_owned(),
        label: id.to_uppercase(),
    };
    Dimension {
        id: id.to_owned(),
        label: id.to_owned(),
        role,
        codes: codes.iter().map(code).collect(),
    }
}

fn host(numbers: &[&str]) -> FakeHost {
    let table = Table {
        dimensions: vec![
            dimension("thon", Role::Geo, &["trung", "ho"]),
            dimension("chi-tieu", Role::Metric, &["moi", "du"]),
        ],
        ..Table::default()
    };
    let cells = numbers.iter().map(|it| Cell {
        number: it.parse::<u64>().is_ok().then(|| (*it).to_owned()),
        ..Cell::default()
    });
    FakeHost::new().with_table((COLLECTION, "a", "turnout"), table, cells.collect())
}

fn page(id: &str, host: &FakeHost) -> Outcome {
    let request = Request::to("turnout").with_param("id", id);
    Plugin::page(&request, host).unwrap()
}

#[test]
fn who_came_is_told_by_hamlet() {
    let shown = model(page("a", &host(&["40", "30", "0", ".."])));
    assert_eq!(shown["hamlets"][0]["name"], "TRUNG");
    assert_eq!(shown["hamlets"][0]["percent"], 75);
    assert_eq!(
        shown["hamlets"][1]["percent"],
        dinh_sdk::serde_json::Value::Null
    );
}

#[test]
fn a_meeting_without_a_count_has_an_empty_page() {
    let shown = model(page("b", &host(&[])));
    assert_eq!(shown["hamlets"].as_array().map(Vec::len), Some(0));
}
