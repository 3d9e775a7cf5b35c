use super::{Breaker, BreakerKey, BreakerState, Export, Verdict};

fn key() -> BreakerKey {
    BreakerKey {
        site: "site".into(),
        plugin: "probe".into(),
        export: Export::Pages,
    }
}

fn trap(breaker: &Breaker, at_s: u64) {
    breaker.record(&key(), at_s * 1_000, Verdict::Trap("trapped".into()));
}

fn failure(breaker: &Breaker, at_s: u64) {
    breaker.record(&key(), at_s * 1_000, Verdict::Failure("failed".into()));
}

fn success(breaker: &Breaker, at_s: u64) {
    breaker.record(&key(), at_s * 1_000, Verdict::Success);
}

fn admitted(breaker: &Breaker, at_s: u64) -> Result<(), Option<u64>> {
    breaker.admit(&key(), at_s * 1_000)
}

#[test]
fn three_traps_in_a_minute_open_it() {
    let breaker = Breaker::default();
    trap(&breaker, 1);
    trap(&breaker, 30);
    assert_eq!(admitted(&breaker, 60), Ok(()));
    trap(&breaker, 61);
    assert_eq!(admitted(&breaker, 62), Err(Some(91_000)));
}

#[test]
fn three_traps_in_more_than_a_minute_do_not() {
    let breaker = Breaker::default();
    trap(&breaker, 0);
    trap(&breaker, 31);
    trap(&breaker, 62);
    assert_eq!(admitted(&breaker, 63), Ok(()));
}

#[test]
fn five_failures_of_twenty_open_it() {
    let breaker = Breaker::default();
    for second in 0..4 {
        failure(&breaker, second);
    }
    for second in 4..19 {
        success(&breaker, second);
    }
    assert_eq!(admitted(&breaker, 19), Ok(()));
    failure(&breaker, 19);
    assert_eq!(admitted(&breaker, 20), Err(Some(49_000)));
}

#[test]
fn failures_older_than_twenty_calls_are_forgotten() {
    let breaker = Breaker::default();
    for second in 0..4 {
        failure(&breaker, second);
    }
    for second in 4..20 {
        success(&breaker, second);
    }
    failure(&breaker, 20);
    assert_eq!(admitted(&breaker, 21), Ok(()));
}

#[test]
fn one_probe_goes_through_after_half_a_minute_and_closes_it() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    assert_eq!(admitted(&breaker, 29), Err(Some(30_000)));
    assert_eq!(admitted(&breaker, 30), Ok(()), "the probe");
    assert_eq!(admitted(&breaker, 31), Err(Some(60_000)), "only one");
    success(&breaker, 32);
    assert_eq!(admitted(&breaker, 33), Ok(()));
    trap(&breaker, 34);
    assert_eq!(
        admitted(&breaker, 35),
        Ok(()),
        "earlier traps are forgotten"
    );
}

#[test]
fn a_probe_that_never_ends_does_not_block_the_next() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    assert_eq!(admitted(&breaker, 30), Ok(()));
    assert_eq!(admitted(&breaker, 60), Ok(()));
}

#[test]
fn the_third_reopening_in_ten_minutes_parks_it() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    for probe in [30, 60] {
        assert_eq!(admitted(&breaker, probe), Ok(()));
        failure(&breaker, probe);
        assert!(matches!(admitted(&breaker, probe + 1), Err(Some(_))));
    }
    assert_eq!(admitted(&breaker, 90), Ok(()));
    failure(&breaker, 90);
    assert_eq!(admitted(&breaker, 10_000), Err(None), "parked");
    assert_eq!(breaker.list()[0].state, BreakerState::Parked);
    assert_eq!(breaker.list()[0].last_failure, "failed");
    let told = breaker.newly_parked();
    assert_eq!((told.len(), told[0].key.clone()), (1, key()));
    assert!(breaker.newly_parked().is_empty(), "told once");
    breaker.unpark(&key());
    assert_eq!(admitted(&breaker, 10_001), Ok(()));
}

#[test]
fn reopenings_further_apart_do_not_park_it() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    for probe in [300, 601, 902, 1_203] {
        assert_eq!(admitted(&breaker, probe), Ok(()));
        failure(&breaker, probe);
    }
    assert_eq!(admitted(&breaker, 1_204), Err(Some(1_233_000)));
}

#[test]
fn calls_under_way_when_it_opens_change_nothing() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    trap(&breaker, 1);
    success(&breaker, 2);
    assert_eq!(admitted(&breaker, 3), Err(Some(30_000)));
}

#[test]
fn another_site_and_another_export_go_on() {
    let breaker = Breaker::default();
    (0..3).for_each(|_| trap(&breaker, 0));
    let other_site = BreakerKey {
        site: "other".into(),
        ..key()
    };
    let other_export = BreakerKey {
        export: Export::Hooks,
        ..key()
    };
    assert_eq!(breaker.admit(&other_site, 0), Ok(()));
    assert_eq!(breaker.admit(&other_export, 0), Ok(()));
}

#[test]
fn an_operator_parks_one_export_or_a_whole_plugin() {
    let breaker = Breaker::default();
    breaker.park(key());
    assert_eq!(admitted(&breaker, 0), Err(None));
    breaker.unpark(&key());
    assert_eq!(admitted(&breaker, 0), Ok(()));

    breaker.park_plugin("probe");
    assert_eq!(admitted(&breaker, 0), Err(None));
    success(&breaker, 0);
    assert_eq!(breaker.list()[0].state, BreakerState::Parked);
    breaker.unpark_plugin("probe");
    assert_eq!(admitted(&breaker, 0), Ok(()));
}
