use dinh_domain::table::{Code, Dimension, Role};

use super::*;

#[test]
fn the_one_that_nobody_asked_for_goes_first() {
    let code = |at: usize| Code {
        id: at.to_string(),
        label: at.to_string(),
    };
    let dimension = |id: &str, count: usize| Dimension {
        id: id.to_owned(),
        label: id.to_owned(),
        role: Role::Other,
        codes: (0..count).map(code).collect(),
    };
    let large = Table::empty(vec![dimension("a", 2_000), dimension("b", 1_000)]);
    let large = Arc::new(large.expect("it fits"));
    let fit = TABLES_BYTES_MAX / large.size_bytes();
    let tables = Tables::default();
    for at in 0..fit {
        tables.put(&at.to_string(), &large);
    }
    assert!(tables.get("0").is_some());
    tables.put("new", &large);
    assert!(tables.get("0").is_some() && tables.get("new").is_some());
    assert!(tables.get("1").is_none());
}
