use std::net::IpAddr;
use std::time::{Duration, Instant};

use super::{PLAIN_MAX, PROVED_MAX, Sendings, WINDOW};
use dinh_portal::Taking;

use crate::client::Client;

#[test]
fn a_solved_puzzle_earns_more_and_time_makes_room_again() {
    let sendings = Sendings::default();
    let lan = || Client::from("10.0.0.1".parse::<IpAddr>().unwrap());
    let now = Instant::now();
    for _ in 0..PLAIN_MAX {
        assert_eq!(sendings.counted(lan(), Taking::Plain, now), Ok(()));
    }
    let wait = sendings.counted(lan(), Taking::Plain, now).unwrap_err();
    assert_eq!(u64::from(wait), WINDOW.as_secs() + 1);
    for _ in 0..PROVED_MAX {
        assert_eq!(sendings.counted(lan(), Taking::Proved, now), Ok(()));
    }
    assert!(sendings.counted(lan(), Taking::Proved, now).is_err());
    let other = Client::from("10.0.0.2".parse::<IpAddr>().unwrap());
    assert_eq!(sendings.counted(other, Taking::Plain, now), Ok(()));
    let later = now + WINDOW + Duration::from_secs(1);
    assert_eq!(sendings.counted(lan(), Taking::Plain, later), Ok(()));
    assert_eq!(
        sendings.callers.lock().unwrap().sent.len(),
        1,
        "others are forgotten"
    );
}
