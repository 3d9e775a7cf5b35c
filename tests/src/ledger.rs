//! The plugin with a form that keeps values and reads settings, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::installed::COLLECTION;
use crate::program::target;

/// The plugin, and another one of the same code.
pub const LEDGER: &str = "ledger";
/// The same code as another plugin.
pub const OTHER_LEDGER: &str = "other-ledger";

const TEMPLATE: &str =
    "<p>{{greeting}}, {{limit}}; {{count}}{{#if has_key}} có khóa{{/if}}</p><p>{{said}}</p>";

const TEXTS: &str = r#"
[plugin]
name = "Sổ ghi"
description = "Sổ ghi thử."
[route]
ask = "Gửi ý kiến"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
[form]
subject = "Tiêu đề"
words = "Nội dung"
words_help = "Viết ngắn gọn."
kind = "Loại"
kind_praise = "Khen"
kind_blame = "Chê"
agreed = "Tôi đồng ý"
send = "Gửi đi"
[setting]
greeting = "Lời chào"
limit = "Số lượng tối đa"
open = "Đang mở"
channel = "Kênh"
api_key = "Khóa của dịch vụ"
[ledger]
taken = "Tiêu đề “{subject}” đã có"
failed = "Không ghi được: {why}"
"#;

/// Lays it out in a bundle's folder under an id, which is its mount as well.
pub fn install_ledger(bundle: &Path, id: &str) {
    let folder = bundle.join("plugins").join(id);
    for part in ["collections", "locales", "templates"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", &manifest(id));
    put("collections/note.toml", COLLECTION);
    put("locales/vi.toml", TEXTS);
    put("locales/en.toml", TEXTS);
    put("templates/ledger.hbs", TEMPLATE);
    let wasm = target().join("wasm32-wasip2/plugin/ledger_guest.wasm");
    fs::copy(wasm, folder.join("plugin.wasm")).expect("`make plugins` has built the guests");
}

fn manifest(id: &str) -> String {
    format!(
        r#"
id = "{id}"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "{id}"
capabilities = ["kv", "settings", "forms", "log"]
[publisher]
name = "Vendor"
contact = "https://vendor.example"
security_contact = "security@vendor.example"
[[routes]]
name = "ask"
path = "gui"
title = "route.ask"
query = ["do", "key"]
fallback = "list"
kind = "form"
button = "form.send"
fields = [
    {{ name = "subject", kind = "line", label = "form.subject", required = true, max_chars = 40 }},
    {{ name = "words", kind = "text", label = "form.words", help = "form.words_help", max_chars = 2000 }},
    {{ name = "kind", kind = "choice", label = "form.kind", choices = [
        {{ value = "praise", label = "form.kind_praise" }},
        {{ value = "blame", label = "form.kind_blame" }},
    ] }},
    {{ name = "agreed", kind = "flag", label = "form.agreed", required = true }},
]
[settings.greeting]
kind = "text"
label = "setting.greeting"
default = "Xin chào"
[settings.limit]
kind = "number"
label = "setting.limit"
default = 10
[settings.open]
kind = "flag"
label = "setting.open"
default = true
[settings.channel]
kind = "choice"
label = "setting.channel"
choices = ["mail", "paper"]
default = "mail"
[settings.api-key]
kind = "secret"
label = "setting.api_key"
"#
    )
}
