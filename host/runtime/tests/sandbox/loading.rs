//! What is loaded and what is refused, by name.

use dinh_runtime::{
    Allocator, CallError, Capability, Engine, EngineOptions, Export, Exports, Plugin, RuntimeError,
};

use crate::host::{ENGINE, QUIET_WASM, WASM, load, visit};

/// The binary format's head and nothing behind it: a component without imports and exports.
const EMPTY_COMPONENT: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];
const EMPTY_MODULE: [u8; 8] = [0, b'a', b's', b'm', 1, 0, 0, 0];

fn refused(wasm: &[u8], grants: &[Capability]) -> RuntimeError {
    match Plugin::load(&ENGINE, "probe", wasm, grants) {
        Ok(_) => panic!("it was loaded"),
        Err(error) => error,
    }
}

#[test]
fn the_probe_exports_pages_and_hooks_and_uses_what_it_imports() {
    let probe = load(&ENGINE);
    let both = Exports {
        pages: true,
        hooks: true,
        forms: false,
        jobs: false,
        webhooks: false,
    };
    assert_eq!((probe.id(), probe.exports()), ("probe", both));
    let asked = [Capability::ContentRead, Capability::Log, Capability::Clock];
    assert_eq!(probe.imports(), asked);
}

#[test]
fn an_ungranted_import_is_refused_by_name() {
    let error = refused(&WASM, &[Capability::Log, Capability::Clock]);
    let text = error.to_string();
    assert!(text.contains("`dinh:content/read@0.1.2`"), "{text}");
    assert!(text.contains("`content.read`"), "{text}");
    assert!(matches!(
        error,
        RuntimeError::Ungranted {
            capability: Capability::ContentRead,
            ..
        }
    ));

    let without_log = refused(&WASM, &[Capability::ContentRead, Capability::Clock]);
    assert!(matches!(
        without_log,
        RuntimeError::Ungranted {
            capability: Capability::Log,
            ..
        }
    ));
    let without_clock = refused(&WASM, &[Capability::ContentRead, Capability::Log]);
    assert!(matches!(
        without_clock,
        RuntimeError::Ungranted {
            capability: Capability::Clock,
            ..
        }
    ));
}

#[test]
fn an_import_that_no_capability_opens_is_refused_by_name() {
    // The same length, so that the component stays well-formed.
    let strange = replaced(&WASM, b"dinh:content/read@", b"dinh:content/raed@");
    let error = refused(&strange, &Capability::ALL);
    assert!(
        matches!(error, RuntimeError::UnknownImport { .. }),
        "{error}"
    );
    assert!(
        error.to_string().contains("`dinh:content/raed@0.1.2`"),
        "{error}"
    );
}

#[test]
fn another_contracts_version_is_refused() {
    let later = replaced(
        &WASM,
        b"dinh:content/read@0.1.2",
        b"dinh:content/read@0.9.0",
    );
    let error = refused(&later, &Capability::ALL);
    assert!(matches!(error, RuntimeError::Mismatch { .. }), "{error}");
    assert!(
        error.to_string().contains("dinh:content/read@0.9.0"),
        "{error}"
    );
}

#[test]
fn native_code_is_refused() {
    let engine = wasmtime::Engine::default();
    let component = wasmtime::component::Component::from_binary(&engine, &EMPTY_COMPONENT);
    let native = component.unwrap().serialize().unwrap();
    let error = refused(&native, &Capability::ALL);
    assert!(matches!(error, RuntimeError::NativeCode { .. }), "{error}");
}

#[test]
fn what_is_no_component_is_refused() {
    let truncated = &WASM[..WASM.len() / 2];
    for wasm in [b"".as_slice(), b"no wasm at all", &EMPTY_MODULE, truncated] {
        let error = refused(wasm, &Capability::ALL);
        assert!(
            matches!(error, RuntimeError::NotAComponent { .. }),
            "{error}"
        );
    }
}

#[test]
fn a_component_of_more_than_16_mib_is_refused_unread() {
    let error = refused(&vec![0; (16 << 20) + 1], &Capability::ALL);
    assert!(matches!(error, RuntimeError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn a_component_without_exports_loads_and_is_never_called() {
    let empty = Plugin::load(&ENGINE, "empty", &EMPTY_COMPONENT, &[]).unwrap();
    assert_eq!(empty.exports(), Exports::default());
    assert!(empty.imports().is_empty());
    let answer = visit("ok").get_from(&empty).await;
    assert_eq!(answer, Err(CallError::NotExported(Export::Pages)));
    let answer = empty
        .validate(visit("ok").call(), "save", "a/b", "{}")
        .await;
    assert_eq!(answer, Err(CallError::NotExported(Export::Hooks)));
}

#[test]
fn a_plugin_that_asks_the_host_nothing_needs_no_grant() {
    let quiet = Plugin::load(&ENGINE, "quiet", &QUIET_WASM, &[]).unwrap();
    assert!(quiet.imports().is_empty());
    let pages_alone = Exports {
        pages: true,
        hooks: false,
        forms: false,
        jobs: false,
        webhooks: false,
    };
    assert_eq!(quiet.exports(), pages_alone);
}

#[tokio::test]
async fn a_plugin_runs_on_every_allocator_the_host_may_have_to_fall_back_to() {
    for allocator in [Allocator::PoolingSmall, Allocator::OnDemand] {
        let options = EngineOptions {
            allocator,
            ..EngineOptions::default()
        };
        let engine = Engine::new(options).unwrap();
        assert_eq!(engine.health().allocator, allocator);
        let probe = load(&engine);
        assert!(visit("ok").get_from(&probe).await.is_ok());
        let bomb = visit("memory").unhurried().get_from(&probe).await;
        let over = CallError::Memory {
            limit_bytes: 64 << 20,
        };
        assert_eq!(bomb, Err(over), "{allocator:?}");
        let looping = visit("loop").get_from(&probe).await;
        assert_eq!(looping, Err(CallError::CpuBudget { limit_ms: 50 }));
    }
}

fn replaced(wasm: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut wasm = wasm.to_vec();
    let mut at = 0;
    let mut times = 0;
    while let Some(found) = wasm[at..]
        .windows(from.len())
        .position(|window| window == from)
    {
        at += found;
        wasm[at..at + to.len()].copy_from_slice(to);
        times += 1;
    }
    assert!(times > 0, "nothing to replace");
    wasm
}
