//! `dinh plugin build`: compiles a plugin's code with cargo and lays the component into its folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dinh_domain::declaration::{Manifest, one_file};
use serde::Deserialize;

/// What plugins are compiled for: its linker makes a component.
const TARGET: &str = "wasm32-wasip2";
/// How they are compiled: small, with the names of functions.
const PROFILE: &str = "plugin";
/// The component's file.
const COMPONENT: &str = "plugin.wasm";

/// A line of cargo's own report, as far as it is about what was made.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: String,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

/// Builds the plugin; cargo's own words go to standard error as they come.
pub(super) fn run(folder: &Path, offline: bool) -> Result<(), String> {
    build(folder, offline, Stdio::inherit())
}

/// The same where what cargo says is part of the error.
pub(super) fn run_quietly(folder: &Path, offline: bool) -> Result<(), String> {
    build(folder, offline, Stdio::piped())
}

fn build(folder: &Path, offline: bool, said: Stdio) -> Result<(), String> {
    if has_no_code(folder) {
        println!(
            "{}: all of it is declared, there is nothing to build",
            folder.display()
        );
        return Ok(());
    }
    let manifest = manifest(folder)?;
    target_is_there(folder)?;
    let mut command = cargo();
    command
        .args(["build", "--lib", "--target", TARGET, "--profile", PROFILE])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(said);
    if offline {
        command.arg("--offline");
    }
    let ended = command.output().map_err(|error| not_run(&error))?;
    if !ended.status.success() {
        let said = String::from_utf8_lossy(&ended.stderr);
        return Err(format!(
            "{said}{}: cargo could not build it; what is above says why",
            manifest.display()
        ));
    }
    let made = String::from_utf8_lossy(&ended.stdout);
    let wasm = component(&made, &manifest).ok_or_else(|| {
        format!(
            "{}: cargo made no component: write `[lib]` with `crate-type = [\"cdylib\", \"rlib\"]`",
            manifest.display()
        )
    })?;
    let bytes = fs::read(&wasm).map_err(|error| format!("{}: {error}", wasm.display()))?;
    let place = folder.join(COMPONENT);
    super::package::replace(&place, &bytes)?;
    println!("{}: {} bytes", place.display(), bytes.len());
    Ok(())
}

/// Whether a plugin has neither sources nor anything that would call for them.
fn has_no_code(folder: &Path) -> bool {
    let manifest = fs::read(folder.join("plugin.toml")).unwrap_or_default();
    let read = one_file::<Manifest>("plugin.toml", &manifest, &mut Vec::new());
    !folder.join("Cargo.toml").exists() && read.is_some_and(|it| !it.needs_code())
}

/// The plugin's Cargo.toml, with all that cargo would only complain about later.
fn manifest(folder: &Path) -> Result<PathBuf, String> {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| {
        format!(
            "{}: {error}: name the folder of a plugin, or make one with `dinh plugin new NAME`",
            path.display()
        )
    })?;
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let inherits = table
        .get("package")
        .and_then(|it| it.get("version"))
        .is_some_and(toml::Value::is_table);
    let profiled = table.get("profile").and_then(|it| it.get(PROFILE));
    if profiled.is_none() && !inherits {
        return Err(format!(
            "{}: there is no [profile.{PROFILE}]: add\n\n[profile.{PROFILE}]\ninherits = \"release\"\nopt-level = \"s\"\nlto = true\ncodegen-units = 1\npanic = \"abort\"\nstrip = \"debuginfo\"\n",
            path.display()
        ));
    }
    fs::canonicalize(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn not_run(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => {
            "cargo is not there: install Rust from https://rustup.rs, then open a new terminal"
                .to_owned()
        }
        _ => format!("cargo cannot be run: {error}"),
    }
}

/// Whether Rust can compile for plugins. Where nobody can say, cargo will.
fn target_is_there(folder: &Path) -> Result<(), String> {
    let asked = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let libraries = match asked {
        Err(error) => return Err(not_run(&error)),
        Ok(it) => String::from_utf8_lossy(&it.stdout).trim().to_owned(),
    };
    if libraries.is_empty() || Path::new(&libraries).is_dir() {
        return Ok(());
    }
    Err(format!(
        "Rust cannot compile for {TARGET} here: run `rustup target add {TARGET}`"
    ))
}

/// The component that cargo made of this package.
fn component(report: &str, manifest: &Path) -> Option<PathBuf> {
    report
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .filter(|it| it.reason == "compiler-artifact" && Path::new(&it.manifest_path) == manifest)
        .flat_map(|it| it.filenames)
        .find(|path| path.extension().is_some_and(|ending| ending == "wasm"))
}
