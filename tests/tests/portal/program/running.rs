//! The program while it serves.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};

use dinh_tests::{COLLECTION, Ended, Program, Visitor};

use crate::import::rows::{count, lines, row};

/// A server that is killed with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Nobody else is given this port so soon after it was free.
pub(crate) fn free_address() -> SocketAddr {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    free.local_addr().unwrap()
}

impl Server {
    /// Starts it and waits until it says that it is ready.
    pub(crate) fn start(program: &Program, what: &str) -> Self {
        let address = free_address();
        let mut child = program
            .command(&[what])
            .env("DINH_LISTEN", address.to_string())
            .env("DINH_LOG_FILTER", "info")
            .spawn()
            .unwrap();
        let mut told = String::new();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        while !told.contains("ready_ms") {
            let read = lines.read_line(&mut told).unwrap();
            assert!(read > 0, "the server ended: {told}");
        }
        // What it says from now on is read, so that it never waits for a reader.
        let log = Arc::new(Mutex::new(told));
        let kept = log.clone();
        std::thread::spawn(move || {
            let mut line = Vec::new();
            while lines
                .read_until(b'\n', &mut line)
                .is_ok_and(|read| read > 0)
            {
                kept.lock()
                    .unwrap()
                    .push_str(&String::from_utf8_lossy(&line));
                line.clear();
            }
        });
        Self {
            child,
            address,
            log,
        }
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.address)
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

#[tokio::test]
async fn commands_reach_the_running_server_and_take_effect_at_once() {
    let program = Program::with_demo().await;
    let mut server = Server::start(&program, "serve");
    let visitor = server.visitor();
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(200);
    let ended = program.run(&["module", "disable", "legal-documents", "--site", "dong-son"]);
    assert_eq!(
        ended.assert_code(0).out.trim(),
        "legal-documents is disabled on dong-son"
    );
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(404);
    program
        .run(&["module", "enable", "legal-documents", "--site", "dong-son"])
        .assert_code(0);
    visitor
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(200);
    let told = program
        .run(&["module", "enable", "news", "--site", "dong-son"])
        .assert_code(1);
    told.assert_told("there is no plugin `news`");

    let rows = program.folder().join("rows.jsonl");
    std::fs::write(&rows, lines(&[row(1)])).unwrap();
    let import = [
        "import",
        "legal-documents/document",
        "rows.jsonl",
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
    ];
    let ended = program.run(&import).assert_code(0);
    assert!(ended.out.contains("1 new"), "{}", ended.out);
    let found = visitor
        .search("localhost", "1/2026/tt-bkhcn")
        .await
        .assert_status(200);
    assert_eq!(
        found.page().rows().first().unwrap().words,
        "Thông tư 1/2026/TT-BKHCN"
    );

    let second = program.run(&["serve"]).assert_code(1);
    second.assert_told("is in use by another dinh process");
    server.signal("-TERM");
    assert_eq!(
        server.child.wait().unwrap().code(),
        Some(0),
        "asked to end, it ends well"
    );
}

#[tokio::test]
async fn an_import_whose_server_is_killed_says_so_and_goes_on_when_run_again() {
    let program = Program::with_demo().await;
    let mut server = Server::start(&program, "serve");
    let rows: Vec<_> = (1..=1_500).map(row).collect();
    let rows = lines(&rows);
    let size = rows.len();
    std::fs::write(program.folder().join("rows.jsonl"), rows).unwrap();
    let import = [
        "import",
        COLLECTION,
        "rows.jsonl",
        "--site",
        "yen-the",
        "--map",
        "phap-dien",
        "--json",
    ];
    let mut child = program.start(&import);
    let mut told = BufReader::new(child.stderr.take().unwrap());
    // How far it is comes from the server, as events for a program.
    let mut rows = 0;
    while rows < 300 {
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["event"], "progress");
        assert_eq!(event["bytes_total"], size);
        assert!(event["remaining_seconds"].as_f64().is_some(), "{line}");
        rows = event["rows"].as_u64().unwrap();
    }
    server.signal("-KILL");
    server.child.wait().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let mut last = String::new();
    told.read_to_string(&mut last).unwrap();
    assert!(last.contains("server"), "{last}");

    let again = count(program.run(&import).assert_code(0).out.trim());
    assert_eq!((again.rows, again.rejected), (1_500, 0));
    assert!(again.unchanged >= 300, "{again:?}");
    assert_eq!(again.created + again.unchanged, 1_500);
}

#[tokio::test]
async fn a_port_in_use_is_said_with_the_way_out() {
    let program = Program::new().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program
        .command(&["serve"])
        .env("DINH_LISTEN", &address)
        .output()
        .unwrap();
    let ended = Ended::from(output).assert_code(1);
    ended
        .assert_told(&format!("cannot listen on {address}"))
        .assert_told("DINH_LISTEN");
}

#[tokio::test]
async fn after_a_kill_the_next_server_starts_with_everything_there() {
    let program = Program::with_demo().await;
    let mut server = Server::start(&program, "serve");
    program
        .run(&["module", "disable", "legal-documents", "--site", "dong-son"])
        .assert_code(0);
    server.signal("-KILL");
    server.child.wait().unwrap();
    let ended = program.run(&["site", "list"]).assert_code(0);
    assert_eq!(ended.out.lines().count(), 4);
    let next = Server::start(&program, "serve");
    next.visitor()
        .get("dong-son.localhost", "/van-ban")
        .await
        .assert_status(404);
    let found = next
        .visitor()
        .search("localhost", "6/2014/qd-ubnd")
        .await
        .assert_status(200);
    assert_eq!(
        found.page().rows().first().unwrap().words,
        "Quyết định 06/2014/QĐ-UBND"
    );
}

#[tokio::test]
async fn the_demo_is_made_once_and_found_again() {
    let program = Program::new().await;
    for _ in 0..2 {
        let mut server = Server::start(&program, "demo");
        let list = server
            .visitor()
            .get("localhost", "/van-ban")
            .await
            .assert_status(200);
        assert_eq!(list.page().total(), 40);
        let mode = std::fs::metadata(program.folder().join("socket"))
            .unwrap()
            .permissions();
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
            0o600
        );
        server.signal("-TERM");
        assert_eq!(server.child.wait().unwrap().code(), Some(0));
    }
}

#[tokio::test]
async fn the_words_of_the_search_are_edited_in_the_data_folder_and_take_effect_at_the_next_start() {
    let program = Program::with_demo().await;
    let words = program.folder().join("search/vi.toml");
    std::fs::create_dir_all(words.parent().unwrap()).unwrap();
    std::fs::write(&words, "[abbreviations]\nQZQ = [\"chất thải rắn\"]\n").unwrap();
    program.run(&["check"]).assert_code(0);
    let server = Server::start(&program, "serve");
    let found = server.visitor().search("localhost", "QZQ sinh hoạt").await;
    let titles = found.assert_status(200).page().rows();
    assert!(
        titles
            .iter()
            .any(|row| row.words == "Quyết định 01/2014/QĐ-UBND"),
        "{titles:?}"
    );
    drop(server);

    std::fs::write(
        &words,
        "[abbreviations]\nQZQ = [\"chất thải rắn\"]\n\n[synonym]\n",
    )
    .unwrap();
    for command in [["check"].as_slice(), &["serve"], &["site", "list"]] {
        let ended = program.run(command).assert_code(1);
        let ended = ended.assert_told("search/vi.toml:4: unknown field `synonym`");
        ended.assert_told("did you mean `synonyms`?");
    }
}
