//! The whole list as a file.

use std::sync::Arc;

use dinh_portal::{Arrival, SHEET_ROWS_MAX, Spreadsheet};
use dinh_tests::{Document, TestPortal, encoded};

/// Rows of comma-separated values, read by the rules of RFC 4180.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut letters, mut quoted) = (text.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => assert_eq!(letters.next(), Some('\n'), "a line ends with CR LF"),
            letter => cell.push(letter),
        }
        if letter == '\r' && !quoted {
            rows.push(vec![String::new()]);
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "the last line has its end"
    );
    rows
}

async fn csv(portal: &TestPortal, query: &str) -> Vec<Vec<String>> {
    let path = format!("/van-ban/export.csv{query}");
    let answer = portal.visitor().get("localhost", &path).await;
    let answer = answer.assert_status(200);
    let text = answer.text();
    rows(text.strip_prefix('\u{feff}').unwrap())
}

#[tokio::test]
async fn a_list_is_saved_whole_with_its_names_and_where_each_entry_is_read() {
    let portal = TestPortal::demo().await;
    let answer = portal
        .visitor()
        .get("localhost", "/van-ban/export.csv")
        .await;
    let answer = answer.assert_status(200);
    answer
        .clone()
        .assert_header("content-type", "text/csv; charset=utf-8; header=present");
    let saved = answer.header("content-disposition");
    assert!(
        saved.starts_with("attachment; filename=\"van-ban-yen-the.csv\""),
        "{saved}"
    );
    let all = csv(&portal, "").await;
    assert_eq!(all.len(), 41);
    let header = &all[0];
    assert!(all.iter().all(|row| row.len() == header.len()));
    for name in [
        "Tên",
        "Số, ký hiệu",
        "Trích yếu",
        "Tác giả",
        "Nguồn",
        "Địa chỉ",
    ] {
        assert!(header.contains(&name.to_owned()), "{name}: {header:?}");
    }
    let column = |name: &str| header.iter().position(|it| it == name).unwrap();
    assert_eq!(all[1][column("Tên")], "Quyết định 01/2025/QĐ-UBND");
    let (_, path) = all[1][column("Địa chỉ")].split_once("/van-ban/").unwrap();
    let page = portal
        .visitor()
        .get("localhost", &format!("/van-ban/{path}"))
        .await;
    page.assert_status(200).assert_contains("01/2025/QĐ-UBND");
}

#[tokio::test]
async fn a_file_holds_what_the_page_shows_in_its_order_and_all_pages_of_it() {
    let portal = TestPortal::demo().await;
    for query in [
        "?kind=quyet-dinh&sort=number",
        "?year=2014&sort=-effective_on&page=2&per_page=1&fbclid=1",
        "?q=c%C3%B4ng%20ch%E1%BB%A9c",
        "?q=c%C3%B4ng%20ch%E1%BB%A9c&sort=issued_on",
    ] {
        let shown = query.replace("&page=2&per_page=1", "");
        let path = format!("/van-ban{shown}&per_page=100");
        let page = portal.visitor().get("localhost", &path).await;
        let page = page.assert_status(200).page();
        let shown: Vec<String> = page.rows().into_iter().map(|row| row.words).collect();
        let saved = csv(&portal, query).await;
        let saved: Vec<String> = saved[1..].iter().map(|row| row[0].clone()).collect();
        assert_eq!(saved, shown, "{query}");
        assert!(!saved.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn the_page_leads_to_its_files_and_feed_with_its_filters() {
    let portal = TestPortal::demo().await;
    let path = "/van-ban?kind=quyet-dinh&sort=number&per_page=10&fbclid=1";
    let page = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200);
    let kept = "kind=quyet-dinh&sort=number";
    let link = |words: &str| page.page().link(words).address;
    assert_eq!(
        link("Tải danh sách (CSV)"),
        format!("/van-ban/export.csv?{kept}")
    );
    assert_eq!(
        link("Tải danh sách (bảng tính ODS)"),
        format!("/van-ban/export.ods?{kept}")
    );
    let feed = "/van-ban/feed.atom?kind=quyet-dinh";
    assert_eq!(link("Theo dõi danh sách này (Atom)"), feed);
    page.assert_contains(&format!("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Văn bản pháp quy\" href=\"{feed}\">").replace("Văn bản pháp quy", &title_of(&portal).await));
}

async fn title_of(portal: &TestPortal) -> String {
    let page = portal.visitor().get("localhost", "/van-ban").await.page();
    let title = page.between("<title>", " – ");
    title.first().unwrap().to_string()
}

#[tokio::test]
async fn what_would_be_a_formula_is_a_text() {
    let portal = TestPortal::demo().await;
    let formula = "=HYPERLINK(\"http://x.example\",\"Xem\")";
    let document = Document::new("97/2026/QĐ-UBND")
        .with("signer", formula)
        .with("signer_position", "@SUM(A1)")
        .with("abstract", "-1+cmd|' /C calc'!A0");
    portal.post(document).await;
    let number = encoded("97/2026/QĐ-UBND");
    let all = csv(&portal, &format!("?number={number}")).await;
    let row = &all[1];
    assert!(row.contains(&format!("'{formula}")), "{row:?}");
    assert!(row.contains(&"'@SUM(A1)".to_owned()), "{row:?}");
    assert!(
        row.iter()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
        "{row:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_used_of_the_question_is_said_instead_of_a_wrong_file() {
    let portal = TestPortal::demo().await;
    for output in ["export.csv", "export.ods", "feed.atom"] {
        for query in ["kind=khong-co", "issued_on_from=hom-qua", "year=x"] {
            let path = format!("/van-ban/{output}?{query}");
            let refused = portal.visitor().get("localhost", &path).await;
            refused.assert_status(400).assert_contains("không hợp lệ");
        }
    }
    let path = "/van-ban/export.csv?sort=abstract";
    let refused = portal.visitor().get("localhost", path).await;
    refused
        .assert_status(400)
        .assert_contains("Không thể sắp xếp theo “abstract”");
}

#[tokio::test]
async fn an_empty_list_is_a_file_with_names_alone() {
    let portal = TestPortal::demo().await;
    assert_eq!(csv(&portal, "?year=1990").await.len(), 1);
    let path = "/van-ban/export.ods?year=1990";
    let sheet = portal
        .visitor()
        .get("localhost", path)
        .await
        .assert_status(200);
    assert_eq!(&sheet.answer().body[..4], b"PK\x03\x04");
}

#[tokio::test]
async fn a_list_longer_than_a_spreadsheet_is_no_spreadsheet() {
    let portal = TestPortal::demo().await;
    let Arrival::Here(visit) = portal.portal().arrive("localhost").await.unwrap() else {
        panic!("the district answers");
    };
    let visit = Arc::new(*visit);
    for (total, fits) in [(SHEET_ROWS_MAX, true), (SHEET_ROWS_MAX + 1, false)] {
        let begun = portal.portal().export(&visit, "van-ban", &[]).await;
        let mut export = begun.unwrap().unwrap();
        export.total = total;
        let sheet = Spreadsheet::begin(export, &["Tên".to_owned()]).unwrap();
        assert_eq!(sheet.is_some(), fits, "{total}");
    }
}

#[tokio::test]
async fn a_question_for_the_head_alone_gets_no_body() {
    let portal = TestPortal::demo().await;
    for output in ["export.csv", "export.ods", "feed.atom"] {
        let path = format!("/van-ban/{output}");
        let head = portal.visitor().ask("HEAD", "localhost", &path, &[]).await;
        assert_eq!(head.assert_status(200).text(), "", "{output}");
    }
}
