//! What a plugin must not do, one kind a route.

use std::hint::black_box;

use dinh_sdk::serde_json::Value;
use dinh_sdk::{Host, Level, Outcome, Query, Request, View};

use crate::behaviour::NOTES;

const MIB: usize = 1 << 20;

/// None for a route that behaves.
pub(crate) fn page(request: &Request, host: &impl Host) -> Option<Result<Outcome, String>> {
    let size = request.asked("size").and_then(|size| size.parse().ok());
    let size: usize = size.unwrap_or(0);
    match request.route.as_str() {
        "loop" => forever(),
        "fill" => fill(),
        "memory" => memory(),
        "panic" => blow_up(request),
        "stack" => return Some(view(deeper(1))),
        "exit" => std::process::exit(3),
        "read" => read(host, size),
        "argument" => drop(host.get(NOTES, &"x".repeat(size))),
        "ids" => {
            return Some(
                host.get_many(NOTES, &vec!["1"; size])
                    .map_err(Into::into)
                    .and_then(|found| view(found.len() as u64)),
            );
        }
        "limit" => return Some(limit(host, size)),
        "log-flood" => (0..size).for_each(|_| host.log(Level::Info, &"x".repeat(8192))),
        "stderr-flood" => (0..size).for_each(|_| eprintln!("{}", "x".repeat(1000))),
        "handles" => handles(size),
        "model" => return Some(view("x".repeat(size))),
        "model-list" => return Some(View::new("probe", &[1, 2]).map(Outcome::from)),
        "status" => return Some(view(0).map(|outcome| with_status(outcome, size))),
        "bytes" => {
            return Some(Ok(Outcome::Data {
                media_type: "text/csv".into(),
                bytes: vec![b'x'; size],
            }));
        }
        _ => return None,
    }
    Some(view(0))
}

/// Burns CPU without end.
pub(crate) fn forever() -> ! {
    let mut turn = 0_u64;
    loop {
        turn = black_box(turn.wrapping_add(1));
    }
}

/// Asks the host so many times.
pub(crate) fn read(host: &impl Host, times: usize) {
    for _ in 0..times {
        let _ = black_box(host.get(NOTES, "1"));
    }
}

/// One bulk operation after another, each long.
fn fill() {
    let mut memory = vec![0_u8; 16 * MIB];
    let mut turn = 0_u8;
    loop {
        memory.fill(black_box(turn));
        turn = turn.wrapping_add(1);
        black_box(&memory);
    }
}

/// Allocates without end.
fn memory() {
    let mut kept = Vec::new();
    loop {
        kept.push(vec![1_u8; MIB]);
        black_box(&kept);
    }
}

/// Opens standard error again and again and closes none.
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the standard library opens a stream only once")]
fn handles(size: usize) {
    // The version is that of the standard library, whose own import this is.
    #[link(wasm_import_module = "wasi:cli/stderr@0.2.6")]
    unsafe extern "C" {
        #[link_name = "get-stderr"]
        fn get_stderr() -> u32;
    }
    for _ in 0..size {
        // SAFETY: the function takes nothing and gives an index into the handle table.
        black_box(unsafe { get_stderr() });
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn handles(_size: usize) {}

#[expect(clippy::panic, reason = "the host must survive a plugin's panic")]
fn blow_up(request: &Request) {
    panic!("the probe panics on {}", request.site);
}

/// Never returns before the stack is gone.
fn deeper(depth: u64) -> u64 {
    let room = black_box([depth; 64]);
    if black_box(depth) == 0 {
        return 0;
    }
    deeper(depth + 1) + black_box(room)[0]
}

fn limit(host: &impl Host, size: usize) -> Result<Outcome, String> {
    let limit = u32::try_from(size).unwrap_or(u32::MAX);
    let page = host.query(NOTES, &Query::new().limit(limit))?;
    view(page.entries.len() as u64)
}

fn view(value: impl Into<Value>) -> Result<Outcome, String> {
    let mut model = dinh_sdk::Object::new();
    model.insert("value".into(), value.into());
    Ok(View::new("probe", &model)?.into())
}

fn with_status(outcome: Outcome, status: usize) -> Outcome {
    match outcome {
        Outcome::View(view) => view.with_status(u16::try_from(status).unwrap_or(0)).into(),
        other => other,
    }
}
