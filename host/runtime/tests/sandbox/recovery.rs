//! After every misbehaviour the next call works, and nothing of the last one is left.

use std::sync::Arc;
use std::time::Duration;

use dinh_runtime::{BreakerKey, BreakerState, CallError, Engine, EngineOptions, Export};

use crate::host::{Host, load, visit};

const OFFENCES: [&str; 8] = [
    "loop", "fill", "memory", "panic", "stack", "exit", "read", "argument",
];

#[tokio::test]
async fn a_panic_is_a_trap_that_says_what_happened() {
    let CallError::Trap {
        message, stderr, ..
    } = visit("panic").error().await
    else {
        panic!("no trap");
    };
    assert!(message.contains("unreachable"), "{message}");
    assert!(
        stderr.contains("the probe panics on site-of-panic"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_stack_overflow_and_an_exit_are_traps() {
    for route in ["stack", "exit"] {
        let error = visit(route).error().await;
        assert!(matches!(error, CallError::Trap { .. }), "{route}: {error}");
    }
}

#[tokio::test]
async fn the_next_call_works_after_every_offence() {
    for route in OFFENCES {
        let site = format!("after-{route}");
        let offence = visit(route).on(&site).with("size", 8 << 20);
        assert!(offence.get().await.is_err(), "{route}");
        assert!(visit("ok").on(&site).get().await.is_ok(), "after {route}");
    }
}

#[tokio::test]
async fn nothing_is_left_from_one_call_to_the_next() {
    for _ in 0..3 {
        assert_eq!(visit("residue").model().await["calls"], 1);
    }
}

#[tokio::test]
async fn a_client_that_goes_inside_a_host_call_leaves_its_slot() {
    let engine = Engine::new(EngineOptions {
        concurrent_calls: 1,
        ..EngineOptions::default()
    });
    let engine = engine.unwrap();
    let probe = load(&engine);
    let host = Arc::new(Host {
        delay: Duration::from_secs(60),
        ..Host::default()
    });
    let visit_that_ends = visit("read").host(&host).with("size", 1).get_from(&probe);
    let gone = tokio::time::timeout(Duration::from_millis(20), visit_that_ends).await;
    assert!(gone.is_err());
    assert_eq!(host.asked().len(), 1);
    assert_eq!(engine.health().in_use, 0);
    assert!(visit("ok").get_from(&probe).await.is_ok());
}

#[tokio::test]
async fn a_plugin_that_fills_its_share_is_busy_and_says_so() {
    let engine = Engine::new(EngineOptions {
        concurrent_calls: 4,
        ..EngineOptions::default()
    });
    let engine = engine.unwrap();
    let probe = load(&engine);
    let host = Arc::new(Host {
        delay: Duration::from_millis(300),
        ..Host::default()
    });
    let slow = visit("read").host(&host).with("size", 1).get_from(&probe);
    let (slow, busy) = tokio::join!(slow, async {
        tokio::task::yield_now().await;
        visit("ok").get_from(&probe).await
    });
    assert!(slow.is_ok());
    assert_eq!(busy, Err(CallError::Busy));
    let health = engine.health();
    assert_eq!((health.slots, health.waited, health.refused), (4, 1, 1));
}

#[tokio::test]
async fn the_breaker_parks_a_trapping_page_on_its_site_alone() {
    let engine = Engine::new(EngineOptions::default()).unwrap();
    let probe = load(&engine);
    for second in 0..3 {
        let panicked = visit("panic")
            .on("here")
            .at(second * 1_000)
            .get_from(&probe)
            .await;
        assert!(matches!(panicked, Err(CallError::Trap { .. })));
    }
    let host = Arc::new(Host::default());
    let parked = visit("get")
        .on("here")
        .host(&host)
        .at(3_000)
        .get_from(&probe)
        .await;
    assert_eq!(
        parked,
        Err(CallError::Parked {
            until_ms: Some(32_000)
        })
    );
    assert!(host.asked().is_empty(), "the guest did not run");
    assert!(
        visit("ok")
            .on("there")
            .at(3_000)
            .get_from(&probe)
            .await
            .is_ok()
    );

    let report = &engine.breaker().list()[0];
    assert_eq!(report.state, BreakerState::Open { until_ms: 32_000 });
    assert!(
        report.last_failure.contains("the probe panics"),
        "{}",
        report.last_failure
    );

    assert!(
        visit("ok")
            .on("here")
            .at(32_000)
            .get_from(&probe)
            .await
            .is_ok(),
        "the probe call"
    );
    assert!(
        visit("ok")
            .on("here")
            .at(32_001)
            .get_from(&probe)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_operator_parks_and_unparks_by_hand() {
    let engine = Engine::new(EngineOptions::default()).unwrap();
    let probe = load(&engine);
    let key = BreakerKey {
        site: "here".into(),
        plugin: "probe".into(),
        export: Export::Pages,
    };
    engine.breaker().park(key.clone());
    let parked = visit("ok").on("here").get_from(&probe).await;
    assert_eq!(parked, Err(CallError::Parked { until_ms: None }));
    engine.breaker().unpark(&key);
    assert!(visit("ok").on("here").get_from(&probe).await.is_ok());
}
