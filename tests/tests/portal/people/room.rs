//! The room of people: whoever looks after accounts does it there, as far as their rights reach.

use dinh::demo::people::PASSWORD;
use dinh::user::UserAct;

use super::person::{
    Browser, OTHER_PASSWORD, OWN, PEOPLE, grant, joined, operate, page_of, portal,
};

const INVITE: &str = "/quan-tri/con-nguoi/moi";

#[tokio::test]
async fn who_looks_after_people_finds_them_and_the_room_is_there_for_nobody_else() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    head.get("/quan-tri")
        .await
        .assert_contains("Con người")
        .assert_contains("Nhật ký");
    let list = head.get(PEOPLE).await.assert_status(200);
    let list = list.assert_header("cache-control", "no-store");
    for text in ["Lý Thị Mai", "Cán bộ phụ trách của đơn vị", "Có 4 người."] {
        assert!(list.text().contains(text), "{text}");
    }
    let there = head
        .get(&format!("{PEOPLE}?to-chuc=dong-son&tim=mai"))
        .await;
    there
        .assert_contains("Có 1 người.")
        .assert_lacks("Hoàng Văn Sơn");
    let page = page_of(&head, "Lý Thị Mai").await;
    let shown = head.get(&page).await.assert_status(200);
    shown
        .assert_contains("Thu hồi vai trò Cán bộ phụ trách")
        .assert_contains("Điều 10–15");
    for name in ["thu-truong", "can-bo", "thanh-tra"] {
        let other = Browser::signed_in(&server, name).await;
        other
            .get("/quan-tri")
            .await
            .assert_lacks("href=\"/quan-tri/con-nguoi\"");
        for path in [PEOPLE, INVITE, page.as_str()] {
            other.get(path).await.assert_status(404);
        }
        let take = [("viec", "disable")];
        other.post(&page, &take).await.assert_status(404);
    }
    let stranger = Browser::at(&server, "192.0.2.9");
    stranger.assert_out(stranger.get(PEOPLE).await);
    for odd in ["?page=0", "?page=99999999999", "?to-chuc=%2E", "?tim=%22"] {
        head.get(&format!("{PEOPLE}{odd}")).await.assert_status(200);
    }
    for odd in ["/x", "/%00", "/0198"] {
        let status = head.get(&format!("{PEOPLE}{odd}")).await.status();
        assert!(matches!(status, 404 | 400), "{odd}: {status}");
    }
}

#[tokio::test]
async fn a_role_is_given_and_taken_with_what_is_wrong_beside_its_field() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    let page = page_of(&head, "Lý Thị Mai").await;
    let give = async |role: &str, at: &str, from: &str, until: &str| {
        let fields = [
            ("viec", "give-role"),
            ("vai-tro", role),
            ("to-chuc", at),
            ("tu-ngay", from),
            ("den-ngay", until),
        ];
        head.post(&page, &fields).await
    };
    let missing = give("", "dong-son", "", "").await.assert_status(422);
    missing
        .assert_contains("<p>Hãy chọn một vai trò.</p>")
        .assert_contains("<option value=\"dong-son\" selected>");
    let nowhere = give("desk-editor", "", "", "").await.assert_status(422);
    nowhere.assert_contains("<p>Hãy chọn một tổ chức.</p>");
    let nowhere = give("desk-editor", "x", "", "").await.assert_status(422);
    nowhere.assert_contains("<p>Không có tổ chức này.</p>");
    let odd = give("desk-editor", "yen-the", "mai", "").await;
    odd.assert_status(422).assert_contains("năm-tháng-ngày");
    let turned = give("desk-editor", "yen-the", "2026-12-02", "2026-12-01").await;
    turned
        .assert_status(422)
        .assert_contains("<p>Ngày cuối phải từ ngày đầu trở đi.</p>")
        .assert_contains("value=\"2026-12-01\"");
    let given = give("desk-editor", "yen-the", "2026-12-01", "2026-12-31").await;
    let given = given.assert_status(303);
    let shown = head.get(given.header("location")).await;
    shown
        .assert_contains("Đã giao vai trò.")
        .assert_contains("Biên tập viên – Ủy ban nhân dân huyện Yên Thế, từ 01/12/2026, đến hết 31/12/2026, hôm nay không có hiệu lực");
    let take = [
        ("viec", "take-role"),
        ("vai-tro-dang-giu", "desk-editor@yen-the"),
    ];
    head.post(&page, &take).await.assert_status(303);
    let again = head.post(&page, &take).await.assert_status(409);
    again.assert_contains("không còn vai trò “Biên tập viên”");
}

#[tokio::test]
async fn nobody_reaches_beyond_their_own_organisation_or_rights() {
    let server = portal().await;
    let (role, at) = ("site-head", "dong-son");
    let head = joined(&server, ("chu-tich", "Vi Văn Tâm"), (role, at)).await;
    let list = head.get(PEOPLE).await.assert_status(200);
    list.assert_contains("Lý Thị Mai")
        .assert_lacks("Nguyễn Văn Bình")
        .assert_lacks("xuan-luong");
    let board = Browser::signed_in(&server, "truong-ban").await;
    let boss = page_of(&board, "Nguyễn Văn Bình").await;
    head.get(&boss).await.assert_status(404);
    let officer = page_of(&head, "Lý Thị Mai").await;
    let give = async |role: &'static str, at: &'static str| {
        let fields = [("viec", "give-role"), ("vai-tro", role), ("to-chuc", at)];
        head.post(&officer, &fields).await
    };
    head.get(&officer)
        .await
        .assert_lacks("Trưởng Ban Biên tập</option>");
    let beyond = give("board-head", "dong-son").await.assert_status(403);
    beyond.assert_contains("có quyền mà bạn không có");
    let elsewhere = give("site-editor", "yen-the").await.assert_status(403);
    elsewhere.assert_contains("không có quyền quản lý tài khoản này");
    give("site-editor", "dong-son").await.assert_status(303);
    // With a role elsewhere the account is no longer theirs to do with as they please.
    let more = UserAct::Grant {
        name: "can-bo".to_owned(),
        grant: grant("desk-editor", "yen-the"),
        from: None,
        until: None,
    };
    operate(&server, more).await.unwrap();
    let shown = head.get(&officer).await.assert_status(200);
    shown
        .assert_contains("Còn 1 vai trò ở tổ chức khác")
        .assert_lacks("Gửi lời mời mới");
    for what in ["reset", "disable", "sign-out", "hand-over"] {
        let forged = [("viec", what), ("nguoi-nhan", "chu-tich")];
        head.post(&officer, &forged).await.assert_status(403);
    }
    Browser::signed_in(&server, "can-bo").await;
}

#[tokio::test]
async fn an_invitation_is_shown_once_and_used_once() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    let invite = async |name: &str, full: &str, email: &str, role: &str| {
        let fields = [
            ("ten", name),
            ("ho-ten", full),
            ("thu-dien-tu", email),
            ("vai-tro", role),
            ("to-chuc", "dong-son"),
        ];
        head.post(INVITE, &fields).await
    };
    head.get(INVITE).await.assert_status(200);
    for (name, full, email, role, told) in [
        ("a", "Vi Thị Hà", "", "unit-officer", "Tên đăng nhập gồm"),
        ("ha", "  ", "", "unit-officer", "Hãy ghi họ tên"),
        ("ha", "Vi\nHà", "", "unit-officer", "Hãy ghi họ tên"),
        (
            "ha",
            "Vi Thị Hà",
            "a\r\nBcc: b",
            "unit-officer",
            "Địa chỉ thư",
        ),
        ("can-bo", "Vi Thị Hà", "", "unit-officer", "Đã có tài khoản"),
        ("ha", "Vi Thị Hà", "", "king", "Hãy chọn một vai trò"),
    ] {
        let wrong = invite(name, full, email, role).await.assert_status(422);
        wrong.assert_contains(told).assert_contains("wrong");
    }
    // All at once.
    let wrong = invite("a", " ", "a\nb", "king").await.assert_status(422);
    for told in [
        "Tên đăng nhập gồm",
        "Hãy ghi họ tên",
        "Địa chỉ thư",
        "Hãy chọn một vai trò",
    ] {
        assert!(wrong.text().contains(told), "{told}");
    }
    let long = "x".repeat(50_000);
    invite(&long, "Vi Thị Hà", "", "unit-officer")
        .await
        .assert_status(422);
    let made = invite("ha", "Vi Thị <b>Hà</b>", "", "unit-officer").await;
    let made = made.assert_status(200).assert_contains("Đường dẫn mời");
    let made = made.assert_header("cache-control", "no-store");
    let text = made.text();
    assert!(text.contains("Vi Thị &lt;b&gt;Hà&lt;/b&gt;"), "escaped");
    let (_, rest) = text.split_once("/loi-moi/").unwrap();
    let token = &rest[..64];
    assert!(token.bytes().all(|it| it.is_ascii_hexdigit()), "{token}");
    let page = page_of(&head, "Vi Thị &lt;b&gt;Hà&lt;/b&gt;").await;
    head.get(&page).await.assert_lacks("/loi-moi/");
    let path = format!("/loi-moi/{token}");
    let (one, two) = (
        Browser::at(&server, "192.0.2.7"),
        Browser::at(&server, "192.0.2.8"),
    );
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    let (one, two) = tokio::join!(one.post(&path, &fields), two.post(&path, &fields));
    let mut statuses = [one.status(), two.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404], "used once");
}

#[tokio::test]
async fn the_last_administrator_stays_and_of_two_at_once_one_comes_too_late() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    let own = page_of(&head, "Nguyễn Văn Bình").await;
    let take = [
        ("viec", "take-role"),
        ("vai-tro-dang-giu", "board-head@yen-the"),
    ];
    for fields in [
        take.as_slice(),
        &[("viec", "disable")],
        &[("viec", "reset")],
    ] {
        let told = head.post(&own, fields).await.assert_status(409);
        told.assert_contains("không còn ai quản lý tài khoản");
    }
    let (role, at) = ("board-head", "yen-the");
    let other = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let lan = page_of(&head, "Phạm Thị Lan").await;
    let (one, two) = tokio::join!(head.post(&lan, &take), other.post(&own, &take));
    let done = [one.status(), two.status()];
    assert_eq!(
        done.iter().filter(|it| **it == 303).count(),
        1,
        "one takes the other's role, and not both: {done:?}"
    );
    assert!(
        done.iter().any(|it| matches!(it, 403 | 404 | 409)),
        "{done:?}"
    );
}

#[tokio::test]
async fn rights_withdrawn_in_mid_form_hold_when_it_is_sent() {
    let server = portal().await;
    let (role, at) = ("standing-office", "yen-the");
    let office = joined(&server, ("lan", "Phạm Thị Lan"), (role, at)).await;
    let page = page_of(&office, "Lý Thị Mai").await;
    office.get(&page).await.assert_status(200);
    let revoke = UserAct::Revoke {
        name: "lan".to_owned(),
        grant: grant(role, at),
    };
    operate(&server, revoke).await.unwrap();
    let fields = [
        ("viec", "give-role"),
        ("vai-tro", "unit-officer"),
        ("to-chuc", "dong-son"),
    ];
    office.post(&page, &fields).await.assert_status(404);
    office.get(PEOPLE).await.assert_status(404);
    // The session ends while somebody types: what was typed is kept.
    operate(&server, UserAct::Disable("lan".to_owned()))
        .await
        .unwrap();
    let ended = office.post(&page, &fields).await.assert_status(401);
    ended.assert_contains("name=\"giu.vai-tro\" value=\"unit-officer\"");
}

#[tokio::test]
async fn an_account_is_signed_out_reset_disabled_and_enabled_from_its_page() {
    let server = portal().await;
    let head = Browser::signed_in(&server, "truong-ban").await;
    let page = page_of(&head, "Lý Thị Mai").await;
    let officer = Browser::signed_in(&server, "can-bo").await;
    let wants = async |what: &str| head.post(&page, &[("viec", what)]).await;
    wants("sign-out").await.assert_status(303);
    officer.assert_out(officer.get(OWN).await);
    wants("disable").await.assert_status(303);
    let mut officer = Browser::at(&server, "192.0.2.1");
    officer.sign_in("can-bo", PASSWORD).await.assert_status(401);
    let shown = head.get(&page).await;
    shown
        .assert_contains("Đã vô hiệu hóa")
        .assert_contains("Cho dùng lại");
    wants("enable").await.assert_status(303);
    officer.sign_in("can-bo", PASSWORD).await.assert_status(303);
    let made = wants("reset").await.assert_status(200);
    officer.assert_out(officer.get(OWN).await);
    let refused = wants("enable").await.assert_status(422);
    refused.assert_contains("chưa có mật khẩu");
    let text = made.text();
    let (_, rest) = text.split_once("/loi-moi/").unwrap();
    let path = format!("/loi-moi/{}", &rest[..64]);
    let fields = [("mat-khau-moi", OTHER_PASSWORD)];
    officer.post(&path, &fields).await.assert_status(303);
    officer
        .sign_in("can-bo", OTHER_PASSWORD)
        .await
        .assert_status(303);
    // What nobody offers changes nothing.
    wants("become-king").await.assert_status(303);
}
