use proptest::{prop_assert, prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::{folded_sign, signed_spans, syllables};
use crate::vietnamese::arbitrary::texts;
use crate::vietnamese::{exact, fold};

fn folded(text: &str) -> Vec<String> {
    syllables(text)
        .into_iter()
        .map(|syllable| syllable.folded)
        .collect()
}

#[test]
fn a_sentence_is_cut_at_everything_that_is_no_letter_or_digit() {
    assert_eq!(
        folded("Căn cứ Luật 80/2015/QH13, của UBND-VP: «Đất».…"),
        [
            "can", "cu", "luat", "80", "2015", "qh13", "cua", "ubnd", "vp", "dat"
        ]
    );
    assert!(syllables(" – \u{301} ").is_empty());
    assert!(syllables("").is_empty());
}

#[test]
fn offsets_point_into_the_text_as_it_was_given() {
    for text in [
        "Ủy ban  Thủy".to_owned(),
        "Ủy ban  Thủy".nfd().collect::<String>(),
    ] {
        let found = syllables(&text);
        let cut: Vec<&str> = found.iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(cut, text.split_whitespace().collect::<Vec<_>>());
        let exact: Vec<&str> = found.iter().map(|s| s.exact.as_str()).collect();
        assert_eq!(exact, ["uỷ", "ban", "thuỷ"]);
    }
}

#[test]
fn characters_without_width_do_not_part_a_word() {
    let text = "x nhân\u{AD}dân\u{200B} y";
    let found = syllables(text);
    assert_eq!(found[1].exact, "nhândân");
    assert_eq!(&text[found[1].start..found[1].end], "nhân\u{AD}dân");
    assert_eq!(found.len(), 3);
}

proptest! {
    #[test]
    fn a_span_has_the_sign_of_what_stands_there(text in texts()) {
        for (span, sign) in signed_spans(&text) {
            prop_assert_eq!(folded_sign(&text[span]), sign);
        }
    }

    #[test]
    fn signs_are_equal_where_words_are_without_marks(text in texts(), other in texts()) {
        let told = |text: &str| {
            let signs = syllables(text).into_iter().map(|it| (folded_sign(&text[it.start..it.end]), it.folded));
            signs.collect::<Vec<_>>()
        };
        for (sign, folded) in told(&text).into_iter().chain(told(&other)) {
            // What is written without marks has a sign wherever the marked word has one.
            if let Some(sign) = sign {
                prop_assert_eq!(folded_sign(&folded), Some(sign), "{}", folded);
            }
        }
    }

    #[test]
    fn spans_are_in_order_on_boundaries_and_say_what_stands_there(text in texts()) {
        let mut behind = 0;
        for syllable in syllables(&text) {
            prop_assert!(behind <= syllable.start && syllable.start < syllable.end);
            behind = syllable.end;
            let written = text.get(syllable.start..syllable.end);
            prop_assert_eq!(written.map(exact), Some(syllable.exact));
            prop_assert_eq!(written.map(fold), Some(syllable.folded.clone()));
            prop_assert!(!syllable.folded.is_empty());
        }
        prop_assert!(behind <= text.len());
    }
}
