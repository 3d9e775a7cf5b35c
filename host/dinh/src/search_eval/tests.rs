use std::collections::BTreeSet;
use std::fs;

use dinh_domain::search_words::SearchWords;
use serde_json::{Value, json};

use super::evaluate;
use super::format::Format;
use super::measure::{Measures, are_first};
use super::named::Named;

fn measured(found: &[&str], right: &[&str]) -> Measures {
    let found: Vec<String> = found.iter().map(|key| (*key).to_owned()).collect();
    let right: BTreeSet<String> = right.iter().map(|key| (*key).to_owned()).collect();
    Measures::of(&found, &right)
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

fn answered(corpus: &[Value], queries: &[Value]) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &[Value]| {
        let path = folder.path().join(name);
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let report = evaluate(
        &write("corpus.jsonl", corpus),
        &write("queries.jsonl", queries),
        &SearchWords::default(),
    )?;
    Ok(report.json())
}

fn document(number: &str, about: &str) -> Value {
    json!({"so_ky_hieu": number, "loai": "Nghị định", "trich_yeu": about,
        "articles": [{"dieu": "1", "tieu_de": "Phạm vi", "text": "Áp dụng trong cả nước."}]})
}

fn article(id: &str, heading: &str, text: &str) -> Value {
    json!({"id": id, "luat": "Luật Mẫu", "dieu": "1", "tieu_de": heading, "text": text})
}

#[test]
fn ndcg_is_one_when_all_right_answers_lead() {
    assert!(close(measured(&["a", "b", "x"], &["a", "b"]).ndcg, 1.0));
}

#[test]
fn ndcg_falls_with_the_rank_and_counts_what_was_not_found() {
    assert!(close(
        measured(&["x", "a"], &["a"]).ndcg,
        1.0 / 3_f64.log2()
    ));
    let half = measured(&["a", "x"], &["a", "b"]);
    assert!(close(half.ndcg, 1.0 / (1.0 + 1.0 / 3_f64.log2())));
    assert!(close(half.recall, 0.5));
    assert!(close(measured(&["x"], &["a"]).ndcg, 0.0));
}

#[test]
fn an_eleventh_hit_counts_nowhere_and_more_than_ten_right_answers_can_be_ideal() {
    let keys = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let last = measured(&keys, &["10"]);
    assert_eq!(last, Measures::default());
    let all = measured(&keys, &keys);
    assert!(close(all.ndcg, 1.0));
    assert!(close(all.recall, 10.0 / 11.0));
}

#[test]
fn first_and_first_ten_are_told_apart() {
    let second = measured(&["x", "a"], &["a"]);
    assert!(close(second.first, 0.0) && close(second.first_ten, 1.0));
    assert!(close(measured(&["a"], &["a"]).first, 1.0));
}

#[test]
fn the_first_row_tells_the_format() {
    assert_eq!(
        Format::of(&document("1/2020/NĐ-CP", "Về đất đai")),
        Ok(Format::Documents)
    );
    assert_eq!(
        Format::of(&article("a@1", "Phạm vi", "Luật này")),
        Ok(Format::Articles)
    );
    let told = Format::of(&json!({"title": "x"})).unwrap_err();
    assert!(
        told.contains("documents") && told.contains("articles"),
        "{told}"
    );
}

#[test]
fn known_items_are_measured_by_form() {
    let corpus = [
        document("12/2020/NĐ-CP", "Quy định về nuôi trồng thủy sản"),
        document("13/2021/NĐ-CP", "Quy định về giao thông đường bộ"),
    ];
    let queries = [
        json!({"form": "number", "query": "12/2020/nd-cp", "answer": "12/2020/NĐ-CP"}),
        json!({"form": "words", "query": "giao thong duong bo", "answer": "13/2021/NĐ-CP"}),
        json!({"form": "words", "query": "giao thong duong bo", "answer": "99/1999/NĐ-CP"}),
    ];
    let report = answered(&corpus, &queries).unwrap();
    assert_eq!(report["format"], "documents");
    assert_eq!(report["not_in_corpus"], 1);
    let expected = json!([
        {"form": "number", "queries": 1, "first": 1.0, "first_ten": 1.0},
        {"form": "words", "queries": 2, "first": 0.5, "first_ten": 0.5},
    ]);
    assert_eq!(report["results"], expected);
}

#[test]
fn a_whole_number_is_asked_in_every_spelling() {
    let corpus = [
        document("02/2020/TT-BCĐ", "Quy định về nuôi trồng thủy sản"),
        document("13/2021/NĐ-CP", "Quy định về giao thông đường bộ"),
    ];
    let query = json!({"form": "number", "query": "02/2020/TT-BCĐ", "answer": "02/2020/TT-BCĐ"});
    let report = answered(&corpus, &[query]).unwrap();
    let forms = report["results"].as_array().unwrap();
    assert_eq!(forms.len(), 8, "{report}");
    assert!(forms.iter().all(|form| form["first"] == 1.0), "{report}");
    assert_eq!(report["queries"], 1);
}

#[test]
fn what_fits_kind_number_and_year_comes_first_or_is_counted_as_out_of_order() {
    let fitting = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let found: Vec<String> = ["a", "b", "x"].map(str::to_owned).into();
    assert!(are_first(&found, &fitting(&["a", "b"])));
    assert!(!are_first(&found, &fitting(&["a", "x"])));
    assert!(!are_first(&found[..1], &fitting(&["a", "b"])));

    let corpus = [
        document("12/2020/NĐ-CP", "Quy định về thủy sản"),
        document("12/2021/NĐ-CP", "Nghị định 12 năm 2020"),
    ];
    let query =
        json!({"form": "kind", "query": "Nghị định 12 năm 2020", "answer": "12/2020/NĐ-CP"});
    let report = answered(&corpus, &[query]).unwrap();
    let expected =
        json!([{"form": "kind", "queries": 1, "first": 1.0, "first_ten": 1.0, "in_order": 1.0}]);
    assert_eq!(report["results"], expected);
}

#[test]
fn a_question_names_kind_number_and_year_or_nothing_of_the_kind() {
    let named = Named::of("Thông tư", "04/2021/TT-BGDĐT", None);
    assert!(named.is_some());
    assert_eq!(Named::asked("Thông tư 04 năm 2021"), named);
    assert_eq!(Named::asked("thong tu so 4 nam 2021"), named);
    assert_eq!(
        Named::of("Thông tư", "4/TT-BGDĐT", Some("2021-05-01")),
        named
    );
    assert_eq!(Named::of("Thông tư", "4/TT-BGDĐT", None), None);
    assert_eq!(Named::asked("04/2021/TT-BGDĐT"), None);
    assert_eq!(Named::asked("năm 2021"), None);
}

#[test]
fn articles_are_measured_by_split_with_and_without_marks() {
    let corpus = [
        article("m@1", "Bảo vệ rừng", "Rừng phòng hộ được bảo vệ."),
        article("m@2", "Học phí", "Học sinh tiểu học không đóng học phí."),
    ];
    let query = json!({"query": "học phí tiểu học", "query_khong_dau": "hoc phi tieu hoc",
        "relevant": ["m@2"], "split": "official"});
    let report = answered(&corpus, &[query]).unwrap();
    let expected = json!([
        {"split": "official", "marks": true, "queries": 1, "ndcg_10": 1.0, "recall_10": 1.0},
        {"split": "official", "marks": false, "queries": 1, "ndcg_10": 1.0, "recall_10": 1.0},
    ]);
    assert_eq!(report["results"], expected);
}

#[test]
fn a_bad_row_is_told_with_file_line_and_field() {
    let good = document("1/2020/NĐ-CP", "Về đất đai");
    let told = answered(&[good.clone(), json!({"so_ky_hieu": 5})], &[]).unwrap_err();
    assert!(
        told.contains("corpus.jsonl, line 2: \"so_ky_hieu\""),
        "{told}"
    );
    let no_answer = json!({"form": "number", "query": "1/2020"});
    let told = answered(std::slice::from_ref(&good), &[no_answer]).unwrap_err();
    assert!(told.contains("queries.jsonl, line 1: \"answer\""), "{told}");
    let none_right = json!({"query": "a", "query_khong_dau": "a", "relevant": [], "split": "s"});
    let told = answered(&[article("m@1", "Rừng", "Rừng.")], &[none_right]).unwrap_err();
    assert!(
        told.contains("queries.jsonl, line 1: \"relevant\""),
        "{told}"
    );
}

#[test]
fn empty_files_are_told() {
    let told = answered(&[], &[]).unwrap_err();
    assert!(told.contains("corpus.jsonl: there is no row"), "{told}");
    let told = answered(&[document("1/2020/NĐ-CP", "Về đất đai")], &[]).unwrap_err();
    assert!(told.contains("queries.jsonl: there is no query"), "{told}");
}
