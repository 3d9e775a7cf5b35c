//! The guards that `make mutants` takes away one by one are those that there are.

use std::fs;

use crate::files;

#[test]
fn every_guard_of_the_list_stands_where_it_says_once() {
    let list = fs::read_to_string(files::root().join("tests/mutants.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let guards = list.as_array().unwrap();
    assert!(guards.len() >= 35, "{}", guards.len());
    for it in guards {
        let part = |name: &str| it[name].as_str().unwrap();
        let text = fs::read_to_string(files::root().join(part("file"))).unwrap();
        assert_eq!(text.matches(part("from")).count(), 1, "{}", part("guard"));
        assert!(part("to").contains("GONE"), "{}", part("guard"));
        assert!(!it["tests"].as_array().unwrap().is_empty());
    }
}
