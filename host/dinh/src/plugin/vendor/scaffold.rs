//! `dinh plugin new`: a folder with a plugin that builds as it is, made from the sample that lies in
//! the bundle. It shares nothing with the place it came from.

mod name;
mod sample;
mod sdk;
mod standalone;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dinh_domain::declaration::{Declaration, PluginFiles};

use self::sample::Sample;
use self::sdk::Sdk;
use super::arguments::NewArguments;
use super::schemas;
use crate::bundle::Bundle;
use crate::config::Config;

/// What version control passes over: what is built, and what is secret.
const IGNORED: &str = "/target\n/plugin.wasm\n*.dinh\n*.key\n";
/// What a plugin's own sources and texts are, by ending; everything else is copied as it is.
const TEXT_ENDINGS: [&str; 6] = [".rs", ".toml", ".hbs", ".case", ".md", ".tsv"];

/// Makes it. Nothing is written where the name is bad or the folder is there.
pub(super) fn run(config: &Config, it: &NewArguments) -> Result<(), String> {
    name::check(&it.name)?;
    let folder = match it.into.as_path() {
        here if here == Path::new(".") => PathBuf::from(&it.name),
        into => into.join(&it.name),
    };
    if folder.symlink_metadata().is_ok() {
        let shown = folder.display();
        return Err(format!(
            "{shown} is there already and was not touched: choose another name, or another place with --into"
        ));
    }
    if !it.into.is_dir() {
        return Err(format!("{}: there is no such folder", it.into.display()));
    }
    let bundle = Bundle::find(config.bundle.as_deref()).map_err(|error| error.to_string())?;
    let sdk = Sdk::read(it.sdk.as_deref())?;
    let files = plugin(&bundle.vendor(), it, &sdk)?;
    write_whole(&folder, &files)?;
    println!("{}: {} files", folder.display(), files.len());
    println!("Next:");
    println!("  cd {}", folder.display());
    println!("  dinh plugin build");
    println!("  dinh plugin check");
    println!("  dinh plugin test");
    Ok(())
}

/// All files of the new plugin, by path.
fn plugin(vendor: &PluginFiles, it: &NewArguments, sdk: &Sdk) -> Result<PluginFiles, String> {
    let text = |path: &str| {
        let bytes = vendor.get(path).ok_or_else(|| {
            format!("this build has no {path} to make a plugin from: run `make plugins`")
        })?;
        String::from_utf8(bytes.clone()).map_err(|error| format!("{path}: {error}"))
    };
    let workspace = text("Cargo.toml")?;
    let before = Sample::read(&text("plugin/plugin.toml")?)?;
    let own_alone = sample::files(&text("plugin/README.md")?);
    let mut files = PluginFiles::new();
    for (path, bytes) in vendor {
        let Some(own) = path.strip_prefix("plugin/") else {
            continue;
        };
        if own_alone.contains(own) {
            continue;
        }
        let is_text = TEXT_ENDINGS.iter().any(|ending| own.ends_with(ending));
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) if is_text => before.renamed(text, &it.name).into_bytes(),
            _ => bytes.clone(),
        };
        files.insert(own.to_owned(), bytes);
    }
    let manifest = text("plugin/Cargo.toml")?;
    let manifest = standalone::plugin(&manifest, &workspace, &it.name, sdk)?;
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes());
    let declared = published_by(files.get("plugin.toml"), it)?;
    files.insert("plugin.toml".to_owned(), declared.into_bytes());
    schemas::name(&mut files)?;
    files.insert(".gitignore".to_owned(), IGNORED.as_bytes().to_vec());
    // The versions with which the sample was tested.
    files.insert("Cargo.lock".to_owned(), text("Cargo.lock")?.into_bytes());
    if matches!(sdk, Sdk::Inside) {
        for (path, bytes) in vendor.iter().filter(|(path, _)| path.starts_with("sdk/")) {
            files.insert(path.clone(), bytes.clone());
        }
        let manifest = standalone::library(&text("sdk/Cargo.toml")?, &workspace)?;
        files.insert("sdk/Cargo.toml".to_owned(), manifest.into_bytes());
    }
    Declaration::parse(&files).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        format!(
            "no plugin can be called `{}`:\n{}",
            it.name,
            faults.join("\n")
        )
    })?;
    Ok(files)
}

/// The manifest with its publisher.
fn published_by(manifest: Option<&Vec<u8>>, it: &NewArguments) -> Result<String, String> {
    let text = manifest.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = text.ok_or("the sample has no plugin.toml")?;
    let values = BTreeMap::from([
        ("name", &it.publisher),
        ("contact", &it.contact),
        ("security_contact", &it.security_contact),
    ]);
    let mut inside = false;
    let lines = text.lines().map(|line| {
        if line.starts_with('[') {
            inside = line == "[publisher]";
        }
        let key = line.split_once(" = ").map_or("", |(key, _)| key);
        match values.get(key).filter(|_| inside) {
            Some(value) => format!("{key} = {}\n", toml::Value::String((*value).clone())),
            None => format!("{line}\n"),
        }
    });
    Ok(lines.collect())
}

/// All files or none: they are written beside the place and put there at once.
fn write_whole(folder: &Path, files: &PluginFiles) -> Result<(), String> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.with_file_name(format!(".{name}.part-{}", std::process::id()));
    let written = files.iter().try_for_each(|(path, bytes)| {
        let path = beside.join(path);
        let parent = path.parent().unwrap_or(&beside);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|error| format!("{}: {error}", path.display()))
    });
    let put = written.and_then(|()| {
        fs::rename(&beside, folder).map_err(|error| format!("{}: {error}", folder.display()))
    });
    if put.is_err() {
        // What could not be written whole is of no use.
        let _gone = fs::remove_dir_all(&beside);
    }
    put
}
