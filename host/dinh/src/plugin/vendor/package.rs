//! Keys and packages in files; no portal is needed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use dinh_package::{Fault, Package, SecretKeyFile, read_package, read_plugin};
use dinh_portal::check_package;
use dinh_runtime::Compiler;

use crate::assemble;

/// Readable by its owner alone.
const SECRET_MODE: u32 = 0o600;
/// Readable by everybody.
const PUBLIC_MODE: u32 = 0o644;

/// `dinh plugin keygen`.
pub(crate) fn keygen(name: &str, output: &Path, follows: Option<&Path>) -> Result<(), String> {
    let before = follows.map(secret_key).transpose()?;
    let key = SecretKeyFile::generate(name)?;
    let public = key.public(before.as_ref());
    let ending = |ending: &str| PathBuf::from(format!("{}.{ending}", output.display()));
    let (secret_path, public_path) = (ending("key"), ending("pub"));
    if public_path.exists() {
        return Err(format!("{} is there already", public_path.display()));
    }
    write_new(&secret_path, key.text()?.as_bytes(), SECRET_MODE)?;
    write_new(&public_path, public.text()?.as_bytes(), PUBLIC_MODE)?;
    println!("{}: keep it secret", secret_path.display());
    println!("{}: give it to operators", public_path.display());
    println!("key {}", public.public.id());
    Ok(())
}

/// `dinh plugin pack`.
pub(crate) async fn pack(
    folder: &Path,
    key: &Path,
    output: Option<PathBuf>,
    hosts: Vec<String>,
) -> Result<(), String> {
    let key = secret_key(key)?;
    let files = read_plugin(folder).map_err(|faults| told(folder, &faults))?;
    let package = Package::pack(files, &key.key, hosts).map_err(|faults| told(folder, &faults))?;
    let bytes = package.bytes()?;
    check(folder, &bytes).await?;
    let manifest = &package.manifest;
    let name = format!("{}-{}.dinh", manifest.plugin, manifest.version);
    let output = output.unwrap_or_else(|| name.into());
    replace(&output, &bytes)?;
    println!("{}: {} bytes", output.display(), bytes.len());
    shown(&package);
    Ok(())
}

/// `dinh plugin countersign`.
pub(crate) async fn countersign(file: &Path, key: &Path) -> Result<(), String> {
    let key = secret_key(key)?;
    let package = read_package(file).map_err(|faults| told(file, &faults))?;
    let bytes = package.reviewed_by(&key.key).bytes()?;
    let package = check(file, &bytes).await?;
    replace(file, &bytes)?;
    shown(&package);
    Ok(())
}

/// `dinh plugin verify`.
pub(crate) async fn verify(file: &Path) -> Result<(), String> {
    let package = read_package(file).map_err(|faults| told(file, &faults))?;
    check(file, &package.bytes()?).await?;
    shown(&package);
    Ok(())
}

/// Everything that a host checks before it asks anybody.
async fn check(path: &Path, bytes: &[u8]) -> Result<Package, String> {
    let (engine, compiler) = (assemble::engine()?, Compiler::of_this_program());
    let checked = check_package(&engine, &compiler, bytes).await;
    let checked =
        checked.map_err(|faults| format!("{} is refused:\n{}", path.display(), faults.join("\n")));
    Ok(checked?.0)
}

fn shown(package: &Package) {
    let manifest = &package.manifest;
    println!("plugin     {} {}", manifest.plugin, manifest.version);
    println!("contract   {}", manifest.contract);
    println!("publisher  key {}", manifest.publisher);
    match package.reviewer() {
        Some(key) => println!("reviewer   key {}", key.id()),
        None => println!("reviewer   none"),
    }
    if !manifest.hosts.is_empty() {
        println!("hosts      {}", manifest.hosts.join(", "));
    }
    println!("manifest   {}", package.manifest_hash());
    println!("files      {}", manifest.files.len());
}

fn secret_key(path: &Path) -> Result<SecretKeyFile, String> {
    let bytes = fs::read(path).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let make = if missing {
            "; make one with `dinh plugin keygen`"
        } else {
            ""
        };
        format!("{}: {error}{make}", path.display())
    })?;
    let shown = path.display().to_string();
    SecretKeyFile::parse(&shown, &bytes).map_err(|faults| lines(&faults))
}

fn told(path: &Path, faults: &[Fault]) -> String {
    format!("{} is refused:\n{}", path.display(), lines(faults))
}

pub(in crate::plugin) fn lines(faults: &[Fault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("\n")
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> Result<(), String> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(mode).open(path);
    let written = file.and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| format!("{}: {error}", path.display()))
}

/// Whole or not at all.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let beside = PathBuf::from(format!("{}.part-{}", path.display(), std::process::id()));
    let written = write_new(&beside, bytes, PUBLIC_MODE).and_then(|()| {
        fs::rename(&beside, path).map_err(|error| format!("{}: {error}", path.display()))
    });
    if written.is_err() {
        // What could not be written whole is of no use.
        let _gone = fs::remove_file(&beside);
    }
    written
}
