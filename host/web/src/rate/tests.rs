use std::net::IpAddr;

use super::bucket::BURST_SECONDS;
use super::{MAX_CALLERS_A_PART, PARTS, Rate};
use crate::client::Client;
use crate::options::HttpOptions;

/// Takes tokens until there is none; how many there were.
fn drained(rate: &Rate, client: Client, now: u64) -> u32 {
    (0..).take_while(|_| rate.take(client, now).is_ok()).count() as u32
}

#[test]
fn a_caller_gets_its_burst_and_then_its_share_of_every_second() {
    let (rate, client) = (Rate::new(5), Client::V4(1));
    assert_eq!(drained(&rate, client, 0), 5 * BURST_SECONDS);
    assert_eq!(rate.take(client, 0), Err(1));
    assert_eq!(drained(&rate, client, 199), 0);
    assert_eq!(drained(&rate, client, 200), 1, "one in a fifth of a second");
    assert_eq!(drained(&rate, client, 1_200), 5);
    assert_eq!(drained(&rate, client, 3_600_000), 5 * BURST_SECONDS);
    assert!(rate.refused() > 0);
}

#[test]
fn callers_do_not_take_from_each_other() {
    let rate = Rate::new(1);
    drained(&rate, Client::V4(1), 0);
    assert_eq!(rate.take(Client::V4(2), 0), Ok(()));
    assert_eq!(rate.take(Client::V6(1), 0), Ok(()));
}

#[test]
fn memory_is_bounded_however_many_callers_come() {
    let rate = Rate::new(1);
    for number in 0..200_000 {
        assert_eq!(rate.take(Client::V6(number), 0), Ok(()));
    }
    let held: usize = rate
        .parts
        .iter()
        .map(|part| part.lock().unwrap().len())
        .sum();
    assert!(held <= PARTS * MAX_CALLERS_A_PART, "{held}");
}

#[test]
fn a_caller_that_is_being_refused_is_not_forgotten_for_others_who_come_once() {
    let (rate, flooding) = (Rate::new(1), Client::V4(7));
    drained(&rate, flooding, 0);
    let mut answered = 0;
    for number in 0..200_000 {
        // Twenty a millisecond; each has a full bucket again after a second.
        let now = u64::from(number) / 20;
        rate.take(Client::V4(1_000 + number), now).unwrap();
        answered += u64::from(rate.take(flooding, now).is_ok());
    }
    assert!((9..=11).contains(&answered), "{answered} in ten seconds");
}

#[test]
fn whom_the_operator_exempts_and_proxies_themselves_are_not_counted() {
    let rate = Rate::new(1);
    let address: IpAddr = "127.0.0.1".parse().unwrap();
    let options = HttpOptions::default();
    let asked =
        |options: &HttpOptions| (0..100).all(|_| rate.admit(Some(address), options).is_ok());
    let exempt = HttpOptions {
        unlimited_clients: vec![address],
        ..options.clone()
    };
    let proxy = HttpOptions {
        trusted_proxies: vec![address],
        ..options.clone()
    };
    assert!(asked(&exempt) && asked(&proxy));
    assert!(!asked(&options), "loopback is no exception by itself");
    assert!((0..100).all(|_| Rate::new(0).admit(Some(address), &options).is_ok()));
}
