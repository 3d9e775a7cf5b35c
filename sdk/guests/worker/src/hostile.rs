//! What a job's code should not do.

use dinh_sdk::{Enqueue, Host, Job, Step};

use crate::count;

/// None where nothing of the kind is asked for.
#[expect(clippy::panic, reason = "a guest that crashes on purpose")]
pub(crate) fn step(does: &str, job: &Job, host: &impl Host) -> Option<Result<Step, String>> {
    let ruin = || count(host, "ruined");
    Some(match does {
        "trap" => {
            let _ = ruin();
            panic!("in the middle of a step");
        }
        "loop" => {
            let _ = ruin();
            let mut turns = 0_u64;
            loop {
                turns = std::hint::black_box(turns.wrapping_add(1));
            }
        }
        // More of itself than there may be, and a way to know what was said.
        "bomb" => {
            let mut bomb = Enqueue::new(&job.name);
            bomb.payload = job.payload.clone();
            let said = (0..200).map(|_| host.enqueue(&bomb));
            let last = said.filter_map(Result::err).last();
            let words = last.map_or("well".to_owned(), |error| error.to_string());
            host.kv_set("bomb", &words)
                .map_err(String::from)
                .map(|()| Step::Done)
        }
        "giant" => {
            let mut giant = Enqueue::new(&job.name);
            giant.payload = "g".repeat(9 << 10).into();
            let said = [
                host.enqueue(&giant),
                host.enqueue(&Enqueue::new("no-such-job")),
                host.enqueue(&Enqueue::new(&job.name).keyed("../other plugin")),
                host.enqueue(&Enqueue::new(&job.name).after_s(u32::MAX)),
            ];
            let said = format!("{said:?}");
            host.kv_set("giant", &said)
                .map_err(String::from)
                .map(|()| Step::Done)
        }
        "giant-cursor" => {
            let _ = ruin();
            Ok(Step::More("c".repeat(5 << 10)))
        }
        "endless" => count(host, "endless").map(|()| Step::More("again".to_owned())),
        _ => return None,
    })
}
