//! Rows of a spreadsheet become drafts: seen before, all of them or none, and a second time no doubles.

use dinh_tests::{TestPortal, Visited};

use crate::desk::form::{hidden, officer};
use crate::people::person::{Browser, portal};

pub(super) const PAGE: &str = "/quan-tri/nhap/dong-son/science-projects/project";
const HEADINGS: &str = "Mã số;Tên nhiệm vụ;Cấp quản lý;Loại nhiệm vụ;Lĩnh vực;Đơn vị chủ trì;Bắt đầu;Kết thúc;Kinh phí";
const FIELDS: [&str; 9] = [
    "code", "name", "level", "type", "field", "host", "starts", "ends", "budget",
];

/// A row of a register, with a code and a beginning.
pub(super) fn task(code: &str, starts: &str) -> String {
    format!(
        "{code};Nuôi gà đồi {code};Cấp cơ sở;Mô hình ứng dụng tiến bộ kỹ thuật;Khoa học nông nghiệp;\
         Trạm Khuyến nông;{starts};31/12/2025;1.250"
    )
}

pub(super) fn register(rows: &[String]) -> String {
    format!("{HEADINGS}\n{}\n", rows.join("\n"))
}

/// Uploads a sheet; the page that asks which column is which.
pub(super) async fn uploaded(
    officer: &Browser<'_>,
    page: &str,
    (name, bytes): (&str, &[u8]),
) -> Visited {
    let fields = [("viec", "nap")];
    officer
        .post_bytes(page, &fields, &[("tep-moi", name, bytes)])
        .await
}

/// What is said of a sheet of the register: its file, its columns, how dates and numbers are written, what is wanted.
pub(super) struct Said<'a> {
    pub(super) file: String,
    pub(super) columns: Vec<&'a str>,
    pub(super) dates: &'a str,
    pub(super) mark: &'a str,
}

impl<'a> Said<'a> {
    pub(super) fn of(shown: &Visited) -> Self {
        Self {
            file: hidden(shown, "tep"),
            columns: FIELDS.to_vec(),
            dates: "ngay-thang-nam",
            mark: "comma",
        }
    }

    pub(super) async fn send(
        &self,
        officer: &Browser<'_>,
        act: &str,
        more: &[(&str, &str)],
    ) -> Visited {
        let names: Vec<String> = (0..self.columns.len())
            .map(|at| format!("cot-{at}"))
            .collect();
        let mut fields = vec![
            ("tep", self.file.as_str()),
            ("dong", "1"),
            ("mau", ""),
            ("doc-tu", "0:1:"),
            ("ngay", self.dates),
            ("dau", self.mark),
            ("viec", act),
        ];
        let columns = names.iter().zip(&self.columns);
        fields.extend(columns.map(|(name, field)| (name.as_str(), *field)));
        fields.extend(more);
        officer.post_parts(PAGE, &fields, &[]).await
    }

    /// Looks, and writes what was seen.
    pub(super) async fn keep(&self, officer: &Browser<'_>, more: &[(&str, &str)]) -> Visited {
        let seen = self.send(officer, "xem", &[]).await;
        let seen = hidden(&seen, "da-xem");
        let mut fields = vec![("da-xem", seen.as_str())];
        fields.extend(more);
        self.send(officer, "ghi", &fields).await
    }
}

/// Code, state, and whether it is public, of the tasks of the commune that a file brought.
pub(super) async fn tasks(portal: &TestPortal) -> Vec<String> {
    let query =
        "select r.title || ', ' || e.state || ', ' || coalesce(e.published_revision, '-') as t
        from entry e join entry_revision r on r.id = e.working_revision
        where e.site_id = 'dong-son' and r.title like 'Nuôi gà đồi%' order by r.title";
    portal.database().lines(query).await
}

#[tokio::test]
async fn a_register_becomes_drafts_and_the_same_file_again_makes_no_doubles() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let first = officer.get(PAGE).await.assert_status(200);
    first
        .assert_contains("Bước 1: Chọn tệp")
        .assert_contains("Mã số, Cấp quản lý, Đơn vị chủ trì")
        .assert_contains("2000 hàng");
    let sheet = register(&[task("KN-1", "15/03/2024"), task("KN-2", "2024-04-01")]);
    let shown = uploaded(&officer, PAGE, ("so.csv", sheet.as_bytes())).await;
    // The mapping that the section ships knows these headings, and says how days and numbers are written.
    let shown = shown
        .assert_status(200)
        .assert_contains("<option value=\"register\" selected>")
        .assert_contains("Cột A: Mã số")
        .assert_contains("<option value=\"code\" selected>")
        .assert_contains("<option value=\"starts\" selected>")
        .assert_contains("name=\"ngay\" value=\"ngay-thang-nam\" checked")
        .assert_contains("name=\"dau\" value=\"comma\" checked");
    let said = Said::of(&shown);
    let seen = said.send(&officer, "xem", &[]).await.assert_status(200);
    let seen = seen
        .assert_contains("Bản thảo mới: 2")
        .assert_contains("Ghi 2 bản thảo")
        .assert_contains("<td>15/03/2024</td>");
    let written = hidden(&seen, "da-xem");
    let kept = said.send(&officer, "ghi", &[("da-xem", &written)]).await;
    let kept = kept.assert_status(303);
    assert!(
        kept.header("location")
            .ends_with("?moi=2&sua=0&nguyen=0&bo=0")
    );
    let told = officer.get(kept.header("location")).await;
    told.assert_contains("Đã ghi: 2 bản thảo mới")
        .assert_contains("/quan-tri?ngan=cua-toi&amp;loai=science-projects%2Fproject");
    let drafts = ["Nuôi gà đồi KN-1, draft, -", "Nuôi gà đồi KN-2, draft, -"];
    assert_eq!(tasks(&portal).await, drafts);
    // Readers see nothing of it, and the desk says where it came from.
    let public = portal.visitor().get("dong-son.localhost", "/khoa-hoc");
    public.await.assert_lacks("Nuôi gà đồi KN-1");
    let history = "select reason as r from transition where reason <> '' order by reason";
    assert_eq!(
        portal.database().lines(history).await,
        [
            "Nhập từ bảng tính “so.csv”, hàng 2",
            "Nhập từ bảng tính “so.csv”, hàng 3"
        ]
    );
    // The same once more: nothing is new, nothing is written.
    let again = said.send(&officer, "xem", &[]).await.assert_status(200);
    again
        .assert_contains("Giữ nguyên, vì đã giống hệt: 2")
        .assert_lacks("value=\"ghi\"");
    said.send(&officer, "ghi", &[("da-xem", &written)])
        .await
        .assert_status(422)
        .assert_contains("lần đầu đã ghi xong");
    assert_eq!(tasks(&portal).await, drafts);
    // One row says something else: that draft alone is changed.
    let sheet = register(&[task("kn-1", "15/03/2024"), task("KN-2", "02/04/2024")]);
    let shown = uploaded(&officer, PAGE, ("so.csv", sheet.as_bytes())).await;
    let said = Said::of(&shown);
    // What was seen before is not agreed to now.
    said.send(&officer, "ghi", &[("da-xem", &written)])
        .await
        .assert_status(422)
        .assert_contains("Chưa ghi gì: từ lúc xem trước");
    assert_eq!(tasks(&portal).await, drafts);
    let kept = said.keep(&officer, &[]).await.assert_status(303);
    assert!(
        kept.header("location")
            .ends_with("?moi=0&sua=2&nguyen=0&bo=0"),
        "the code is written in another way: {}",
        kept.header("location")
    );
    assert_eq!(tasks(&portal).await.len(), 2);
}

#[tokio::test]
async fn nothing_is_written_while_a_row_is_wrong_and_she_did_not_leave_it_out() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let mut rows: Vec<String> = (0..120)
        .map(|at| task(&format!("KN-{at}"), "01/02/2024"))
        .collect();
    rows[117] = task("KN-3", "01/02/2024");
    rows[118] = task("KN-200", "31/02/2024");
    rows[119] = rows[119].replace("Cấp cơ sở", "Cấp xóm");
    let sheet = register(&rows);
    let shown = uploaded(&officer, PAGE, ("so.csv", sheet.as_bytes())).await;
    let said = Said::of(&shown);
    let seen = said.send(&officer, "xem", &[]).await.assert_status(200);
    let seen = seen
        .assert_contains("Bản thảo mới: 117")
        .assert_contains("Hàng có lỗi, không ghi được: 3")
        .assert_contains("Hàng 119, “Mã số”")
        .assert_contains("trùng với hàng 5 của tệp")
        .assert_contains("Hàng 120, “Bắt đầu”")
        .assert_contains("Hàng 121, “Cấp quản lý”")
        .assert_contains("“Cấp xóm” không có trong danh mục")
        .assert_contains("10 hàng đầu trong 120 hàng");
    let fingerprint = hidden(&seen, "da-xem");
    let seen = [("da-xem", fingerprint.as_str())];
    said.send(&officer, "ghi", &seen)
        .await
        .assert_status(422)
        .assert_contains("Chưa ghi gì: còn hàng có lỗi");
    assert!(tasks(&portal).await.is_empty());
    let left = [seen[0], ("bo-loi", "1")];
    let kept = said.send(&officer, "ghi", &left).await.assert_status(303);
    assert!(
        kept.header("location")
            .ends_with("?moi=117&sua=0&nguyen=0&bo=3")
    );
    assert_eq!(tasks(&portal).await.len(), 117);
}

#[tokio::test]
async fn a_long_list_of_faults_is_cut_on_the_page_and_whole_in_the_file() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let rows: Vec<String> = (0..400)
        .map(|at| task(&format!("KN-{at}"), "99/99/2024"))
        .collect();
    let sheet = register(&rows);
    let shown = uploaded(&officer, PAGE, ("so.csv", sheet.as_bytes())).await;
    let said = Said::of(&shown);
    let seen = said.send(&officer, "xem", &[]).await.assert_status(200);
    let seen = seen
        .assert_contains("Có 400 điều trong danh sách; trên đây là 100 điều đầu")
        .assert_contains("Hàng 101,")
        .assert_lacks("Hàng 102,");
    assert!(seen.text().len() < 120_000, "{}", seen.text().len());
    let file = said.send(&officer, "loi", &[]).await.assert_status(200);
    assert!(file.header("content-disposition").contains("loi-nhiem-vu"));
    let lines = file.text().lines().count();
    assert_eq!(lines, 401, "the header and each fault");
    assert!(file.text().contains("401,Bắt đầu,Lỗi: không ghi,"));
}

#[tokio::test]
async fn numbers_and_days_that_may_be_two_are_not_read_before_she_says_how_they_are_written() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    // Other headings, without tone marks, in another order; nothing of the shipped mapping.
    let sheet = "STT;Ma so;Ten;Cap;Don vi chu tri;Bat dau;Kinh phi (trieu dong)\n\
        1;KN-1;Nuôi gà đồi KN-1;Cấp cơ sở;Trạm Khuyến nông;05/03/2024;1.250\n";
    let shown = uploaded(&officer, PAGE, ("khac.csv", sheet.as_bytes())).await;
    let shown = shown
        .assert_status(200)
        .assert_contains("<option value=\"\" selected>Không theo mẫu nào</option>")
        .assert_contains("name=\"ngay\" value=\"\" checked")
        .assert_contains("Cột A: STT");
    for field in ["code", "host", "starts", "budget"] {
        shown_selected(&shown, field);
    }
    let mut said = Said::of(&shown);
    said.columns = vec!["", "code", "name", "level", "host", "starts", "budget"];
    (said.dates, said.mark) = ("", "");
    let seen = said.send(&officer, "xem", &[]).await.assert_status(200);
    seen.assert_contains("hãy chọn cách viết ngày")
        .assert_contains("“1.250” đọc được theo hai cách")
        .assert_contains("Hàng có lỗi, không ghi được: 1");
    // The same upload, read as she says now.
    (said.dates, said.mark) = ("ngay-thang-nam", "comma");
    let seen = said.send(&officer, "xem", &[]).await.assert_status(200);
    seen.assert_contains("Bản thảo mới: 1")
        .assert_contains("05/03/2024")
        .assert_contains("1250")
        // What a draft may lack is told, and keeps nothing back.
        .assert_contains("Ghi được nhưng cần bổ sung trước khi gửi duyệt: 1");
    said.columns[2] = "code";
    said.send(&officer, "xem", &[])
        .await
        .assert_status(422)
        .assert_contains("“Mã số” được chọn cho nhiều cột (B, C)");
    said.columns[1] = "";
    said.columns[2] = "name";
    said.send(&officer, "xem", &[])
        .await
        .assert_status(422)
        .assert_contains("chưa chọn cột nào là “Mã số”");
}

fn shown_selected(shown: &Visited, field: &str) {
    let wanted = format!("<option value=\"{field}\" selected>");
    assert!(shown.text().contains(&wanted), "{field} is not proposed");
}

#[tokio::test]
async fn another_sheet_row_or_mapping_has_the_columns_asked_again() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let sheet = format!(
        "SỔ THEO DÕI NHIỆM VỤ;;\n;;\n{}",
        register(&[task("KN-1", "01/02/2024")])
    );
    let shown = uploaded(&officer, PAGE, ("so.csv", sheet.as_bytes())).await;
    let shown = shown
        .assert_status(200)
        .assert_contains("name=\"dong\" value=\"3\"");
    let file = hidden(&shown, "tep");
    let fields = [
        ("tep", file.as_str()),
        ("dong", "4"),
        ("mau", "register"),
        ("doc-tu", "0:3:register"),
        ("cot-0", "code"),
        ("viec", "xem"),
    ];
    let asked = officer.post_parts(PAGE, &fields, &[]).await;
    asked
        .assert_status(200)
        .assert_contains("Bước 2")
        .assert_contains("Cột A: KN-1");
}
