use super::{code_key, folded};

#[test]
fn composed_and_decomposed_letters_fold_to_the_same_plain_ones() {
    assert_eq!(
        folded("Có hiệu lực kể từ ngày ký"),
        "co hieu luc ke tu ngay ky"
    );
    let decomposed = "co\u{301} hie\u{323}\u{302}u lu\u{31b}\u{323}c";
    assert_eq!(folded(decomposed), "co hieu luc");
}

#[test]
fn every_vietnamese_letter_folds_to_ascii() {
    let letters = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ";
    for text in [letters.to_owned(), letters.to_uppercase()] {
        let plain = folded(&text);
        assert!(plain.is_ascii(), "{plain}");
        assert_eq!(plain.len(), letters.chars().count());
    }
}

#[test]
fn spellings_of_one_number_share_a_key() {
    for spelling in [
        "06/2014/QĐ-UBND",
        "6/2014/qd-ubnd",
        "06 / 2014 / QÐ – UBND",
        "6/2014/QĐUBND",
    ] {
        assert_eq!(code_key(spelling), "6.2014.qdubnd", "{spelling}");
    }
}

#[test]
fn other_numbers_have_other_keys() {
    assert_ne!(code_key("6/2014/QĐ-UBND"), code_key("62/014/QĐ-UBND"));
    assert_ne!(code_key("6/2014/QĐ-UBND"), code_key("60/2014/QĐ-UBND"));
    assert_ne!(code_key("66.13/2026/NQ-CP"), code_key("661.3/2026/NQ-CP"));
    assert_eq!(code_key("0/1"), "0.1");
}
