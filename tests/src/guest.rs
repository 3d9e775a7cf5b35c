//! Hostile guests as components: a file of `tests/guests`, and around it the parts that behave.

use std::path::PathBuf;

/// A guest that imports what the host offers.
const ASKS: &str = ";;; asks the host";
/// Definitions around the core module stand between these two lines.
const COMPONENT: &str = ";;; component";
const CODE: &str = ";;; code";
/// What a file may define by itself: the text that tells, and the part that is taken otherwise.
const PARTS: [(&str, &str); 9] = [
    ("(export \"memory\")", "memory"),
    ("(func $ask-first", "ask-first"),
    ("(export \"realloc\")", "realloc"),
    ("(export \"page\")", "page"),
    ("(func $calm", "calm"),
    ("(func $evil ", "evil"),
    ("(func $evil-hook", "evil-hook"),
    ("(export \"validate\")", "validate"),
    ("(export \"after\")", "after"),
];
/// Parts that the module beside the code has, where the guest asks the host.
const OF_THE_BASE: [&str; 3] = ["memory", "ask-first", "realloc"];

/// A guest of `tests/guests`, assembled.
pub struct Guest {
    /// The component.
    pub wasm: Vec<u8>,
    /// Whether it needs the capabilities `content.read`, `log` and `clock`.
    pub asks: bool,
}

impl Guest {
    /// Reads and assembles one by its file's name, without ending.
    pub fn named(name: &str) -> Self {
        let text = read(name);
        let asks = text.contains(ASKS);
        let wasm = wat::parse_str(component(&text, asks));
        let wasm = wasm.unwrap_or_else(|error| panic!("{name}.wat: {error}"));
        Self { wasm, asks }
    }
}

/// The text of a whole component around the fields of one core module.
fn component(text: &str, asks: bool) -> String {
    let (around, code) = match text.split_once(COMPONENT) {
        Some((_, rest)) => rest.split_once(CODE).unwrap(),
        None => ("", text),
    };
    let mut fields = String::new();
    if asks {
        fields.push_str(&read("frame/imports"));
    }
    fields.push_str(code);
    for (tells, part) in PARTS {
        let elsewhere = asks && OF_THE_BASE.contains(&part);
        if !elsewhere && !code.contains(tells) {
            fields.push_str(&read(&format!("frame/{part}")));
        }
    }
    let mut given = String::new();
    if asks {
        given.push_str(" (with \"base\" (instance $base)) (with \"host\" (instance $host))");
    }
    if around.contains("$given") {
        given.push_str(" (with \"given\" (instance $given))");
    }
    let host = match asks {
        true => read("frame/host").replace("{realloc}", &read("frame/realloc")),
        false => String::new(),
    };
    let base = if asks { "$base" } else { "$code" };
    let (types, exports) = (read("frame/types"), read("frame/exports"));
    let exports = exports.replace("$base", base);
    format!(
        "(component\n{types}{host}{around}(core module $code\n{fields})\n(core instance $code (instantiate $code{given}))\n{exports})"
    )
}

fn read(name: &str) -> String {
    let guests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("guests");
    let file = guests.join(format!("{name}.wat"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
