//! Each limit of a call, passed on purpose.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dinh_runtime::{Budget, CallError, Outcome};

use crate::host::{Host, validate, visit};

#[tokio::test]
async fn an_endless_loop_ends_at_its_cpu_budget() {
    let began = Instant::now();
    assert_eq!(
        visit("loop").error().await,
        CallError::CpuBudget { limit_ms: 50 }
    );
    let took = began.elapsed();
    assert!(
        took >= Duration::from_millis(50),
        "the budget was given: {took:?}"
    );
    assert!(took < Duration::from_millis(900), "and no more: {took:?}");
}

#[tokio::test]
async fn bulk_memory_operations_end_there_too() {
    assert_eq!(
        visit("fill").error().await,
        CallError::CpuBudget { limit_ms: 50 }
    );
}

#[tokio::test]
async fn an_endless_hook_ends_at_its_own_budget() {
    let answer = validate("loop", &Arc::default()).await;
    assert_eq!(answer, Err(CallError::CpuBudget { limit_ms: 20 }));
}

#[tokio::test]
async fn a_looping_guest_lets_others_run() {
    let looped = AtomicBool::new(false);
    let looping = async {
        assert!(visit("loop").on("busy").get().await.is_err());
        looped.store(true, Ordering::Relaxed);
    };
    let quick = async {
        visit("ok").on("beside").get().await.unwrap();
        looped.load(Ordering::Relaxed)
    };
    // Both on one thread, the loop first.
    let ((), after_the_loop) = tokio::join!(looping, quick);
    assert!(!after_the_loop, "it ran between two ticks");
}

#[tokio::test]
async fn a_memory_bomb_ends_at_its_limit() {
    let error = visit("memory").unhurried().error().await;
    assert_eq!(
        error,
        CallError::Memory {
            limit_bytes: 64 << 20
        }
    );

    let mut small = visit("fill").unhurried();
    small.site = "small".into();
    small.budget.memory_bytes = 8 << 20;
    assert_eq!(
        small.error().await,
        CallError::Memory {
            limit_bytes: 8 << 20
        }
    );
}

#[tokio::test]
async fn no_budget_gives_more_memory_than_a_slot_holds() {
    let mut greedy = visit("memory").unhurried().on("greedy");
    greedy.budget.memory_bytes = usize::MAX;
    assert!(matches!(greedy.error().await, CallError::Memory { .. }));
}

#[tokio::test]
async fn a_slow_host_call_ends_at_the_wall_clock() {
    let host = Arc::new(Host {
        delay: Duration::from_secs(60),
        ..Host::default()
    });
    let mut slow = visit("read").host(&host).with("size", 1);
    slow.budget.wall_ms = 50;
    assert_eq!(slow.error().await, CallError::WallClock { limit_ms: 50 });
    assert_eq!(host.asked().len(), 1);
}

#[tokio::test]
async fn waiting_for_the_host_costs_no_cpu_budget() {
    let host = Arc::new(Host {
        delay: Duration::from_millis(25),
        ..Host::default()
    });
    let patient = visit("read")
        .on("patient")
        .unhurried()
        .host(&host)
        .with("size", 20);
    assert!(patient.get().await.is_ok());
}

#[tokio::test]
async fn the_host_call_after_the_last_one_is_refused() {
    let host = Arc::new(Host::default());
    let all = visit("read").on("all").host(&host).with("size", 32);
    assert!(all.get().await.is_ok());
    assert_eq!(host.asked().len(), 32);

    let host = Arc::new(Host::default());
    let more = visit("read").on("more").host(&host).with("size", 10_000);
    assert_eq!(more.error().await, CallError::HostCallBudget { limit: 32 });
    assert_eq!(host.asked().len(), 32);
}

#[tokio::test]
async fn what_a_guest_hands_to_the_host_is_limited() {
    let host = Arc::new(Host::default());
    let argument = visit("argument")
        .unhurried()
        .host(&host)
        .with("size", 1 << 20);
    assert!(argument.get().await.is_ok(), "a megabyte passes");

    let host = Arc::new(Host::default());
    let argument = visit("argument")
        .unhurried()
        .host(&host)
        .with("size", 4 << 20);
    assert!(matches!(argument.error().await, CallError::Trap { .. }));
    assert!(host.asked().is_empty());
}

#[tokio::test]
async fn a_model_has_at_most_256_kib() {
    let frame = r#"{"value":""}"#.len();
    let largest = visit("model")
        .unhurried()
        .on("largest")
        .with("size", (256 << 10) - frame);
    assert!(largest.get().await.is_ok());
    let larger = visit("model")
        .unhurried()
        .on("larger")
        .with("size", (256 << 10) - frame + 1);
    let limit = 256 << 10;
    assert_eq!(
        larger.error().await,
        CallError::ModelTooLarge {
            bytes: limit + 1,
            limit
        }
    );
}

#[tokio::test]
async fn data_has_at_most_one_mib() {
    let limit = 1 << 20;
    let largest = visit("bytes").unhurried().with("size", limit).get().await;
    assert!(matches!(largest, Ok(Outcome::Data { bytes, .. }) if bytes.len() == limit));
    let larger = visit("bytes")
        .unhurried()
        .with("size", limit + 1)
        .error()
        .await;
    assert_eq!(
        larger,
        CallError::ModelTooLarge {
            bytes: limit + 1,
            limit
        }
    );
    assert!(
        visit("bytes")
            .unhurried()
            .with("size", 8 << 20)
            .get()
            .await
            .is_err(),
        "not even copied"
    );
}

#[tokio::test]
async fn a_flood_of_handles_ends_at_a_thousand() {
    let some = visit("handles").on("some").unhurried().with("size", 900);
    assert!(some.get().await.is_ok());
    let flood = visit("handles").on("flood").unhurried().with("size", 1_100);
    assert!(matches!(flood.error().await, CallError::Trap { .. }));
}

#[tokio::test]
async fn a_log_flood_is_a_hundred_lines_of_four_kib() {
    let host = Arc::new(Host::default());
    visit("log-flood")
        .unhurried()
        .host(&host)
        .with("size", 300)
        .get()
        .await
        .unwrap();
    let logged = host.logged.lock().unwrap();
    assert_eq!(logged.len(), 100);
    assert!(logged.iter().all(|(_, line)| line.len() == 4 << 10));
}

#[tokio::test]
async fn a_stderr_flood_goes_nowhere() {
    assert!(
        visit("stderr-flood")
            .unhurried()
            .with("size", 200)
            .get()
            .await
            .is_ok()
    );
}

#[test]
fn the_starting_budgets_are_those_of_the_design() {
    let Budget {
        cpu_ms,
        wall_ms,
        memory_bytes,
        host_calls,
        fetches,
        fetch_ms,
    } = Budget::PAGE;
    assert_eq!((fetches, fetch_ms), (4, 2_000));
    assert_eq!(
        (cpu_ms, wall_ms, memory_bytes, host_calls),
        (50, 1_000, 64 << 20, 32)
    );
    let Budget {
        cpu_ms,
        wall_ms,
        fetches,
        ..
    } = Budget::VALIDATE;
    assert_eq!((cpu_ms, wall_ms, fetches), (20, 300, 0));
}
