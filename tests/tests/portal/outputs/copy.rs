//! A copy to keep, and the page that says whether it is what is published.

use dinh_tests::{Document, TestPortal, Visited};

/// The canonical content and the hash that a copy states.
fn content(copy: &Visited) -> (String, String) {
    let page = copy.page();
    let block = page.between("id=\"noi-dung-chuan\">", "</script>");
    let hash = page.between("<meta name=\"dinh:content-sha256\" content=\"", "\">");
    (block[0].to_owned(), hash[0].to_owned())
}

async fn copy_of(portal: &TestPortal, number: &str) -> Visited {
    let detail = portal.visitor().document("localhost", number).await;
    let link = detail.page().link("Tải bản lưu (HTML)").address;
    portal
        .visitor()
        .get("localhost", &link)
        .await
        .assert_status(200)
}

async fn verify(portal: &TestPortal, host: &str, hash: &str) -> Visited {
    let path = format!("/kiem-tra-ban-luu?ma={hash}");
    portal.visitor().get(host, &path).await.assert_status(200)
}

fn document() -> Document {
    Document::new("92/2026/QĐ-UBND").keyed("row-92")
}

#[tokio::test]
async fn a_copy_is_one_file_that_asks_nobody() {
    let portal = TestPortal::demo().await;
    portal.post(document()).await;
    let copy = copy_of(&portal, "92/2026/QĐ-UBND").await;
    let disposition = copy.header("content-disposition").to_owned();
    assert!(
        disposition.starts_with("attachment; filename=\"92-2026-qd-ubnd"),
        "{disposition}"
    );
    assert!(disposition.contains(".html"), "{disposition}");
    let copy = copy
        .assert_header("cache-control", "no-store")
        .assert_header("x-robots-tag", "noindex")
        .assert_contains("default-src 'none'; style-src 'sha256-")
        .assert_contains("Tác giả:")
        .assert_contains("Nguồn:")
        .assert_contains("Bản lưu lập lúc:")
        .assert_contains("Ủy ban nhân dân huyện Yên Thế")
        .assert_contains("SHA-256: ");
    let html = copy.answer().text();
    for asking in [
        " src=",
        "<link rel=\"stylesheet",
        "<link rel=\"icon",
        "@import",
        "url(",
        "<iframe",
        "<img",
    ] {
        assert!(!html.contains(asking), "{asking}");
    }
    // The file's own hash is that of the bytes that are served.
    let page = copy.page();
    let file = page
        .links()
        .into_iter()
        .find(|link| link.address.contains("/tep/"))
        .unwrap();
    let path = file.address.split_once("/tep/").unwrap().1;
    let served = portal
        .visitor()
        .get("localhost", &format!("/tep/{path}"))
        .await;
    let tag = served.header("etag").trim_matches('"').to_owned();
    assert!(html.contains(&format!("SHA-256: {tag}")), "{tag}");
}

#[tokio::test]
async fn two_copies_of_one_text_have_one_hash_and_a_change_has_another() {
    let portal = TestPortal::demo().await;
    portal.post(document()).await;
    let (first, hash) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    assert_eq!(hash.len(), 64);
    portal.clock().set("2026-11-27");
    assert_eq!(
        content(&copy_of(&portal, "92/2026/QĐ-UBND").await),
        (first.clone(), hash.clone())
    );
    portal
        .post(document().with("abstract", "Về việc khác"))
        .await;
    let (second, other) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    assert_ne!(first, second);
    assert_ne!(hash, other);
}

#[tokio::test]
async fn the_verifying_page_tells_current_former_and_withdrawn_texts_apart() {
    let portal = TestPortal::demo().await;
    portal.post(document()).await;
    let copy = copy_of(&portal, "92/2026/QĐ-UBND").await;
    let (_, first) = content(&copy);
    let link = copy
        .page()
        .links()
        .into_iter()
        .find(|link| link.address.contains("/kiem-tra-ban-luu"));
    assert!(link.unwrap().address.ends_with(&format!("?ma={first}")));
    let current = verify(&portal, "localhost", &first).await;
    let current = current.assert_contains("Đúng: đây là nội dung đang được đăng.");
    let entry = current.page().link("Quyết định 92/2026/QĐ-UBND").address;

    portal
        .post(document().with("abstract", "Về việc khác"))
        .await;
    let (_, second) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    let former = verify(&portal, "localhost", &first).await;
    former.clone().assert_contains("nay đã được sửa đổi");
    assert_eq!(
        former.page().link("Quyết định 92/2026/QĐ-UBND").address,
        entry
    );
    verify(&portal, "localhost", &second)
        .await
        .assert_contains("Đúng: đây là");

    // Taken back: the first text is the current one again.
    portal.post(document()).await;
    verify(&portal, "localhost", &first)
        .await
        .assert_contains("Đúng: đây là");
    verify(&portal, "localhost", &second)
        .await
        .assert_contains("nay đã được sửa đổi");

    let id = portal.entry_id("yen-the", &entry).await;
    let withdrawn = portal
        .portal()
        .withdraw("editor", &id, "Ban hành sai thể thức", None);
    withdrawn.await.unwrap();
    for hash in [&first, &second] {
        let gone = verify(&portal, "localhost", hash).await;
        gone.assert_contains("nay đã được rút")
            .assert_contains("Ban hành sai thể thức");
    }
}

#[tokio::test]
async fn a_hash_of_what_the_visitor_may_not_see_answers_like_one_that_nobody_knows() {
    let portal = TestPortal::demo().await;
    let unknown = "Không có nội dung nào mang mã này";
    verify(&portal, "localhost", &"0".repeat(64))
        .await
        .assert_contains(unknown);
    portal.post(document()).await;
    let (_, hash) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    // A commune's site does not search the district's documents.
    verify(&portal, "dong-son.localhost", &hash)
        .await
        .assert_contains(unknown);
    // A section that is disabled does not exist, nor what was withdrawn from it.
    portal.set_module("yen-the", false).await;
    verify(&portal, "localhost", &hash)
        .await
        .assert_contains(unknown);
    portal.set_module("yen-the", true).await;
    verify(&portal, "localhost", &hash)
        .await
        .assert_contains("Đúng: đây là");
    let list = portal
        .visitor()
        .get("localhost", "/van-ban?number=92%2F2026%2FQD-UBND")
        .await;
    let path = list.page().rows()[0].address.clone();
    let id = portal.entry_id("yen-the", &path).await;
    portal
        .portal()
        .withdraw("editor", &id, "Đăng nhầm", None)
        .await
        .unwrap();
    let elsewhere = verify(&portal, "dong-son.localhost", &hash).await;
    elsewhere.assert_contains(unknown).assert_lacks("Đăng nhầm");
    portal.set_module("yen-the", false).await;
    let gone = verify(&portal, "localhost", &hash).await;
    gone.assert_contains(unknown).assert_lacks("Đăng nhầm");
}

#[tokio::test]
async fn what_is_no_hash_is_told_so_and_the_form_works_without_scripts() {
    let portal = TestPortal::demo().await;
    let asked = verify(&portal, "localhost", "quyet-dinh").await;
    asked
        .assert_contains("Đây không phải là mã nội dung")
        .assert_contains("value=\"quyet-dinh\"")
        .assert_contains("<form class=\"verify\" method=\"get\"");
    let empty = portal.visitor().get("localhost", "/kiem-tra-ban-luu").await;
    empty.assert_status(200).assert_lacks("role=\"status\"");
    verify(&portal, "localhost", &"a".repeat(3_000))
        .await
        .assert_contains("Đây không phải");
}

#[tokio::test]
async fn what_was_published_before_hashes_were_kept_is_recorded_when_the_portal_opens() {
    let portal = TestPortal::demo().await;
    portal.post(document()).await;
    let (_, first) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    portal
        .post(document().with("abstract", "Về việc khác"))
        .await;
    let (_, second) = content(&copy_of(&portal, "92/2026/QĐ-UBND").await);
    let (folder, database) = portal.close().await;
    database.run("delete from publication").await;
    let portal = TestPortal::of(folder, database).await;
    verify(&portal, "localhost", &second)
        .await
        .assert_contains("Đúng: đây là");
    verify(&portal, "localhost", &first)
        .await
        .assert_contains("nay đã được sửa đổi");
}
