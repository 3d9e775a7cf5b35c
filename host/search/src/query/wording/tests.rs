use dinh_domain::search_words::SearchWords;

use super::{Wording, reads_as_a_word};
use crate::analysis;

fn wording() -> Wording {
    let text = "questions = [\"là gì\", \"như thế nào\"]
synonyms = [[\"sổ đỏ\", \"giấy chứng nhận\"]]
[abbreviations]
UBND = [\"ủy ban nhân dân\"]
\"ĐA\" = [\"đề án\"]
TT = [\"thông tư\", \"thị trấn\"]";
    Wording::new(&SearchWords::parse("search/vi.toml", text.as_bytes()).unwrap())
}

/// What phrases of a question are also written as.
fn others(question: &str) -> Vec<(usize, usize, Vec<String>)> {
    let meant = wording().meant(question, &analysis::words(question));
    let joined = |words: &Vec<analysis::Word>| {
        let words: Vec<&str> = words.iter().map(|word| word.exact.as_str()).collect();
        words.join(" ")
    };
    meant
        .iter()
        .map(|it| (it.at, it.len, it.others.iter().map(joined).collect()))
        .collect()
}

fn one(at: usize, len: usize, other: &str) -> Vec<(usize, usize, Vec<String>)> {
    vec![(at, len, vec![other.to_owned()])]
}

#[test]
fn short_forms_and_long_ones_know_each_other() {
    assert_eq!(others("UBND huyện"), one(0, 1, "uỷ ban nhân dân"));
    assert_eq!(others("ubnd"), one(0, 1, "uỷ ban nhân dân"));
    assert_eq!(others("của uy ban nhan dan xã"), one(1, 4, "ubnd"));
    assert_eq!(others("Ủy ban nhân dân"), one(0, 4, "ubnd"));
    assert_eq!(others("thị trấn"), one(0, 2, "tt"));
    assert_eq!(
        others("TT"),
        vec![(0, 1, vec!["thông tư".to_owned(), "thị trấn".to_owned()])]
    );
}

#[test]
fn other_marks_are_another_phrase() {
    assert!(others("ủy bản nhân dân").is_empty());
    assert!(others("sợ đỏ").is_empty());
    assert_eq!(others("so do"), one(0, 2, "giấy chứng nhận"));
}

#[test]
fn a_short_form_that_is_also_a_word_counts_in_capitals_only_and_one_way() {
    assert_eq!(others("ĐA 06"), one(0, 1, "đề án"));
    assert!(others("đa dạng").is_empty());
    assert!(others("da").is_empty());
    assert!(others("đề án").is_empty());
}

#[test]
fn syllables_are_told_from_short_forms() {
    for word in ["ĐA", "DA", "an", "nghiêng", "PA", "quy"] {
        assert!(reads_as_a_word(word), "{word}");
    }
    for short in ["UBND", "QĐ", "HĐND", "TTHC", "GUQ", "QyĐ", "CTr"] {
        assert!(!reads_as_a_word(short), "{short}");
    }
}

#[test]
fn words_around_a_question_do_not_matter_unless_there_are_no_others() {
    let matters = |question: &str| wording().matters(&analysis::words(question));
    assert_eq!(matters("tạm trú là gì"), [true, true, false, false]);
    assert_eq!(matters("tam tru la gi"), [true, true, false, false]);
    assert_eq!(matters("tạm trú lá gì"), [true; 4]);
    assert_eq!(matters("là gì"), [true, true]);
    assert_eq!(matters(""), Vec::<bool>::new());
}
