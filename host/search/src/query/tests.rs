use super::texts::enough;
use super::{Asked, without_year};

#[test]
fn all_of_few_words_and_a_share_of_many_must_occur() {
    let needed: Vec<usize> = (0..=8).map(enough).collect();
    assert_eq!(needed, [0, 1, 2, 3, 3, 3, 4, 4, 4]);
    assert_eq!(enough(90), 4);
}

#[test]
fn a_question_knows_whether_its_marks_are_meant() {
    assert!(!Asked::read("quy hoach").is_marked);
    assert!(Asked::read("quy hoạch").is_marked);
    assert!(Asked::read("dat đai").is_marked);
    assert!(Asked::read("số 06").is_number_alone);
    assert!(!Asked::read("số nhà").is_number_alone);
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
