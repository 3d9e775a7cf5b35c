use std::time::Duration;

use super::{Ending, Ledger};
use crate::{CallError, Export};

#[test]
fn endings_are_counted_and_only_the_plugins_own_are_failures() {
    let ledger = Ledger::default();
    let tally = ledger.of("notes", Export::Pages);
    for ending in Ending::ALL {
        tally.count(ending);
    }
    tally.count(Ending::Answered);
    let figures = &ledger.list()[0];
    assert_eq!((figures.calls(), figures.failures()), (11, 8));
    assert_eq!(figures.endings[0], (Ending::Answered, 2));
    assert_eq!(figures.endings.len(), 12);
}

#[test]
fn quantiles_lie_within_a_step_of_the_truth() {
    let ledger = Ledger::default();
    let tally = ledger.of("notes", Export::Hooks);
    let spread = || ledger.list()[0].wall.clone();
    assert_eq!(spread().quantile_ms(0.5), None);
    for us in 1..=1_000_u64 {
        tally.time(Duration::ZERO, Duration::from_micros(us * 100));
    }
    let (p50, p99) = (
        spread().quantile_ms(0.5).unwrap(),
        spread().quantile_ms(0.99).unwrap(),
    );
    assert!((48.0..52.0).contains(&p50), "{p50}");
    assert!((95.0..=100.0).contains(&p99), "{p99}");
    assert!((spread().sum_s() - 50.05).abs() < 0.01);
    assert_eq!(spread().cumulative().last(), Some((10_000_000, 1_000)));
}

#[test]
fn a_time_beyond_all_steps_is_counted_and_shown_as_the_last_bound() {
    let ledger = Ledger::default();
    let tally = ledger.of("notes", Export::Pages);
    tally.time(Duration::from_secs(60), Duration::from_secs(60));
    let wall = ledger.list()[0].wall.clone();
    assert_eq!((wall.count(), wall.quantile_ms(0.99)), (1, Some(10_000.0)));
    assert_eq!(wall.cumulative().last(), Some((10_000_000, 0)));
}

#[test]
fn a_plugin_loaded_anew_goes_on_with_its_figures() {
    let ledger = Ledger::default();
    ledger.of("notes", Export::Pages).count(Ending::Answered);
    ledger.of("notes", Export::Pages).count(Ending::Answered);
    assert_eq!(ledger.list()[0].calls(), 2);
}

#[test]
fn the_last_trap_has_a_bounded_backtrace() {
    let ledger = Ledger::default();
    let tally = ledger.of("notes", Export::Pages);
    let error = CallError::Trap {
        message: "wasm trap: unreachable".into(),
        backtrace: "ă".repeat(4_000),
        stderr: String::new(),
    };
    tally.trapped(7, "yen-the", &error);
    let trap = ledger.list()[0].last_trap.clone().unwrap();
    assert_eq!((trap.at_ms, trap.site.as_str()), (7, "yen-the"));
    assert_eq!(trap.backtrace.len(), 4 << 10);
}
