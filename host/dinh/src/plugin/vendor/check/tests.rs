use super::Finding;
use super::walk::leaves;

#[test]
fn a_fault_of_another_part_is_read_with_its_place() {
    let placed = Finding::read("templates/a.hbs:3: no: good");
    assert_eq!(placed, Finding::new("templates/a.hbs", Some(3), "no: good"));
    let whole = Finding::read("templates/a.hbs:0: no");
    assert_eq!(whole, Finding::new("templates/a.hbs", None, "no"));
    let file = Finding::read("plugin.toml: no");
    assert_eq!(file, Finding::new("plugin.toml", None, "no"));
    let words = Finding::read("what is this: nothing");
    assert_eq!(words.to_string(), "what is this: nothing");
}

#[test]
fn texts_of_a_file_have_their_keys_and_lines() {
    let found = leaves("a = \"x\"\n[b]\nc = [\"y\",\n\"z\"]\nd = 1\n").unwrap();
    let told: Vec<(String, Option<&str>, usize)> = found
        .iter()
        .map(|leaf| (leaf.key(), leaf.text.as_deref(), leaf.line))
        .collect();
    assert_eq!(
        told,
        [
            ("a".to_owned(), Some("x"), 1),
            ("b.c".to_owned(), Some("y"), 3),
            ("b.c".to_owned(), Some("z"), 4),
            ("b.d".to_owned(), None, 5),
        ]
    );
    assert_eq!(leaves("a = 1\nb = \n").unwrap_err().0, Some(2));
}
