use std::path::PathBuf;

use proptest::{prop_assert, prop_assert_eq, proptest};
use unicode_normalization::UnicodeNormalization;

use super::{
    CODE_PREFIX_TOKENS_MAX, CODE_WINDOW_TOKENS_MAX, code_key, code_prefixes, code_windows,
};
use crate::vietnamese::arbitrary::texts;

#[test]
fn every_spelling_of_a_number_has_one_key() {
    let spellings = [
        "06/2014/QĐ-UBND",
        "6/2014/qd-ubnd",
        "06 2014 qd ubnd",
        "6/2014/QĐUBND",
        "０６／２０１４／ＱĐ−ＵＢＮＤ",
        "06 / 2014 / QĐ – UBND",
        "06-2014-QĐ_UBND",
        "06/2014/QÐ-UBND",
        "006/2014/qđ.ubnd",
        "06/2014/Q\u{110}-UB\u{200B}ND",
    ];
    for written in spellings {
        assert_eq!(code_key(written), "6 2014 qdubnd", "{written}");
        let decomposed: String = written.nfd().collect();
        assert_eq!(
            code_key(&decomposed),
            "6 2014 qdubnd",
            "{written} decomposed"
        );
    }
}

#[test]
fn each_class_of_number_in_the_regulation_has_its_key() {
    for (written, key) in [
        ("24/2011/TT-BTTTT", "24 2011 ttbtttt"),
        ("43/2011/NĐ-CP", "43 2011 ndcp"),
        ("43/2011/NĐCP", "43 2011 ndcp"),
        ("64/2025/QH15", "64 2025 qh 15"),
        ("19/QĐ-UBND", "19 qdubnd"),
        ("813/NQ-UBTVQH14", "813 nqubtvqh 14"),
        ("15/UBND-VP", "15 ubndvp"),
        ("19/2012/TTLT-BTC-BKH&ĐT-BTTTT", "19 2012 ttltbtcbkhdtbtttt"),
        ("19/2012/TTLT-BTC-BKHĐT-BTTTT", "19 2012 ttltbtcbkhdtbtttt"),
        ("88/VBHN-VPQH", "88 vbhnvpqh"),
        ("66.13/2026/NQ-CP", "66 13 2026 nqcp"),
        ("21-LCT/HDNN8", "21 lcthdnn 8"),
        ("01/2014/QyĐ-UBND", "1 2014 qydubnd"),
        ("12/TTr-UBND", "12 ttrubnd"),
        ("043/2025/QĐ-UBND", "43 2025 qdubnd"),
        ("000/0", "0 0"),
        ("– / –", ""),
    ] {
        assert_eq!(code_key(written), key, "{written}");
    }
}

#[test]
fn numbers_that_differ_have_keys_that_differ() {
    for (one, other) in [
        ("06/2014/QĐ-UBND", "60/2014/QĐ-UBND"),
        ("6/2014/QĐ-UBND", "62/014/QĐ-UBND"),
        ("84/2015/QH13", "84/2015/QH-CP 13"),
        ("1/2014/TT-BTC", "1/2014/TT-BCT"),
    ] {
        assert_ne!(code_key(one), code_key(other));
    }
}

#[test]
fn letters_of_other_scripts_that_look_latin_are_latin() {
    // Cyrillic in the first three, Greek in the others.
    for (written, key) in [
        ("01/2015/ТТ-ВСТ", "1 2015 ttbct"),
        ("01/2015/тт-вст", "1 2015 ttbct"),
        ("88/2012/NĐ-СР", "88 2012 ndcp"),
        ("22/2013/ΤΤ-ΝΗΝΝ", "22 2013 ttnhnn"),
        ("12/ΚΗ-UΒΝD", "12 khubnd"),
    ] {
        assert_eq!(code_key(written), key, "{written}");
    }
}

#[test]
fn a_query_gives_the_number_inside_it_however_it_goes_on() {
    let wanted = "6 2014 qdubnd".to_owned();
    for query in [
        "quyết định số 06/2014/QĐ-UBND của huyện",
        "quyet dinh so 6 2014 qd ubnd cua huyen",
        "Điều 5 06/2014/QĐUBND",
        "06/2014/qđ-ubnd",
    ] {
        assert!(code_windows(query).contains(&wanted), "{query}");
    }
    assert_eq!(
        code_windows("số 06/2014/QĐ-UBND về"),
        [
            "6",
            "6 2014",
            "6 2014 qd",
            "6 2014 qdubnd",
            "6 2014 qdubndve",
            "2014",
            "2014 qd",
            "2014 qdubnd",
            "2014 qdubndve"
        ]
    );
    assert!(code_windows("quy hoạch sử dụng đất").is_empty());
    assert_eq!(code_windows("5 và 05"), ["5", "5 va", "5 va 5"]);
}

#[test]
fn a_joint_circular_of_eight_bodies_fits_a_window() {
    let code = "01/2012/TTLT-VKSTC-TATC-BCA-BTP-BLĐTBXH-BQP-BTC-NN&PTNT";
    assert_eq!(code_prefixes(code).len(), CODE_WINDOW_TOKENS_MAX);
    assert!(code_windows(&format!("xem {code} nhé")).contains(&code_key(code)));
}

#[test]
fn prefixes_end_where_the_number_itself_parts() {
    assert_eq!(
        code_prefixes("06/2014/QĐ-UBND"),
        ["6", "6 2014", "6 2014 qd", "6 2014 qdubnd"]
    );
    assert_eq!(
        code_prefixes("21-LCT/HDNN8"),
        ["21", "21 lct", "21 lcthdnn", "21 lcthdnn 8"]
    );
    assert!(code_prefixes("//").is_empty());
    assert_eq!(
        code_prefixes(&"1/".repeat(1000)).len(),
        CODE_PREFIX_TOKENS_MAX
    );
}

#[test]
fn real_numbers_typed_with_and_without_marks_have_the_key_of_their_document() {
    let root = std::env::var_os("DINH_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = root.join("legal/known_item_queries.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!(
            "skipped: no real data at {} (set DINH_REAL_DATA)",
            path.display()
        );
        return;
    };
    let mut tried = 0;
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        if !text("form").starts_with("so_ky_hieu") {
            continue;
        }
        let key = code_key(&text("answer"));
        assert_eq!(code_key(&text("query")), key, "{line}");
        assert!(code_prefixes(&text("answer")).contains(&key), "{line}");
        let asked = format!("văn bản số {} quy định gì", text("query"));
        assert!(code_windows(&asked).contains(&key), "{line}");
        tried += 1;
    }
    assert!(tried > 100, "only {tried} numbers in {}", path.display());
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(text in texts()) {
        let key = code_key(&text);
        prop_assert_eq!(code_key(&key), key);
    }

    #[test]
    fn the_last_prefix_is_the_key_and_each_prefix_begins_it(text in texts()) {
        let key = code_key(&text);
        let prefixes = code_prefixes(&text);
        if prefixes.len() < CODE_PREFIX_TOKENS_MAX {
            prop_assert_eq!(prefixes.last().cloned().unwrap_or_default(), key.clone());
        }
        prop_assert!(prefixes.iter().all(|prefix| key.starts_with(prefix.as_str())));
    }

    #[test]
    fn every_window_begins_with_a_digit_and_is_a_key(text in texts()) {
        for window in code_windows(&text) {
            prop_assert!(window.as_bytes()[0].is_ascii_digit());
            prop_assert_eq!(code_key(&window), window);
        }
    }
}
