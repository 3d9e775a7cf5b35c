//! Names, passwords, locks and sessions.

use super::{
    ACCOUNT_FAILURES, ADMINISTRATOR_IDLE_MS, Attempt, FAILURES_FADE_MS, KNOWN_PLACE_MS, LOCK_MS,
    PasswordFault, Right, Role, STAFF_IDLE_MS, Tally, password_faults, session_ends, sign_in_name,
};
use crate::dates::Instant;

#[test]
fn a_name_is_one_however_it_is_typed() {
    assert_eq!(sign_in_name(" Lan.HOÀNG ").unwrap(), "lan.hoàng");
    // Composed and decomposed.
    assert_eq!(sign_in_name("hoa\u{300}ng").unwrap(), "hoàng");
    for bad in [
        "",
        "a",
        "a b",
        "a\0b",
        "<lan>",
        "lan/hoàng",
        &"a".repeat(65),
    ] {
        assert!(sign_in_name(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_password_alone_is_longer_than_one_beside_a_second_factor() {
    let faults = |password, totp| password_faults(password, "lan", totp);
    assert_eq!(faults("Hoa-sen-2014-x", false), []);
    assert_eq!(
        faults("Hoa-sen-2014-", false),
        [PasswordFault::TooShort { fewest: 14 }]
    );
    assert_eq!(faults("hoa-sen-2014-xyz", false), [PasswordFault::Classes]);
    assert_eq!(faults("hoasentr", true), []);
    assert_eq!(
        faults("hoasent", true),
        [PasswordFault::TooShort { fewest: 8 }]
    );
    assert_eq!(faults("Đồng-Sơn-năm-1", false), []);
    assert_eq!(faults("12121212", true), [PasswordFault::Monotonous]);
    assert_eq!(faults("LAN-hoa-sen-1", true), [PasswordFault::HoldsName]);
    assert_eq!(
        faults(&"Aa1-b".repeat(205), false),
        [PasswordFault::TooLong]
    );
}

#[test]
fn five_failures_lock_for_twelve_hours_and_old_ones_fade() {
    let mut tally = Tally::default();
    for number in 1..ACCOUNT_FAILURES {
        tally = tally.failed(ACCOUNT_FAILURES, Instant(number));
        assert!(!tally.is_locked(Instant(number)));
    }
    // The fifth comes when the fourth counts no longer.
    let late = Instant(ACCOUNT_FAILURES + FAILURES_FADE_MS);
    assert_eq!(tally.failed(ACCOUNT_FAILURES, late).failures, 1);
    let locked = tally.failed(ACCOUNT_FAILURES, Instant(10));
    assert!(locked.is_locked(Instant(10)) && locked.is_locked(Instant(9 + LOCK_MS)));
    assert!(!locked.is_locked(Instant(10 + LOCK_MS)));
    // Trying on makes it no longer; what comes after begins anew.
    assert_eq!(locked.failed(ACCOUNT_FAILURES, Instant(11)), locked);
    assert_eq!(
        locked
            .failed(ACCOUNT_FAILURES, Instant(10 + LOCK_MS))
            .failures,
        1
    );
}

#[test]
fn failures_elsewhere_do_not_count_where_the_account_is_known() {
    let now = Instant(KNOWN_PLACE_MS);
    let known = Attempt {
        place: Some((Instant(1), Tally::default())),
        ..Attempt::default()
    };
    let mut stranger = Attempt::default();
    let mut at_home = known;
    for _ in 0..ACCOUNT_FAILURES {
        stranger = stranger.failed(now);
        at_home = at_home.failed(now);
    }
    assert!(stranger.is_locked(now) && at_home.is_locked(now));
    assert_eq!((at_home.account, at_home.address), Default::default());
    let seen_from_home = Attempt {
        account: stranger.account,
        address: stranger.address,
        ..known
    };
    assert!(!seen_from_home.is_locked(now));
    // Long ago is unknown.
    assert!(seen_from_home.is_locked(Instant(KNOWN_PLACE_MS + 1)));
}

#[test]
fn an_administrator_is_let_go_of_earlier_and_nobody_stays_for_ever() {
    let (seen, expires) = (Instant(0), Instant(STAFF_IDLE_MS - 1));
    assert_eq!(
        session_ends(seen, expires, true),
        Instant(ADMINISTRATOR_IDLE_MS)
    );
    assert_eq!(session_ends(seen, expires, false), expires);
    assert_eq!(
        session_ends(seen, Instant(i64::MAX), false),
        Instant(STAFF_IDLE_MS)
    );
}

#[test]
fn whoever_looks_after_accounts_is_an_administrator() {
    let administrators = super::all().filter(Role::is_administrator);
    let names: Vec<String> = administrators.map(String::from).collect();
    assert_eq!(
        names,
        ["board-head", "operator", "site-head", "standing-office"]
    );
    assert!(Role::new("contributor").unwrap().gives(Right::Write));
    assert!(!Role::new("inspector").unwrap().gives(Right::Write));
}
