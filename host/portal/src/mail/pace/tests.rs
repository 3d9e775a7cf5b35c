use std::time::Duration;

use tokio::time::Instant;

use super::{Pace, WINDOW};

#[test]
fn so_many_go_at_once_and_the_next_when_the_first_is_a_minute_old() {
    let (mut pace, began) = (Pace::default(), Instant::now());
    for second in 0..3 {
        let now = began + Duration::from_secs(second);
        assert_eq!(pace.wait(3, now), Duration::ZERO);
        pace.sent(now);
    }
    let now = began + Duration::from_secs(10);
    assert_eq!(pace.wait(3, now), Duration::from_secs(50));
    let now = began + WINDOW;
    assert_eq!(pace.wait(3, now), Duration::ZERO);
    pace.sent(now);
    assert_eq!(pace.wait(3, now), Duration::from_secs(1));
}
