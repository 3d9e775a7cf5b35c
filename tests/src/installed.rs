//! A plugin's folder around a component, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::guest::Guest;

pub(crate) const COLLECTION: &str = r#"
label = "note.label"
plural = "note.plural"
unique = ["code"]
[schema.code]
kind = "code"
label = "note.code"
required = true
max_chars = 40
[schema.subject]
kind = "text"
label = "note.subject"
max_chars = 200
[index.code]
type = "code"
[workflow]
id = "register"
[view]
title = "{code} {subject}"
slug = "{code}"
[view.list]
columns = ["code"]
filters = ["code"]
sorts = ["code"]
default_sort = "code"
[view.detail]
facts = ["code", "subject"]
[search]
title = ["@title"]
codes = ["code"]
"#;

const IMPORT: &str = r#"
key = "code"
[fields]
code = "code"
subject = "subject"
"#;

/// Lays out a plugin with the pages `calm` and `evil` and the collections `calm` and `evil`, whose
/// code is the guest, in the bundle's folder. `templates` are names and texts.
pub fn install(bundle: &Path, id: &str, guest: &Guest, templates: &[(&str, &str)]) {
    let folder = bundle.join("plugins").join(id);
    for part in ["collections", "imports", "locales", "templates"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", &manifest(id, guest.asks));
    put("collections/calm.toml", COLLECTION);
    let evil = format!("path = \"evil-notes\"\n{COLLECTION}");
    put("collections/evil.toml", &evil);
    put("imports/rows.toml", IMPORT);
    let locale = locale(id);
    put("locales/vi.toml", &locale);
    put("locales/en.toml", &locale);
    for (name, text) in templates {
        put(&format!("templates/{name}.hbs"), text);
    }
    fs::write(folder.join("plugin.wasm"), &guest.wasm).unwrap();
}

fn manifest(id: &str, asks: bool) -> String {
    let capabilities = match asks {
        true => r#"["content.read", "log", "clock"]"#,
        false => "[]",
    };
    format!(
        r#"
id = "{id}"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "{id}"
capabilities = {capabilities}
[publisher]
name = "Mallory"
contact = "https://mallory.example"
security_contact = "security@mallory.example"
[[routes]]
name = "calm"
path = "calm"
title = "route.calm"
fallback = "list"
[[routes]]
name = "evil"
path = "evil"
title = "route.evil"
query = ["a", "b"]
fallback = "list"
[[hooks]]
event = "validate"
collection = "calm"
[[hooks]]
event = "validate"
collection = "evil"
"#
    )
}

fn locale(id: &str) -> String {
    format!(
        r#"
[plugin]
name = "Sổ {id}"
description = "Sổ thử."
[route]
calm = "Trang lành"
evil = "Trang dữ"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
"#
    )
}
