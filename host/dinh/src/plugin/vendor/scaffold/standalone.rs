//! A package's Cargo.toml that stands without the workspace that it came from: what it inherits is
//! written out.

use toml::{Table, Value};

use super::sdk::{SDK, Sdk};

/// How cargo builds a plugin.
pub(in crate::plugin::vendor) const PROFILE: &str = "plugin";
/// What a vendor decides by himself.
const NOT_INHERITED: [&str; 2] = ["license", "repository"];

/// Of a library.
pub(super) fn library(manifest: &str, workspace: &str) -> Result<String, String> {
    let (manifest, _) = resolved(manifest, workspace)?;
    written(&manifest)
}

/// Of a plugin called `name`, which is the root of a workspace of its own.
pub(super) fn plugin(
    manifest: &str,
    workspace: &str,
    name: &str,
    sdk: &Sdk,
) -> Result<String, String> {
    let (mut manifest, workspace) = resolved(manifest, workspace)?;
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        package.insert("name".to_owned(), Value::String(name.to_owned()));
        package.insert("version".to_owned(), Value::String("0.1.0".to_owned()));
        for key in NOT_INHERITED {
            package.remove(key);
        }
    }
    if let Some(needed) = manifest
        .get_mut("dependencies")
        .and_then(Value::as_table_mut)
    {
        needed.insert(SDK.to_owned(), sdk.dependency());
    }
    let profile = workspace.get("profile").and_then(|it| it.get(PROFILE));
    let profile = profile.ok_or("the workspace has no profile of plugins")?;
    let profiles = Table::from_iter([(PROFILE.to_owned(), profile.clone())]);
    manifest.insert("profile".to_owned(), Value::Table(profiles));
    // It stands alone, wherever its folder lies.
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    written(&manifest)
}

fn written(manifest: &Table) -> Result<String, String> {
    toml::to_string(manifest).map_err(|error| error.to_string())
}

fn resolved(manifest: &str, workspace: &str) -> Result<(Table, Table), String> {
    let parsed = |text: &str| toml::from_str::<Table>(text).map_err(|error| error.to_string());
    let (mut manifest, root) = (parsed(manifest)?, parsed(workspace)?);
    let inherited = root.get("workspace").and_then(Value::as_table);
    let inherited = inherited.ok_or("the workspace's Cargo.toml has no [workspace]")?;
    let of = |part: &str| inherited.get(part).and_then(Value::as_table);
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        fill(package, of("package"))?;
    }
    // Lints are the habits of a workspace.
    manifest.remove("lints");
    dependencies(&mut manifest, of("dependencies"))?;
    let targets = manifest.get_mut("target").and_then(Value::as_table_mut);
    for (_, target) in targets.into_iter().flatten() {
        if let Some(target) = target.as_table_mut() {
            dependencies(target, of("dependencies"))?;
        }
    }
    Ok((manifest, root))
}

fn dependencies(manifest: &mut Table, inherited: Option<&Table>) -> Result<(), String> {
    for section in ["dependencies", "dev-dependencies"] {
        if let Some(needed) = manifest.get_mut(section).and_then(Value::as_table_mut) {
            fill(needed, inherited)?;
        }
    }
    Ok(())
}

/// Writes out every `key.workspace = true`.
fn fill(table: &mut Table, inherited: Option<&Table>) -> Result<(), String> {
    for (key, value) in table.iter_mut() {
        let inherits = value.get("workspace").and_then(Value::as_bool) == Some(true);
        if inherits {
            let found = inherited.and_then(|it| it.get(key));
            let found = found.ok_or_else(|| format!("the workspace has no `{key}` to inherit"))?;
            *value = found.clone();
        }
    }
    Ok(())
}
