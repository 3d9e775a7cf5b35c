//! Jobs that follow the clock: once for each instant, once for all that were missed, on whichever node.

use dinh::plugin::operator::JobsWork;
use dinh_tests::{DAY, WORKER};
use serde_json::Value;

use super::workshop::{HOST, MINUTE_MS, OTHER_HOST, Workshop};

const HOUR_MS: i64 = 60 * MINUTE_MS;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interval_runs_once_a_time_and_once_for_all_that_was_missed() {
    let shop = Workshop::with_clock(r#"every = "1h""#).await;
    assert_eq!(shop.work().await, 0, "not at once");
    // On two sites each.
    assert_eq!(shop.work_after(HOUR_MS).await, 2);
    assert_eq!(shop.work().await, 0);
    assert_eq!(shop.work_after(HOUR_MS - 1).await, 0);
    assert_eq!(shop.work_after(1).await, 2);
    assert_eq!(shop.work_after(50 * HOUR_MS).await, 2);
    assert_eq!(shop.value("ticks").await, "3");
    assert_eq!(shop.value_at(OTHER_HOST, WORKER, "ticks").await, "3");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daily_job_runs_at_the_time_of_the_sites_clock() {
    let shop = Workshop::with_clock(r#"daily = "06:30""#).await;
    // It is noon.
    assert_eq!(shop.work().await, 0);
    assert_eq!(shop.work_after(18 * HOUR_MS + 29 * MINUTE_MS).await, 0);
    assert_eq!(shop.work_after(MINUTE_MS).await, 2);
    assert_eq!(shop.work_after(HOUR_MS).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_ahead_and_back_neither_doubles_nor_stops_a_job() {
    let shop = Workshop::with_clock(r#"every = "1h""#).await;
    shop.work().await;
    shop.portal.clock().set("2031-01-01");
    assert_eq!(shop.work().await, 2);
    shop.portal.clock().set(DAY);
    assert_eq!(shop.work().await, 0);
    assert_eq!(shop.work_after(HOUR_MS).await, 2);
    // A little back: the same instant is not run again.
    shop.portal.clock().advance(-MINUTE_MS);
    assert_eq!(shop.work().await, 0);
    assert_eq!(shop.work_after(MINUTE_MS).await, 0);
    assert_eq!(shop.value("ticks").await, "2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_that_is_disabled_is_not_called_and_what_it_missed_runs_once() {
    let shop = Workshop::with_clock(r#"every = "1h""#).await;
    shop.work().await;
    shop.set(super::workshop::SITE, WORKER, false).await;
    assert_eq!(shop.work_after(5 * HOUR_MS).await, 1, "the other site's");
    shop.set(super::workshop::SITE, WORKER, true).await;
    assert_eq!(shop.work().await, 1);
    assert_eq!(shop.value_at(HOST, WORKER, "ticks").await, "1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_run_each_instant_and_each_step_once() {
    let shop = Workshop::with_clock(r#"every = "1h""#).await;
    if !shop.portal.database().is_shared_by_nodes() {
        return;
    }
    let second = shop.portal.second_node_of_bundle(shop.bundle.path()).await;
    shop.work().await;
    for turn in 0..5 {
        for at in 0..4 {
            shop.enqueue(&format!(r#"{{"do": "count", "as": "{turn}-{at}"}}"#))
                .await;
        }
        shop.portal.clock().advance(HOUR_MS);
        let (one, other) = tokio::join!(shop.work(), second.work_off_jobs());
        // Two sites have a tick each, and four jobs wait. A step whose values the other node changed meanwhile is
        // put back and begun anew: what it writes is written once all the same, as the counts below say.
        let again = shop.work_after(2 * MINUTE_MS).await;
        let begun = one + other.unwrap() + again;
        assert!((6..=12).contains(&begun), "{begun}");
    }
    assert_eq!(shop.value("steps").await, "20");
    assert_eq!(shop.value("ticks").await, "5");
    assert!(shop.jobs().await.is_empty());
    assert_ne!(shop.value("0-0/1").await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_runs_a_job_of_the_clock_at_once_and_its_times_stay() {
    let shop = Workshop::with_clock(r#"daily = "06:30""#).await;
    let run = |name: &str, site: Option<&str>| {
        shop.operate(JobsWork::Run {
            plugin: WORKER.to_owned(),
            name: name.to_owned(),
            site: site.map(str::to_owned),
            by: "operator".to_owned(),
        })
    };
    let refused = run("no-such", None).await.unwrap_err();
    assert!(
        refused.contains("`no-such`") && refused.contains("tick"),
        "{refused}"
    );
    run("tick", Some(super::workshop::SITE)).await.unwrap();
    // It still waits: a second word for it changes nothing.
    run("tick", Some(super::workshop::SITE)).await.unwrap();
    assert_eq!(shop.work().await, 1);
    assert_eq!(shop.value("ticks").await, "1");
    assert_eq!(
        shop.value_at(OTHER_HOST, WORKER, "ticks").await,
        Value::Null
    );
    assert_eq!(shop.work_after(18 * HOUR_MS + 30 * MINUTE_MS).await, 2);
    assert_eq!(shop.value("ticks").await, "2");
}
