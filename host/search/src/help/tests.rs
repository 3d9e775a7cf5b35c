use dinh_domain::visibility::Scope;

use super::edits::{edits, splits};
use super::marks::marked;
use super::seen::Seen;
use super::spelling::Speller;
use super::{Asking, Help};
use crate::query::{Asked, Wording};
use crate::sample::{ask, document, index, scope, site};
use crate::{Document, Index};

fn here(index: &Index, question: &str) -> Help {
    let total = ask(index, question).total;
    index.help(&scope(&["yen-the"]), question, total).unwrap()
}

fn spelled(index: &Index, question: &str) -> Option<String> {
    here(index, question).spelled.map(|asking| asking.text)
}

fn plans() -> Index {
    let hidden = Document {
        site: site("dong-son"),
        ..document("hidden", "Quy hoẵch kín về kakapo")
    };
    index(vec![
        document("a", "Quy hoạch sử dụng đất huyện Yên Thế"),
        document("b", "Quy hoạch giao thông nông thôn"),
        document("c", "Kế hoạch chăn nuôi gà đồi"),
        document("d", "Xã Đồng Sơn công khai ngân sách"),
        document("e", "Xã Đồng Sơn họp dân"),
        document("f", "Chợ Đông Sơn họp phiên"),
        hidden,
    ])
}

#[test]
fn a_slip_of_the_finger_is_put_right_with_marks() {
    let index = plans();
    for (question, meant) in [
        ("quy hoahc", "quy hoạch"),
        ("quy hoach giao thnog", "quy hoạch giao thông"),
        ("quyhoach", "quy hoạch"),
        ("quy hoạhc giao thông", "quy hoạch giao thông"),
        ("quy hoặch", "quy hoạch"),
        ("chan nuoi ga doii", "chăn nuôi gà đồi"),
    ] {
        assert_eq!(
            spelled(&index, question).as_deref(),
            Some(meant),
            "{question}"
        );
    }
}

#[test]
fn what_is_there_is_left_alone() {
    let index = plans();
    for question in [
        "quy hoach",
        "quy hoạch giao thông",
        "06/2014/QĐ-UBND",
        "",
        "?!",
        "zzzzzzzzzzzz",
    ] {
        assert_eq!(spelled(&index, question), None, "{question}");
    }
}

#[test]
fn nothing_is_offered_that_only_hidden_documents_hold() {
    let index = plans();
    let everywhere = scope(&["yen-the", "dong-son"]);
    let seen = index.help(&everywhere, "kakappo", 0).unwrap();
    assert_eq!(seen.spelled.map(|it| it.text).as_deref(), Some("kakapo"));
    assert!(seen.unknown.contains(&"kakappo".to_owned()));

    let help = here(&index, "kakappo");
    assert_eq!(help.spelled, None);
    assert_eq!(here(&index, "kakapo").unknown, ["kakapo"]);
    assert_eq!(
        here(&index, "kakapo quy").fewer,
        [Asking {
            text: "quy".to_owned(),
            total: 2
        }]
    );
    let marks = here(&index, "quy hoạchh");
    assert_eq!(
        marks.spelled.unwrap().text,
        "quy hoạch",
        "the marks of what is seen"
    );
    assert_eq!(
        index.help(&Scope::default(), "kakappo", 0).unwrap(),
        Help::default()
    );
}

#[test]
fn a_question_without_marks_that_means_several_things_offers_them() {
    let index = plans();
    let readings = here(&index, "dong son").readings;
    let texts: Vec<(&str, u64)> = readings
        .iter()
        .map(|it| (it.text.as_str(), it.total))
        .collect();
    assert_eq!(texts, [("đồng sơn", 2), ("đông sơn", 1)]);
    assert!(
        here(&index, "quy hoach").readings.is_empty(),
        "it means one thing"
    );
    assert!(here(&index, "Đồng Sơn").readings.is_empty());
    let index = index_of(&[
        "Quyết định phê duyệt",
        "Quyết định công bố",
        "Quyet dinh cu",
    ]);
    assert!(
        here(&index, "quyet dinh").readings.is_empty(),
        "what was typed is no other reading"
    );
}

fn index_of(titles: &[&str]) -> Index {
    let documents = titles.iter().zip(["a", "b", "c"]);
    index(documents.map(|(title, id)| document(id, title)).collect())
}

#[test]
fn where_nothing_is_found_fewer_words_are_tried_and_the_unknown_one_is_named() {
    let help = here(&plans(), "quy hoach xyzzy");
    assert_eq!(help.unknown, ["xyzzy"]);
    let first = &help.fewer[0];
    assert_eq!((first.text.as_str(), first.total), ("quy hoach", 2));
}

#[test]
fn one_slip_has_a_bounded_number_of_spellings() {
    let near = edits("hoach");
    for word in ["hoahc", "hoac", "hoacht", "haoch", "hoich"] {
        assert!(near.contains(&word.to_owned()), "{word}");
    }
    assert!(!near.contains(&"hoach".to_owned()));
    assert!(edits("nghieng").len() < 500);
    assert!(edits("abcdefghijklm").is_empty());
    assert!(edits("h2o").is_empty());
    assert_eq!(splits("ab"), [("a", "b")]);
}

#[test]
fn marks_are_put_on_in_every_way_and_in_one_place() {
    let words = marked("duong");
    for word in ["dương", "đường", "đuông", "duong", "dưỡng"] {
        assert!(words.contains(&word.to_owned()), "{word}");
    }
    assert!(marked("hoa").contains(&"hoà".to_owned()));
    assert!(
        !marked("hoa").contains(&"hòa".to_owned()),
        "the index has one placement"
    );
    assert!(words.len() < 500, "{}", words.len());
    assert_eq!(marked("qd"), ["qd"]);
    assert_eq!(marked("abcdefgh"), ["abcdefgh"]);
}

#[test]
fn the_work_for_one_question_is_bounded() {
    let index = plans();
    let question = "quyy hoachh suu dungg datt huyenn yenn thee giaoo thongg nongg thonn";
    let asked = Asked::read(question, &Wording::default());
    let searcher = index.searcher();
    let seen = Seen::new(
        &searcher,
        &index.fields,
        index.visible(&searcher, &scope(&["yen-the"])).unwrap(),
    );
    let before = seen.left();
    Speller::new(&asked, &seen).spelled().unwrap();
    assert!(before - seen.left() < before, "counts ran out");
    let pasted = "quyy hoachh ".repeat(40);
    assert_eq!(here(&index, &pasted), Help::default());
}
