use proptest::{prop_assert, prop_assert_eq, proptest};

use super::{EMPTY_SLUG, slugify};
use crate::vietnamese::arbitrary::texts;

#[test]
fn a_title_becomes_its_words_without_marks() {
    assert_eq!(
        slugify("Quyết định số 06/2014/QĐ-UBND", 80),
        "quyet-dinh-so-06-2014-qd-ubnd"
    );
    assert_eq!(slugify("  “Ủy ban” – Đất & nước!  ", 80), "uy-ban-dat-nuoc");
}

#[test]
fn the_cut_is_behind_a_whole_word_where_there_is_one() {
    assert_eq!(slugify("Quy hoạch sử dụng đất", 12), "quy-hoach-su");
    assert_eq!(slugify("Quy hoạch sử dụng đất", 11), "quy-hoach");
    assert_eq!(slugify("Nghiêng", 4), "nghi");
}

#[test]
fn nothing_left_still_gives_a_slug() {
    for (text, max) in [("", 80), ("— …", 80), ("가나", 80), ("abc", 0)] {
        assert_eq!(slugify(text, max), EMPTY_SLUG, "{text}");
    }
}

proptest! {
    #[test]
    fn a_slug_is_an_address_part_and_its_own_slug(text in texts(), max in 3_usize..40) {
        let slug = slugify(&text, max);
        prop_assert!(!slug.is_empty() && slug.len() <= max);
        prop_assert!(slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        prop_assert_eq!(slugify(&slug, max), slug);
    }
}
