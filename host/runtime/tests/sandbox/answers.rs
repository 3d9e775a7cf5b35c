//! What a page or a hook may answer.

use std::sync::Arc;

use dinh_runtime::{CallError, Fault, Outcome, Validated};
use serde_json::json;

use crate::host::{Host, validate, visit};

#[tokio::test]
async fn a_page_sees_its_request_and_shows_a_view() {
    let mut visit = visit("ok").with("on", "2025-02-03");
    visit
        .request
        .params
        .push(("slug".into(), "quyết-định".into()));
    let Outcome::View(view) = visit.get().await.unwrap() else {
        panic!("no view");
    };
    assert_eq!(
        (view.status, view.template.as_str(), view.max_age_s),
        (200, "probe", 60)
    );
    let model = json!({ "site": "site-of-ok", "slug": "quyết-định", "on": "2025-02-03" });
    assert_eq!(json!(view.model), model);
}

#[tokio::test]
async fn the_clock_is_the_calls() {
    let model = visit("clock").model().await;
    assert_eq!(
        json!(model),
        json!({ "now": 1_735_689_600_000_u64, "today": "2025-01-01" })
    );
}

#[tokio::test]
async fn a_hash_map_works_without_a_capability() {
    assert_eq!(visit("seed").model().await["length"], 1);
}

#[tokio::test]
async fn missing_and_failed_are_said() {
    assert_eq!(visit("missing").get().await, Ok(Outcome::NotFound));
    let failed = CallError::Fault("nothing to show".into());
    assert_eq!(visit("fault").get().await, Err(failed));
}

#[tokio::test]
async fn a_redirect_stays_on_the_site() {
    let to = |path: &str| {
        visit("redirect")
            .on(&format!("redirect {path}"))
            .with("to", path)
    };
    let inside = to("/van-ban/1").get().await;
    assert_eq!(inside, Ok(Outcome::Redirect("/van-ban/1".into())));
    for path in [
        "//evil.example",
        "https://evil.example",
        "/\\evil",
        "javascript:alert(1)",
        "",
    ] {
        assert!(
            matches!(to(path).error().await, CallError::Broken(_)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn data_is_never_what_a_browser_runs() {
    let data = |media_type: &str| visit("data").on(media_type).with("type", media_type);
    assert!(matches!(
        data("text/csv").get().await,
        Ok(Outcome::Data { .. })
    ));
    for media_type in [
        "text/html",
        "text/csv; charset=utf-8",
        "image/svg+xml",
        "TEXT/HTML",
        "",
    ] {
        let error = data(media_type).error().await;
        assert!(
            matches!(error, CallError::Broken(_)),
            "{media_type}: {error}"
        );
    }
}

#[tokio::test]
async fn a_model_is_an_object_and_a_status_a_status() {
    assert!(matches!(
        visit("model-list").error().await,
        CallError::Broken(_)
    ));
    for status in [0, 101, 600] {
        let error = visit("status")
            .on(&status.to_string())
            .with("size", status)
            .error()
            .await;
        assert!(matches!(error, CallError::Broken(_)), "{status}: {error}");
    }
    assert!(visit("status").with("size", 410).get().await.is_ok());
}

#[tokio::test]
async fn a_hook_keeps_completes_or_refuses() {
    let host = Arc::new(Host::default());
    assert_eq!(
        validate("nothing", &host).await,
        Ok(Validated::Accepted(None))
    );

    let Ok(Validated::Accepted(Some(body))) = validate("complete", &host).await else {
        panic!("not completed");
    };
    assert_eq!(json!(body), json!({ "ask": "complete", "seen": "publish" }));

    let Ok(Validated::Refused(faults)) = validate("fault", &host).await else {
        panic!("not refused");
    };
    let fault = Fault {
        path: "/ask".into(),
        message_key: "probe.fault".into(),
        args: json!({ "today": "2025-01-01" })
            .as_object()
            .unwrap()
            .clone(),
    };
    assert_eq!(faults, [fault]);
}

#[tokio::test]
async fn a_hook_that_refuses_says_why() {
    let answer = validate("no-fault", &Arc::default()).await;
    assert!(matches!(answer, Err(CallError::Broken(_))), "{answer:?}");
}
