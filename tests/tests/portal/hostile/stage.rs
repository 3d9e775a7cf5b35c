//! A serving portal with hostile plugins beside the good one.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use dinh_tests::{Guest, Program, Visited, Visitor, copied_bundle, install};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::running::{Server, free_address};

/// The site that has hostile plugins.
pub(crate) const SITE: &str = "dong-son";
/// Longest wait for a line of the log, and between two looks.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(10);
const HOST: &str = "dong-son.localhost";
/// Template of the guest whose template misbehaves.
const ENDLESS: &str = "{{#each a}}{{#each @root.a}}{{#each @root.a}}<p>again and again</p>{{/each}}{{/each}}{{/each}}";

/// The program, serving. Everything of it is gone when it is dropped.
pub(crate) struct Stage {
    // In this order: the server ends before its data goes.
    pub(crate) server: Server,
    /// Who reads the operator's figures.
    pub(crate) operator: Visitor,
    program: Program,
    _bundle: TempDir,
}

/// The plugin that a guest is installed as.
pub(crate) fn id(guest: &str) -> String {
    format!("kind-{guest}")
}

impl Stage {
    /// With these guests installed and enabled on one site; each has an entry.
    pub(crate) async fn with(guests: impl IntoIterator<Item = &str>) -> Self {
        let bundle = copied_bundle();
        let guests: Vec<&str> = guests.into_iter().collect();
        for guest in &guests {
            // One guest may be installed twice.
            let made = Guest::named(guest.trim_end_matches("-next"));
            install(bundle.path(), &id(guest), &made, &[("loop", ENDLESS)]);
        }
        let operator = free_address();
        let settings = vec![
            ("DINH_OPERATOR_LISTEN", operator.to_string()),
            ("DINH_BUNDLE_FOLDER", bundle.path().display().to_string()),
            ("DINH_HTTP_PAGE_CACHE_MIB", "0".to_owned()),
            ("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1".to_owned()),
        ];
        let program = Program::with_demo().await.with(settings);
        let server = Server::start(&program, "serve");
        let stage = Self {
            server,
            operator: Visitor::new(operator),
            program,
            _bundle: bundle,
        };
        for guest in guests {
            let set = json!({ "site": SITE, "plugin": id(guest), "enabled": true });
            stage.command(&json!({ "module-set": set })).unwrap();
        }
        stage
    }

    /// What the running server says to a command, or why it failed.
    pub(crate) fn command(&self, command: &Value) -> Result<String, String> {
        let mut stream = UnixStream::connect(self.program.folder().join("socket")).unwrap();
        writeln!(stream, "{command}").unwrap();
        let mut last = String::new();
        for line in BufReader::new(stream).lines() {
            last = line.unwrap();
        }
        let last: Value = serde_json::from_str(&last).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match (&last["done"], &last["failed"]) {
            (Value::Null, failed) => Err(text(failed)),
            (done, _) if done["failed"].is_null() => Ok(text(&done["text"])),
            (done, _) => Err(format!(
                "{}; {}",
                text(&done["text"]),
                text(&done["failed"])
            )),
        }
    }

    /// Lets a plugin run again.
    pub(crate) fn unpark(&self, guest: &str) {
        let park = json!({ "plugin": id(guest), "reason": null });
        self.command(&json!({ "plugin-park": park })).unwrap();
    }

    /// The line of the operator's list about a guest.
    pub(crate) fn listed(&self, guest: &str) -> Value {
        let told = self.command(&json!({ "plugin-list": { "json": true } }));
        let lines: Value = serde_json::from_str(&told.unwrap()).unwrap();
        let lines = lines.as_array().unwrap();
        let line = lines.iter().find(|line| line["plugin"] == id(guest));
        line.unwrap().clone()
    }

    /// A page of a guest.
    pub(crate) async fn page(&self, guest: &str, path: &str) -> Visited {
        let path = format!("/{}/{path}", id(guest));
        self.server.visitor().get(HOST, &path).await
    }

    /// The section that the host shows of its entries.
    pub(crate) async fn section(&self, guest: &str) -> Visited {
        let path = format!("/{}", id(guest));
        self.server.visitor().get(HOST, &path).await
    }

    /// Imports one row into a collection of a guest; what is said of it.
    pub(crate) fn import(
        &self,
        guest: &str,
        collection: &str,
        code: &str,
    ) -> Result<String, String> {
        let file = self.program.folder().join(format!("{code}.jsonl"));
        let row = json!({ "code": code, "subject": "Một dòng" });
        std::fs::write(&file, format!("{row}\n")).unwrap();
        self.command(&json!({ "import": {
            "collection": format!("{}/{collection}", id(guest)),
            "file": file,
            "site": SITE,
            "map": "rows",
            "dry_run": false,
            "json": true,
        }}))
    }

    /// Lines of the log that name a guest, as soon as one of them says this: the log is written a
    /// moment after the answer.
    pub(crate) async fn logged(&self, guest: &str, why: &str) -> Vec<String> {
        let (began, id) = (Instant::now(), id(guest));
        loop {
            let log = self.server.log();
            let named = log.lines().filter(|line| line.contains(&id));
            let named: Vec<String> = named.map(str::to_owned).collect();
            if named.iter().any(|line| line.contains(why)) {
                return named;
            }
            let waited = began.elapsed();
            assert!(waited < PATIENCE, "{guest}: no “{why}” in {named:#?}");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Opens a request for a page and goes away after this long, with nothing read.
    pub(crate) async fn leave(&self, guest: &str, after: Duration) {
        use tokio::io::AsyncWriteExt;
        let address = ("127.0.0.1", self.server.visitor().port());
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!("GET /{}/evil HTTP/1.1\r\nHost: {HOST}\r\n\r\n", id(guest));
        stream.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(after).await;
    }

    /// Slots of the sandbox in use.
    async fn slots_in_use(&self) -> u64 {
        let ready = self.server.visitor().get(HOST, "/readyz").await;
        ready.json()["detail"]["plugin_slots_in_use"]
            .as_u64()
            .unwrap()
    }

    /// Waits until no slot is in use: what was begun may still be under way.
    pub(crate) async fn all_slots_are_free(&self) {
        let began = Instant::now();
        while self.slots_in_use().await > 0 {
            assert!(began.elapsed() < PATIENCE, "slots stay taken");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Memory of the server that is in use, in KiB.
    pub(crate) fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.child.id()));
        let status = status.unwrap();
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let figure = line.unwrap().split_whitespace().next().unwrap();
        figure.parse().unwrap()
    }
}
