//! The plugin with jobs, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::installed::COLLECTION;
use crate::program::target;

/// The plugin, and its mount.
pub const WORKER: &str = "worker";

const TEXTS: &str = r#"
[plugin]
name = "Người làm"
description = "Làm thử."
[route]
ask = "Giao việc"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
[form]
field = "Mục"
send = "Gửi đi"
[worker]
failed = "Không giao được: {why}"
"#;

/// Lays it out in a bundle's folder under an id, which is its mount as well. `clock` says when the job
/// `tick` is due: `every = "1h"`.
pub fn install_worker(bundle: &Path, id: &str, clock: &str) {
    let folder = bundle.join("plugins").join(id);
    for part in ["collections", "locales"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", &manifest(id, clock));
    put("collections/note.toml", COLLECTION);
    put("locales/vi.toml", TEXTS);
    put("locales/en.toml", TEXTS);
    let wasm = target().join("wasm32-wasip2/plugin/worker_guest.wasm");
    fs::copy(wasm, folder.join("plugin.wasm")).expect("`make plugins` has built the guests");
}

fn manifest(id: &str, clock: &str) -> String {
    let field = |name: &str| {
        format!(
            "    {{ name = \"{name}\", kind = \"text\", label = \"form.field\", max_chars = 4000 }},\n"
        )
    };
    let names = ["what", "words", "key", "delay", "times", "keep"];
    let fields: String = names.map(field).concat();
    format!(
        r#"
id = "{id}"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "{id}"
capabilities = ["kv", "forms", "jobs"]
[publisher]
name = "Vendor"
contact = "https://vendor.example"
security_contact = "security@vendor.example"
[[routes]]
name = "ask"
path = "giao"
title = "route.ask"
fallback = "list"
kind = "form"
button = "form.send"
fields = [
{fields}]
[[routes]]
name = "done"
path = "da-lam"
title = "route.ask"
query = ["do"]
fallback = "list"
[[jobs]]
name = "work"
[[jobs]]
name = "tick"
{clock}
"#
    )
}
