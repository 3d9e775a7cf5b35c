//! What officers do between a call's look at an entry and the end of the call.

use std::time::Duration;

use serde_json::json;

use super::bureau::{Bureau, HOST, keyed};

/// Time for a call to look and to come to its end, where it waits.
const LOOKS_MS: u64 = 1_500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_officer_sends_meanwhile_is_not_written_over() {
    let bureau = Bureau::open().await;
    let told = keyed("17", json!({"code": "17", "subject": "Họp tháng Ba"}));
    assert_eq!(bureau.told(&told).await, ["created"]);
    // A step makes no new text: nothing but the state tells that it was sent.
    let text = bureau.newest().await;
    let held = bureau.portal.database().hold().await;
    let told = keyed("17", json!({"code": "17", "subject": "Họp tháng Tư"}));
    let step = format!(
        "update entry set state = 'submitted' where id = '{}'",
        text.entry
    );
    let (delivered, ()) = tokio::join!(bureau.deliver(HOST, &told), async {
        tokio::time::sleep(Duration::from_millis(LOOKS_MS)).await;
        held.go_on_after(&step).await;
    });
    delivered.assert_status(200);
    let said = bureau.said_at(HOST).await;
    assert!(said[0].contains("submitted"), "{said:?}");
    assert_eq!(bureau.field("subject").await, "Họp tháng Ba");
    let working = bureau.only().await.entry.working;
    assert_eq!(working.entry.state, "submitted");
    assert_eq!(working.entry.revision, text.revision);
}
