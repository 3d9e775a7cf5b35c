//! What a package's bytes are, and what they ask for.

use wasmtime::component::Component;

use super::Exports;
use super::link::is_inert;
use crate::{Capability, Engine, RuntimeError};

/// A large Rust plugin is below 1 MiB, an interpreter in a component about 12.
const WASM_LIMIT_BYTES: usize = 16 << 20;
/// Interfaces of types alone: they give a plugin nothing to call.
const TYPES: [&str; 2] = ["dinh:content/types", "dinh:module/types"];

pub(super) fn compile(engine: &Engine, id: &str, wasm: &[u8]) -> Result<Component, RuntimeError> {
    let plugin = id.to_owned();
    if wasmtime::Engine::detect_precompiled(wasm).is_some() {
        return Err(RuntimeError::NativeCode { plugin });
    }
    if wasm.len() > WASM_LIMIT_BYTES {
        return Err(RuntimeError::TooLarge {
            plugin,
            bytes: wasm.len(),
            limit: WASM_LIMIT_BYTES,
        });
    }
    Component::from_binary(engine.wasm(), wasm).map_err(|error| RuntimeError::NotAComponent {
        plugin,
        cause: format!("{error:#}"),
    })
}

/// The capabilities behind the component's imports, all of them granted.
pub(super) fn granted_imports(
    engine: &Engine,
    id: &str,
    component: &Component,
    grants: &[Capability],
) -> Result<Vec<Capability>, RuntimeError> {
    let mut used = Vec::new();
    for (import, _) in component.component_type().imports(engine.wasm()) {
        let interface = without_version(import);
        if TYPES.contains(&interface) || is_inert(interface) {
            continue;
        }
        let (plugin, import) = (id.to_owned(), import.to_owned());
        let Some(capability) = Capability::opening(interface) else {
            return Err(RuntimeError::UnknownImport { plugin, import });
        };
        if !grants.contains(&capability) {
            return Err(RuntimeError::Ungranted {
                plugin,
                import,
                capability,
            });
        }
        used.push(capability);
    }
    used.sort_unstable();
    Ok(used)
}

/// By name alone; linking then tells whether the shape fits.
pub(super) fn exports(engine: &Engine, component: &Component) -> Exports {
    let mut found = Exports::default();
    for (export, _) in component.component_type().exports(engine.wasm()) {
        match without_version(export) {
            "dinh:module/pages" => found.pages = true,
            "dinh:module/hooks" => found.hooks = true,
            _ => {}
        }
    }
    found
}

fn without_version(interface: &str) -> &str {
    interface.split('@').next().unwrap_or(interface)
}
