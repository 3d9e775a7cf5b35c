//! Jobs that do what they should not: they harm nobody, and are named.

use dinh_tests::WORKER;
use serde_json::Value;

use super::workshop::{HOST, MINUTE_MS, OTHER, SITE, Workshop};

/// Works the queue off until nothing waits, pauses left out.
async fn to_the_end(shop: &Workshop) -> u64 {
    let mut steps = 0;
    for _ in 0..40 {
        steps += shop.work_after(7 * 60 * MINUTE_MS).await;
    }
    steps
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_never_goes_well_is_given_up_after_twelve_attempts_and_kept() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "trap"}"#).await;
    assert_eq!(to_the_end(&shop).await, 12);
    let job = shop.only_job().await;
    assert_eq!(job["state"], "given-up", "{job}");
    assert_eq!(job["attempt"], 12, "{job}");
    assert_eq!(shop.value("ruined").await, Value::Null);
    let lines = shop.portal.portal().plugin_lines().await.unwrap();
    let line = lines.iter().find(|it| it.plugin == WORKER).unwrap();
    assert_eq!(
        (line.jobs[0].site.as_str(), line.jobs[0].given_up),
        (SITE, 1)
    );
    // An operator tries it again, and then forgets it.
    let id = job["id"].as_str().unwrap();
    shop.decide(&[id], &[]).await.unwrap();
    assert_eq!(shop.only_job().await["state"], "waiting");
    assert_eq!(shop.work().await, 1);
    assert_eq!(shop.only_job().await["attempt"], 1);
    let told = shop.decide(&[], &[id, "no-such-id"]).await.unwrap_err();
    assert!(told.contains("has no job `no-such-id`"), "{told}");
    assert_eq!(shop.jobs().await.len(), 1, "all of them or none");
    shop.decide(&[], &[id]).await.unwrap();
    assert!(shop.jobs().await.is_empty());
    let acts = "select act from audit where act like 'plugin-job%' order by number";
    let acts = shop.portal.database().lines(acts).await;
    assert_eq!(acts, ["plugin-job-retried", "plugin-job-forgotten"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loops_traps_and_giants_leave_nothing_and_their_neighbours_work() {
    let shop = Workshop::open().await;
    for does in ["loop", "trap", "giant-cursor"] {
        shop.enqueue(&format!(r#"{{"do": "{does}"}}"#)).await;
    }
    shop.enqueue("1").await;
    let fields = [("what", "work"), ("words", "1")];
    shop.ask(HOST, OTHER, &fields).await.assert_status(303);
    shop.work().await;
    assert_eq!(shop.value("ruined").await, Value::Null);
    assert_ne!(shop.value_at(HOST, OTHER, "did").await, Value::Null);
    // The breaker may have closed the export; the good job is done when it opens again.
    shop.work_after(MINUTE_MS).await;
    shop.work_after(MINUTE_MS).await;
    to_the_end(&shop).await;
    shop.portal.portal().park(WORKER, None).await.unwrap();
    to_the_end(&shop).await;
    assert_ne!(shop.value("did").await, Value::Null);
    let jobs = shop.jobs().await;
    let errors: Vec<&str> = jobs
        .iter()
        .map(|it| it["last_error"].as_str().unwrap())
        .collect();
    assert_eq!(errors.len(), 3, "{errors:?}");
    for words in [
        "CPU",
        "in the middle of a step",
        "a cursor has at most 4096 bytes",
    ] {
        assert!(
            errors.iter().any(|it| it.contains(words)),
            "{words}: {errors:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bomb_of_jobs_and_a_giant_payload_are_refused_with_words() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "giant"}"#).await;
    shop.work().await;
    let told = shop.value("giant").await;
    let told = told.as_str().unwrap();
    for words in [
        "TooLarge(\"a payload has at most 8192 bytes",
        "Undeclared(\"plugin.toml declares no job `no-such-job`\")",
        "Invalid(\"invalid: a key is 1 to 128",
        "Invalid(\"`delay-s` is at most",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    shop.enqueue(r#"{"do": "bomb"}"#).await;
    // Each step enqueues a hundred of itself; 600 writes a minute, and no more.
    shop.work().await;
    assert!(
        shop.value("bomb")
            .await
            .as_str()
            .unwrap()
            .contains("at most 100 jobs a call")
    );
    let waiting = shop.jobs().await.len();
    assert!(waiting <= 600, "{waiting}");
    // The form that people use is not closed by it.
    shop.enqueue_with("1", &[("key", "good")]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_that_is_full_takes_no_more() {
    let shop = Workshop::open().await;
    shop.enqueue_with("1", &[("delay", "1000000")]).await;
    let copies = "insert into plugin_job (id, plugin, site_id, name, payload, bytes, attempt, steps, state,
         not_before, leased_by, lease_until, is_renewed, last_error, enqueued_at)
         select j.id || '-' || a.id || '-' || b.id, j.plugin, j.site_id, j.name, j.payload, 16000, 0, 0,
         'waiting', j.not_before, '', 0, 0, '', j.enqueued_at
         from plugin_job j, (select id from entry order by id limit 50) a,
         (select id from entry order by id limit 21) b where j.plugin = 'worker'";
    shop.portal.sql(copies).await;
    let fields = [("what", "work"), ("words", "1")];
    let refused = shop.ask(HOST, WORKER, &fields).await.assert_status(422);
    refused.assert_contains("more than 10000 jobs that wait or 16777216 bytes");
    // Other queues have room.
    shop.ask(HOST, OTHER, &fields).await.assert_status(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_never_ends_is_given_up_and_rests_between_its_steps() {
    let shop = Workshop::open().await;
    shop.enqueue(r#"{"do": "endless"}"#).await;
    for _ in 0..5 {
        assert_eq!(shop.work_after(100).await, 1);
    }
    shop.portal.sql("update plugin_job set steps = 9999").await;
    shop.work_after(100).await;
    shop.work_after(100).await;
    let job = shop.only_job().await;
    assert_eq!(job["state"], "given-up", "{job}");
    assert!(
        job["last_error"].as_str().unwrap().contains("never ends"),
        "{job}"
    );
}
