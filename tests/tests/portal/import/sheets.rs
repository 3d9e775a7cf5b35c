//! Registers that offices keep in spreadsheets: every row and cell that does not fit is named, nothing is guessed.

use std::path::{Path, PathBuf};

use dinh::command::Command;
use dinh::import::Import;
use dinh_files::{Sheet, SheetCell};
use dinh_tests::TestPortal;
use serde_json::Value;

use super::rows::{Count, count, file, refusal, run};

const HEADINGS: [&str; 11] = [
    "Mã số",
    "Tên nhiệm vụ",
    "Cấp quản lý",
    "Loại nhiệm vụ",
    "Lĩnh vực",
    "Đơn vị chủ trì",
    "Bắt đầu",
    "Kết thúc",
    "Kinh phí",
    "Quyết định phê duyệt",
    "Ngày phê duyệt",
];

fn task(code: &str) -> Vec<String> {
    let cells = [
        code,
        "Nuôi gà đồi dưới tán vải",
        "Cấp cơ sở",
        "Mô hình ứng dụng tiến bộ kỹ thuật",
        "Khoa học nông nghiệp",
        "Trạm Khuyến nông huyện",
        "15/03/2024",
        "31/12/2025",
        "1.250",
        "12/QĐ-UBND",
        "01/03/2024",
    ];
    cells.map(str::to_owned).to_vec()
}

/// A row of a task with other cells.
fn with(code: &str, cells: &[(usize, &str)]) -> Vec<String> {
    let mut row = task(code);
    for (at, text) in cells {
        (*text).clone_into(&mut row[*at]);
    }
    row
}

fn csv(rows: &[Vec<String>]) -> String {
    let headings = HEADINGS.map(str::to_owned).to_vec();
    let lines = std::iter::once(&headings).chain(rows).map(|row| {
        let cells = row
            .iter()
            .map(|it| format!("\"{}\"", it.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(";") + "\r\n"
    });
    lines.collect()
}

fn wanted(path: &Path) -> Import {
    Import {
        collection: "science-projects/project".to_owned(),
        file: path.to_owned(),
        site: "yen-the".to_owned(),
        map: Some("register".to_owned()),
        format: None,
        dry_run: false,
        rejects: None,
        json: true,
    }
}

fn dry(path: &Path) -> Import {
    Import {
        dry_run: true,
        ..wanted(path)
    }
}

/// What an import tells of itself, whether rows were rejected or not.
async fn told(portal: &TestPortal, import: Import) -> Value {
    let said = match portal.command(Command::Import(import)).await {
        Ok(text) => text,
        Err(told) => {
            let (text, _) = told.split_once("}; ").unwrap_or_else(|| panic!("{told}"));
            format!("{text}}}")
        }
    };
    serde_json::from_str(&said).unwrap()
}

fn faults(told: &Value) -> Vec<&str> {
    let faults = told["faults"].as_array().unwrap();
    faults.iter().map(|it| it.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_register_in_a_text_file_becomes_entries_and_a_second_run_changes_nothing() {
    let portal = TestPortal::demo().await;
    let path = file(
        portal.folder(),
        "so.csv",
        csv(&[task("KN-1"), with("KN-2", &[(6, "2024-04-01"), (8, "75")])]).as_bytes(),
    );
    let all = Count {
        rows: 2,
        created: 2,
        updated: 0,
        unchanged: 0,
        rejected: 0,
    };
    assert_eq!(run(&portal, dry(&path)).await, (all.clone(), None));
    let none = portal
        .visitor()
        .get("localhost", "/khoa-hoc?code=KN-1")
        .await;
    none.assert_lacks("Nuôi gà đồi dưới tán vải");
    assert_eq!(run(&portal, wanted(&path)).await, (all, None));
    let page = portal
        .visitor()
        .get("localhost", "/khoa-hoc?code=KN-1")
        .await;
    page.assert_contains("Nuôi gà đồi dưới tán vải")
        .assert_contains("15/03/2024")
        .assert_contains("1250");
    let again = told(&portal, wanted(&path)).await;
    assert_eq!(count(&again.to_string()).unchanged, 2);
    let notes = again["notes"].to_string();
    assert!(
        notes.contains("read as UTF-8, columns between `;`"),
        "{notes}"
    );
    assert!(
        notes.contains("does not have") && notes.contains("Xếp loại"),
        "{notes}"
    );
}

#[tokio::test]
async fn a_rehearsal_sees_what_stands_twice_anywhere_in_the_file() {
    let portal = TestPortal::demo().await;
    let mut rows: Vec<_> = (0..150).map(|at| task(&format!("KN-{at}"))).collect();
    // Another spelling of the same number: another key, and no other task.
    rows.push(task("kn-7"));
    let path = file(portal.folder(), "so.csv", csv(&rows).as_bytes());
    for import in [dry(&path), wanted(&path)] {
        let told = told(&portal, import).await;
        let count = count(&told.to_string());
        assert_eq!((count.created, count.rejected), (150, 1));
        assert!(faults(&told)[0].contains("152"), "{told}");
    }
}

#[tokio::test]
async fn every_cell_that_does_not_fit_is_named_with_its_row_and_heading() {
    let portal = TestPortal::demo().await;
    let rows = [
        task("KN-1"),
        with("KN-2", &[(6, "31/02/2024"), (2, "Cấp xã")]),
        with("KN-3", &[(8, "1.250,5")]),
        with("KN-4", &[(8, "=cmd|' /C calc'!A0")]),
        with("KN-1", &[]),
        with("", &[]),
        {
            let mut row = task("KN-5");
            row.push("đồng".to_owned());
            row
        },
    ];
    let path = file(portal.folder(), "so.csv", csv(&rows).as_bytes());
    let said = told(&portal, dry(&path)).await;
    assert_eq!(
        (&said["count"]["created"], &said["count"]["rejected"]),
        (&1.into(), &6.into())
    );
    assert_eq!(said["fault_count"], 7);
    let all = faults(&said).join("\n");
    for part in [
        "row 3, “Bắt đầu”: “31/02/2024” không phải là ngày có thật",
        "row 3, “Cấp quản lý”: “Cấp xã” không có trong danh mục",
        "row 4, “Kinh phí”: “1.250,5” không phải là số nguyên",
        "row 5, “Kinh phí”: ô chứa công thức “=cmd|' /C calc'!A0”",
        "row 6, “Mã số”: “KN-1” trùng khóa với hàng 2",
        "row 7, “Mã số”: thiếu khóa của dòng",
        "row 8: có chữ ở cột không có tiêu đề (L: đồng)",
    ] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    let list = std::fs::read_to_string(portal.folder().join("so.csv.dry-run.rejects.jsonl"));
    let list = list.unwrap();
    assert_eq!(list.lines().count(), 6);
    let first: Value = serde_json::from_str(list.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["line"], &first["row"]["Bắt đầu"]),
        (&3.into(), &"31/02/2024".into())
    );
    assert_eq!(first["faults"].as_array().unwrap().len(), 2, "{first}");
    let plain = Import {
        json: false,
        ..dry(&path)
    };
    let text = portal.command(Command::Import(plain)).await.unwrap_err();
    assert!(
        text.contains("(dry run: nothing was written)\n  row 3, “"),
        "{text}"
    );
}

#[tokio::test]
async fn a_file_whose_headings_do_not_fit_is_not_begun() {
    let portal = TestPortal::demo().await;
    let good = csv(&[task("KN-1")]);
    let wide: String = (0..40_000).map(|at| format!("c{at};")).collect();
    for (text, part) in [
        (
            good.replace("\"Tên nhiệm vụ\"", "\"MÃ  SỐ\""),
            "stand twice: “Mã số” (A, B)",
        ),
        (
            good.replace("\"Mã số\"", "\"Mã\""),
            "headings are missing: “Mã số”",
        ),
        (
            good.replace("\"Lĩnh vực\"", ""),
            "headings are missing: “Lĩnh vực”",
        ),
        (format!("{wide}\n1\n"), "has 40001 columns"),
        (String::new(), "has no row 1"),
        (
            "\"Mã số\";\"".to_owned() + &"x".repeat(9 << 20),
            "a quotation mark is not closed",
        ),
    ] {
        let path = file(portal.folder(), "so.csv", text.as_bytes());
        let told = refusal(&portal, wanted(&path)).await;
        assert!(
            told.contains(part),
            "{part}: {}",
            told.chars().take(300).collect::<String>()
        );
    }
    let path = file(portal.folder(), "so.csv", b"PK\x03\x04\x00\x00");
    let told = refusal(&portal, wanted(&path)).await;
    assert!(told.contains("no file of separated values"), "{told}");
    let path = file(portal.folder(), "so.ods", good.as_bytes());
    // What it is tells its content, not its name.
    assert_eq!(run(&portal, dry(&path)).await.0.created, 1);
}

#[tokio::test]
async fn a_million_rows_of_one_column_are_not_begun() {
    let portal = TestPortal::demo().await;
    let rows = "Mã số\n".to_owned() + &"1\n".repeat(1_000_000);
    let path = file(portal.folder(), "so.csv", rows.as_bytes());
    let told = refusal(&portal, wanted(&path)).await;
    assert!(
        told.contains("headings are missing: “Đơn vị chủ trì”"),
        "{told}"
    );
}

#[tokio::test]
async fn letters_from_before_unicode_are_found_and_said() {
    let portal = TestPortal::demo().await;
    let text = csv(&[task("KN-1")]);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [&b"\xff\xfe"[..], &utf16].concat();
    let path = file(portal.folder(), "so.csv", &bytes);
    let said = told(&portal, wanted(&path)).await;
    assert_eq!(said["count"]["created"], 1, "{said}");
    assert!(
        said["notes"].to_string().contains("read as UTF-16"),
        "{said}"
    );
}

fn ods(path: PathBuf, rows: &[Vec<SheetCell>]) -> PathBuf {
    let mut sheet = Sheet::begin("Nhiệm vụ").unwrap();
    let headings: Vec<SheetCell> = HEADINGS
        .iter()
        .map(|it| SheetCell::Heading((*it).to_owned()))
        .collect();
    sheet.row(&headings).unwrap();
    for row in rows {
        sheet.row(row).unwrap();
    }
    let mut bytes = sheet.take();
    bytes.extend(sheet.finish().unwrap());
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test]
async fn a_spreadsheet_has_days_and_numbers_of_its_own() {
    let portal = TestPortal::demo().await;
    let row = |code: &str, begins: SheetCell, budget: SheetCell| {
        let mut row: Vec<SheetCell> = task(code).into_iter().map(SheetCell::Text).collect();
        row[6] = begins;
        row[8] = budget;
        row
    };
    let day = || SheetCell::Date("2024-03-15".to_owned());
    let rows = [
        row("KN-1", day(), SheetCell::Integer(1250)),
        row("KN-2", SheetCell::Integer(45_366), SheetCell::Integer(1)),
        row("KN-3", day(), SheetCell::Number("12.5".to_owned())),
    ];
    let path = ods(portal.folder().join("so.ods"), &rows);
    let said = told(&portal, wanted(&path)).await;
    assert_eq!(said["count"]["created"], 1, "{said}");
    let all = faults(&said).join("\n");
    for part in [
        "row 3, “Bắt đầu”: “45366” là số, không phải ngày",
        "row 4, “Kinh phí”: “12.5” không phải là số nguyên",
    ] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    let page = portal
        .visitor()
        .get("localhost", "/khoa-hoc?code=KN-1")
        .await;
    page.assert_contains("15/03/2024").assert_contains("1250");
}

#[tokio::test]
async fn a_catalogue_of_indicators_is_taken_in_with_all_its_parts() {
    let portal = TestPortal::demo().await;
    let text = "Mã số;Nhóm;Tên chỉ tiêu;Khái niệm;Phương pháp tính;Phân tổ chủ yếu;Kỳ công bố;Nguồn số liệu;Cơ quan chịu trách nhiệm;Đơn vị tính\n\
                H0199;Dân số, bình đẳng giới;Mật độ dân số;Số người trên một km²;Dân số chia cho diện tích;Xã;Năm;Điều tra dân số;Chi cục Thống kê;người/km²\n\
                H0198;Không có;Thiếu;x;x;x;Năm;x;x;\n";
    let path = file(portal.folder(), "chi-tieu.csv", text.as_bytes());
    let import = Import {
        collection: "statistics/indicator".to_owned(),
        map: Some("indicators".to_owned()),
        ..wanted(&path)
    };
    let said = told(&portal, import).await;
    assert_eq!(said["count"]["created"], 1, "{said}");
    assert_eq!(
        faults(&said),
        ["row 3, “Nhóm”: “Không có” không có trong danh mục"]
    );
    let page = portal
        .visitor()
        .get("localhost", "/thong-ke/chi-tieu/mat-do-dan-so")
        .await;
    page.assert_status(200)
        .assert_contains("Dân số chia cho diện tích")
        .assert_contains("Điều tra dân số");
}
