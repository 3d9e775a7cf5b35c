use serde_json::{Value, json};

use super::{MAX_SENTENCE_CHARS, Proposal, read};
use crate::declaration::Declaration;
use crate::declaration::tests::files;

const GRAMMAR: &str = r#"
[schema.relations.proposals]
itself = "state"
not_after = "written_on"
opening_ends = '^Điều'
begins = '^Điều'
item = '{{kind}} (?P<number>[0-9]+/(?P<year>[0-9]{4}))'
[schema.relations.proposals.words]
kind = '(?:Giấy|Phiếu)'
self = '(?P<self>Đang mở|Đã xong) này'
[[schema.relations.proposals.rules]]
id = "this"
kind = "replaces"
from = ["text"]
lead = '{{self}}(?P<between>.*?) thay '
more = [{ joint = '^ về [^,]*, ', unless = 'theo' }, { joint = '^; ' }]
unless = 'không'
[[schema.relations.proposals.rules]]
id = "ends"
kind = "replaces"
from = ["text"]
lead = '^'
after = 'hết hạn(?: với {{self}})?'
[[schema.relations.proposals.rules]]
id = "opening"
kind = "replaces"
from = ["text"]
opening = true
lead = '^Theo '
"#;

fn declaration(grammar: &str) -> Result<Declaration, String> {
    let mut files = files();
    let note = String::from_utf8(files["collections/note.toml"].clone()).unwrap();
    let note = note.replace("[schema.text]\n", &format!("{grammar}[schema.text]\n"));
    files.insert("collections/note.toml".to_owned(), note.into_bytes());
    Declaration::parse(&files).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        faults.join("\n")
    })
}

fn proposals(mut body: Value, text: &Value) -> Vec<Proposal> {
    let declaration = declaration(GRAMMAR).unwrap();
    body["text"] = text.clone();
    body["code"] = json!("1/2020");
    body["state"] = json!("open");
    body["written_on"] = json!("2020-05-01");
    read(
        &declaration,
        &declaration.collections["note"],
        body.as_object().unwrap(),
    )
}

fn targets(text: &str) -> Vec<String> {
    let found = proposals(json!({}), &json!([{"level": "", "text": text}]));
    found.into_iter().map(|it| it.target).collect()
}

#[test]
fn a_rule_reads_its_lead_and_the_items_that_follow() {
    assert_eq!(targets("Đang mở này sẽ thay Giấy 2/2019."), ["2/2019"]);
    assert_eq!(
        targets("Đang mở này thay Giấy 2/2019; Phiếu 3/2019 về đất, Giấy 4/2019."),
        ["2/2019", "3/2019", "4/2019"]
    );
    assert_eq!(
        targets("Đang mở này thay Giấy 2/2019 về đất theo luật, Giấy 4/2019."),
        ["2/2019"]
    );
    assert!(targets("Đang mở này không thay Giấy 2/2019.").is_empty());
    assert!(targets("Nó thay Giấy 2/2019.").is_empty());
}

#[test]
fn somebody_elses_words_are_not_the_entrys_own() {
    assert!(targets("Đã xong này thay Giấy 2/2019.").is_empty());
    assert_eq!(targets("Giấy 2/2019 hết hạn."), ["2/2019"]);
    assert_eq!(targets("Giấy 2/2019 hết hạn với Đang mở này."), ["2/2019"]);
    assert!(targets("Giấy 2/2019 hết hạn với Đã xong này.").is_empty());
    assert!(targets("Giấy 2/2019 còn hạn.").is_empty());
}

#[test]
fn neither_itself_nor_a_later_year_nor_what_is_stated_is_proposed_and_each_once() {
    assert!(targets("Đang mở này thay Giấy 01/2020.").is_empty());
    assert!(targets("Đang mở này thay Giấy 2/2021.").is_empty());
    assert_eq!(
        targets("Đang mở này thay Giấy 2/2019.\nĐang mở này thay Giấy 02/2019."),
        ["2/2019"]
    );
    let stated = json!({"relations": [{"kind": "replaces", "target": "02/2019"}]});
    assert!(proposals(stated, &json!("Đang mở này thay Giấy 2/2019.")).is_empty());
}

#[test]
fn the_opening_ends_with_the_first_article_and_the_place_is_told() {
    let blocks = json!([
        {"level": "", "text": "Theo Giấy 2/2019,\nĐiều 1. Theo Giấy\nTheo Giấy 3/2019"},
        {"level": "", "text": "Theo Giấy 4/2019. Đang mở này thay Giấy 5/2019"},
    ]);
    let found = proposals(json!({}), &blocks);
    let told: Vec<_> = found
        .iter()
        .map(|it| (it.target.as_str(), it.place.as_str(), it.rule.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("2/2019", "text[0]", "opening"),
            ("5/2019", "text[1]", "this")
        ]
    );
}

#[test]
fn a_sentence_ends_before_a_capital_and_a_line_broken_at_a_comma_goes_on() {
    let found = proposals(json!({}), &json!("Xong. Giấy 2/2019 hết hạn. Hết."));
    assert_eq!(found[0].sentence, "Giấy 2/2019 hết hạn.");
    assert!(targets("Có giá trị đến ngày,\nGiấy 2/2019 hết hạn").is_empty());
    let long = format!(
        "Đang mở này {} thay Giấy 2/2019 {}",
        "a ".repeat(900),
        "b ".repeat(900)
    );
    let found = proposals(json!({}), &json!(long));
    let kept = &found[0].sentence;
    assert!(
        kept.contains("2/2019") && kept.starts_with('…') && kept.ends_with('…'),
        "{kept}"
    );
    assert!(kept.chars().count() <= MAX_SENTENCE_CHARS);
}

#[test]
fn a_declaration_that_names_what_is_not_there_is_refused() {
    for (from, to, told) in [
        (
            "item = '{{kind}} (?P<number>",
            "item = '{{kind}} (?P<nr>",
            "`item` needs a group `number`",
        ),
        (
            "kind = \"replaces\"\nfrom = [\"text\"]\nlead = '^'",
            "kind = \"ends\"\nfrom = [\"text\"]\nlead = '^'",
            "`ends` is no kind of edge",
        ),
        (
            "from = [\"text\"]\nlead = '^'",
            "from = [\"size\"]\nlead = '^'",
            "`size`, which is no text or outline",
        ),
        (
            "itself = \"state\"",
            "itself = \"code\"",
            "itself names `code`, which is no choice field",
        ),
        (
            "not_after = \"written_on\"",
            "not_after = \"code\"",
            "not_after names `code`, which is no date field",
        ),
        ("unless = 'không'", "unless = '('", "`this`"),
        ("opening = true", "openin = true", "did you mean `opening`?"),
    ] {
        let changed = GRAMMAR.replace(from, to);
        assert_ne!(changed, GRAMMAR, "{from}");
        let refused = declaration(&changed).unwrap_err();
        assert!(refused.contains(told), "{told}: {refused}");
    }
}
