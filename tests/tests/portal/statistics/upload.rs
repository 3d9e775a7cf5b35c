//! A spreadsheet becomes a table on the desk; cells that do not fit are named, and nothing is kept before all fit.

use dinh_domain::ids::EntryId;
use dinh_tests::{TestPortal, Visited};

use crate::desk::form::{hidden, officer};
use crate::people::person::{Browser, portal};

/// A release that is being written, and the page of its table.
async fn begun(portal: &TestPortal, officer: &Browser<'_>) -> (EntryId, String) {
    let new = "/quan-tri/soan/dong-son/statistics/release";
    let form = officer.get(new).await.assert_status(200);
    form.assert_contains("Chưa có bảng.");
    let saved = officer
        .post_parts(new, &[("f.name", "Chợ trên địa bàn")], &[])
        .await;
    saved.assert_status(303);
    let id = "select max(entry_id) as id from entry_revision where title = 'Chợ trên địa bàn'";
    let id = portal.database().lines(id).await;
    let id = EntryId::new(&id[0]).unwrap();
    let page = format!("/quan-tri/muc/{id}/bang");
    let edit = officer
        .get(&format!("/quan-tri/muc/{id}/sua"))
        .await
        .assert_status(200);
    edit.assert_contains(&page);
    (id, page)
}

async fn uploaded(officer: &Browser<'_>, page: &str, name: &str, bytes: &[u8]) -> Visited {
    let first = officer.get(page).await.assert_status(200);
    let base = hidden(&first, "ban");
    let fields = [("ban", base.as_str()), ("viec", "nap")];
    officer
        .post_bytes(page, &fields, &[("tep-moi", name, bytes)])
        .await
}

/// Sends the layout of an uploaded sheet.
async fn laid(
    officer: &Browser<'_>,
    page: &str,
    shown: &Visited,
    (mark, act): (&str, &str),
) -> Visited {
    let (base, file) = (hidden(shown, "ban"), hidden(shown, "tep"));
    let fields = [
        ("ban", base.as_str()),
        ("tep", file.as_str()),
        ("dong", "1"),
        ("so-dong", "1"),
        ("so-cot", "1"),
        ("dau", mark),
        ("chieu", "Xã"),
        ("loai", "geo"),
        ("chieu", "Năm"),
        ("loai", "time"),
        ("don-vi", "chợ"),
        ("ghi-chu", "Đếm ngày 31 tháng 12"),
        ("viec", act),
    ];
    officer.post_parts(page, &fields, &[]).await
}

#[tokio::test]
async fn a_sheet_is_read_laid_out_and_kept_with_its_source() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let (id, page) = begun(&portal, &officer).await;
    // TCVN3, as offices wrote it before Unicode: "Xã;2013;Sơ bộ 2014" and "Đông Sơn;1.204;12,5".
    let sheet = b"X\xb7;2013;S\xac b\xe9 2014\n\xa7\xabng S\xacn;1.204;12,5\n";
    let shown = uploaded(&officer, &page, "cho.csv", sheet)
        .await
        .assert_status(200);
    let shown = shown
        .assert_contains("TCVN3 (ABC)")
        .assert_contains("Đông Sơn");
    let asked = laid(&officer, &page, &shown, ("", "xem"))
        .await
        .assert_status(422);
    asked
        .assert_contains("B2: “1.204” đọc được theo hai cách")
        .assert_contains("<mark>1.204</mark>")
        .assert_contains("Có 2 chỗ cần sửa");
    // Keeping is refused while anything is wrong.
    laid(&officer, &page, &shown, ("", "luu"))
        .await
        .assert_status(422);
    let good = laid(&officer, &page, &shown, ("comma", "xem"))
        .await
        .assert_status(200);
    good.assert_contains("<td>1.204,0</td>")
        .assert_contains("<sup>p</sup>");
    let kept = laid(&officer, &page, &shown, ("comma", "luu"))
        .await
        .assert_status(303);
    assert!(kept.header("location").ends_with("?da-luu=1"));
    let stored = "select body as b from entry_revision r join entry e on e.working_revision = r.id";
    let stored = portal
        .database()
        .lines(&format!("{stored} where e.id = '{id}'"))
        .await;
    for word in ["cho.csv", "\"unit\":\"chợ\"", "\"cells\":2", "Đếm ngày 31"] {
        assert!(stored[0].contains(word), "{word}: {}", stored[0]);
    }
    let form = officer
        .get(&format!("/quan-tri/muc/{id}/sua"))
        .await
        .assert_status(200);
    let form = form.assert_contains("Đã có bảng số liệu.");
    let looked = officer.get(&format!("/quan-tri/muc/{id}/xem-truoc")).await;
    let looked = looked.assert_status(303);
    let (preview, _) = officer.over(looked.header("location")).await;
    preview.assert_contains("<td>1.204,0</td>");
    // Saving the form again keeps the table.
    let base = hidden(&form, "ban");
    let hash = hidden(&form, "f.figures");
    let again = [
        ("ban", base.as_str()),
        ("f.name", "Chợ trên địa bàn huyện"),
        ("f.figures", hash.as_str()),
    ];
    officer
        .post_parts(&format!("/quan-tri/muc/{id}/sua"), &again, &[])
        .await
        .assert_status(303);
    let stored = "select body as b from entry_revision r join entry e on e.working_revision = r.id";
    let stored = portal
        .database()
        .lines(&format!("{stored} where e.id = '{id}'"))
        .await;
    assert!(stored[0].contains("\"cells\":2"), "{}", stored[0]);
}

#[tokio::test]
async fn files_that_are_no_tables_are_refused_and_nothing_is_lost() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let (_, page) = begun(&portal, &officer).await;
    let wide = format!("Xã{}\nA{}\n", ";c".repeat(40_000), ";1".repeat(40_000));
    let cases: [(&str, &[u8], &str); 4] = [
        ("a.pdf", b"%PDF-1.7 x", "chỉ nhận bảng CSV, ODS hoặc XLSX"),
        ("a.xlsx", b"PK\x03\x04 xl/workbook.xml", "tệp bị hỏng"),
        ("a.csv", b"a;b\x00;c", "chỉ nhận bảng CSV, ODS hoặc XLSX"),
        ("a.csv", b"", "tệp"),
    ];
    for (name, bytes, told) in cases {
        let refused = uploaded(&officer, &page, name, bytes)
            .await
            .assert_status(422);
        refused.assert_contains(told);
    }
    let shown = uploaded(&officer, &page, "rong.csv", wide.as_bytes())
        .await
        .assert_status(200);
    let refused = laid(&officer, &page, &shown, ("comma", "luu"))
        .await
        .assert_status(422);
    refused.assert_contains("bảng có 40001 cột");
    let shown = uploaded(&officer, &page, "ct.csv", b"Xa;2013\nA;=1+1\n")
        .await
        .assert_status(200);
    let refused = laid(&officer, &page, &shown, ("comma", "luu"))
        .await
        .assert_status(422);
    refused.assert_contains("B2: “=1+1” không phải là số");
}

#[tokio::test]
async fn nobody_lays_out_a_sheet_that_somebody_else_sent_or_an_entry_that_is_not_theirs() {
    let portal = portal().await;
    let own = officer(&portal).await;
    let (id, page) = begun(&portal, &own).await;
    let shown = uploaded(&own, &page, "a.csv", b"Xa;2013\nA;1\n")
        .await
        .assert_status(200);
    let other = Browser::signed_in(&portal, "thanh-tra").await;
    let looked = other.get(&page).await;
    assert_ne!(looked.status(), 200, "an inspector edits nothing");
    let (base, file) = (hidden(&shown, "ban"), hidden(&shown, "tep"));
    let fields = [
        ("ban", base.as_str()),
        ("tep", file.as_str()),
        ("viec", "luu"),
    ];
    let refused = other.post_parts(&page, &fields, &[]).await;
    assert_ne!(refused.status(), 200);
    assert_ne!(refused.status(), 303);
    let made_up = [
        ("ban", base.as_str()),
        ("tep", "0190-made-up"),
        ("viec", "xem"),
    ];
    own.post_parts(&page, &made_up, &[])
        .await
        .assert_status(404);
    let foreign = portal
        .database()
        .lines("select id from file where name like 'hien%' or name = 'figures.csv'")
        .await;
    let foreign = [
        ("ban", base.as_str()),
        ("tep", foreign[0].as_str()),
        ("viec", "xem"),
    ];
    own.post_parts(&page, &foreign, &[])
        .await
        .assert_status(404);
    let signed_out = Browser::at(&portal, "192.0.2.9");
    let looked = signed_out.get(&format!("/quan-tri/muc/{id}/bang")).await;
    assert_ne!(looked.status(), 200);
}
