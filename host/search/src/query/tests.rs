use super::texts::enough;
use super::{Asked, Wording, named_keys, without_year};

fn read(question: &str) -> Asked {
    Asked::read(question, &Wording::default())
}

#[test]
fn all_of_few_words_and_a_share_of_many_must_occur() {
    let needed: Vec<usize> = (0..=8).map(enough).collect();
    assert_eq!(needed, [0, 1, 2, 3, 3, 3, 4, 4, 4]);
    assert_eq!(enough(90), 4);
}

#[test]
fn a_question_knows_whether_its_marks_are_meant() {
    assert!(!read("quy hoach").is_marked);
    assert!(read("quy hoạch").is_marked);
    assert!(read("dat đai").is_marked);
    assert!(read("số 06").is_number_alone);
    assert!(!read("số nhà").is_number_alone);
}

#[test]
fn a_number_is_also_cited_without_its_year() {
    assert_eq!(
        without_year("24 2011 ttbtttt").as_deref(),
        Some("24 ttbtttt")
    );
    assert_eq!(without_year("84 2015 qh 13").as_deref(), Some("84 qh 13"));
    assert_eq!(without_year("24 2011"), None);
    assert_eq!(without_year("19 qdubnd"), None);
    assert_eq!(without_year("21 lcthdnn 8"), None);
}

#[test]
fn a_document_is_named_by_what_its_title_says_before_its_number() {
    let keys = |title: &str, code: &str, year| named_keys(title, code, year);
    assert_eq!(
        keys("Thông tư 04/2023/TT-BTC", "04/2023/TT-BTC", Some(2024)),
        ["thong tu 4", "thong tu 4 2023"]
    );
    assert_eq!(
        keys("Kế hoạch số 15/KH-UBND", "15/KH-UBND", Some(2019)),
        ["ke hoach 15", "ke hoach 15 2019"]
    );
    assert_eq!(keys("Luật 64/QH", "64/QH", None), ["luat 64"]);
    assert!(keys("Lịch tiếp dân", "15/KH-UBND", Some(2019)).is_empty());
    assert!(keys("15/KH-UBND", "15/KH-UBND", Some(2019)).is_empty());
    assert!(keys("a b c d e f g 1/X", "1/X", None).is_empty());
    assert!(keys("", "", None).is_empty());
}
