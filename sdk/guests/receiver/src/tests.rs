use dinh_sdk::testing::{FakeHost, hmac_sha256};
use dinh_sdk::{Delivery, Reply};

use crate::Receiver;

const SECRET: &str = "a secret of the test";

fn paid(body: &str, id: &str) -> Delivery {
    let signature = hmac_sha256(SECRET, format!("{id}.{body}").as_bytes());
    let sent = Delivery::of("paid", body).with("x-delivery", id);
    sent.with("x-signature", &format!("sha256={signature}"))
}

fn portal() -> FakeHost {
    FakeHost::new().with_setting("key", Some(SECRET))
}

#[test]
fn what_is_signed_is_taken_once_and_done_later() {
    let host = portal();
    let reply = host.deliver::<Receiver>(&paid("{\"d\":5}", "1")).unwrap();
    assert_eq!(reply, Reply::with(202, "booked soon"));
    let again = host.deliver::<Receiver>(&paid("{\"d\":5}", "1")).unwrap();
    assert_eq!(again, Reply::with(200, "taken before"));
    assert_eq!(host.values()["paid"], "1");
    host.work::<Receiver>().unwrap();
    assert_eq!(host.values()["booked"], "{\"d\":5}");
}

#[test]
fn what_is_not_taken_leaves_nothing() {
    let host = portal();
    let mut forged = paid("{\"d\":5}", "1");
    forged.body = b"{\"d\":9}".to_vec();
    assert_eq!(host.deliver::<Receiver>(&forged).unwrap().status, 401);
    let refused = host.deliver::<Receiver>(&paid("five", "2")).unwrap();
    assert_eq!(refused.status, 422);
    for evil in ["fault", "oversized", "status"] {
        assert!(
            host.deliver::<Receiver>(&Delivery::of("evil", evil))
                .is_err()
        );
    }
    assert!(host.values().is_empty() && host.enqueued().is_empty());
    // Without a secret nothing is signed.
    let open = FakeHost::new().with_setting("key", None);
    let by_nobody = paid("{}", "1");
    assert_eq!(open.deliver::<Receiver>(&by_nobody).unwrap().status, 401);
}
