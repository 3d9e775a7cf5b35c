//! Roles that end by their date: they leave nobody without an administrator, and are not lent to.

use dinh::user::UserAct;
use dinh_domain::dates::LocalDate;
use dinh_tests::TestPortal;

use super::person::{Browser, grant, joined, operate, portal};

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
