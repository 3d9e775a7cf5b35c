//! Components that nobody wrote, at the door where a plugin's component is loaded: each is refused by
//! name or loaded, and what was loaded runs within its budget. `make fuzz` goes on for longer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arbitrary::{Arbitrary, Unstructured};
use dinh_runtime::{Budget, Call, Capability, Engine, EngineOptions, Plugin, Request};
use dinh_tests::{Guest, NoHost};
use wasm_smith::{Component, Config, Module};

/// Components of each sort in the tests of every day: some seconds.
const EACH: u64 = 100;
/// How long `make fuzz` goes on, in seconds; the tests of every day do not.
const FUZZ_SECONDS: &str = "DINH_FUZZ_SECONDS";
/// What one component is made from: larger ones take longer and find no more.
const SEED_BYTES: usize = 4 << 10;
/// Longest time from bytes to the end of both calls, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Section of a component that holds a core module.
const CORE_MODULE_SECTION: u8 = 1;
/// Magic number and version of a component.
const PREAMBLE_BYTES: usize = 8;

/// What a guest's core module has to export, with types.
const EXPORTS: &str = r#"(module
  (memory (export "memory") 1)
  (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
  (func (export "page") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32) unreachable)
  (func (export "validate") (param i32 i32 i32 i32 i32 i32) (result i32) unreachable)
  (func (export "after") (param i32)))"#;

/// Bytes that follow from a number, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn bytes(&mut self) -> Vec<u8> {
        (0..SEED_BYTES / 8)
            .flat_map(|_| self.next().to_le_bytes())
            .collect()
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Seeds: a fixed number of them, or new ones until the time of a longer run is over.
fn seeds() -> impl Iterator<Item = u64> {
    let seconds = std::env::var(FUZZ_SECONDS).ok();
    let seconds: Option<u64> = seconds.map(|it| it.parse().unwrap());
    let began = Instant::now();
    let first = match seconds {
        None => 0,
        Some(_) => {
            let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
            now << 20
        }
    };
    let goes_on = move |seed: &u64| match seconds {
        None => *seed < EACH,
        Some(seconds) => began.elapsed().as_secs() < seconds,
    };
    (first..).take_while(goes_on)
}

/// Loads a component, and calls what it exports; or why it was refused.
async fn tried(engine: &Engine, what: &str, wasm: &[u8]) -> Result<(), String> {
    let began = Instant::now();
    let call = || Call {
        site: "site".into(),
        host: Arc::new(NoHost),
        now_ms: 0,
        today: "2026-11-24".into(),
        budget: Budget::PAGE,
    };
    let loaded = Plugin::load(engine, "random", wasm, &Capability::ALL);
    let tried = match loaded {
        Err(error) => {
            let told = error.to_string();
            assert!(told.contains("plugin `random`"), "{what}: {told}");
            Err(told)
        }
        Ok(plugin) => {
            // Whatever it answers: the host is there afterwards.
            let _page = plugin.page(call(), Request::default()).await;
            let _hook = plugin.validate(call(), "save", "random/a", "{}").await;
            engine.breaker().unpark_plugin("random");
            Ok(())
        }
    };
    assert!(began.elapsed() < PATIENCE, "{what}: {:?}", began.elapsed());
    assert_eq!(engine.health().in_use, 0, "{what}");
    tried
}

fn engine() -> Engine {
    Engine::new(EngineOptions::default()).unwrap()
}

#[tokio::test]
async fn random_components_are_refused_by_name_or_loaded() {
    let engine = engine();
    for seed in seeds() {
        let bytes = Dice(seed).bytes();
        let mut dice = Unstructured::new(&bytes);
        let config = Config::arbitrary(&mut dice).unwrap();
        let Ok(component) = Component::new(config, &mut dice) else {
            continue;
        };
        let what = format!("component {seed}");
        // Refused by name or loaded: both are right.
        let _refused = tried(&engine, &what, &component.to_bytes()).await;
    }
}

#[tokio::test]
async fn a_good_component_with_some_bytes_changed_is_refused_by_name_or_runs_within_its_budget() {
    let engine = engine();
    let good = Guest::named("05-many-calls").wasm;
    let mut loaded = 0;
    for seed in seeds() {
        let mut dice = Dice(seed);
        let mut changed = good.clone();
        for _ in 0..=dice.below(3) {
            let at = dice.below(changed.len());
            changed[at] ^= 1 << dice.below(8);
        }
        let what = format!("changed {seed}");
        loaded += u64::from(tried(&engine, &what, &changed).await.is_ok());
    }
    assert!(loaded > 0, "some changes matter to no one");
}

#[tokio::test]
async fn random_code_behind_good_exports_runs_within_its_budget() {
    let engine = engine();
    let (frame, exports) = (
        Guest::named("01-loop").wasm,
        wat::parse_str(EXPORTS).unwrap(),
    );
    let (mut made, mut loaded, mut refused) = (0, 0, Vec::new());
    for seed in seeds() {
        let bytes = Dice(seed).bytes();
        let config = Config {
            exports: Some(exports.clone()),
            // The exported one is made beside these.
            max_memories: 0,
            // The host knows references to functions, and no others.
            reference_types_enabled: false,
            max_imports: 0,
            max_memory32_bytes: 64 << 20,
            memory64_enabled: false,
            multi_value_enabled: true,
            threads_enabled: false,
            gc_enabled: false,
            exceptions_enabled: false,
            tail_call_enabled: false,
            relaxed_simd_enabled: false,
            wide_arithmetic_enabled: false,
            ..Config::default()
        };
        let Ok(module) = Module::new(config, &mut Unstructured::new(&bytes)) else {
            continue;
        };
        made += 1;
        let wasm = with_code(&frame, &module.to_bytes());
        let what = format!("code {seed}");
        match tried(&engine, &what, &wasm).await {
            Ok(()) => loaded += 1,
            Err(told) => refused.push(told),
        }
    }
    assert!(
        loaded * 2 > made,
        "{loaded} of {made} were loaded: {refused:#?}"
    );
}

/// A component whose only core module is another one.
fn with_code(frame: &[u8], module: &[u8]) -> Vec<u8> {
    let (mut made, mut rest) = (frame[..PREAMBLE_BYTES].to_vec(), &frame[PREAMBLE_BYTES..]);
    while let Some((kind, after)) = rest.split_first() {
        let (size, bytes) = leb(after);
        let content = match *kind {
            CORE_MODULE_SECTION => module,
            _ => &after[bytes..bytes + size],
        };
        made.push(*kind);
        let mut left = content.len();
        while left >= 0x80 {
            made.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        made.push(left as u8);
        made.extend_from_slice(content);
        rest = &after[bytes + size..];
    }
    made
}

/// A number in LEB128, and the bytes that it takes.
fn leb(bytes: &[u8]) -> (usize, usize) {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return (value, at + 1);
        }
    }
    panic!("a number without end");
}
