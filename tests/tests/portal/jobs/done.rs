//! Jobs are enqueued, done step by step, tried again, and kept apart by site.

use serde_json::Value;

use super::workshop::{HOST, MINUTE_MS, OTHER, OTHER_HOST, OTHER_SITE, SITE, Workshop};
use dinh_tests::WORKER;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_goes_on_from_its_cursor_and_each_step_keeps_what_it_wrote() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "count", "to": 3}"#).await;
    assert_eq!(
        shop.value("steps").await,
        Value::Null,
        "nobody waits for it"
    );
    assert_eq!(shop.work().await, 1);
    assert_eq!(shop.value("count/1").await, SITE);
    let job = shop.only_job().await;
    assert_eq!(
        (&job["cursor"], &job["state"]),
        (&"1".into(), &"waiting".into())
    );
    assert_eq!(shop.work().await, 0, "it rests between two steps");
    assert_eq!(shop.work_after(100).await, 1);
    assert_eq!(shop.work_after(100).await, 1);
    assert_eq!(shop.value("steps").await, "3");
    assert!(shop.jobs().await.is_empty());
    assert_eq!(shop.work_after(MINUTE_MS).await, 0);
    // Another plugin of the same code, and the same one on another site, know nothing of it.
    assert_eq!(shop.value_at(HOST, OTHER, "steps").await, Value::Null);
    assert_eq!(
        shop.value_at(OTHER_HOST, WORKER, "steps").await,
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_that_fails_leaves_nothing_and_is_run_again_after_a_pause() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "fail", "times": 2}"#).await;
    assert_eq!(shop.work().await, 1);
    let job = shop.only_job().await;
    assert_eq!(job["attempt"], 1, "{job}");
    let told = job["last_error"].as_str().unwrap();
    assert!(told.contains("not on attempt 1"), "{told}");
    assert_eq!(shop.work_after(29_999).await, 0);
    assert_eq!(shop.work_after(1).await, 1);
    // The second pause is twice as long.
    assert_eq!(shop.work_after(59_999).await, 0);
    assert_eq!(shop.work_after(1).await, 1);
    assert_eq!(
        shop.value("failures").await,
        "1",
        "only the last step kept what it wrote"
    );
    assert_eq!(shop.value("succeeded").await, "3");
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_retry_keeps_what_it_wrote_and_waits_as_long_as_it_asked() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "retry"}"#).await;
    assert_eq!(shop.work().await, 1);
    assert_eq!(shop.value("retries").await, "1");
    assert_eq!(shop.work_after(MINUTE_MS - 1).await, 0);
    assert_eq!(shop.work_after(1).await, 1);
    assert_eq!(shop.value("retries").await, "2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_key_there_is_one_job_with_the_newest_payload_and_a_delay_holds() {
    let shop = Workshop::open().await;
    let keyed = [("key", "k"), ("delay", "90")];
    shop.enqueue_with(r#"{"as": "old"}"#, &keyed).await;
    shop.enqueue_with(r#"{"as": "new"}"#, &keyed).await;
    let job = shop.only_job().await;
    assert_eq!(job["key"], "k");
    assert_eq!(shop.work_after(89_999).await, 0);
    assert_eq!(shop.work_after(1).await, 1);
    assert_eq!(shop.value("old").await, Value::Null);
    assert_ne!(shop.value("new").await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_wait_while_their_module_is_disabled_or_their_plugin_is_parked() {
    let shop = Workshop::open().await;
    shop.enqueue("1").await;
    shop.set(SITE, WORKER, false).await;
    assert_eq!(shop.work().await, 0);
    shop.set(SITE, WORKER, true).await;
    shop.portal
        .portal()
        .park(WORKER, Some("test"))
        .await
        .unwrap();
    assert_eq!(shop.work().await, 0);
    assert_eq!(shop.only_job().await["attempt"], 0);
    shop.portal.portal().park(WORKER, None).await.unwrap();
    assert_eq!(shop.work().await, 1);
    assert_ne!(shop.value("did").await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_does_not_enqueue_and_a_form_with_a_fault_leaves_no_job() {
    let shop = Workshop::open().await;
    let path = format!("/{WORKER}/da-lam?do=enqueue");
    let page = shop.portal.visitor().get(HOST, &path).await;
    let told = page.assert_status(200).json();
    assert_eq!(told, "this export may read and not write");
    let fields = [("what", "work"), ("words", "1"), ("keep", "no")];
    let refused = shop.ask(HOST, WORKER, &fields).await;
    refused.assert_status(422);
    let fields = [("what", "none"), ("words", "1")];
    let refused = shop.ask(HOST, WORKER, &fields).await.assert_status(422);
    refused.assert_contains("declares no job `none`");
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_with_thousands_of_jobs_does_not_starve_one_with_a_single_job() {
    let shop = Workshop::open().await;
    shop.enqueue("1").await;
    // What a year of forms would leave; a sending enqueues at most a hundred.
    let copies = "insert into plugin_job (id, plugin, site_id, name, payload, bytes, attempt, steps, state,
         not_before, leased_by, lease_until, is_renewed, last_error, enqueued_at)
         select j.id || '-' || a.id || '-' || b.id, j.plugin, j.site_id, j.name, j.payload, j.bytes, 0, 0,
         'waiting', j.not_before, '', 0, 0, '', j.enqueued_at
         from plugin_job j, (select id from entry order by id limit 50) a,
         (select id from entry order by id limit 40) b where j.plugin = 'worker'";
    shop.portal.sql(copies).await;
    let fields = [("what", "work"), ("words", "1")];
    shop.ask(OTHER_HOST, WORKER, &fields)
        .await
        .assert_status(303);
    shop.ask(HOST, OTHER, &fields).await.assert_status(303);
    let order = async || {
        let turns = "select site_id, plugin from plugin_job_turn order by turn";
        shop.portal.database().lines(turns).await
    };
    shop.portal.portal().work_off_some_jobs(3).await.unwrap();
    let first = order().await;
    assert_eq!(
        first.len(),
        3,
        "each queue had one of the first three turns: {first:?}"
    );
    assert!(first.contains(&format!("{OTHER_SITE} | {WORKER}")));
    assert!(first.contains(&format!("{SITE} | {OTHER}")));
}
