use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};

use super::{Allowances, LOG_BYTES_A_MINUTE_MAX, Limit, WRITES_A_MINUTE_MAX, Writes};

fn plugin() -> PluginId {
    PluginId::new("flood").unwrap()
}

fn site(id: &str) -> SiteId {
    SiteId::new(id).unwrap()
}

#[test]
fn a_flood_is_refused_until_the_minute_is_over_and_neighbours_are_not() {
    let (all, plugin, here) = (Allowances::default(), plugin(), site("here"));
    for _ in 0..WRITES_A_MINUTE_MAX {
        assert!(all.may_write(&plugin, &here, Writes::Noted, Instant(0)));
    }
    assert!(!all.may_write(&plugin, &here, Writes::Noted, Instant(59_999)));
    assert!(all.may_write(&plugin, &site("there"), Writes::Noted, Instant(59_999)));
    assert!(all.may_write(&plugin, &here, Writes::Noted, Instant(60_000)));
    let [refusal] = all.refusals().try_into().unwrap();
    assert_eq!((refusal.limit, refusal.count), (Limit::Writes, 1));
    assert_eq!((refusal.site, refusal.last_at), (here, Instant(59_999)));
}

#[test]
fn each_webhook_has_a_minute_of_its_own_and_says_when_it_ends() {
    let (all, plugin, here) = (Allowances::default(), plugin(), site("here"));
    let send = |name, at| all.may_receive(&plugin, &here, (name, 2), Instant(at));
    assert_eq!(send("paid", 0), Ok(()));
    assert_eq!(send("paid", 1), Ok(()));
    assert_eq!(send("paid", 30_000), Err(31));
    assert_eq!(send("signed", 30_000), Ok(()));
    assert!(all.may_write(&plugin, &here, Writes::Received, Instant(30_000)));
    assert_eq!(send("paid", 60_000), Ok(()));
    let [refusal] = all.refusals().try_into().unwrap();
    assert_eq!((refusal.limit, refusal.count), (Limit::Webhooks, 1));
}

#[test]
fn a_line_that_is_too_much_takes_nothing_from_writes() {
    let (all, plugin, here) = (Allowances::default(), plugin(), site("here"));
    assert!(all.may_log(&plugin, &here, LOG_BYTES_A_MINUTE_MAX, Instant(0)));
    assert!(!all.may_log(&plugin, &here, 1, Instant(1)));
    assert!(all.may_write(&plugin, &here, Writes::Noted, Instant(1)));
    // A clock that was set back begins anew.
    assert!(all.may_log(&plugin, &here, 1, Instant(-5)));
}
