//! What a plugin may be called.

use dinh_domain::ids::PluginId;

/// Names that cargo or Rust keep for themselves, or that the plugin's own parts have.
const TAKEN: [&str; 14] = [
    "alloc",
    "build",
    "core",
    "deps",
    "dinh-sdk",
    "examples",
    "incremental",
    "proc-macro",
    "sdk",
    "serde",
    "serde-json",
    "std",
    "test",
    "wit-bindgen",
];
/// Keywords of Rust: no crate can be called so.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a plugin may be called so; the error says what a name may be.
pub(super) fn check(name: &str) -> Result<(), String> {
    const RULE: &str = "a plugin's name is its id for ever: English words of a-z and 0-9 with one `-` between them, beginning with a letter, at most 64 letters, such as `land-prices`";
    PluginId::new(name).map_err(|_| format!("`{name}` cannot be a plugin's name: {RULE}"))?;
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins || name.ends_with('-') || name.contains("--") {
        return Err(format!("`{name}` cannot be a plugin's name: {RULE}"));
    }
    if TAKEN.contains(&name) || KEYWORDS.contains(&name) {
        return Err(format!(
            "`{name}` cannot be a plugin's name, because Rust or cargo use it: choose another, such as `{name}-register`"
        ));
    }
    Ok(())
}
