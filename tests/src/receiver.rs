//! The plugin that takes what other systems send, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::installed::COLLECTION;
use crate::program::target;

/// The plugin, and its mount.
pub const RECEIVER: &str = "receiver";

const TEXTS: &str = r#"
[plugin]
name = "Người nhận"
description = "Nhận thử."
[route]
kept = "Đã nhận"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
[form]
words = "Lời nhắn"
send = "Gửi đi"
[setting]
key = "Khóa chung với kho bạc"
[webhook]
paid = "Kho bạc"
raw = "Hệ thống thử"
"#;

const MANIFEST: &str = r#"
id = "receiver"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "nhan"
capabilities = ["kv", "clock", "settings", "forms", "jobs", "webhooks"]
[publisher]
name = "Vendor"
contact = "https://vendor.example"
security_contact = "security@vendor.example"
[settings.key]
kind = "secret"
label = "setting.key"
[[routes]]
name = "kept"
path = "da-nhan"
title = "route.kept"
fallback = "list"
[[routes]]
name = "ask"
path = "gui"
title = "route.kept"
fallback = "list"
kind = "form"
button = "form.send"
fields = [{ name = "words", kind = "line", label = "form.words" }]
[[jobs]]
name = "book"
[[webhooks]]
name = "paid"
path = "thanh-toan"
system = "webhook.paid"
max_bytes = 4096
per_minute = 600
headers = ["x-signature", "x-delivery"]
[[webhooks]]
name = "raw"
path = "tho"
system = "webhook.raw"
max_bytes = 262144
per_minute = 30
headers = ["content-type", "x-many", "authorization"]
[[webhooks]]
name = "evil"
path = "xau"
system = "webhook.raw"
max_bytes = 16
"#;

/// The manifest with its texts and its code, in a plugin's folder.
pub fn lay_out_receiver(folder: &Path) {
    for part in ["collections", "locales"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", MANIFEST);
    put("collections/note.toml", COLLECTION);
    put("locales/vi.toml", TEXTS);
    put("locales/en.toml", TEXTS);
    let wasm = target().join("wasm32-wasip2/plugin/receiver_guest.wasm");
    fs::copy(wasm, folder.join("plugin.wasm")).expect("`make plugins` has built the guests");
}
