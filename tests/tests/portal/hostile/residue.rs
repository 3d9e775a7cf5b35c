//! Kind 9: what a plugin leaves in memory and tables is gone before the slot has its next tenant.

use std::time::Instant;

use crate::hostile::report::{self, Row};
use crate::hostile::stage::Stage;

/// So often, since a slot may go to another.
const ROUNDS: usize = 12;

#[tokio::test]
async fn the_next_tenant_of_a_slot_finds_nothing_of_the_last_one() {
    let stage = Stage::with(["09-residue", "09-residue-next"]).await;
    let began = Instant::now();
    for _ in 0..ROUNDS {
        stage.page("09-residue", "evil").await.assert_status(200);
        for next in ["09-residue-next", "09-residue"] {
            let found = stage.page(next, "calm").await.assert_status(200);
            assert_eq!(found.text(), "calm", "{next} found what another left");
        }
        stage.unpark("09-residue");
    }
    let listed = stage.listed("09-residue")["exports"].to_string();
    assert!(!listed.contains("budget"), "the marks were set: {listed}");
    let row = Row {
        did: "marks its memory and table, crashes; the next tenant looks".to_owned(),
        ended: "nothing is found".to_owned(),
        took: began.elapsed() / (ROUNDS * 3) as u32,
        felt: None,
    };
    report::add("09-residue", "page", row);
}
