//! What a call of a plugin costs, beside the engine alone in the same run. Prints one JSON object.
//!
//! usage: sandbox GUEST.wasm BUNDLE
//!
//! GUEST is a page handler that does nothing; BUNDLE has the plugins that come with the program.
#![allow(
    missing_docs,
    reason = "a program, and the generated glue of the contract"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dinh_runtime::{
    Budget, Call, Capability, Engine, EngineOptions, Outcome, Oversight, Plugin, Request,
};
use serde_json::{Value, json};

mod bare;
#[allow(unreachable_pub, reason = "the tests share it")]
#[path = "../../../../tests/src/no_host.rs"]
mod no_host;

/// Calls of one round, after a fifth of them that is not counted.
const CALLS: usize = 4_000;
/// Rounds, one of each sort in turn, so that what the machine does beside meets all of them.
const ROUNDS: usize = 5;
/// Callers at the same time.
const CALLERS: usize = 64;
/// How long they call.
const CROWD: Duration = Duration::from_secs(3);
/// Plugins that are loaded to see what one of them holds.
const IDLE: u32 = 20;
/// Times that loading is measured; the shortest counts.
const LOADS: usize = 5;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let (Some(guest), Some(bundle)) = (arguments.next(), arguments.next()) else {
        return Err("usage: sandbox GUEST.wasm BUNDLE".into());
    };
    let wasm = std::fs::read(guest)?;
    let (watched, unwatched) = (
        plugin(&wasm, Oversight::Full)?,
        plugin(&wasm, Oversight::None)?,
    );
    let bare = bare::Bare::new(&wasm)?;
    let one = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (mut ours, mut theirs, mut unseen) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(one.block_on(median_us(|| page(&watched)))?);
        theirs.push(one.block_on(median_us(|| bare.call()))?);
        unseen.push(one.block_on(median_us(|| page(&unwatched)))?);
    }
    let many = tokio::runtime::Runtime::new()?;
    let told = json!({
        "call_us": middle(ours),
        "bare_us": middle(theirs),
        "unwatched_us": middle(unseen),
        "calls_per_second": many.block_on(crowd(&watched))?,
        "plugins": plugins(Path::new(&bundle))?,
    });
    println!("{told}");
    Ok(())
}

fn plugin(wasm: &[u8], oversight: Oversight) -> Result<Plugin, Failed> {
    let engine = Engine::new(EngineOptions {
        oversight,
        ..EngineOptions::default()
    })?;
    Ok(Plugin::load(&engine, "empty", wasm, &[])?)
}

async fn page(plugin: &Plugin) -> Result<(), Failed> {
    let call = Call {
        site: "site".into(),
        host: Arc::new(no_host::NoHost),
        now_ms: 0,
        today: "2026-11-24".into(),
        budget: Budget::PAGE,
    };
    match plugin.page(call, Request::default()).await? {
        Outcome::Data { .. } => Ok(()),
        other => Err(format!("not what an empty page answers: {other:?}").into()),
    }
}

/// The median of one round.
async fn median_us<F: Future<Output = Result<(), Failed>>>(
    call: impl Fn() -> F,
) -> Result<f64, Failed> {
    for _ in 0..CALLS / 5 {
        call().await?;
    }
    let mut took = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let began = Instant::now();
        call().await?;
        took.push(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok(middle(took))
}

fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Calls a second of many callers; a call that fails fails the whole.
async fn crowd(plugin: &Plugin) -> Result<f64, Failed> {
    let began = Instant::now();
    let callers = (0..CALLERS).map(|_| {
        let plugin = plugin.clone();
        tokio::spawn(async move {
            let mut calls = 0_u64;
            while began.elapsed() < CROWD {
                page(&plugin).await.map_err(|error| error.to_string())?;
                calls += 1;
            }
            Ok::<u64, String>(calls)
        })
    });
    let mut calls = 0;
    for caller in callers.collect::<Vec<_>>() {
        calls += caller.await??;
    }
    Ok(calls as f64 / began.elapsed().as_secs_f64())
}

/// Compile time, cached load and memory of each plugin of a bundle.
fn plugins(bundle: &Path) -> Result<Vec<Value>, Failed> {
    let mut told = Vec::new();
    for folder in std::fs::read_dir(bundle.join("plugins"))? {
        let folder = folder?;
        let wasm = std::fs::read(folder.path().join("plugin.wasm"))?;
        let engine = Engine::new(EngineOptions::default())?;
        let mut compile_ms = f64::INFINITY;
        for _ in 0..LOADS {
            let began = Instant::now();
            Plugin::load(&engine, "one", &wasm, &Capability::ALL)?;
            compile_ms = compile_ms.min(began.elapsed().as_secs_f64() * 1e3);
        }
        let before = resident_kib()?;
        let idle: Vec<Plugin> = (0..IDLE)
            .map(|at| Plugin::load(&engine, &format!("idle-{at}"), &wasm, &Capability::ALL))
            .collect::<Result<_, _>>()?;
        let held = resident_kib()?.saturating_sub(before);
        drop(idle);
        told.push(json!({
            "plugin": folder.file_name().to_string_lossy(),
            "wasm_kib": wasm.len() / 1024,
            "compile_ms": compile_ms,
            "cached_load_ms": bare::cached_load_ms(&wasm, LOADS)?,
            "idle_mib": held as f64 / 1024.0 / f64::from(IDLE),
        }));
    }
    Ok(told)
}

fn resident_kib() -> Result<u64, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let figure = line.and_then(|it| it.split_whitespace().next());
    Ok(figure.ok_or("no VmRSS")?.parse()?)
}
