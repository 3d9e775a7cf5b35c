use crate::declaration::Declaration;
use crate::declaration::tests::{NOTE, faults_of, files};

/// The plugin with a second collection, whose file comes before the first in the alphabet.
fn two(path: &str) -> crate::declaration::PluginFiles {
    let mut files = files();
    let second = format!("path = \"{path}\"\n{NOTE}");
    files.insert("collections/a-place.toml".into(), second.into_bytes());
    files
}

#[test]
fn a_path_is_of_the_collection_whose_own_it_begins_with() {
    let declared = Declaration::parse(&two("noi")).unwrap();
    assert_eq!(declared.collections.get_index_of("note"), Some(0));
    for (path, name, rest) in [
        ("", "note", ""),
        ("06-2014", "note", "06-2014"),
        ("06-2014/ban-in", "note", "06-2014/ban-in"),
        ("noi", "a-place", ""),
        ("noi/xa", "a-place", "xa"),
        ("noi/xa/ban-in", "a-place", "xa/ban-in"),
        ("noi-khac", "note", "noi-khac"),
    ] {
        let below = declared.below(path).unwrap();
        assert_eq!((below.name, below.rest), (name, rest), "{path}");
    }
    assert_eq!(declared.own_path("note"), "");
    assert_eq!(declared.own_path("a-place"), "/noi");
}

#[test]
fn a_path_that_something_else_has_is_refused() {
    let route = |path: &str| {
        let mut files = two("noi");
        let manifest = String::from_utf8(files["plugin.toml"].clone()).unwrap();
        let manifest = manifest.replace("nam/{year}", path);
        files.insert("plugin.toml".into(), manifest.into_bytes());
        faults_of(&files)
    };
    assert_eq!(route("noi/moi"), "");
    for taken in ["noi", "{slug}"] {
        assert!(route(taken).contains("choose another"), "{taken}");
    }
    for word in crate::declaration::FIXED_WORDS {
        let told = route(&format!("noi/{word}"));
        assert!(told.contains("below every collection"), "{word}: {told}");
    }
    let told = faults_of(&two("ban-in"));
    assert!(told.contains("`ban-in` is the host's own"), "{told}");
    let mut third = two("noi");
    let again = third["collections/a-place.toml"].clone();
    third.insert("collections/z-place.toml".into(), again);
    assert!(faults_of(&third).contains("another collection has it"));
}

#[test]
fn one_collection_stands_at_the_mount() {
    let mut files = two("noi");
    files.insert("collections/a-place.toml".into(), NOTE.as_bytes().to_vec());
    let told = faults_of(&files);
    assert!(
        told.contains("`a-place` stands at the section's mount already"),
        "{told}"
    );
    let mut files = two("noi");
    files.remove("collections/note.toml");
    assert!(faults_of(&files).contains("no collection stands at the section's mount"));
}
