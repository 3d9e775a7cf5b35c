use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Draft, Hooks};
use serde_json::json;

use super::Consultations;

fn told(host: &FakeHost) -> Vec<String> {
    let body = json!({
        "kind": "community", "version": 1,
        "opens": "2026-11-01T08:00", "closes": "2026-11-11T08:00",
    });
    let draft = Draft::new("consultation", body.as_object().unwrap().clone());
    let faults = Consultations::validate(&draft, host).err();
    let faults = faults.into_iter().flatten();
    faults.map(|it| it.message_key).collect()
}

#[test]
fn fewest_days_that_cannot_be_read_are_a_fault_and_no_free_pass() {
    assert_eq!(told(&FakeHost::new()), ["fault.unread"]);
    for (days, expected) in [
        (Some("hai mươi"), vec!["fault.unread"]),
        (Some("20"), vec!["fault.too_short"]),
        (Some("10"), vec![]),
        (None, vec![]),
    ] {
        let host = FakeHost::new().with_setting("days-community", days);
        assert_eq!(told(&host), expected, "{days:?}");
    }
}
