//! What a host refuses.

use dinh_domain::declaration::PluginFiles;
use dinh_package::{Package, SecretKeyFile};
use dinh_portal::check_files;
use dinh_runtime::Compiler;

use super::Finding;
use crate::assemble;

/// What stands for the plugin while it has no readable id.
const NAMELESS: &str = "plugin";

pub(super) async fn check(files: &PluginFiles) -> Result<Vec<Finding>, String> {
    let mut found = Vec::new();
    // The shape of the package that would be made of it; its key is of no use afterwards.
    let key = SecretKeyFile::generate("check")?;
    if let Err(faults) = Package::pack(files.clone(), &key.key, Vec::new()) {
        let faults = faults.iter();
        found.extend(faults.map(|it| Finding::read(&it.to_string())));
    }
    let (engine, compiler) = (assemble::engine()?, Compiler::of_this_program());
    let checked = check_files(&engine, &compiler, NAMELESS, files).await;
    if let Err(faults) = checked {
        found.extend(faults.iter().map(|it| Finding::read(it)));
    }
    // Both look for the files that must be there; who loads them says what to do.
    let loads = |file: &str| format!("package: `{file}` is missing");
    found.retain(|it| ![loads("plugin.wasm"), loads("plugin.toml")].contains(&it.to_string()));
    Ok(found)
}
