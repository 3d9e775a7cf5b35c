use super::SearchWords;

fn told(text: &str) -> String {
    let faults = SearchWords::parse("search/vi.toml", text.as_bytes()).unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("\n")
}

#[test]
fn the_portals_own_file_is_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../search/vi.toml");
    let words = SearchWords::parse(path, &std::fs::read(path).unwrap()).unwrap();
    assert_eq!(words.abbreviations["UBND"], ["ủy ban nhân dân"]);
    assert!(words.questions.contains(&"như thế nào".to_owned()));
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_known_one() {
    let said = told("questions = []\nsynonym = []\n");
    assert!(said.starts_with("search/vi.toml:2: "), "{said}");
    assert!(said.contains("did you mean `synonyms`?"), "{said}");
}

#[test]
fn what_could_never_be_found_is_told() {
    for (text, part) in [
        ("questions = [\"?\"]", "`?` has no word"),
        ("synonyms = [[\"một cửa\"]]", "two phrases or more"),
        (
            "[abbreviations]\n\"KT-XH\" = [\"kinh tế xã hội\"]",
            "must be one word",
        ),
        ("[abbreviations]\nUBND = []", "stands for nothing"),
        ("[abbreviations]\nUBND = [\"ubnd\"]", "stands for itself"),
        ("questions = [\"a b c d e f g h i j k l m\"]", "13 words"),
        ("[abbreviations]\nUBND = \"ủy ban\"", "invalid type"),
    ] {
        let said = told(text);
        assert!(said.contains(part), "{text}: {said}");
    }
}

#[test]
fn two_files_count_together() {
    let read = |text: &str| SearchWords::parse("x", text.as_bytes()).unwrap();
    let mut words = read("[abbreviations]\nTT = [\"thông tư\"]");
    words.extend(read(
        "questions = [\"là gì\"]\n[abbreviations]\nTT = [\"thông tư\", \"thị trấn\"]",
    ));
    assert_eq!(words.abbreviations["TT"], ["thông tư", "thị trấn"]);
    assert_eq!(words.questions, ["là gì"]);
}
