//! What a webhook's code should not do.

use dinh_sdk::{Host, Reply};

use crate::count;

/// Does what the body says, after a write that must not last.
#[expect(clippy::panic, reason = "a guest that crashes on purpose")]
pub(crate) fn receive(does: &str, host: &impl Host) -> Result<Reply, String> {
    count(host, "ruined")?;
    match does {
        "trap" => panic!("in the middle of a delivery"),
        "loop" => {
            let mut turns = 0_u64;
            loop {
                turns = std::hint::black_box(turns.wrapping_add(1));
            }
        }
        "memory" => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(std::hint::black_box(vec![1; 1 << 20]));
            }
        }
        "calls" => loop {
            let _ = host.kv_get("ruined");
        },
        "oversized" => Ok(Reply::with(200, "o".repeat(2 << 10))),
        "giant" => Ok(Reply::with(200, "g".repeat(3 << 20))),
        "status" => Ok(Reply::with(302, "elsewhere")),
        "fault" => Err("it did not go well".to_owned()),
        "not now" => Ok(Reply::refused(503, "not now")),
        "refuse" => Ok(Reply::refused(409, "<script>alert(1)</script>")),
        other => Err(format!("`{other}` is nothing that it does")),
    }
}
