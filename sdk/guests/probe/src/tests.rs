//! The plugin's logic runs natively, against the SDK's in-memory portal.

use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Draft, Hooks, Object, Outcome, Pages, Request};

use crate::Probe;

#[test]
fn a_page_runs_natively() {
    let request = Request::to("ok")
        .with_param("slug", "a")
        .with_query("on", "2025-01-01");
    let Outcome::View(view) = Probe::page(&request, &FakeHost::new()).unwrap() else {
        unreachable!("the route shows a view");
    };
    assert_eq!(view.model["slug"], "a");
    assert_eq!(view.model["on"], "2025-01-01");
}

#[test]
fn a_hook_runs_natively() {
    let mut body = Object::new();
    body.insert("ask".into(), "complete".into());
    let completed = Probe::validate(&Draft::new("probe/note", body), &FakeHost::new()).unwrap();
    assert_eq!(completed.unwrap()["seen"], "save");
}
