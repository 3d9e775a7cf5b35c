use super::{Declaration, PluginFiles};

/// A small plugin that uses every kind of field once.
pub(crate) const MANIFEST: &str = r#"
id = "town-notes"
version = "1.2.3"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "ghi-chep"
[publisher]
name = "Town"
contact = "https://town.example"
security_contact = "security@town.example"
[[routes]]
name = "year"
path = "nam/{year}"
title = "route.year"
fallback = "list"
[[hooks]]
event = "validate"
collection = "note"
"#;

pub(crate) const NOTE: &str = r#"
label = "note.label"
plural = "note.plural"
unique = ["code", "written_on"]
[schema.code]
kind = "code"
label = "note.code"
required = true
max_chars = 40
[schema.subject]
kind = "text"
label = "note.subject"
gate = true
max_chars = 50
[schema.tags]
kind = "texts"
label = "note.tags"
max_items = 3
[schema.written_on]
kind = "date"
label = "note.written_on"
[schema.ends_on]
kind = "date"
label = "note.ends_on"
[schema.state]
kind = "choice"
list = "states"
label = "note.state"
default = "open"
[[schema.state.by_date]]
when = ["open"]
before = "written_on"
then = "planned"
[[schema.state.by_date]]
when = ["open", "planned"]
from = "ends_on"
then = "over"
[schema.size]
kind = "integer"
label = "note.size"
[schema.relations]
kind = "relations"
list = "edges"
label = "note.relations"
target = "note"
target_field = "code"
[schema.text]
kind = "outline"
label = "note.text"
max_chars = 1000
[[schema.text.levels]]
id = "chapter"
label = "level.chapter"
pattern = '^Chương\s+(?P<number>[IVX]+)\.?\s*(?P<heading>.*)$'
[[schema.text.levels]]
id = "article"
label = "level.article"
pattern = '^Điều\s+(?P<number>\d+)\.\s*(?P<heading>.*)$'
[[schema.text.levels]]
id = "clause"
label = "level.clause"
pattern = '^(?P<number>\d+)\.\s+'
inside = "article"
[schema.files]
kind = "files"
label = "note.files"
media_types = ["application/pdf"]
[index.code]
type = "code"
[index.subject]
type = "text"
[index.tags]
type = "texts"
[index.written_on]
type = "date"
[index.year]
type = "year"
from = "written_on"
[index.state]
type = "choice"
[index.size]
type = "integer"
[workflow]
id = "register"
[view]
title = "{code} {subject}"
slug = "{code}"
[view.list]
columns = ["code", "written_on"]
filters = ["state", "tags", "year", "written_on"]
sorts = ["written_on", "code"]
default_sort = "-written_on"
[view.detail]
facts = ["code", "tags"]
[search]
title = ["@title"]
body = ["text"]
codes = ["code"]
facets = ["year"]
"#;

const LIST: &str = r#"
[[value]]
id = "open"
vi = "Đang mở"
en = "Open"
[[value]]
id = "planned"
vi = "Dự kiến"
en = "Planned"
[[value]]
id = "over"
vi = "Đã xong"
en = "Over"
"#;

const EDGES: &str = r#"
[[value]]
id = "replaces"
vi = "Thay thế"
en = "Replaces"
inverse_vi = "Được thay thế bởi"
"#;

pub(crate) fn files() -> PluginFiles {
    [
        ("plugin.toml", MANIFEST),
        ("collections/note.toml", NOTE),
        ("lists/states.toml", LIST),
        ("lists/edges.toml", EDGES),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into()
}

pub(crate) fn sample() -> Declaration {
    Declaration::parse(&files()).unwrap()
}

/// The faults after one replacement in one file.
fn faults(path: &str, from: &str, to: &str) -> String {
    let mut files = files();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "the sample has no `{from}`");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    let told = faults_of(&files);
    assert!(!told.is_empty(), "it should be refused");
    told
}

/// All faults of a plugin's files; empty where there are none.
pub(crate) fn faults_of(files: &PluginFiles) -> String {
    let faults = Declaration::parse(files).err().unwrap_or_default();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("\n")
}

#[test]
fn the_sample_is_accepted_and_keeps_the_order_of_fields() {
    let sample = sample();
    let names: Vec<&String> = sample.collections["note"].schema.keys().collect();
    assert_eq!(names[..3], ["code", "subject", "tags"]);
}

#[test]
fn an_unknown_key_of_the_manifest_is_named_with_its_line_and_the_nearest_known_one() {
    let told = faults("plugin.toml", "mount =", "mounts =");
    assert!(told.contains("plugin.toml:8"), "{told}");
    assert!(told.contains("did you mean `mount`?"), "{told}");
}

#[test]
fn an_unknown_key_of_a_field_is_refused_too() {
    let told = faults("collections/note.toml", "max_items = 3", "max_itms = 3");
    assert!(told.contains("did you mean `max_items`?"), "{told}");
}

#[test]
fn an_index_on_a_missing_field_is_refused_by_name() {
    let told = faults(
        "collections/note.toml",
        "from = \"written_on\"",
        "from = \"written\"",
    );
    assert_eq!(
        told,
        "collections/note.toml:78: index `year`: there is no field `written`"
    );
}

#[test]
fn an_index_of_the_wrong_type_is_refused() {
    let told = faults(
        "collections/note.toml",
        "type = \"year\"\nfrom = \"written_on\"",
        "type = \"year\"\nfrom = \"size\"",
    );
    assert!(told.contains("index `year`"), "{told}");
}

#[test]
fn a_filter_without_an_index_is_refused() {
    let told = faults(
        "collections/note.toml",
        "filters = [\"state\"",
        "filters = [\"text\"",
    );
    assert!(told.contains("no [index.text]"), "{told}");
}

#[test]
fn what_a_list_offers_twice_is_named() {
    let told = faults(
        "collections/note.toml",
        "\"year\", \"written_on\"]",
        "\"year\", \"state\"]",
    );
    assert!(
        told.contains("view.list.filters: `state` stands twice"),
        "{told}"
    );
}

#[test]
fn a_missing_list_collection_or_workflow_is_refused() {
    assert!(
        faults(
            "collections/note.toml",
            "list = \"states\"",
            "list = \"stats\""
        )
        .contains("lists/stats.toml")
    );
    assert!(
        faults(
            "plugin.toml",
            "collection = \"note\"",
            "collection = \"nota\""
        )
        .contains("nota")
    );
    assert!(
        faults(
            "collections/note.toml",
            "id = \"register\"",
            "id = \"regster\""
        )
        .contains("regster")
    );
}

#[test]
fn a_contract_that_the_host_does_not_speak_is_refused() {
    assert!(
        faults("plugin.toml", "contract = \"0.1\"", "contract = \"7.0\"").contains("it speaks 0.1")
    );
}

#[test]
fn a_detail_fallback_needs_the_slug() {
    let told = faults(
        "plugin.toml",
        "fallback = \"list\"",
        "fallback = \"detail\"",
    );
    assert!(told.contains("{slug}"), "{told}");
}

#[test]
fn names_of_lists_are_found_in_any_spelling() {
    let sample = sample();
    let list = &sample.lists["states"];
    for spelling in ["Đang mở", "đang mở", "dang-mo", "open"] {
        assert_eq!(
            list.by_label(spelling).map(|value| value.id.as_str()),
            Some("open")
        );
    }
}

#[test]
fn a_mount_that_the_host_keeps_for_itself_is_refused() {
    let told = faults(
        "plugin.toml",
        "mount = \"ghi-chep\"",
        "mount = \"tim-kiem\"",
    );
    assert!(told.contains("`tim-kiem` is a word of the host"), "{told}");
}

#[test]
fn a_route_that_clashes_with_what_the_host_answers_below_an_entry_is_refused() {
    for path in ["{slug}/ban-in", "{slug}/{what}", "x/akn.xml"] {
        let told = faults("plugin.toml", "nam/{year}", path);
        assert!(
            told.contains("clashes with the host's own"),
            "{path}: {told}"
        );
    }
}

#[test]
fn what_the_host_has_below_every_section_is_no_route_and_no_slug() {
    for word in super::FIXED_WORDS {
        let told = faults("plugin.toml", "nam/{year}", word);
        let wanted = format!("`{word}` is the host's own below every section");
        assert!(told.contains(&wanted), "{told}");
        assert!(crate::ids::Slug::new(word).is_err(), "{word}");
        let near = crate::vietnamese::slugify(word, 60);
        assert_ne!(near, word);
    }
}

#[test]
fn what_versions_show_cannot_become_confidential() {
    let versions = "[versions]\nfield = \"size\"\ncompare = [\"text\"]\n";
    let parsed = |note: String| {
        let mut files = files();
        files.insert("collections/note.toml".to_owned(), note.into_bytes());
        Declaration::parse(&files)
    };
    let told = |note: String| match parsed(note) {
        Ok(_) => String::new(),
        Err(faults) => faults.iter().map(|it| it.message.clone()).collect(),
    };
    let plain = format!("{NOTE}{versions}");
    assert_eq!(told(plain.clone()), "");
    for field in ["[schema.text]\n", "[schema.files]\n"] {
        let secret = plain.replace(
            field,
            &format!("{field}empty_when = {{ state = \"over\" }}\n"),
        );
        assert_ne!(secret, plain);
        let all = told(secret);
        assert!(
            all.contains("stay readable in a former version"),
            "{field}: {all}"
        );
    }
}

#[test]
fn a_mapping_of_a_table_needs_a_field_that_takes_one() {
    let mapping = "key = \"ma\"\n[fields]\nsubject = \"@title\"\n[table]\nfield = \"subject\"\n[table.layout]\n\
                   heading_rows = 1\nname_columns = 1\ndimensions = [[\"Xã\", \"geo\"], [\"Năm\", \"time\"]]\n";
    let mut files = files();
    files.insert(
        "imports/figures.toml".to_owned(),
        mapping.as_bytes().to_vec(),
    );
    let told = faults_of(&files);
    assert!(
        told.contains("table.field: `subject` is no field of kind `table`"),
        "{told}"
    );
    assert!(
        told.contains("`ma`: a table of figures has the members"),
        "{told}"
    );
}

#[test]
fn what_a_catalogue_is_told_are_fields_of_an_entry_with_a_table() {
    let told = faults(
        "collections/note.toml",
        "[view.list]",
        "[view.dataset]\nbegins = \"code\"\nspatial = \"place\"\n[view.list]",
    );
    for part in [
        "view.dataset: the collection has no field of kind `table`",
        "view.dataset.begins: `code` is no date",
        "view.dataset.spatial: there is no field `place`",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}
