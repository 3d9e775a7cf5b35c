//! Puts the folder named in `DINH_BUNDLE` into release binaries. It reads files and nothing else.
//! Other builds read that folder when they run ([`dinh::bundle`]).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=DINH_BUNDLE");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let out = PathBuf::from(out).join("bundle.rs");
    let mut list = String::from("&[\n");
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if let Some(folder) = env::var_os("DINH_BUNDLE").filter(|_| release) {
        let folder = fs::canonicalize(folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
        for path in files(&folder)? {
            let name = path
                .strip_prefix(&folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            writeln!(
                list,
                "({name:?}, include_bytes!({:?})),",
                path.display().to_string()
            )
            .map_err(io::Error::other)?;
        }
    }
    list.push_str("]\n");
    fs::write(out, list)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
