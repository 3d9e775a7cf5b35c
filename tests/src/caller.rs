//! The plugin that sends requests to other systems, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::installed::COLLECTION;
use crate::program::target;

/// The plugin, and its mount.
pub const CALLER: &str = "caller";

const TEXTS: &str = r#"
[plugin]
name = "Người gọi"
description = "Gọi thử."
[route]
ask = "Gọi"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
"#;

/// Lays it out in a bundle's folder; it may call `localhost` at a port, in the clear.
pub fn install_caller(bundle: &Path, port: u16) {
    let folder = bundle.join("plugins").join(CALLER);
    for part in ["collections", "locales"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", &manifest(port));
    put("collections/note.toml", COLLECTION);
    put("locales/vi.toml", TEXTS);
    put("locales/en.toml", TEXTS);
    let wasm = target().join("wasm32-wasip2/plugin/caller_guest.wasm");
    fs::copy(wasm, folder.join("plugin.wasm")).expect("`make plugins` has built the guests");
}

fn manifest(port: u16) -> String {
    format!(
        r#"
id = "{CALLER}"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "{CALLER}"
capabilities = ["fetch"]
[publisher]
name = "Vendor"
contact = "https://vendor.example"
security_contact = "security@vendor.example"
[[routes]]
name = "ask"
path = "goi"
title = "route.ask"
query = ["url", "method", "header", "many", "times", "wait", "strict"]
fallback = "list"
[[fetch]]
host = "localhost"
port = {port}
scheme = "http"
[[fetch]]
host = "absent.invalid"
"#
    )
}
