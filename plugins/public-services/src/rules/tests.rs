use dinh_sdk::Draft;
use dinh_sdk::serde_json::{Value, json};

use super::check;

fn faults(body: Value) -> Vec<String> {
    let Value::Object(body) = body else {
        panic!("no object: {body}")
    };
    let draft = Draft {
        body,
        ..Draft::default()
    };
    let told = check(&draft).err().unwrap_or_default();
    let told = told
        .into_iter()
        .map(|it| format!("{} {}", it.path, it.message_key));
    told.collect()
}

fn answer(question: &str, key: &str) -> Value {
    json!({"question": question, "answer": key, "key": key})
}

#[test]
fn dates_follow_one_another() {
    let body = |from: &str, until: &str| json!({"announced_on": "2025-06-01", "effective_from": from, "replaced_from": until});
    assert_eq!(faults(body("2025-07-01", "2026-01-01")), [""; 0]);
    assert_eq!(
        faults(body("2025-05-01", "2026-01-01")),
        ["/effective_from fault.order"]
    );
    assert_eq!(
        faults(body("2025-07-01", "2025-06-30")),
        ["/replaced_from fault.order"]
    );
}

#[test]
fn questions_can_be_answered() {
    let two = [answer("Ai?", "toi"), answer("Ai?", "khac")];
    assert_eq!(faults(json!({"questions": two})), [""; 0]);
    assert_eq!(
        faults(json!({"questions": [answer("Ai?", "toi")]})),
        ["/questions fault.one-answer"]
    );
    let twice = [answer("Ai?", "toi"), answer("Ai?", "toi")];
    assert_eq!(
        faults(json!({"questions": twice})),
        ["/questions fault.key"]
    );
    let four = ["a", "b", "c", "d"]
        .into_iter()
        .flat_map(|it| [answer(it, &format!("{it}1")), answer(it, &format!("{it}2"))]);
    assert_eq!(
        faults(json!({"questions": four.collect::<Vec<_>>()})),
        ["/questions fault.questions"]
    );
}

#[test]
fn rows_name_answers_that_there_are() {
    let questions = [answer("Ai?", "toi"), answer("Ai?", "khac")];
    let papers = |when: &str| json!({"questions": questions, "papers": [{"paper": "Tờ khai", "when": when}]});
    assert_eq!(faults(papers("toi/khac")), [""; 0]);
    assert_eq!(
        faults(papers("toi ai-do")),
        ["/papers[0] fault.unknown-answer"]
    );
}

#[test]
fn states_follow_from_dates_and_amounts_can_be_meant() {
    assert_eq!(faults(json!({"status": "in-force"})), [""; 0]);
    assert_eq!(
        faults(json!({"status": "abolished"})),
        ["/status fault.status"]
    );
    let ends = json!({"replaced_from": "2026-01-01", "abolished_from": "2026-01-01"});
    assert_eq!(faults(ends), ["/abolished_from fault.one-end"]);
    for (amount, wrong) in [(0, 0), (-1, 1), (1_000_000_000_001_i64, 1)] {
        let body = json!({"fees": [{"fee": "Lệ phí", "amount": amount}]});
        assert_eq!(faults(body).len(), wrong, "{amount}");
    }
    assert_eq!(faults(json!({"sets": 0})), ["/sets fault.amount"]);
}
