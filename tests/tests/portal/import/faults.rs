//! Bad rows: every fault is told, with its line; the good rows go in.

use dinh_tests::TestPortal;
use serde_json::{Value, json};

use super::rows::{Count, file, lines, row, run, wanted};

fn with(mut row: Value, member: &str, value: Value) -> Value {
    row[member] = value;
    row
}

/// Two good rows, and six with a fault each on its line: 3, 4, 5, 6, 7 and 9.
fn rows_of_all_kinds() -> [String; 9] {
    [
        row(1).to_string(),
        String::new(),
        "{\"so_ky_hieu\": ".to_owned(),
        "[1, 2]".to_owned(),
        with(row(4), "loai", json!("Tuyên ngôn")).to_string(),
        with(row(5), "ngay_hieu_luc", json!("2026-01-01")).to_string(),
        with(row(6), "so_ky_hieu", Value::Null).to_string(),
        row(7).to_string(),
        with(row(8), "trich_yeu", json!("x".repeat(5_000))).to_string(),
    ]
}

#[tokio::test]
async fn bad_rows_go_to_their_own_file_with_line_and_every_fault() {
    let portal = TestPortal::demo().await;
    let rows = rows_of_all_kinds();
    let path = file(portal.folder(), "rows.jsonl", rows.join("\n").as_bytes());
    let (count, reason) = run(&portal, wanted(&path)).await;
    assert_eq!(
        count,
        Count {
            rows: 8,
            created: 2,
            updated: 0,
            unchanged: 0,
            rejected: 6
        }
    );
    let rejects = portal.folder().join("rows.jsonl.rejects.jsonl");
    let reason = reason.unwrap();
    assert!(reason.contains(&rejects.display().to_string()), "{reason}");

    let told: Vec<Value> = std::fs::read_to_string(&rejects)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut lines: Vec<u64> = told.iter().map(|it| it["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, [3, 4, 5, 6, 7, 9]);
    let of = |line: u64| told.iter().find(|it| it["line"] == line).unwrap();
    let keys = |line: u64| {
        let faults = of(line)["faults"].as_array().unwrap().iter();
        faults
            .map(|fault| format!("{} {}", fault["path"], fault["fault"]))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert!(keys(3).contains("fault.row"), "{}", keys(3));
    assert!(keys(4).contains("fault.row"), "{}", keys(4));
    assert!(keys(5).contains("\"kind\" \"fault.choice\""), "{}", keys(5));
    assert!(
        keys(6).contains("fault.dates.effective_before_issued"),
        "{}",
        keys(6)
    );
    assert!(keys(7).contains("fault.key"), "{}", keys(7));
    assert!(
        keys(9).contains("\"abstract\" \"fault.too-long\""),
        "{}",
        keys(9)
    );
    assert_eq!(of(6)["row"]["so_ky_hieu"], "5/2026/TT-BKHCN");
    for line in [3, 4, 5, 6, 7, 9] {
        for fault in of(line)["faults"].as_array().unwrap() {
            let message = fault["message"].as_str().unwrap();
            assert!(
                !message.is_empty() && !message.starts_with("fault."),
                "{fault}"
            );
        }
    }
}

#[tokio::test]
async fn a_row_with_several_faults_tells_them_all() {
    let portal = TestPortal::demo().await;
    let mut bad = row(1);
    bad["loai"] = json!("Tuyên ngôn");
    bad["ngay_ban_hanh"] = json!("2026-02-30");
    bad["trich_yeu"] = json!("x".repeat(5_000));
    let path = file(portal.folder(), "rows.jsonl", bad.to_string().as_bytes());
    let (count, _) = run(&portal, wanted(&path)).await;
    assert_eq!(count.rejected, 1);
    let text = std::fs::read_to_string(portal.folder().join("rows.jsonl.rejects.jsonl")).unwrap();
    for fault in ["fault.choice", "fault.date", "fault.too-long"] {
        assert!(text.contains(fault), "{fault}: {text}");
    }
}

#[tokio::test]
async fn corrected_rows_go_in_and_the_rejects_are_gone() {
    let portal = TestPortal::demo().await;
    let bad = with(row(2), "ngay_ban_hanh", json!("hôm qua"));
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), bad]).as_bytes(),
    );
    let (count, _) = run(&portal, wanted(&path)).await;
    assert_eq!((count.created, count.rejected), (1, 1));
    let rejects = portal.folder().join("rows.jsonl.rejects.jsonl");
    assert!(rejects.exists());
    file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), row(2)]).as_bytes(),
    );
    let (count, reason) = run(&portal, wanted(&path)).await;
    assert_eq!((count.created, count.unchanged, reason), (1, 1, None));
    assert!(!rejects.exists());
}

#[tokio::test]
async fn the_same_number_in_two_rows_is_one_entry() {
    let portal = TestPortal::demo().await;
    let second = with(row(1), "trich_yeu", json!("Trích yếu đã sửa"));
    let path = file(
        portal.folder(),
        "rows.jsonl",
        lines(&[row(1), second]).as_bytes(),
    );
    let (count, _) = run(&portal, wanted(&path)).await;
    assert_eq!((count.created, count.updated), (1, 1));
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?kind=thong-tu")
        .await;
    list.assert_contains("Trích yếu đã sửa");
}
