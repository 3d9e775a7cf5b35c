//! A citizen sends, and follows what became of it.

use super::citizen::{
    FORM, LIST, MAIL, NAME, SUBJECT, WORDS, citizen, code, open, post, sent, with,
};

#[tokio::test]
async fn what_was_sent_has_a_receipt_and_waits_for_a_moderator() {
    let portal = open().await;
    let browser = citizen(&portal);
    let form = browser.get(FORM).await.assert_status(200);
    let form = form
        .assert_contains("chỉ cán bộ phụ trách đọc được")
        .assert_lacks(" checked")
        .assert_contains("autocomplete=\"tel\"");
    let text = form.text();
    let place = |part: &str| text.find(part).unwrap();
    assert!(place("form-lead") < place("id=\"truong-dong-y\""));
    assert!(place("id=\"truong-dong-y\"") < place("id=\"truong-topic\""));
    let link = sent(&browser).await;
    let page = browser
        .get(&format!("{link}?moi=1"))
        .await
        .assert_status(200);
    let page = page
        .assert_header("cache-control", "no-store")
        .assert_header("referrer-policy", "no-referrer")
        .assert_contains("đã nhận được")
        .assert_contains("Mới nhận")
        .assert_contains(WORDS)
        .assert_contains(NAME);
    let code = code(&page);
    let typed = code.to_lowercase().replace('-', "+");
    let brief = browser.get(&format!("/theo-doi?ma={typed}")).await;
    brief
        .assert_status(200)
        .assert_contains("Mới nhận")
        .assert_lacks(WORDS)
        .assert_lacks(SUBJECT)
        .assert_lacks(NAME);
    let wrong = browser.get("/theo-doi?ma=AAAA-AAAA").await;
    wrong
        .assert_status(404)
        .assert_contains("Không có nội dung nào mang mã này");
    browser.get(LIST).await.assert_lacks(SUBJECT);
    browser
        .get("/tim-kiem?q=Trung+hong")
        .await
        .assert_lacks(SUBJECT);
    let visitor = portal.visitor();
    visitor
        .get("dong-son.localhost", &link)
        .await
        .assert_status(404);
    let elsewhere = format!("/theo-doi?ma={code}");
    visitor
        .get("dong-son.localhost", &elsewhere)
        .await
        .assert_status(404);
    let guessed = format!("/theo-doi/{}", "0".repeat(64));
    browser.get(&guessed).await.assert_status(404);
    browser.get("/theo-doi/x").await.assert_status(404);
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_and_nothing_is_kept() {
    let portal = open().await;
    let browser = citizen(&portal);
    let bad = with(&[
        ("dong-y", ""),
        ("subject", ""),
        ("email", "kin.dao@"),
        ("phone", "gọi cho tôi"),
    ]);
    let again = post(&browser, &bad).await.assert_status(422);
    again
        .assert_contains("xin đọc phần thông báo ở đầu biểu mẫu")
        .assert_contains("Địa chỉ thư điện tử chưa đúng")
        .assert_contains("Số điện thoại chưa đúng")
        .assert_contains("Xin điền mục này.")
        .assert_contains("value=\"gọi cho tôi\"")
        .assert_contains(WORDS)
        .assert_lacks(" checked");
    let proposal = with(&[("topic", "regulation")]);
    let again = post(&browser, &proposal).await.assert_status(422);
    again
        .assert_contains("id=\"loi-clause\"")
        .assert_contains("Xin điền mục này.")
        .assert_contains("value=\"1\" checked");
    let forged = with(&[("state", "published")]);
    post(&browser, &forged).await.assert_status(400);
    let injected = with(&[("email", "a@example.vn\r\nBcc: all@example.vn")]);
    post(&browser, &injected).await.assert_status(422);
    let fields = dinh_tests::body(&with(&[]));
    let from_elsewhere = [("Sec-Fetch-Site", "cross-site")];
    let visitor = portal.visitor();
    let refused = visitor
        .send_with("localhost", FORM, &fields, &from_elsewhere)
        .await;
    refused.assert_status(403);
    let kept = portal.database().lines("select code from submission").await;
    assert_eq!(kept, [""; 0]);
    let kept = portal
        .database()
        .lines("select entry_id from entry_private")
        .await;
    assert_eq!(kept, [""; 0], "{MAIL}");
}

#[tokio::test]
async fn a_sender_has_everything_that_is_kept_as_a_file() {
    let portal = open().await;
    let browser = citizen(&portal);
    let link = sent(&browser).await;
    let data = browser
        .get(&format!("{link}/du-lieu.json"))
        .await
        .assert_status(200);
    let told = data.json();
    assert_eq!(told["private"]["name"], NAME);
    assert_eq!(told["text"]["subject"], SUBJECT);
    assert_eq!(told["state"], "received");
    assert!(told["consent"].as_str().unwrap().contains("không đăng"));
    assert!(
        told["form"]
            .as_str()
            .unwrap()
            .starts_with("feedback 0.1.0 ")
    );
    assert!(
        data.header("content-disposition")
            .contains(told["code"].as_str().unwrap())
    );
}

#[tokio::test]
async fn who_tells_nothing_of_themselves_agrees_to_nothing() {
    let portal = open().await;
    let browser = citizen(&portal);
    let bare = with(&[("dong-y", ""), ("name", ""), ("email", ""), ("phone", "")]);
    post(&browser, &bare).await.assert_status(303);
    // A page that was open while the section got a new version.
    let mut old = bare.clone();
    old.extend([("bieu-mau", "feedback 0.0.9 00"), ("former", "x")]);
    let again = browser.post(FORM, &old).await.assert_status(409);
    again
        .assert_contains("biểu mẫu này đã thay đổi")
        .assert_contains(WORDS);
}

#[tokio::test]
async fn a_form_is_not_lost_when_it_cannot_be_kept() {
    let portal = open().await;
    let browser = citizen(&portal);
    let path = portal.folder().join("seal.key");
    std::fs::write(&path, "no key").unwrap();
    let form = browser.get(FORM).await.assert_status(200);
    let version = crate::desk::form::hidden(&form, "bieu-mau");
    let mut all = with(&[]);
    all.push(("bieu-mau", version.as_str()));
    let later = browser.post(FORM, &all).await.assert_status(503);
    later
        .assert_contains("xin gửi lại sau ít phút")
        .assert_contains(WORDS);
    std::fs::remove_file(&path).unwrap();
    browser.post(FORM, &all).await.assert_status(303);
}
