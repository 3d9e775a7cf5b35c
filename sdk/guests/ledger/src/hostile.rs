//! What a form's code should not do.

use dinh_sdk::{Fault, Host, Level};

use crate::COUNT;

/// Bytes of the longest value.
const LONGEST: usize = 16 << 10;

/// None where the subject asks for nothing of the kind.
#[expect(clippy::panic, reason = "a guest that crashes on purpose")]
pub(crate) fn submit(
    subject: &str,
    words: &str,
    host: &impl Host,
) -> Option<Result<String, Vec<Fault>>> {
    let ruin = || host.kv_set(COUNT, "99");
    Some(match subject {
        "fault" => {
            let _ = ruin();
            Err(vec![
                Fault::new("/subject", "ledger.taken").with("subject", subject),
                Fault::new("", "ledger.failed").with("why", "hết chỗ"),
            ])
        }
        "trap" => {
            let _ = ruin();
            panic!("after a write");
        }
        "loop" => {
            let _ = ruin();
            let mut turns = 0_u64;
            loop {
                turns = std::hint::black_box(turns.wrapping_add(1));
            }
        }
        "many" => {
            for _ in 0..1_000 {
                let _ = ruin();
            }
            Ok(String::new())
        }
        "flood" => Ok(last(
            (0..50).map(|at| host.kv_set(&format!("flood/{at}"), words)),
        )),
        "fill" => {
            let value = "f".repeat(LONGEST);
            Ok(last((0..50).map(|at| {
                host.kv_set(&format!("fill/{words}/{at}"), &value)
            })))
        }
        "empty" => {
            let page = host.kv_scan("fill/", None, 50).unwrap_or_default();
            Ok(last(
                page.items.iter().map(|item| host.kv_delete(&item.key)),
            ))
        }
        "oversized" => {
            let long = host.kv_set("long", &"f".repeat(LONGEST + 1));
            let key = host.kv_set(&"k".repeat(129), "");
            let odd = host.kv_set("../other plugin", "");
            let nul = host.kv_set("nul", "\0");
            Ok(format!("{long:?} {key:?} {odd:?} {nul:?}"))
        }
        "everything" => Ok(format!("{:?}", host.kv_scan("", None, 100))),
        "tell" => {
            let secret = secret(host);
            host.log(Level::Warn, &format!("the key is {secret}"));
            panic!("the key is {secret}");
        }
        _ => return None,
    })
}

/// What the operator told this plugin and nobody else.
pub(crate) fn secret(host: &impl Host) -> String {
    let secret = host.setting("api-key");
    secret.ok().flatten().unwrap_or_default()
}

/// Everything is tried; what the last that failed said.
fn last<E: std::fmt::Debug>(answers: impl Iterator<Item = Result<(), E>>) -> String {
    let failed = answers.filter_map(Result::err).last();
    failed.map_or("well".to_owned(), |error| format!("{error:?}"))
}
