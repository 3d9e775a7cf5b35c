//! A thousand hostile calls leave the server as large as it was.

use std::time::Instant;

use crate::hostile::report::{self, Row};
use crate::hostile::stage::Stage;

/// Guests whose calls are over at once; they leave memory, handles, texts and traps.
const CHEAP: [&str; 10] = [
    "00-crash",
    "03-memory",
    "03-table",
    "04-handles",
    "05-huge-answer",
    "05-long-question",
    "06-utf8",
    "06-discriminant",
    "07-call-in-realloc",
    "12-deep-model",
];
/// So many before it is measured: pools, caches and the log have found their size.
const BEFORE: usize = 100;
const CALLS: usize = 1_000;
/// What allocators keep or the log has grown by; a leak of one instance's 64 KiB a call would be
/// twice as much.
const ROOM_KIB: u64 = 32 << 10;

#[tokio::test]
async fn a_thousand_hostile_calls_leave_the_server_as_large_as_it_was() {
    let stage = Stage::with(CHEAP).await;
    call(&stage, BEFORE).await;
    let before = stage.resident_kib();
    let began = Instant::now();
    call(&stage, CALLS).await;
    let took = began.elapsed();
    let after = stage.resident_kib();
    assert!(
        after <= before + ROOM_KIB,
        "{before} KiB before, {after} KiB after"
    );
    stage.all_slots_are_free().await;
    let row = Row {
        did: format!("{CALLS} calls of ten cheap kinds"),
        ended: format!("{before} KiB resident before, {after} KiB after"),
        took: took / CALLS as u32,
        felt: None,
    };
    report::add("all", "page", row);
}

/// Two calls of each guest, then the breaker forgets: every call runs the guest.
async fn call(stage: &Stage, calls: usize) {
    for _ in 0..calls / (CHEAP.len() * 2) {
        for guest in CHEAP {
            for _ in 0..2 {
                stage.page(guest, "evil").await.assert_status(200);
            }
            stage.unpark(guest);
        }
    }
}
