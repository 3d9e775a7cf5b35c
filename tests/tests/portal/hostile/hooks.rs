//! Hostile hooks: the row is refused, nothing of it is stored, and the next one is taken.

use std::time::Instant;

use crate::hostile::behaviours::{ALL, Behaviour, Ends};
use crate::hostile::report::{self, Row};
use crate::hostile::stage::{Stage, id};

fn hook(behaviour: &Behaviour) -> Ends {
    behaviour.hook.unwrap_or(behaviour.page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_hostile_hook_cannot_check_is_not_stored_and_the_next_row_is() {
    let tried: Vec<&Behaviour> = ALL.iter().filter(|it| hook(it) != Ends::Untried).collect();
    let stage = Stage::with(tried.iter().map(|it| it.guest)).await;
    for behaviour in tried {
        let guest = behaviour.guest;
        let began = Instant::now();
        let said = stage.import(guest, "evil", "1");
        let took = began.elapsed();
        let Ends::Told(why) = hook(behaviour) else {
            // What it may do it did, and the row is good.
            said.unwrap();
            continue;
        };
        let refused = said.unwrap_err();
        assert!(
            refused.contains("\"rejected\": 1") || refused.contains("\"rejected\":1"),
            "{guest}: {refused}"
        );
        stage.logged(guest, why).await;
        let listed = stage.listed(guest)["breakers"].to_string();
        assert!(
            listed.contains(why),
            "{guest}: not listed “{why}”: {listed}"
        );
        if behaviour.can_be_calm {
            stage.import(guest, "calm", "2").unwrap();
            let list = stage.section(guest).await.assert_status(200);
            list.assert_contains("2 Một dòng")
                .assert_contains(&id(guest));
        }
        let row = Row {
            did: behaviour.does.to_owned(),
            ended: format!("refused: {why}"),
            took,
            felt: None,
        };
        report::add(guest, "hook", row);
    }
    stage.all_slots_are_free().await;
}
