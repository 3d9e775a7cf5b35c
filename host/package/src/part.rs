//! What a package may hold, and how its files may be called.

/// Longest path, in bytes: what a header of the archive holds.
const PATH_BYTES_MAX: usize = 100;
/// Files at the top of a plugin's folder.
const FILES: [&str; 4] = ["README.md", "compliance.toml", "plugin.toml", WASM_FILE];
/// Folders at its top. Sources stay with the vendor.
pub(crate) const FOLDERS: [&str; 8] = [
    "assets",
    "cases",
    "collections",
    "fixtures",
    "imports",
    "lists",
    "locales",
    "templates",
];
/// The one file of its folder.
const SEARCH_WORDS: &str = "search/vi.toml";
/// The code.
pub(crate) const WASM_FILE: &str = "plugin.wasm";
/// A large Rust plugin is below 1 MiB, an interpreter in a component about 12: in bytes.
const WASM_BYTES_MAX: u64 = 16 << 20;
/// Every other file, in bytes: a photograph of a page's width stays below it.
const FILE_BYTES_MAX: u64 = 2 << 20;

/// All single files that a plugin's folder may hold.
pub(crate) fn single_files() -> impl Iterator<Item = &'static str> {
    FILES.into_iter().chain([SEARCH_WORDS])
}

/// Most bytes of a file.
pub(crate) fn bytes_max(path: &str) -> u64 {
    if path == WASM_FILE {
        WASM_BYTES_MAX
    } else {
        FILE_BYTES_MAX
    }
}

/// Whether a path is a plain relative one that a plugin's folder may hold; the error says what is
/// wrong and what to do.
pub(crate) fn check(path: &str) -> Result<(), String> {
    if path.starts_with('/') || path.contains('\\') {
        return Err("is no path within the plugin's folder: name it relative, with `/`".to_owned());
    }
    if path.is_empty() || path.len() > PATH_BYTES_MAX {
        return Err(format!(
            "has a path that is not 1 to {PATH_BYTES_MAX} bytes long"
        ));
    }
    for part in path.split('/') {
        if part == ".." || part == "." || part.is_empty() {
            return Err("leaves the plugin's folder or has an empty part".to_owned());
        }
        if part.starts_with('.') {
            return Err("is a hidden file: remove it".to_owned());
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if !part.bytes().all(plain) {
            return Err("is named with more than a-z, A-Z, 0-9, `.`, `_` and `-`".to_owned());
        }
    }
    let top = path.split_once('/').map(|(top, _)| top);
    let known = match top {
        None => FILES.contains(&path),
        Some(top) => FOLDERS.contains(&top) || path == SEARCH_WORDS,
    };
    if known {
        return Ok(());
    }
    let (files, folders) = (FILES.join(", "), FOLDERS.join("/, "));
    Err(format!(
        "has no place in a package, which holds {files}, {SEARCH_WORDS}, {folders}/"
    ))
}
