use proptest::{prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::{exact, fold, nfc};
use crate::vietnamese::arbitrary::texts;

fn nfd(text: &str) -> String {
    text.nfd().collect()
}

#[test]
fn stored_text_is_composed_and_otherwise_as_written() {
    assert_eq!(
        nfc(&nfd("Ủy ban nhân dân huyện Yên Thế")),
        "Ủy ban nhân dân huyện Yên Thế"
    );
    assert_eq!(nfc("Hòa – “Hoà” \u{A0}…"), "Hòa – “Hoà” \u{A0}…");
    assert_eq!(
        nfc("ﬁ ½ Ａ"),
        "ﬁ ½ Ａ",
        "compatibility forms are shown as written"
    );
}

#[test]
fn a_tone_typed_before_the_circumflex_or_breve_is_put_behind_it() {
    assert_eq!(nfc("ca\u{301}\u{302}p"), "cấp");
    assert_eq!(nfc("ca\u{301}\u{306}t"), "cắt");
    assert_eq!(nfc("E\u{309}\u{302}"), "Ể");
    assert_eq!(nfc("viẹ\u{302}t"), "việt");
    assert_eq!(nfc("đơ\u{323}i"), "đợi");
    assert_eq!(
        nfc("i\u{301}\u{302}"),
        "í\u{302}",
        "no Vietnamese letter, left alone"
    );
}

#[test]
fn letters_that_pass_for_d_with_stroke_become_it() {
    assert_eq!(nfc("QÐ-UBND, ðất, Ɖông"), "QĐ-UBND, đất, Đông");
}

#[test]
fn characters_without_width_vanish_and_do_not_keep_marks_from_their_letters() {
    assert_eq!(nfc("\u{FEFF}Ủy\u{200B} b\u{AD}an"), "Ủy ban");
    assert_eq!(nfc("e\u{200D}\u{302}\u{2060}\u{301}"), "ế");
}

#[test]
fn the_search_form_keeps_marks_and_levels_everything_else() {
    assert_eq!(exact("  QUYẾT  ĐỊNH\u{A0}số\t6 "), "quyết định số 6");
    assert_eq!(exact("“Đất” – ‘đai’ — «x»"), "\"đất\" - 'đai' - \"x\"");
    assert_eq!(exact("ＱĐ−ＵＢＮＤ ﬁ m²"), "qđ-ubnd fi m2");
    assert_eq!(exact("HÒA BÌNH"), exact("hoà bình"));
    assert_eq!(exact("Ủy ban"), exact("Uỷ ban"));
    assert_ne!(exact("má"), exact("mà"));
    assert_eq!(exact("\u{0}\u{1}"), "");
}

#[test]
fn every_spelling_of_the_committee_folds_alike() {
    for written in [
        "Ủy ban",
        "Uỷ ban",
        "ỦY BAN",
        "uy ban",
        "U\u{309}y ban",
        "Uy\u{309}\u{A0}ban",
    ] {
        assert_eq!(fold(written), "uy ban", "{written}");
    }
    assert_eq!(fold("Đường Ðất ðỏ"), "duong dat do");
    assert_eq!(fold("y tế"), fold("y te"));
    assert_eq!(fold("ma má mà mả mã mạ"), "ma ma ma ma ma ma");
}

#[test]
fn text_of_other_scripts_survives_folding() {
    assert_eq!(fold("Café 가나 Привет"), "cafe 가나 привет");
    assert_eq!(
        fold("\u{A8}a \u{301}"),
        "a",
        "marks without a letter leave no space behind"
    );
}

#[test]
fn every_single_character_has_a_stable_form() {
    let styled_letters = '\u{1_D400}'..='\u{1_D7FF}';
    for c in ('\0'..='\u{FFFF}').chain(styled_letters) {
        let text = format!("x{c}y");
        let (once, folded) = (exact(&text), fold(&text));
        assert_eq!(exact(&once), once, "U+{:04X}", u32::from(c));
        assert_eq!(fold(&folded), folded, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn the_quick_way_says_what_the_long_way_says() {
    let plain = "Quyết định số 06/2014/QĐ-UBND – “Ủy ban Ðông Hòa”, THUỶ  lợi";
    // A decomposed letter sends the whole text the long way.
    let long = format!("{plain} e\u{302}");
    assert_eq!(format!("{} ê", exact(plain)), exact(&long));
    assert_eq!(format!("{} e", fold(plain)), fold(&long));
}

proptest! {
    #[test]
    fn every_form_is_its_own_form(text in texts()) {
        prop_assert_eq!(nfc(&nfc(&text)), nfc(&text));
        prop_assert_eq!(exact(&exact(&text)), exact(&text));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn composed_and_decomposed_text_are_one(text in texts()) {
        prop_assert_eq!(nfc(&nfd(&text)), nfc(&text));
        prop_assert_eq!(exact(&nfd(&text)), exact(&nfc(&text)));
        prop_assert_eq!(fold(&nfd(&text)), fold(&text));
    }

    #[test]
    fn folding_does_not_depend_on_marks_or_case(text in texts()) {
        prop_assert_eq!(fold(&exact(&text)), fold(&text));
        prop_assert_eq!(fold(&nfc(&text)), fold(&text));
    }
}
