use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Outcome, Pages, Request, Submission};

use crate::Ledger;

fn host() -> FakeHost {
    FakeHost::new()
        .with_setting("greeting", Some("Xin chào"))
        .with_setting("limit", None)
        .with_setting("api-key", None)
}

#[test]
fn what_a_sending_wrote_is_kept_when_it_was_taken() {
    let host = host();
    let sent = Submission::of("ask")
        .with("subject", "Gà")
        .with("words", "");
    let Ok(Outcome::View(view)) = host.submit::<Ledger>(&sent) else {
        panic!("a view");
    };
    assert_eq!(view.model["count"], 1);
    assert_eq!(host.values()["entry/00001"], "Gà");
}

#[test]
fn nothing_is_kept_with_a_fault_and_a_page_does_not_write() {
    let host = host();
    let sent = Submission::of("ask").with("subject", "fault");
    let faults = host.submit::<Ledger>(&sent).unwrap_err();
    assert_eq!(faults[0].path, "/subject");
    assert!(host.values().is_empty());
    let Ok(Outcome::View(view)) =
        Ledger::page(&Request::to("ask").with_query("do", "write"), &host)
    else {
        panic!("a view");
    };
    assert_eq!(view.model["said"], "Err(ReadOnly)");
    assert!(host.values().is_empty());
}
