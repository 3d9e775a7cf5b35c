//! Who may get into somebody's account.

use dinh_portal::By;

use super::person::{Browser, joined, page_of, portal, signed_in};

const DELEGATIONS: &str = "/quan-tri/uy-quyen";

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
