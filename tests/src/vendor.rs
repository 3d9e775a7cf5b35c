//! A vendor with a key and a small plugin, made from the guests that the sandbox's tests use.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Program, target};

/// The vendor's plugin.
pub const NOTICES: &str = "notices";
/// Where its section stands.
pub const NOTICES_MOUNT: &str = "/thong-bao";

const COLLECTION: &str = r#"
label = "notice.label"
plural = "notice.plural"
[schema]
subject = { kind = "text", label = "notice.subject", required = true }
issued_on = { kind = "date", label = "notice.issued_on" }
[index]
issued_on = { type = "date" }
[workflow]
id = "register"
[view]
title = "{subject}"
slug = "{subject}"
[view.list]
columns = ["subject"]
filters = []
sorts = ["issued_on"]
default_sort = "-issued_on"
[view.detail]
facts = ["subject"]
[search]
title = ["@title"]
body = ["subject"]
"#;

const TEXTS: &str = r#"
[plugin]
name = "Thông báo"
description = "Thông báo của cơ quan."
[route]
it = "Trang tính"
[notice]
label = "Thông báo"
plural = "Thông báo"
subject = "Nội dung"
issued_on = "Ngày"
"#;

/// Somebody who makes a plugin.
pub struct Vendor {
    folder: TempDir,
}

/// What the code of a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Asks the host nothing, and answers with the name of the route.
    Quiet,
    /// Asks for everything there is.
    Curious,
}

impl Vendor {
    /// With a key of his own, `vendor.key` and `vendor.pub`.
    pub fn new(program: &Program) -> Self {
        let vendor = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        vendor.keygen(program, "vendor", &[]);
        vendor
    }

    /// Makes one more key.
    pub fn keygen(&self, program: &Program, name: &str, more: &[&str]) {
        let output = self.path(name);
        let mut arguments = vec!["plugin", "keygen", "--name", "Vendor", "-o", &output];
        arguments.extend(more);
        program.run(&arguments).assert_code(0);
    }

    /// A path in his folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The folder of his plugin.
    pub fn plugin(&self) -> PathBuf {
        self.folder.path().join("plugin")
    }

    /// Lays a version of the plugin out, whose one computed page is `<mount>/<route>`.
    pub fn lay_out(&self, version: &str, route: &str, code: Code) {
        let folder = self.plugin();
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        for part in ["collections", "locales", "cases"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let capabilities = match code {
            Code::Quiet => "[]",
            Code::Curious => "[\"content.read\", \"clock\", \"log\"]",
        };
        let manifest = format!(
            "id = \"{NOTICES}\"\nversion = \"{version}\"\ncontract = \"0.1\"\nname = \"plugin.name\"\n\
             description = \"plugin.description\"\nclause = \"Đ4.8\"\nmount = \"thong-bao\"\n\
             capabilities = {capabilities}\n\
             [publisher]\nname = \"Vendor\"\ncontact = \"https://vendor.example\"\n\
             security_contact = \"security@vendor.example\"\n\
             [[routes]]\nname = \"{route}\"\npath = \"{route}\"\ntitle = \"route.it\"\nfallback = \"list\"\n\
             query = [\"type\"]\n"
        );
        let case = format!("GET {NOTICES_MOUNT}\nHost: localhost\n----\n200\n");
        self.write("plugin.toml", &manifest);
        self.write("collections/notice.toml", COLLECTION);
        self.write("locales/vi.toml", TEXTS);
        self.write("locales/en.toml", TEXTS);
        self.write("cases/list.case", &case);
        let wasm = match code {
            Code::Quiet => "quiet_guest.wasm",
            Code::Curious => "probe_guest.wasm",
        };
        fs::copy(guest(wasm), folder.join("plugin.wasm")).unwrap();
    }

    /// Writes a file of the plugin.
    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.plugin().join(path), text).unwrap();
    }

    /// Packs the plugin as it lies with a key of his, to a file in his folder.
    pub fn pack_with(&self, program: &Program, key: &str, more: &[&str]) -> String {
        let (folder, key) = (self.path("plugin"), self.path(key));
        let package = self.path(&format!("{}.dinh", uuid_like()));
        let mut arguments = vec!["plugin", "pack", &folder, "--key", &key, "-o", &package];
        arguments.extend(more);
        program.run(&arguments).assert_code(0);
        package
    }

    /// A version, packed with his first key.
    pub fn package(&self, program: &Program, version: &str, route: &str, code: Code) -> String {
        self.lay_out(version, route, code);
        self.pack_with(program, "vendor.key", &[])
    }

    /// Has the program trust a key of his.
    pub fn be_trusted(&self, program: &Program, key: &str) {
        program
            .run(&["plugin", "trust", &self.path(key)])
            .assert_code(0);
    }
}

/// Another name each time.
fn uuid_like() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("package-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn guest(name: &str) -> PathBuf {
    let folder: &Path = &target().join("wasm32-wasip2/plugin");
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "{} is missing: run `make plugins`",
        path.display()
    );
    path
}
