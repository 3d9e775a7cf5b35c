//! Invitations, passwords and the second factor.

use dinh::demo::people::PASSWORD;
use dinh::user::UserAct;
use dinh_tests::TestPortal;

use super::person::{
    Browser, DAY, OTHER_PASSWORD, OWN, code, invited, link, operate, path_of, portal, secret_of,
};

#[tokio::test]
async fn an_invitation_is_used_once() {
    let server = portal().await;
    let path = invited(&server, "Lan.Phạm", "unit-officer", "dong-son").await;
    let mut browser = Browser::at(&server, "192.0.2.5");
    let shown = browser.get(&path).await.assert_status(200);
    shown
        .assert_header("cache-control", "no-store")
        .assert_contains("Phạm Thị Lan")
        .assert_contains("lan.phạm");
    for (password, told) in [
        ("ngắn", "ít nhất 14 ký tự"),
        ("không có chữ hoa 1", "cần có chữ thường"),
        ("aaaaaaaaaaaaaaaa", "lặp lại"),
        ("Lan.Phạm-2014-abc", "không được chứa tên"),
    ] {
        let fields = [("mat-khau-moi", password), ("ma-xac-thuc", "")];
        let refused = browser.post(&path, &fields).await.assert_status(422);
        refused
            .assert_contains(told)
            .assert_contains("giup-mat-khau-moi loi-mat-khau-moi")
            .assert_lacks(password);
    }
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    let done = browser.post(&path, &fields).await.assert_status(303);
    browser
        .get(done.header("location"))
        .await
        .assert_contains("Tài khoản đã sẵn sàng");
    browser.get(&path).await.assert_status(404);
    let twice = [("mat-khau-moi", "Ke-trom-mat-khau-1")];
    browser.post(&path, &twice).await.assert_status(404);
    browser
        .sign_in("lan.phạm", "Ke-trom-mat-khau-1")
        .await
        .assert_status(401);
    browser
        .sign_in("lan.phạm", OTHER_PASSWORD)
        .await
        .assert_status(303);
    // The same letters, written with their marks apart.
    browser
        .sign_in("lan.pha\u{323}m", OTHER_PASSWORD)
        .await
        .assert_status(303);
    browser
        .get(OWN)
        .await
        .assert_contains("Cán bộ phụ trách của đơn vị");
    for bad in [
        "/loi-moi/x",
        "/loi-moi/%00",
        &format!("/loi-moi/{}", "0".repeat(64)),
    ] {
        let status = browser.get(bad).await.status();
        assert!(status == 404 || status == 400, "{bad}: {status}");
    }
}

#[tokio::test]
async fn an_invitation_expires_and_is_replaced_by_the_next() {
    let server = portal().await;
    let first = invited(&server, "lan", "unit-officer", "dong-son").await;
    let reset = UserAct::Reset {
        name: "lan".to_owned(),
        link: link(),
    };
    let second = path_of(&operate(&server, reset).await.unwrap());
    let browser = Browser::at(&server, "192.0.2.5");
    browser.get(&first).await.assert_status(404);
    server.clock().advance(7 * DAY - 1);
    browser.get(&second).await.assert_status(200);
    server.clock().advance(1);
    browser.get(&second).await.assert_status(404);
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    browser.post(&second, &fields).await.assert_status(404);
    let again = UserAct::Invite {
        name: "LAN".to_owned(),
        full_name: "Người khác".to_owned(),
        email: String::new(),
        grant: super::person::grant("unit-officer", "dong-son"),
        link: link(),
    };
    let refused = operate(&server, again).await.unwrap_err();
    assert!(
        refused.contains("there is an account `lan` already"),
        "{refused}"
    );
}

#[tokio::test]
async fn an_administrator_needs_a_second_factor_whose_codes_are_taken_once() {
    let server = TestPortal::demo_with_strict_rules().await;
    let path = invited(&server, "quan-tri", "standing-office", "yen-the").await;
    let mut browser = Browser::at(&server, "");
    let shown = browser.get(&path).await.assert_status(200);
    let secret = secret_of(&shown);
    assert_eq!(secret.len(), 20);
    // Eight characters are enough beside it, and nothing is without it.
    let fields = [("mat-khau-moi", "ngắn-gọn"), ("ma-xac-thuc", "")];
    browser
        .post(&path, &fields)
        .await
        .assert_status(422)
        .assert_contains("Mã xác thực không đúng");
    let early = code(&server, &secret, -2);
    let fields = [
        ("mat-khau-moi", "ngắn-gọn"),
        ("ma-xac-thuc", early.as_str()),
    ];
    browser.post(&path, &fields).await.assert_status(422);
    let right = code(&server, &secret, 0);
    let fields = [
        ("mat-khau-moi", "ngắn-gọn"),
        ("ma-xac-thuc", right.as_str()),
    ];
    browser.post(&path, &fields).await.assert_status(303);
    browser
        .sign_in("quan-tri", "ngắn-gọn")
        .await
        .assert_status(401);
    // That code has been used.
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &right)
        .await
        .assert_status(401);
    let next = code(&server, &secret, 1);
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &next)
        .await
        .assert_status(303);
    browser
        .get(OWN)
        .await
        .assert_status(200)
        .assert_contains("Đang dùng xác thực hai lớp");
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &next)
        .await
        .assert_status(401);
    // Its step before is older than what was taken.
    let older = code(&server, &secret, 0);
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &older)
        .await
        .assert_status(401);
    server.clock().advance(60_000);
    let fresh = code(&server, &secret, 0);
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &fresh)
        .await
        .assert_status(303);
    server.clock().advance(60 * DAY);
    let fresh = code(&server, &secret, 0);
    browser
        .sign_in_with("quan-tri", "ngắn-gọn", &fresh)
        .await
        .assert_status(303);
    browser
        .get(OWN)
        .await
        .assert_contains("Mật khẩu đã dùng hai tháng");
}

#[tokio::test]
async fn a_second_factor_is_taken_on_later() {
    let server = TestPortal::demo_with_strict_rules().await;
    let mut browser = Browser::at(&server, "");
    browser
        .sign_in("truong-ban", PASSWORD)
        .await
        .assert_status(303);
    browser
        .get(OWN)
        .await
        .assert_contains("bắt buộc xác thực hai lớp");
    browser.want("totp-begin", &[]).await.assert_status(303);
    let page = browser.get(OWN).await.assert_status(200);
    let secret = secret_of(&page);
    browser
        .want("totp-prove", &[("ma-xac-thuc", "000000")])
        .await
        .assert_status(422);
    let right = code(&server, &secret, 0);
    let done = browser
        .want("totp-prove", &[("ma-xac-thuc", &right)])
        .await
        .assert_status(200);
    done.assert_contains("Đã bật xác thực hai lớp")
        .assert_lacks("bắt buộc xác thực");
    let mut other = Browser::at(&server, "");
    other
        .sign_in("truong-ban", PASSWORD)
        .await
        .assert_status(401);
    other
        .sign_in_with("truong-ban", PASSWORD, &right)
        .await
        .assert_status(401);
    let next = code(&server, &secret, 1);
    other
        .sign_in_with("truong-ban", PASSWORD, &next)
        .await
        .assert_status(303);
}

#[tokio::test]
async fn a_password_does_not_come_back() {
    let server = portal().await;
    let browser = Browser::signed_in(&server, "can-bo").await;
    let mut other = Browser::at(&server, "192.0.2.6");
    other.sign_in("can-bo", PASSWORD).await.assert_status(303);
    server.clock().advance(1_000);
    let change = async |present: &str, new: &str| {
        let fields = [("mat-khau", present), ("mat-khau-moi", new)];
        browser.want("password", &fields).await
    };
    change("sai", OTHER_PASSWORD)
        .await
        .assert_status(422)
        .assert_contains("hiện nay không đúng");
    change(PASSWORD, PASSWORD)
        .await
        .assert_status(422)
        .assert_contains("đã dùng");
    change(PASSWORD, OTHER_PASSWORD)
        .await
        .assert_status(200)
        .assert_contains("Đã đổi mật khẩu");
    server.clock().advance(1_000);
    // This device stays, others do not.
    browser.get(OWN).await.assert_status(200);
    other.assert_out(other.get(OWN).await);
    change(OTHER_PASSWORD, PASSWORD)
        .await
        .assert_status(422)
        .assert_contains("đã dùng");
    let mut present = OTHER_PASSWORD.to_owned();
    for number in 0..9 {
        let new = format!("Hoa-mai-vang-{number}-xuan");
        change(&present, &new).await.assert_status(200);
        server.clock().advance(1_000);
        present = new;
    }
    // Ten others have been used since.
    change(&present, PASSWORD).await.assert_status(200);
    other.sign_in("can-bo", PASSWORD).await.assert_status(303);
}
