use crate::sample::{document, index, scope, site};
use crate::{Document, Index};

fn register() -> Index {
    let numbered = |id: &str, code: &str, about: &str| Document {
        lead: Some(about.to_owned()),
        titles: vec![about.to_owned()],
        codes: vec![code.to_owned()],
        ..document(id, &format!("Quyết định {code}"))
    };
    let hidden = Document {
        site: site("dong-son"),
        ..numbered("hidden", "06/2014/QĐ-KÍN", "Quy hoạch kín")
    };
    index(vec![
        numbered("a", "06/2014/QĐ-UBND", "Quy hoạch sử dụng đất"),
        numbered("b", "06/2015/QĐ-UBND", "Quy chế tiếp công dân"),
        numbered("c", "16/2014/QĐ-UBND", "Chăn nuôi gà đồi"),
        hidden,
    ])
}

fn titles(index: &Index, typed: &str) -> Vec<String> {
    let found = index.complete(&scope(&["yen-the"]), typed, 10).unwrap();
    let mut ids: Vec<String> = found.iter().map(|hit| hit.id.to_string()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn beginnings_of_numbers_are_completed() {
    let index = register();
    assert_eq!(titles(&index, "06/20"), ["a", "b"]);
    assert_eq!(titles(&index, "6/2014"), ["a"]);
    assert_eq!(titles(&index, "06/2014/qd-u"), ["a"]);
    assert_eq!(titles(&index, "QĐ 16"), ["c"]);
}

#[test]
fn beginnings_of_words_of_titles_are_completed_with_marks_and_without() {
    let index = register();
    assert_eq!(titles(&index, "quy h"), ["a"]);
    assert_eq!(titles(&index, "quy"), ["a", "b", "c"], "quyết has it too");
    assert_eq!(titles(&index, "Quy hoạch sử dụ"), ["a"]);
    assert_eq!(titles(&index, "ga d"), ["c"]);
}

#[test]
fn hidden_documents_signs_and_pasted_texts_complete_nothing() {
    let index = register();
    assert!(titles(&index, "quy hoạch kí").is_empty());
    assert!(titles(&index, "06/2014/QĐ-K").is_empty());
    for typed in ["", "  ", "*?\"", "\0", &"quy ".repeat(50)] {
        assert!(titles(&index, typed).is_empty(), "{typed:?}");
    }
}
