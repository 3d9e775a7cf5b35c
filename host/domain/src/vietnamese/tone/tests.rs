use proptest::{prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::canonical_tone;
use crate::vietnamese::arbitrary::texts;

/// Both placements of every open syllable (law of the two schools: oa, oe, uy).
const PLACEMENTS: [(&str, &str); 3] = [
    ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
    ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
    ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
];

#[test]
fn both_placements_in_every_open_syllable_become_the_second() {
    for (first, second) in PLACEMENTS {
        for (old, new) in first.split(' ').zip(second.split(' ')) {
            for onset in ["", "h", "th", "kh", "H"] {
                let (old, new) = (format!("{onset}{old}"), format!("{onset}{new}"));
                assert_eq!(canonical_tone(&old), new);
                assert_eq!(canonical_tone(&new), new);
                assert_eq!(canonical_tone(&old.to_uppercase()), new.to_uppercase());
            }
        }
    }
    assert_eq!(canonical_tone("Ủy"), "Uỷ");
    assert_eq!(canonical_tone("Hòa"), canonical_tone("Hoà"));
}

#[test]
fn closed_syllables_and_those_after_q_have_one_form() {
    for word in [
        "hoàn", "huỳnh", "quý", "quỳ", "Quý", "khuỷu", "ngoáy", "xoài", "ngoèo", "khuya",
    ] {
        assert_eq!(canonical_tone(word), word);
    }
    for (word, kept) in [
        ("hòan", "hòan"),
        ("qúy", "qúy"),
        ("mùa", "mùa"),
        ("của", "của"),
    ] {
        assert_eq!(
            canonical_tone(word),
            kept,
            "not one of the three pairs, or not open"
        );
    }
}

#[test]
fn each_word_of_a_text_is_placed_by_itself() {
    assert_eq!(
        canonical_tone("Thủy lợi, Hòa Bình (khỏe)"),
        "Thuỷ lợi, Hoà Bình (khoẻ)"
    );
    let decomposed: String = "hòa".nfd().collect();
    assert_eq!(canonical_tone(&decomposed), "hoà");
}

proptest! {
    #[test]
    fn placing_twice_is_placing_once_and_gives_composed_text(text in texts()) {
        let placed = canonical_tone(&text);
        prop_assert_eq!(canonical_tone(&placed), placed.clone());
        prop_assert_eq!(placed.nfc().collect::<String>(), placed);
    }
}
