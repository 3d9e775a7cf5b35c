//! The plugin that drafts entries, as a vendor would lay it out.

use std::fs;
use std::path::Path;

use crate::program::guest_code;

/// The plugin, and its mount.
pub const SCRIBE: &str = "scribe";

const TEXTS: &str = r#"
[plugin]
name = "Người chép"
description = "Chép thử."
[route]
ask = "Chép"
[note]
label = "Ghi chép"
plural = "Các ghi chép"
code = "Số"
subject = "Nội dung"
day = "Ngày"
remark = "Nhận xét của cơ quan"
papers = "Tệp"
[form]
words = "Việc"
send = "Gửi đi"
[webhook]
told = "Hệ thống thử"
[scribe]
failed = "Không chép được: {why}"
"#;

const NOTE: &str = r#"
label = "note.label"
plural = "note.plural"
unique = ["code"]
[schema.code]
kind = "code"
label = "note.code"
required = true
gate = true
max_chars = 40
[schema.subject]
kind = "text"
label = "note.subject"
required = true
gate = true
max_chars = 200
[schema.day]
kind = "date"
label = "note.day"
[schema.remark]
kind = "text"
label = "note.remark"
max_chars = 200
[schema.papers]
kind = "files"
label = "note.papers"
max_items = 3
media_types = ["application/pdf"]
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
facts = ["code", "subject", "day", "remark"]
[search]
title = ["@title"]
codes = ["code"]
"#;

const MANIFEST: &str = r#"
id = "scribe"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "scribe"
capabilities = ["content.write", "kv", "forms", "jobs", "webhooks"]
writes = ["note"]
[publisher]
name = "Vendor"
contact = "https://vendor.example"
security_contact = "security@vendor.example"
[[routes]]
name = "ask"
path = "chep"
title = "route.ask"
fallback = "list"
kind = "form"
button = "form.send"
fields = [{ name = "words", kind = "text", label = "form.words", max_chars = 4000 }]
[[routes]]
name = "said"
path = "da-noi"
title = "route.ask"
query = ["do"]
fallback = "list"
[[hooks]]
event = "validate"
collection = "note"
[[jobs]]
name = "work"
[[webhooks]]
name = "told"
path = "bao"
system = "webhook.told"
max_bytes = 262144
per_minute = 600
"#;

/// Lays it out in a bundle's folder. Its collection `shut` is like `note`, and not the code's to write.
pub fn install_scribe(bundle: &Path) {
    let folder = bundle.join("plugins").join(SCRIBE);
    for part in ["collections", "locales"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("plugin.toml", MANIFEST);
    put("collections/note.toml", NOTE);
    let shut = format!("path = \"kin\"\n{NOTE}");
    put("collections/shut.toml", &shut);
    put("locales/vi.toml", TEXTS);
    put("locales/en.toml", TEXTS);
    fs::copy(guest_code("scribe-guest"), folder.join("plugin.wasm")).unwrap();
}
