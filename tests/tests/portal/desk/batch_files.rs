//! The files of a batch: how much comes at once, the table to fill in, a workbook.

use dinh_files::{Sheet, SheetCell};

use crate::desk::batch::{PAGE, Said, register, task, uploaded};
use crate::desk::form::{hidden, officer};
use crate::people::person::portal;

const INDICATORS: &str = "/quan-tri/nhap/dong-son/statistics/indicator";

#[tokio::test]
async fn too_much_is_told_and_goes_by_the_operator() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let rows: Vec<String> = (0..2_010)
        .map(|at| task(&format!("KN-{at}"), "01/02/2024"))
        .collect();
    let long = register(&rows);
    let wide = format!("Mã số{}\n1{}\n", ";x".repeat(120), ";1".repeat(120));
    let large = format!("{}{}", register(&rows[..1]), " ".repeat(11 * 1024 * 1024));
    for (sheet, told) in [
        (long, "nhiều hơn mức 2000 hàng một lần"),
        (wide, "nhiều hơn mức 100 cột"),
        (large, "tệp lớn hơn 10 MB"),
        ("%PDF-1.7 x".to_owned(), "chỉ nhận bảng CSV, ODS hoặc XLSX"),
    ] {
        let refused = uploaded(&own, PAGE, ("so.csv", sheet.as_bytes())).await;
        refused
            .assert_status(422)
            .assert_contains(told)
            .assert_contains("Bước 1");
    }
    let none = own.post_parts(PAGE, &[("viec", "nap")], &[]).await;
    none.assert_status(422);
}

#[tokio::test]
async fn a_table_to_fill_in_comes_with_what_each_column_wants_and_is_taken_back() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let csv = own
        .get(&format!("{INDICATORS}/mau.csv"))
        .await
        .assert_status(200);
    assert!(csv.header("content-disposition").contains("mau-chi-tieu"));
    let text = csv.text().to_owned();
    assert!(text.lines().next().unwrap().contains("Mã số,Tên"), "{text}");
    assert!(text.contains("Hướng dẫn: chữ, không quá 40 ký tự (cần có khi gửi duyệt)"));
    own.get(&format!("{INDICATORS}/mau.txt"))
        .await
        .assert_status(404);
    own.get(&format!("{INDICATORS}/mau.ods"))
        .await
        .assert_status(200);
    // The table itself, with one row below what columns want.
    let filled = format!("{text}X-01,Số hộ nuôi gà,,,,,,,,\r\n");
    let shown = uploaded(&own, INDICATORS, ("mau.csv", filled.as_bytes())).await;
    let file = hidden(&shown, "tep");
    let columns = ["code", "name"];
    let mut fields = vec![
        ("tep", file.as_str()),
        ("dong", "1"),
        ("doc-tu", "0:1:"),
        ("viec", "xem"),
    ];
    fields.extend([("cot-0", columns[0]), ("cot-1", columns[1])]);
    let seen = own.post_parts(INDICATORS, &fields, &[]).await;
    seen.assert_status(200)
        .assert_contains("Bản thảo mới: 1")
        .assert_contains("<th scope=\"row\">3</th>");
}

#[tokio::test]
async fn a_workbook_is_read_with_its_days_and_numbers() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let text = |it: &str| SheetCell::Text(it.to_owned());
    let mut sheet = Sheet::begin("Sổ").unwrap();
    let headings = [
        "Mã số",
        "Tên",
        "Cấp",
        "Đơn vị chủ trì",
        "Bắt đầu",
        "Kinh phí",
    ];
    sheet.row(&headings.map(text)).unwrap();
    let row = [
        text("KN-7"),
        text("Nuôi gà đồi KN-7"),
        text("Cấp cơ sở"),
        text("Trạm Khuyến nông"),
        SheetCell::Date("2024-03-05".to_owned()),
        SheetCell::Integer(1_250),
    ];
    sheet.row(&row).unwrap();
    let bytes = sheet.finish().unwrap();
    let shown = uploaded(&own, PAGE, ("so.ods", &bytes))
        .await
        .assert_status(200);
    let mut said = Said::of(&shown);
    said.columns = vec!["code", "name", "level", "host", "starts", "budget"];
    (said.dates, said.mark) = ("", "");
    said.keep(&own, &[]).await.assert_status(303);
    let body = "select r.body as b from entry_revision r where r.title = 'Nuôi gà đồi KN-7'";
    let body = portal.database().lines(body).await.remove(0);
    assert!(body.contains("\"starts\":\"2024-03-05\"") && body.contains("\"budget\":1250"));
}
