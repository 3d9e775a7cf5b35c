//! Kind 8: visitors who go away at the worst time, by the dozen.

use std::time::{Duration, Instant};

use crate::hostile::neighbours::{Neighbours, ceiling};
use crate::hostile::report::{self, Row};
use crate::hostile::stage::Stage;

/// Visitors who go at the same time: more than a plugin has slots.
const VISITORS: usize = 24;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_away_while_a_plugin_computes_leaves_nothing_behind() {
    let stage = Stage::with(["01-loop", "01-start"]).await;
    let neighbours = Neighbours::of(stage.server.visitor());
    let began = Instant::now();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let quiet = neighbours.p99_since(began);
    for (guest, when) in [
        ("01-loop", "in a call"),
        ("01-start", "in an instantiation"),
    ] {
        let began = Instant::now();
        let leaving = (0..VISITORS).map(|at| {
            // From before the call begins to after it has yielded some times.
            let after = Duration::from_millis(at as u64 * 2);
            stage.leave(guest, after)
        });
        for leave in leaving {
            leave.await;
        }
        let took = began.elapsed();
        stage.all_slots_are_free().await;
        let attacked = neighbours.p99_since(began);
        assert!(
            attacked <= ceiling(quiet),
            "{guest}: {attacked:?}, quiet {quiet:?}"
        );
        let row = Row {
            did: format!("{VISITORS} visitors go away {when}"),
            ended: "slots are free again".to_owned(),
            took: took / VISITORS as u32,
            felt: Some((quiet, attacked)),
        };
        report::add(&format!("08-gone {guest}"), "page", row);
    }
    stage.unpark("01-loop");
    let calm = stage.page("01-loop", "calm").await.assert_status(200);
    assert_eq!(calm.text(), "calm");
}
