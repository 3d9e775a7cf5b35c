//! Who may get into somebody's account, and who is left to look after all of them.

use dinh::user::UserAct;
use dinh_domain::dates::LocalDate;
use dinh_portal::By;
use dinh_tests::TestPortal;

use super::person::{Browser, grant, joined, operate, page_of, portal, signed_in};

const DELEGATIONS: &str = "/quan-tri/uy-quyen";

/// Gives a role to the end of a day.
async fn give(
    server: &TestPortal,
    name: &str,
    role: (&str, &str),
    until: Option<&str>,
) -> Result<String, String> {
    let what = UserAct::Grant {
        name: name.to_owned(),
        grant: grant(role.0, role.1),
        from: None,
        until: until.map(|it| LocalDate::parse(it).unwrap()),
    };
    operate(server, what).await
}

#[tokio::test]
async fn nobody_gets_at_a_lent_role_by_way_of_the_deputys_account() {
    let server = portal().await;
    let (office, editor) = (("standing-office", "yen-the"), ("desk-editor", "yen-the"));
    let office = joined(&server, ("lan", "Phạm Thị Lan"), office).await;
    joined(&server, ("thao", "Vi Thị Thảo"), editor).await;
    let by = signed_in(&office).await;
    let portal = server.portal();
    portal
        .end_sessions_of(By::Account(&by), "thao")
        .await
        .unwrap();
    let board = Browser::signed_in(&server, "truong-ban").await;
    page_of(&office, "Vi Thị Thảo").await;
    // It begins tomorrow; who gets into the account today is there then.
    let lend = [
        ("viec", "delegate"),
        ("vai-tro-uy-quyen", "board-head@yen-the"),
        ("nguoi-thay", "thao"),
        ("thay-tu", "2026-11-25"),
        ("thay-den", "2026-11-26"),
    ];
    board.post(DELEGATIONS, &lend).await.assert_status(303);
    for day in ["2026-11-24", "2026-11-26"] {
        server.clock().set(day);
        let by = By::Account(&by);
        let told = portal.reset_account(by, "thao").await.unwrap_err();
        assert!(
            told.to_string().contains("rights that you have not"),
            "{told}"
        );
        assert!(portal.disable_account(by, "thao").await.is_err());
        assert!(portal.enable_account(by, "thao").await.is_err());
        assert!(portal.end_sessions_of(by, "thao").await.is_err());
        let handed = portal.hand_over(by, ("thao", "lan"), true).await;
        assert!(handed.is_err());
    }
    server.clock().set("2026-11-27");
    portal
        .reset_account(By::Account(&by), "thao")
        .await
        .unwrap();
}

#[tokio::test]
async fn whoever_is_left_looks_after_all_accounts_and_for_good() {
    let server = portal().await;
    let head = ("board-head", "yen-the");
    let refused = |it: Result<String, String>| {
        let told = it.unwrap_err();
        assert!(told.contains("nobody would be left"), "{told}");
    };
    refused(give(&server, "truong-ban", head, Some("2026-12-31")).await);
    // Somebody at one unit does not look after all, and somebody for a time not for good.
    joined(&server, ("lan", "Phạm Thị Lan"), ("site-head", "dong-son")).await;
    refused(operate(&server, UserAct::Disable("truong-ban".to_owned())).await);
    let office = ("standing-office", "yen-the");
    joined(&server, ("thao", "Vi Thị Thảo"), office).await;
    give(&server, "thao", office, Some("2026-12-31"))
        .await
        .unwrap();
    refused(operate(&server, UserAct::Disable("truong-ban".to_owned())).await);
    refused(give(&server, "truong-ban", head, Some("2027-12-31")).await);
    give(&server, "thao", office, None).await.unwrap();
    give(&server, "truong-ban", head, Some("2026-12-31"))
        .await
        .unwrap();
    refused(give(&server, "thao", office, Some("2027-12-31")).await);
}

#[tokio::test]
async fn a_role_goes_to_who_is_a_colleague_today() {
    let server = portal().await;
    let own = ("unit-officer", "dong-son");
    joined(&server, ("lan", "Phạm Thị Lan"), own).await;
    give(&server, "lan", own, Some("2026-11-23")).await.unwrap();
    let head = Browser::signed_in(&server, "thu-truong").await;
    let lend = [
        ("viec", "delegate"),
        ("vai-tro-uy-quyen", "unit-head@dong-son"),
        ("nguoi-thay", "lan"),
        ("thay-tu", "2026-11-24"),
        ("thay-den", "2026-11-26"),
    ];
    let refused = head.post(DELEGATIONS, &lend).await.assert_status(422);
    refused.assert_contains("cùng tổ chức");
    give(&server, "lan", own, Some("2026-11-24")).await.unwrap();
    head.post(DELEGATIONS, &lend).await.assert_status(303);
}
