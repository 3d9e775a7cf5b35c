use proptest::{prop_assert, prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::{COLLATION_PRIMARY_BYTES_MAX, collation_key};
use crate::vietnamese::arbitrary::texts;

fn assert_ascending(texts: &[&str]) {
    for pair in texts.windows(2) {
        assert!(
            collation_key(pair[0]) < collation_key(pair[1]),
            "{:?} stands before {:?}",
            pair[0],
            pair[1]
        );
    }
}

#[test]
fn letters_follow_the_vietnamese_alphabet() {
    let alphabet = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y";
    assert_ascending(&alphabet.split(' ').collect::<Vec<_>>());
    assert_ascending(&[
        "ca", "cay", "că", "cân", "cb", "da", "dz", "đa", "e", "êm", "zz", "я", "가",
    ]);
}

#[test]
fn tones_decide_only_between_the_same_letters() {
    assert_ascending(&[
        "ma", "mà", "mả", "mã", "má", "mạ", "man", "màn", "mán", "mận",
    ]);
    assert_ascending(&["An Bình", "Án Định", "An Nô"]);
    assert_ascending(&["hoa", "hòa", "hóa", "hoài"]);
    assert_eq!(collation_key("hòa"), collation_key("hoà"));
}

#[test]
fn small_letters_stand_before_capitals_of_the_same_word() {
    assert_ascending(&["an", "aN", "An", "AN", "àn", "Ba"]);
}

#[test]
fn numbers_stand_before_letters_and_by_value() {
    assert_ascending(&[
        "", "0", "1", "9", "9/2014", "10", "99", "100", "a", "a 2", "a 10", "a b",
    ]);
    assert_ascending(&["2/2014/QĐ-UBND", "06/2014/QĐ-UBND", "10/2013/QĐ-UBND"]);
    let (small, large) = ("9".repeat(30), format!("1{}", "0".repeat(30)));
    assert_ascending(&["12", &small, &large]);
    assert_eq!(collation_key("06"), collation_key("6"));
}

#[test]
fn words_end_before_letters_and_signs_are_spaces() {
    assert_ascending(&["an", "an bình", "anh", "Yên Thế", "Yên Thế (huyện)", "yêng"]);
    assert_eq!(collation_key("“Đất – đai”"), collation_key("Đất đai"));
}

#[test]
fn composed_and_decomposed_titles_share_their_place() {
    let title = "Quyết định về việc thu hồi đất ở xã Đông Sơn";
    assert_eq!(
        collation_key(title),
        collation_key(&title.nfd().collect::<String>())
    );
}

#[test]
fn long_texts_are_cut_at_the_same_place_every_time() {
    let long = "đ".repeat(COLLATION_PRIMARY_BYTES_MAX);
    let key = collation_key(&long);
    assert_eq!(key, collation_key(&format!("{long} và nữa")));
    let levels: Vec<&str> = key.split('\u{1}').collect();
    assert_eq!(levels[0].len(), COLLATION_PRIMARY_BYTES_MAX);
    let number = "7".repeat(COLLATION_PRIMARY_BYTES_MAX);
    assert_eq!(collation_key(&format!("a {number} b")), collation_key("a"));
}

/// The order by rule, told another way: letter by letter of the first level, as ranks.
fn ranks(text: &str) -> Vec<usize> {
    let alphabet = " aăâbcdđeêghiklmnoôơpqrstuưvxy";
    text.chars()
        .map(|c| alphabet.chars().position(|known| known == c).unwrap())
        .collect()
}

proptest! {
    #[test]
    fn plain_words_sort_as_their_letters_rank(
        one in "[aăâbcdđeêghiklmnoôơpqrstuưvxy]{1,6}",
        other in "[aăâbcdđeêghiklmnoôơpqrstuưvxy]{1,6}",
    ) {
        let by_key = collation_key(&one).cmp(&collation_key(&other));
        prop_assert_eq!(by_key, ranks(&one).cmp(&ranks(&other)));
    }

    #[test]
    fn numbers_sort_by_value(one: u64, other: u64) {
        let key = |number: u64| collation_key(&format!("Số {number:04}/QĐ"));
        prop_assert_eq!(key(one).cmp(&key(other)), one.cmp(&other));
    }

    #[test]
    fn keys_are_bounded_without_nul_and_depend_on_the_text_alone(text in texts()) {
        let key = collation_key(&text);
        prop_assert!(!key.contains('\0'));
        let levels: Vec<&str> = key.split('\u{1}').collect();
        prop_assert_eq!(levels.len(), 3);
        prop_assert!(levels.iter().all(|level| level.len() <= COLLATION_PRIMARY_BYTES_MAX));
        prop_assert_eq!(collation_key(&text.nfd().collect::<String>()), key);
    }

    #[test]
    fn a_beginning_never_sorts_behind_the_whole(head in "[a-zà-ỹ ]{0,8}", tail in "[a-z]{1,8}") {
        let whole = format!("{head} {tail}");
        prop_assert!(collation_key(&head) < collation_key(&whole));
    }
}
