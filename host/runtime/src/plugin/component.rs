//! What a package's bytes are, and what they ask for.

use wasmtime::component::Component;

use super::Exports;
use super::link::is_inert;
use crate::{Capability, CodeSource, Engine, RuntimeError};

/// A large Rust plugin is below 1 MiB, an interpreter in a component about 12.
const WASM_LIMIT_BYTES: usize = 16 << 20;
/// Interfaces of types alone: they give a plugin nothing to call.
const TYPES: [&str; 2] = ["dinh:content/types", "dinh:module/types"];

/// A component that was compiled and is not linked yet: nothing of it can run.
pub struct Compiled {
    engine: Engine,
    id: String,
    component: Component,
    source: CodeSource,
}

impl Compiled {
    /// Compiles a component, or takes the code that was kept of it. Compiling takes some hundred
    /// milliseconds of CPU: call it off the async threads,
    /// and a stranger's only after [`crate::Compiler::try_out`].
    ///
    /// # Errors
    /// [`RuntimeError`] where it is native code, too large or no component.
    pub fn new(engine: &Engine, id: &str, wasm: &[u8]) -> Result<Self, RuntimeError> {
        let (component, source) = compile(engine, id, wasm)?;
        Ok(Self {
            component,
            source,
            engine: engine.clone(),
            id: id.to_owned(),
        })
    }

    /// Where its code came from.
    pub fn source(&self) -> CodeSource {
        self.source
    }

    /// Every import that the host does not have, and every import and export that was not asked for.
    pub fn import_faults(&self, asked: &[Capability]) -> Vec<String> {
        let imports = host_imports(&self.engine, &self.component);
        let faults = imports.into_iter().filter_map(|import| {
            match Capability::opening(without_version(&import)) {
                None => Some(format!("it imports `{import}`, which this host does not have")),
                Some(one) if !asked.contains(&one) => Some(format!(
                    "it imports `{import}`, which needs the capability `{one}`: plugin.toml does not ask for it"
                )),
                Some(_) => None,
            }
        });
        let mut faults: Vec<String> = faults.collect();
        let exports = self.exports();
        let opened = [
            (exports.forms, Capability::Forms),
            (exports.jobs, Capability::Jobs),
            (exports.webhooks, Capability::Webhooks),
        ];
        let closed = opened
            .into_iter()
            .filter(|(is_there, one)| *is_there && !asked.contains(one));
        faults.extend(closed.map(|(_, one)| {
            format!(
                "it exports `dinh:module/{one}`, which needs the capability `{one}`: plugin.toml does not ask for it"
            )
        }));
        faults
    }

    /// Which exports it has, by name; linking tells whether their shape fits.
    pub fn exports(&self) -> Exports {
        exports(&self.engine, &self.component)
    }

    pub(super) fn parts(&self) -> (&Engine, &str, &Component) {
        (&self.engine, &self.id, &self.component)
    }
}

/// Refuses what needs no compiler to be refused.
pub(crate) fn look_at(id: &str, wasm: &[u8]) -> Result<(), RuntimeError> {
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
    Ok(())
}

fn compile(
    engine: &Engine,
    id: &str,
    wasm: &[u8],
) -> Result<(Component, CodeSource), RuntimeError> {
    look_at(id, wasm)?;
    let plugin = id.to_owned();
    let made = engine.component(wasm);
    made.map_err(|error| RuntimeError::NotAComponent {
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
    for import in host_imports(engine, component) {
        let plugin = id.to_owned();
        let Some(capability) = Capability::opening(without_version(&import)) else {
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
    used.dedup();
    Ok(used)
}

/// What it imports beside types and inert pieces.
fn host_imports(engine: &Engine, component: &Component) -> Vec<String> {
    let imports = component.component_type();
    let imports = imports.imports(engine.wasm()).map(|(name, _)| name);
    let of_the_host = imports.filter(|name| {
        let interface = without_version(name);
        !TYPES.contains(&interface) && !is_inert(interface)
    });
    of_the_host.map(str::to_owned).collect()
}

/// By name alone; linking then tells whether the shape fits.
fn exports(engine: &Engine, component: &Component) -> Exports {
    let mut found = Exports::default();
    for (export, _) in component.component_type().exports(engine.wasm()) {
        match without_version(export) {
            "dinh:module/pages" => found.pages = true,
            "dinh:module/hooks" => found.hooks = true,
            "dinh:module/forms" => found.forms = true,
            "dinh:module/jobs" => found.jobs = true,
            "dinh:module/webhooks" => found.webhooks = true,
            _ => {}
        }
    }
    found
}

fn without_version(interface: &str) -> &str {
    interface.split('@').next().unwrap_or(interface)
}
