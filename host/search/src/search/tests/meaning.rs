//! What questions mean beyond their letters, and how much work that may make.

use dinh_domain::search_words::SearchWords;

use super::{decisions, numbered};
use crate::query::{Asked, compile};
use crate::sample::{ask, document, found, index, scope};

/// The words that come with the portal.
const SHIPPED: &str = include_str!("../../../../../search/vi.toml");

/// Terms of the largest question: 96 words and their neighbours in two fields, with marks and
/// without, and 160 stretches that may be numbers, in three.
const TERMS_MAX: usize = 2_500;

#[test]
fn short_forms_find_long_ones_and_the_reverse_and_what_was_typed_comes_first() {
    let index = index(vec![
        document("short", "Tin về TTHC trong huyện"),
        document("long", "Tin về thủ tục hành chính trong huyện"),
        document("parts", "Thủ tục và công việc hành chính, thủ quỹ, tục lệ"),
    ]);
    assert_eq!(found(&index, "TTHC huyện"), ["short"]);
    let read = |text: &str| SearchWords::parse("search/vi.toml", text.as_bytes()).unwrap();
    index.use_words(&read("[abbreviations]\nTTHC = [\"thủ tục hành chính\"]"));
    assert_eq!(found(&index, "TTHC huyện"), ["short", "long"]);
    assert_eq!(found(&index, "tthc"), ["short", "long"]);
    let hits = found(&index, "thủ tục hành chính huyện");
    assert_eq!(
        hits[..2],
        ["long", "short"],
        "before words that do not stand together"
    );
    assert_eq!(found(&index, "thu tuc hanh chinh huyen")[0], "long");
    index.use_words(&read("synonyms = [[\"tin\", \"công việc\"]]"));
    assert_eq!(
        found(&index, "TTHC huyện"),
        ["short"],
        "the list was changed"
    );
    assert!(found(&index, "tin hành chính").contains(&"parts".to_owned()));
}

#[test]
fn words_around_a_question_need_not_be_found_but_help_where_they_are() {
    let mut defined = document("defined", "Giải thích từ ngữ");
    defined.body = vec!["Tạm trú là việc sinh sống ở nơi khác.".to_owned()];
    let index = index(vec![defined, document("named", "Đăng ký tạm trú")]);
    let text = "questions = [\"là gì\", \"bao nhiêu\"]";
    index.use_words(&SearchWords::parse("search/vi.toml", text.as_bytes()).unwrap());
    assert_eq!(found(&index, "tạm trú là gì")[0], "defined");
    let mut both = found(&index, "tạm trú bao nhiêu");
    both.sort_unstable();
    assert_eq!(both, ["defined", "named"]);
}

#[test]
fn kind_number_and_year_come_before_any_other_kind_number_or_year() {
    let mut documents = vec![
        numbered("right", "Thông tư", "24/2023/TT-BTC", "x"),
        numbered("right-too", "Thông tư", "24/2023/TT-BYT", "x"),
    ];
    let tempting = "Thông tư 24 năm 2023, thông tư số 24 năm 2023";
    for (id, kind, code) in [
        ("kind", "Nghị định", "24/2023/NĐ-CP"),
        ("joint", "Thông tư liên tịch", "24/2023/TTLT-BTC-BYT"),
        ("number", "Thông tư", "25/2023/TT-BTC"),
        ("year", "Thông tư", "24/2022/TT-BTC"),
    ] {
        let mut wrong = numbered(id, kind, code, tempting);
        wrong.body = vec![tempting.repeat(20)];
        documents.push(wrong);
    }
    let index = index(documents);
    let declared = "[abbreviations]\nTT = [\"thông tư\"]\nTTLT = [\"thông tư liên tịch\"]";
    for words in ["", declared] {
        index.use_words(&SearchWords::parse("x", words.as_bytes()).unwrap());
        for question in [
            "Thông tư 24 năm 2023",
            "thong tu so 24 nam 2023",
            "Thông tư số 24/2023",
            "TT 24/2023",
            "xem Thông tư 24 ban hành năm 2023",
        ] {
            let mut first: Vec<String> = found(&index, question).into_iter().take(2).collect();
            first.sort_unstable();
            assert_eq!(first, ["right", "right-too"], "{question}, {words:?}");
        }
    }
    assert_eq!(found(&index, "thông tư liên tịch 24 năm 2023")[0], "joint");
}

#[test]
fn the_parts_of_a_query_are_bounded_whatever_is_asked() {
    let words = SearchWords::parse("x", SHIPPED.as_bytes()).unwrap();
    let index = decisions();
    index.use_words(&words);
    let hostile = [
        "06/2014/QĐ-UBND ".repeat(600),
        "UBND ".repeat(2_000),
        "1 ".repeat(5_000),
        "+-\"()*?~^:[]{}\\` AND OR NOT ".repeat(300),
        "(((((".repeat(2_000),
        "a* b~2 c^9 [a TO z] {x} /.*/ ".repeat(300),
        "😀".repeat(10_000),
        "ubnd hđnd tthc qđ là gì như thế nào 24 năm 2023 ".repeat(200),
        "ẫ".repeat(10_000),
    ];
    for question in hostile {
        let asked = Asked::read(&question, &index.wording());
        let mut terms = 0;
        if let Some(query) = compile(&asked, &index.fields) {
            query.query_terms(&mut |_, _| terms += 1);
        }
        assert!(
            terms <= TERMS_MAX,
            "{terms} terms: {}",
            &question.chars().take(40).collect::<String>()
        );
        ask(&index, &question);
        index.help(&scope(&["yen-the"]), &question, 0).unwrap();
        index.complete(&scope(&["yen-the"]), &question, 10).unwrap();
    }
}
