use super::{Block, Grammar, plain};
use crate::declaration::FieldKind;
use crate::declaration::tests::sample;

fn grammar() -> Grammar {
    let sample = sample();
    match &sample.collections["note"].schema["text"].kind {
        FieldKind::Outline { levels, .. } => levels.clone(),
        other => panic!("no outline: {other:?}"),
    }
}

const TEXT: &str = "Căn cứ Luật;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy định này áp dụng.
Tiếp theo.
2. Không áp dụng.
Điều 2. Hiệu lực
1. Có hiệu lực.";

fn sketch(blocks: &[Block]) -> Vec<String> {
    let line = |b: &Block| {
        format!(
            "{}|{}|{}|{}",
            b.level,
            b.number,
            b.heading,
            b.text.replace('\n', "/")
        )
    };
    blocks.iter().map(line).collect()
}

#[test]
fn a_text_is_read_into_its_levels_and_nothing_is_lost() {
    assert_eq!(
        sketch(&grammar().read(TEXT)),
        [
            "|||Căn cứ Luật;",
            "chapter|I|QUY ĐỊNH CHUNG|",
            "article|1|Phạm vi|",
            "clause|1||Quy định này áp dụng./Tiếp theo.",
            "clause|2||Không áp dụng.",
            "article|2|Hiệu lực|",
            "clause|1||Có hiệu lực.",
        ]
    );
}

#[test]
fn a_numbered_line_outside_an_article_is_plain_text() {
    assert_eq!(
        sketch(&grammar().read("1. Một\n2. Hai")),
        ["|||1. Một/2. Hai"]
    );
}

#[test]
fn anchors_are_unique_and_follow_the_numbering() {
    let grammar = grammar();
    let anchors = grammar.anchors(&grammar.read(TEXT));
    assert_eq!(
        anchors,
        [
            "text-0",
            "chapter-i",
            "article-1",
            "article-1-clause-1",
            "article-1-clause-2",
            "article-2",
            "article-2-clause-1",
        ]
    );
    let twice = grammar.read("Điều 1. Một\nĐiều 1. Lại một");
    assert_eq!(grammar.anchors(&twice), ["article-1", "article-1-2"]);
}

#[test]
fn the_plain_form_has_every_word() {
    let blocks = serde_json::to_value(grammar().read(TEXT)).unwrap();
    let plain = plain(&blocks);
    for word in TEXT
        .split_whitespace()
        .filter(|word| !["Chương", "Điều"].contains(word))
    {
        let bare = word.trim_end_matches('.');
        assert!(plain.contains(bare), "{word} is lost in {plain}");
    }
}
