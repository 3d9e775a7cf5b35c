//! A text that becomes another one between the moment somebody looks at it and the moment their step is written.

use std::time::Duration;

use dinh_portal::Undone;
use dinh_tests::{Document, TestPortal, staff, step};

const NUMBER: &str = "32/2026/QĐ-UBND";
/// Time for a step to look and to wait for its turn.
const LOOKS_MS: u64 = 1_500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_that_waited_publishes_nothing_that_its_head_did_not_see() {
    let portal = TestPortal::demo().await;
    let (lan, hai) = (
        staff("lan", "unit-officer", "dong-son"),
        staff("hai", "unit-head", "dong-son"),
    );
    let document = || Document::new(NUMBER).on("dong-son");
    let first = portal.write(&lan, document(), None).await.unwrap();
    let open = portal.open(&lan, &first.entry).await.unwrap();
    let second = document().with("signer", "Nguyễn Văn Hải");
    let second = second.keeping_files_of(&open.entry.working.entry.body);
    let second = portal.write(&lan, second, Some(&first)).await.unwrap();
    assert_eq!(portal.take(&lan, &second, "submit").await, "submitted");
    let seen = portal.newest(&hai, &first.entry).await;
    let held = portal.database().hold().await;
    let meanwhile = format!(
        "update entry set working_revision = '{}' where id = '{}'",
        first.revision, first.entry
    );
    let (told, ()) = tokio::join!(portal.step(&hai, step(&seen, "approve")), async {
        tokio::time::sleep(Duration::from_millis(LOOKS_MS)).await;
        held.go_on_after(&meanwhile).await;
    });
    assert!(matches!(told, Err(Undone::Changed { .. })), "{told:?}");
    let list = portal.visitor().get("dong-son.localhost", "/van-ban").await;
    list.assert_status(200).assert_lacks(NUMBER);
}
