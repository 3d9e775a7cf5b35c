use crate::declaration::tests::files;
use crate::declaration::{AknElement, AknModification, Declaration};

const LAW: &str = r#"
[view.akn]
country = "vn"
language = "vie"
number = "code"
kind = "state"
date = "written_on"
title = "subject"
author = "subject"
text = "text"
citation = '^Căn cứ'
[view.akn.levels]
chapter = "chapter"
article = "article"
clause = "clause"
[view.akn.modifications]
replaces = "replaces"
[view.eli]
jurisdiction = "vn"
language = "vie"
agent = "subject"
type = "state"
date = "written_on"
number = "code"
[view.eli.properties]
id_local = "code"
date_publication = "@published_on"
[view.eli.relations]
replaces = "repeals"
"#;

fn parse(from: &str, to: &str) -> Result<Declaration, String> {
    assert!(LAW.contains(from), "the sample has no `{from}`");
    let mut files = files();
    let law = LAW.replacen(from, to, 1);
    let Some(note) = files.get_mut("collections/note.toml") else {
        return Err("no note".to_owned());
    };
    note.extend_from_slice(law.as_bytes());
    Declaration::parse(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

#[track_caller]
fn refused(from: &str, to: &str, why: &str) {
    let told = parse(from, to).expect_err("it should be refused");
    assert!(told.contains(why), "{told}");
}

#[test]
fn a_legal_view_is_read_with_its_names_of_the_standard() {
    let read = parse("[view.akn]", "[view.akn]").unwrap();
    let akn = read.collections["note"].view.akn.as_ref().unwrap();
    assert_eq!(akn.levels["clause"], AknElement::Clause);
    assert_eq!(akn.levels["chapter"].names(), ("chapter", "chp"));
    assert_eq!(akn.modifications["replaces"], AknModification::Replaces);
    assert!(akn.citation.as_ref().unwrap().0.is_match("Căn cứ Luật"));
    assert!(read.collections["note"].view.eli.is_some());
}

#[test]
fn unknown_keys_elements_and_modifications_are_refused() {
    refused("title =", "titel =", "did you mean `title`?");
    refused("agent =", "agents =", "did you mean `agent`?");
    refused(
        "clause = \"clause\"",
        "clause = \"khoan\"",
        "unknown variant `khoan`",
    );
    refused(
        "= \"replaces\"",
        "= \"replace\"",
        "did you mean `replaces`?",
    );
    refused("'^Căn cứ'", "'(^Căn cứ'", "unclosed group");
}

#[test]
fn fields_of_the_wrong_kind_are_refused_by_name() {
    refused(
        "number = \"code\"",
        "number = \"tags\"",
        "view.akn.number: `tags` is no code field",
    );
    refused(
        "text = \"text\"",
        "text = \"subject\"",
        "view.akn.text: `subject` is no outline field",
    );
    refused(
        "agent = \"subject\"",
        "agent = \"nobody\"",
        "view.eli.agent: `nobody` is no text field",
    );
    refused(
        "id_local = \"code\"",
        "id_local = \"cod\"",
        "names `cod`, which is no field",
    );
    refused("country = \"vn\"", "country = \"VN\"", "view.akn.country");
}

#[test]
fn every_level_has_an_element_and_every_edge_exists() {
    refused(
        "clause = \"clause\"\n",
        "",
        "level `clause` of field `text` has no element",
    );
    refused(
        "chapter = \"chapter\"",
        "chapters = \"chapter\"",
        "`chapters` is no level",
    );
    refused(
        "replaces = \"replaces\"",
        "ends = \"repeals\"",
        "`ends` is no kind of edge",
    );
    refused(
        "replaces = \"repeals\"",
        "ends = \"repeals\"",
        "view.eli.relations: `ends`",
    );
}
