use proptest::{prop_assert, prop_assert_eq, proptest};
use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::stream::{Syllables, Terms};
use super::{SYLLABLE_BYTES_MAX, mentions, words};

fn terms(text: &str) -> Vec<String> {
    terms_of(Terms::All, text)
}

fn terms_of(which: Terms, text: &str) -> Vec<String> {
    let mut tokenizer = Syllables::new(which);
    let mut stream = tokenizer.token_stream(text);
    let mut terms = Vec::new();
    while stream.advance() {
        terms.push(stream.token().text.clone());
    }
    terms
}

#[test]
fn every_syllable_gives_itself_and_its_neighbour_with_and_without_marks() {
    let mut found = terms("Sử dụng ĐẤT");
    found.sort_unstable();
    let wanted = "=dụng|=dụng đất|=sử|=sử dụng|=đất|dat|dung|dung dat|su|su dung";
    assert_eq!(found.join("|"), wanted);
}

#[test]
fn neighbours_with_marks_are_told_apart_from_the_rest() {
    let text = "sử dụng đất, sử dụng";
    let mut plain = terms_of(Terms::PlainPairs, text);
    plain.sort_unstable();
    let wanted = "=dụng|=dụng|=sử|=sử|=đất|dat|dat su|dung|dung|dung dat|su|su|su dung|su dung";
    assert_eq!(plain.join("|"), wanted);
    let mut marked = terms_of(Terms::MarkedPairs, text);
    marked.sort_unstable();
    assert_eq!(marked.join("|"), "=dụng đất|=sử dụng|=sử dụng|=đất sử");
}

#[test]
fn words_without_end_are_all_told() {
    let text: String = (0..150_000).map(|number| format!("x{number} ")).collect();
    let all = terms(&text);
    assert_eq!(all.len(), 4 * 150_000 - 2);
    assert!(all.contains(&"x65535 x65536".to_owned()), "across pieces");
    let different: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!(different.len(), all.len());
}

#[test]
fn composed_and_decomposed_text_and_both_placements_of_tones_are_the_same() {
    assert_eq!(
        terms("Hòa Bình, thủy lợi"),
        terms("Hoà Bi\u{300}nh thuỷ lơ\u{323}i")
    );
}

#[test]
fn leading_zeros_are_no_difference_and_what_is_endless_is_cut() {
    assert_eq!(terms("06"), terms("6"));
    assert_eq!(words("000")[0].folded, "0");
    assert_eq!(words(&"ă".repeat(9_000))[0].exact.len(), SYLLABLE_BYTES_MAX);
}

#[test]
fn a_text_of_many_pieces_gives_the_terms_of_its_words() {
    let sentence = "Ủy ban nhân dân huyện Yên Thế quyết định điều chỉnh quy hoạch. ";
    let text = sentence.repeat(500);
    let all = terms(&text);
    let count = words(&text).len();
    assert_eq!(all.len(), 4 * count - 2);
    assert_eq!(all.iter().filter(|term| *term == "quy hoach").count(), 500);
    assert_eq!(all.iter().filter(|term| *term == "hoach uy").count(), 499);
}

#[test]
fn numbers_are_found_in_running_text() {
    let text = "Căn cứ Luật số 84/2015/QH13, Nghị định số 06/2014/QĐ-UBND; (19/QĐ-UBND) ngày \
                03/10/2014, và/hoặc 1/2 diện tích, 4/năm, theo 24/2011/TT-BTTTT.";
    let found: Vec<String> = mentions(text).into_iter().collect();
    assert_eq!(
        found,
        [
            "19 qdubnd",
            "24 2011 ttbtttt",
            "6 2014 qdubnd",
            "84 2015 qh 13"
        ]
    );
}

proptest! {
    #[test]
    fn any_text_has_terms_that_the_engine_takes(text in ".{0,300}") {
        for term in terms(&text) {
            prop_assert!(term.len() <= 2 * SYLLABLE_BYTES_MAX + 2);
        }
        prop_assert_eq!(terms(&text).is_empty(), words(&text).is_empty());
        mentions(&text);
    }
}
