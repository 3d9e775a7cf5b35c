//! What a host refuses.

use dinh_domain::declaration::PluginFiles;
use dinh_package::{Package, SecretKeyFile};
use dinh_portal::{COMPONENT, LoadedPlugin, check_files};
use dinh_runtime::{Compiler, Engine};

use super::Finding;
use crate::assemble;

const MANIFEST: &str = "plugin.toml";
/// What stands for the plugin while it has no readable id.
const NAMELESS: &str = "plugin";

/// What every WebAssembly file begins with.
const MAGIC: &[u8] = b"\0asm";

pub(super) async fn check(files: &PluginFiles) -> Result<Vec<Finding>, String> {
    let loaded = load(&assemble::engine()?, files).await?;
    Ok(loaded.err().unwrap_or_default())
}

/// The plugin, or all that is refused of it.
pub(super) async fn load(
    engine: &Engine,
    files: &PluginFiles,
) -> Result<Result<LoadedPlugin, Vec<Finding>>, String> {
    let mut files = files.clone();
    let mut found = Vec::new();
    let is_wasm = |bytes: &Vec<u8>| bytes.starts_with(MAGIC);
    if files.get(COMPONENT).is_some_and(|bytes| !is_wasm(bytes)) {
        let message = "this is no WebAssembly: run `dinh plugin build`";
        found.push(Finding::new(COMPONENT, None, message));
        files.remove(COMPONENT);
    }
    let compiler = Compiler::of_this_program();
    let (loaded, told) = match check_files(engine, &compiler, NAMELESS, &files).await {
        Ok(loaded) => (Some(loaded), Vec::new()),
        Err(told) => (None, told),
    };
    let missing = |it: &Finding| it.file == COMPONENT && !found.is_empty();
    let told = told.iter().map(|it| Finding::read(it));
    let told: Vec<Finding> = told.filter(|it| !missing(it)).collect();
    found.extend(told);
    // The shape of the package that would be made of it; its key is of no use afterwards.
    let key = SecretKeyFile::generate("check")?;
    if let Err(faults) = Package::pack(files, &key.key, Vec::new()) {
        let of_manifest = found.iter().any(|it| it.file == MANIFEST);
        let missing = |file: &str| format!("`{file}` is missing");
        let faults = faults.iter().map(|it| Finding::read(&it.to_string()));
        // What was told above is not told again.
        found.extend(faults.filter(|it| {
            !(it.file == MANIFEST && of_manifest)
                && it.message != missing(COMPONENT)
                && it.message != missing(MANIFEST)
        }));
    }
    Ok(match loaded {
        Some(loaded) if found.is_empty() => Ok(loaded),
        _ => Err(found),
    })
}
