//! The form by which people write, in a browser without scripts.

use dinh_tests::{Document, TestPortal, Visited};

use crate::people::person::{Browser, SIGN_IN, portal};

pub(super) const NEW: &str = "/quan-tri/soan/dong-son/legal-documents/document";
const HOST: &str = "dong-son.localhost";
pub(super) const PDF: &str = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF";
const NUMBER: &str = "77/2026/QĐ-UBND";

/// What a page's form sends unseen under a name; the first of them.
pub(crate) fn hidden(page: &Visited, name: &str) -> String {
    let text = page.text();
    let wanted = format!("name=\"{name}\" value=\"");
    let (_, rest) = text
        .split_once(&wanted)
        .unwrap_or_else(|| panic!("{name} is not there"));
    rest.split_once('"').unwrap().0.to_owned()
}

/// A whole document, but for its date and its file.
pub(super) const FIELDS: [(&str, &str); 10] = [
    ("f.kind", "quyet-dinh"),
    ("f.number", NUMBER),
    ("f.issuer", "UBND xã Đông Sơn"),
    ("f.signer", "Hoàng Văn Sơn"),
    ("f.effective_on", "01/04/2026"),
    ("f.abstract", "Về việc quản lý chợ xã Đông Sơn"),
    ("f.fields", "Thương mại"),
    ("f.fields", ""),
    (
        "f.text",
        "Điều 1. Phạm vi\n1. Chợ trung tâm xã.\nĐiều 2. Hiệu lực",
    ),
    ("viec", "luu"),
];

pub(super) fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = FIELDS.to_vec();
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    fields
}

pub(crate) async fn officer(portal: &TestPortal) -> Browser<'_> {
    Browser::signed_in(portal, "can-bo").await
}

/// A saved draft: path of its page on the desk.
pub(super) async fn draft(officer: &Browser<'_>) -> String {
    let saved = officer
        .post_parts(NEW, &with(&[]), &[])
        .await
        .assert_status(303);
    let there = saved.header("location");
    there.split_once('?').unwrap().0.to_owned()
}

#[tokio::test]
async fn an_officer_writes_corrects_and_sends_and_the_page_is_what_she_wrote() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    officer
        .get("/quan-tri/soan")
        .await
        .assert_status(200)
        .assert_contains(NEW)
        .assert_lacks("/quan-tri/soan/yen-the/");
    officer
        .get(NEW)
        .await
        .assert_status(200)
        .assert_contains("(cần có khi gửi duyệt)");
    // One thing is wrong: everything that was typed comes back, the file with it.
    let wrong = with(&[("f.issued_on", "31/02/2026")]);
    let files = [("f.files.new", "qđ 77.pdf", PDF)];
    let again = officer
        .post_parts(NEW, &wrong, &files)
        .await
        .assert_status(422);
    let again = again
        .assert_contains("“31/02/2026” không phải là ngày có thật")
        .assert_contains("href=\"#truong-issued_on\"")
        .assert_contains("value=\"31/02/2026\"")
        .assert_contains("Về việc quản lý chợ xã Đông Sơn")
        .assert_contains("qđ 77.pdf")
        .assert_contains("(đã nhận, chưa lưu)");
    let file = hidden(&again, "f.files.file");
    let fixed = with(&[
        ("f.issued_on", "5/3/2026"),
        ("f.files.file", &file),
        ("f.files.label", "Toàn văn"),
    ]);
    let saved = officer
        .post_parts(NEW, &fixed, &[])
        .await
        .assert_status(303);
    let there = saved.header("location").to_owned();
    let shown = officer.get(&there).await.assert_status(200);
    let shown = shown
        .assert_contains("Đã lưu.")
        .assert_contains("Quyết định 77/2026/QĐ-UBND")
        .assert_contains("05/03/2026")
        .assert_contains("Điều 1. Phạm vi")
        .assert_contains("Toàn văn (qđ 77.pdf)");
    let page = there.split_once('?').unwrap().0;
    let form = officer.get(&format!("{page}/sua")).await.assert_status(200);
    form.assert_contains("value=\"05/03/2026\"")
        .assert_contains("Điều 1. Phạm vi\n1. Chợ trung tâm xã.\nĐiều 2. Hiệu lực</textarea>");
    let led = officer.get(&format!("{page}/xem-truoc")).await;
    let (preview, _) = officer.over(led.header("location")).await;
    preview
        .assert_status(200)
        .assert_contains("Xem trước")
        .assert_contains("Điều 2.")
        .assert_contains("Toàn văn")
        .assert_header("cache-control", "no-store");
    let ban = hidden(&shown, "ban");
    let send = [("viec", "submit"), ("ban", ban.as_str())];
    officer.post(page, &send).await.assert_status(303);
    let head = Browser::signed_in(&portal, "thu-truong").await;
    let ban = hidden(&head.get(page).await, "ban");
    let approve = [("viec", "approve"), ("ban", ban.as_str())];
    head.post(page, &approve).await.assert_status(303);
    let public = portal.visitor().document(HOST, NUMBER).await;
    public
        .assert_contains("Về việc quản lý chợ xã Đông Sơn")
        .assert_contains("Chợ trung tâm xã.")
        .assert_contains("Toàn văn");
}

#[tokio::test]
async fn a_text_may_be_unfinished_until_it_is_sent() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let little = [("f.abstract", "Mới có trích yếu"), ("viec", "luu")];
    let saved = officer
        .post_parts(NEW, &little, &[])
        .await
        .assert_status(303);
    let page = saved
        .header("location")
        .split_once('?')
        .unwrap()
        .0
        .to_owned();
    let shown = officer.get(&page).await.assert_status(200);
    let ban = hidden(&shown, "ban");
    let send = [("viec", "submit"), ("ban", ban.as_str())];
    let told = officer.post(&page, &send).await.assert_status(422);
    told.assert_contains("Số, ký hiệu");
}

#[tokio::test]
async fn a_form_is_nobodys_who_may_not_write() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let page = draft(&officer).await;
    let elsewhere = "/quan-tri/soan/yen-the/legal-documents/document";
    officer.get(elsewhere).await.assert_status(403);
    officer
        .post_parts(elsewhere, &with(&[]), &[])
        .await
        .assert_status(403);
    officer
        .get("/quan-tri/soan/nowhere/legal-documents/document")
        .await
        .assert_status(404);
    officer
        .get("/quan-tri/soan/dong-son/legal-documents/nothing")
        .await
        .assert_status(404);
    let inspector = Browser::signed_in(&portal, "thanh-tra").await;
    inspector.get(NEW).await.assert_status(403);
    inspector
        .get(&format!("{page}/sua"))
        .await
        .assert_status(403);
    inspector
        .get("/quan-tri/soan")
        .await
        .assert_contains("chưa được giao soạn");
    let ban = hidden(&officer.get(&format!("{page}/sua")).await, "ban");
    let forged = with(&[("ban", ban.as_str()), ("f.abstract", "Giả")]);
    inspector
        .post_parts(&format!("{page}/sua"), &forged, &[])
        .await
        .assert_status(403);
    let restored = [("ban", ban.as_str())];
    inspector
        .post(&format!("{page}/ban/1"), &restored)
        .await
        .assert_status(403);
    let stranger = Browser::at(&portal, "192.0.2.9");
    for path in [NEW, "/quan-tri/soan"] {
        stranger.assert_out(stranger.get(path).await);
    }
    for rest in ["sua", "xem-truoc", "ban/1"] {
        stranger.assert_out(stranger.get(&format!("{page}/{rest}")).await);
    }
    let unknown = with(&[("f.secret", "x")]);
    officer
        .post_parts(NEW, &unknown, &[])
        .await
        .assert_status(400);
}

#[tokio::test]
async fn a_file_is_its_senders_until_it_is_saved_and_then_its_entrys() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let files = [("f.files.new", "bí mật.pdf", PDF)];
    let wrong = with(&[("f.issued_on", "x")]);
    let again = officer
        .post_parts(NEW, &wrong, &files)
        .await
        .assert_status(422);
    let file = hidden(&again, "f.files.file");
    let claim = with(&[("f.files.file", file.as_str()), ("f.files.label", "")]);
    // Knowing the id is no right to it.
    let head = Browser::signed_in(&portal, "thu-truong").await;
    head.post_parts(NEW, &claim, &[]).await.assert_status(422);
    let saved = officer
        .post_parts(NEW, &claim, &[])
        .await
        .assert_status(303);
    let page = saved
        .header("location")
        .split_once('?')
        .unwrap()
        .0
        .to_owned();
    // One file, one entry.
    let other = with(&[
        ("f.files.file", file.as_str()),
        ("f.files.label", ""),
        ("f.number", "78/2026/QĐ-UBND"),
    ]);
    officer
        .post_parts(NEW, &other, &[])
        .await
        .assert_status(422);
    let path = format!("{page}/tep/{file}/b%C3%AD%20m%E1%BA%ADt.pdf");
    let got = officer.get(&path).await.assert_status(200);
    assert!(got.text().starts_with("%PDF"));
    officer
        .get(&format!("{page}/tep/{file}/khac.pdf"))
        .await
        .assert_status(303);
    let stranger = Browser::at(&portal, "192.0.2.9");
    stranger.assert_out(stranger.get(&path).await);
    let public = format!("/tep/{file}/b%C3%AD%20m%E1%BA%ADt.pdf");
    portal.visitor().get(HOST, &public).await.assert_status(404);
    // What is no file of its kind is said, and the text stays.
    let odd = [("f.files.new", "chạy.exe", "MZ\u{90}")];
    let told = officer
        .post_parts(NEW, &with(&[]), &odd)
        .await
        .assert_status(422);
    told.assert_contains("“chạy.exe” không thuộc loại được nhận")
        .assert_contains("Về việc quản lý chợ xã Đông Sơn");
}

/// A draft with one file: the page of its form, its revision and the id of the file.
pub(super) async fn with_a_file(officer: &Browser<'_>) -> (String, String, String) {
    let files = [("f.files.new", "a.pdf", PDF)];
    let saved = officer.post_parts(NEW, &with(&[]), &files).await;
    let saved = saved.assert_status(303);
    let page = saved
        .header("location")
        .split_once('?')
        .unwrap()
        .0
        .to_owned();
    let edit = format!("{page}/sua");
    let form = officer.get(&edit).await;
    (edit, hidden(&form, "ban"), hidden(&form, "f.files.file"))
}

#[tokio::test]
async fn rows_are_added_and_the_other_end_of_an_edge_is_looked_for() {
    let portal = portal().await;
    portal
        .post(Document::new("06/2026/QĐ-UBND").on("dong-son"))
        .await;
    let officer = officer(&portal).await;
    let (edit, ban, file) = with_a_file(&officer).await;
    let own = [
        ("ban", ban.as_str()),
        ("f.files.file", file.as_str()),
        ("f.files.label", ""),
        ("f.relations.kind", "based-on"),
        ("f.relations.target", "thu nghiem so 06 2026"),
        ("f.relations.label", ""),
    ];
    let pressed = |button: &'static str| {
        let mut fields = with(&own);
        fields.retain(|(name, _)| *name != "viec");
        fields.push(("viec", button));
        fields
    };
    let more = pressed("them:fields");
    let wider = officer
        .post_parts(&edit, &more, &[])
        .await
        .assert_status(200);
    let rows = wider.text().matches("name=\"f.fields\"").count();
    assert_eq!(rows, 4, "what was typed, and three more");
    let look = pressed("tim:relations:0");
    let found = officer
        .post_parts(&edit, &look, &[])
        .await
        .assert_status(200);
    found
        .assert_contains("value=\"lay:relations:0:06/2026/QĐ-UBND\"")
        .assert_contains("Về việc thử nghiệm số 06/2026");
    let take = pressed("lay:relations:0:06/2026/QĐ-UBND");
    let taken = officer
        .post_parts(&edit, &take, &[])
        .await
        .assert_status(200);
    taken
        .assert_contains("name=\"f.relations.target\" value=\"06/2026/QĐ-UBND\"")
        .assert_contains("a.pdf");
}

#[tokio::test]
async fn a_file_that_was_taken_out_comes_back_with_a_former_revision() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let (edit, ban, file) = with_a_file(&officer).await;
    let page = edit.strip_suffix("/sua").unwrap();
    let gone = with(&[
        ("ban", ban.as_str()),
        ("f.files.file", file.as_str()),
        ("f.files.label", ""),
        ("f.files.gone", file.as_str()),
        ("f.relations.kind", "based-on"),
        ("f.relations.target", "06/2026/QĐ-UBND"),
        ("f.relations.label", ""),
    ]);
    officer
        .post_parts(&edit, &gone, &[])
        .await
        .assert_status(303);
    let shown = officer.get(page).await;
    shown
        .assert_lacks("a.pdf")
        .assert_contains("Căn cứ ban hành: 06/2026/QĐ-UBND");
    // The revision before has it still, and is written again with it.
    let second = officer
        .get(&format!("{page}/ban/2"))
        .await
        .assert_status(200);
    second.assert_contains("<del>a.pdf</del>");
    let first = format!("{page}/ban/1");
    let ban = hidden(&officer.get(&first).await, "ban");
    let again = [("ban", ban.as_str())];
    officer.post(&first, &again).await.assert_status(303);
    officer.get(page).await.assert_contains("a.pdf");
    let late = officer.post(&first, &again).await.assert_status(409);
    late.assert_contains("đã được người khác sửa");
    officer
        .get(&format!("{page}/ban/9"))
        .await
        .assert_status(404);
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_there_after_signing_in() {
    let portal = portal().await;
    let mut officer = officer(&portal).await;
    officer.cookie = String::new();
    let long = format!("Điều 1. Dài\n{}", "Chữ có dấu. ".repeat(8_000));
    let fields = with(&[("f.text", long.as_str())]);
    let files = [("f.files.new", "a.pdf", PDF)];
    let ended = officer
        .post_parts(NEW, &fields, &files)
        .await
        .assert_status(401);
    let ended = ended.assert_contains("multipart/form-data");
    assert_eq!(hidden(&ended, "giu.tep-bi-bo"), "1");
    let mut kept: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| (format!("giu.{name}"), (*value).to_owned()))
        .collect();
    kept.push(("ve".to_owned(), NEW.to_owned()));
    kept.push(("ten".to_owned(), "can-bo".to_owned()));
    let password = dinh::demo::people::PASSWORD;
    kept.push(("mat-khau".to_owned(), password.to_owned()));
    kept.push(("ma-xac-thuc".to_owned(), String::new()));
    let kept: Vec<(&str, &str)> = kept.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let go_on = officer
        .post_parts(SIGN_IN, &kept, &[])
        .await
        .assert_status(200);
    officer.take_cookie(&go_on);
    go_on
        .assert_contains("multipart/form-data")
        .assert_contains("Chữ có dấu.");
    // The file did not come along: nothing is saved without it unasked.
    let mut sent_on = fields.clone();
    sent_on.push(("tep-bi-bo", "1"));
    let told = officer
        .post_parts(NEW, &sent_on, &[])
        .await
        .assert_status(422);
    told.assert_contains("xin chọn lại tệp")
        .assert_contains("Chữ có dấu.")
        .assert_lacks("tep-bi-bo");
    officer
        .post_parts(NEW, &fields, &[])
        .await
        .assert_status(303);
}

#[tokio::test]
async fn forms_that_are_too_long_or_come_from_elsewhere_are_refused() {
    let portal = portal().await;
    let officer = officer(&portal).await;
    let long = "x".repeat(5 * 1024 * 1024);
    let fields = with(&[("f.abstract", long.as_str())]);
    officer
        .post_parts(NEW, &fields, &[])
        .await
        .assert_status(413);
    let fits = "x".repeat(50_000);
    let fields = with(&[("f.abstract", fits.as_str())]);
    let told = officer
        .post_parts(NEW, &fields, &[])
        .await
        .assert_status(422);
    told.assert_contains("dài 50000 ký tự, quá giới hạn 4000");
    // A step's form stays short, and takes no files.
    let page = draft(&officer).await;
    let files = [("tep", "a.pdf", PDF)];
    officer
        .post_parts(&page, &[("viec", "submit")], &files)
        .await
        .assert_status(415);
    let foreign = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Cookie", officer.cookie.as_str()),
    ];
    let sent = portal
        .visitor()
        .send_with("localhost", NEW, "viec=luu", &foreign)
        .await;
    sent.assert_status(403);
}
