use std::time::{Duration, Instant};

use wasmtime::UpdateDeadline;

use super::{Meter, Stop};
use crate::Budget;
use crate::engine::TICK;

fn meter() -> Meter {
    Meter::new(Budget {
        cpu_ms: 20,
        host_calls: 2,
        ..Budget::PAGE
    })
}

fn goes_on(meter: &mut Meter, computed: Duration) -> bool {
    meter.since = Instant::now().checked_sub(computed).unwrap();
    matches!(meter.tick(), UpdateDeadline::Yield(1))
}

#[test]
fn a_guest_gets_its_budget_and_the_tick_that_has_begun() {
    let mut meter = meter();
    assert!(goes_on(&mut meter, TICK));
    assert!(goes_on(&mut meter, TICK));
    assert!(!goes_on(&mut meter, TICK));
    assert_eq!(meter.stop(), Some(Stop::CpuBudget));
}

#[test]
fn time_in_the_host_is_not_the_guests() {
    let mut meter = meter();
    for _ in 0..100 {
        meter.host_worked(TICK * 10);
        assert!(goes_on(&mut meter, TICK * 10));
    }
    assert_eq!(meter.stop(), None);
}

#[test]
fn the_host_call_after_the_last_one_stops_the_guest() {
    let mut meter = meter();
    assert!(meter.host_call().is_ok());
    assert!(meter.host_call().is_ok());
    assert_eq!(meter.stop(), None);
    assert!(meter.host_call().is_err());
    assert_eq!(meter.stop(), Some(Stop::HostCallBudget));
}

#[test]
fn a_hundred_log_lines_are_kept() {
    let mut meter = meter();
    assert_eq!((0..200).filter(|_| meter.log_line()).count(), 100);
}
