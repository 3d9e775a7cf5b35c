//! A plugin asks another system, which answers well or badly.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dinh_tests::{CALLER, Program, Visited, copied_bundle, encoded, install_caller};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::program::running::Server;

const HOST: &str = "dong-son.localhost";
const HOUSE: (&str, &str) = (
    "DINH_PLUGINS_IN_HOUSE_NETWORKS",
    "localhost=127.0.0.0/8, localhost=::1/128",
);

/// The program with the plugin that calls, and the system that it calls.
struct Line {
    server: Server,
    port: u16,
    _program: Program,
    _bundle: TempDir,
}

impl Line {
    async fn with(more: &[(&'static str, &str)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(other_system(stream));
            }
        });
        let bundle = copied_bundle();
        install_caller(bundle.path(), port);
        let mut settings = vec![
            ("DINH_BUNDLE_FOLDER", bundle.path().display().to_string()),
            ("DINH_HTTP_UNLIMITED_CLIENTS", "127.0.0.1".to_owned()),
        ];
        let more = more.iter();
        settings.extend(more.map(|(name, value)| (*name, (*value).to_owned())));
        let program = Program::with_demo().await.with(settings);
        let server = Server::start(&program, "serve");
        let enabled = program.run(&["module", "enable", "--site", "dong-son", CALLER]);
        enabled.assert_code(0);
        Self {
            server,
            port,
            _program: program,
            _bundle: bundle,
        }
    }

    async fn asked(&self, url: &str, more: &str) -> Visited {
        let path = format!("/{CALLER}/goi?url={}{more}", encoded(url));
        self.server.visitor().get(HOST, &path).await
    }

    async fn asked_at(&self, path: &str, more: &str) -> Visited {
        let url = format!("http://localhost:{}{path}", self.port);
        self.asked(&url, more).await
    }

    /// What the plugin was told of its requests.
    async fn told(&self, path: &str, more: &str) -> Value {
        let url = format!("http://localhost:{}{path}", self.port);
        self.told_of(&url, more).await
    }

    async fn told_of(&self, url: &str, more: &str) -> Value {
        let page = self.asked(url, more).await.assert_status(200);
        page.json()
    }

    async fn assert_error(&self, path: &str, more: &str, words: &str) {
        let told = self.told(path, more).await;
        let error = told[0]["error"].as_str().unwrap_or_default();
        assert!(error.contains(words), "{path} {more}: {told}");
    }
}

/// Answers one request by what its path asks for.
async fn other_system(mut stream: TcpStream) {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        read.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&read).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let answer = match path {
        "/redirect" => {
            "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"
                .to_owned()
        }
        "/long" => format!(
            "HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\n{}",
            "x".repeat(2_000_000)
        ),
        "/endless" => format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(3 << 20)),
        "/two-lengths" => {
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 40\r\n\r\nok".to_owned()
        }
        "/headers" => format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(32_769)),
        "/crumbs" => format!(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
            "1\r\nx\r\n".repeat(20_000)
        ),
        "/noise" => "no HTTP at all\r\n\r\n".to_owned(),
        "/short" => "HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\nok".to_owned(),
        "/silent" => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            return;
        }
        "/slow" => {
            tokio::time::sleep(Duration::from_millis(1_300)).await;
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nslow".to_owned()
        }
        _ => format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{head}",
            head.len()
        ),
    };
    let _gone = stream.write_all(answer.as_bytes()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_named_system_is_asked_and_no_other() {
    let line = Line::with(&[HOUSE]).await;
    let told = line.told("/a?b=c", "&header=x-key%3D1").await;
    assert_eq!(told[0]["status"], 200, "{told}");
    let head = told[0]["body"].as_str().unwrap();
    assert!(head.starts_with("GET /a?b=c HTTP/1.1\r\n"), "{head}");
    assert!(
        head.contains(&format!("host: localhost:{}\r\n", line.port)),
        "{head}"
    );
    assert!(head.contains("x-key: 1\r\n"), "{head}");
    // An address in the path stays a path, and a redirect is an answer.
    let told = line.told("/http://10.0.0.1/", "").await;
    let head = told[0]["body"].as_str().unwrap();
    assert!(
        head.starts_with("GET /http://10.0.0.1/ HTTP/1.1\r\n"),
        "{head}"
    );
    assert_eq!(line.told("/redirect", "").await[0]["status"], 302);
    let port = line.port;
    for (url, words) in [
        (
            format!("http://127.0.0.1:{port}/"),
            "is not among the systems",
        ),
        (
            format!("https://localhost:{port}/"),
            "is not among the systems",
        ),
        ("http://localhost/".to_owned(), "is not among the systems"),
        (
            "http://169.254.169.254/".to_owned(),
            "is not among the systems",
        ),
        (format!("http://[::ffff:127.0.0.1]:{port}/"), "invalid"),
        (format!("http://localhost:{port}@evil.example/"), "invalid"),
        (format!("http://localhost:{port}CRLFx: y"), "invalid"),
        ("https://absent.invalid/".to_owned(), "is not found"),
    ] {
        let told = line.told_of(&url, "").await;
        let error = told[0]["error"].as_str().unwrap_or_default();
        assert!(error.contains(words), "{url}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_misleads_is_refused_and_the_next_request_goes_well() {
    let line = Line::with(&[HOUSE]).await;
    for (path, more, words) in [
        ("/", "&method=post", "a page only gets"),
        ("/", "&header=host%3Dother", "set by the host"),
        (
            "/",
            "&header=x%3DaCRLFhost%3A%20other",
            "characters of control",
        ),
        (
            "/",
            "&header=x-http-method-override%3DDELETE",
            "set by the host",
        ),
        ("/", "&header=content_length%3D9", "underscore"),
        ("/crumbs", "", "too large"),
        ("/", "&many=33", "too large"),
        ("/", "&many=32769", "too large"),
        ("/", "&wait=0", "`timeout-ms` is 1 to 10000"),
        ("/silent", "&wait=50", "no answer within 50 ms"),
        ("/long", "", "too large"),
        ("/endless", "", "too large"),
        ("/two-lengths", "", "unreachable"),
        ("/headers", "", "unreachable"),
        ("/noise", "", "unreachable"),
        ("/short", "", "unreachable"),
    ] {
        line.assert_error(path, more, words).await;
        assert_eq!(line.told("/well", "").await[0]["status"], 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_has_time_and_requests_of_its_own_and_a_minute_has_an_end() {
    let line = Line::with(&[HOUSE]).await;
    // Longer than a page's own second, and within what it has for requests.
    assert_eq!(line.told("/slow", "").await[0]["body"], "slow");
    let began = Instant::now();
    line.assert_error("/silent", "&wait=10000", "no answer within 2000 ms")
        .await;
    assert!(
        began.elapsed() < Duration::from_secs(6),
        "{:?}",
        began.elapsed()
    );
    let told = line.told("/few", "&times=6").await;
    assert_eq!(told[3]["status"], 200, "{told}");
    let error = told[4]["error"].as_str().unwrap();
    assert!(error.contains("no requests"), "{told}");
    let mut last = Value::Null;
    for at in 0..20 {
        last = line.told(&format!("/flood/{at}"), "&times=4").await;
    }
    let error = last[0]["error"].as_str().unwrap_or_default();
    assert!(error.contains("more than 60 requests a minute"), "{last}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_operators_word_the_house_is_closed() {
    let line = Line::with(&[]).await;
    line.assert_error("/", "", "not at an address of the public internet")
        .await;
    let line = Line::with(&[(
        "DINH_PLUGINS_IN_HOUSE_NETWORKS",
        "localhost=10.0.0.0/8,other.example=127.0.0.0/8",
    )])
    .await;
    line.assert_error("/", "", "not at an address of the public internet")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_system_takes_nobody_elses_turn_and_parks_no_plugin() {
    let line = Arc::new(Line::with(&[HOUSE]).await);
    let mut waiting = JoinSet::new();
    for at in 0..24 {
        let line = line.clone();
        waiting.spawn(async move {
            let more = format!("&wait=1900&strict=1&header=x%3D{at}");
            line.asked_at("/silent", &more).await
        });
    }
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let began = Instant::now();
        let home = line.server.visitor().get(HOST, "/").await;
        home.assert_status(200);
        assert!(began.elapsed() < Duration::from_secs(1), "{began:?}");
    }
    // The standard view stands in for each.
    while let Some(asked) = waiting.join_next().await {
        asked.unwrap().assert_status(200);
    }
    // Faults for want of an answer are no faults of the plugin.
    assert_eq!(line.told("/well", "").await[0]["status"], 200);
}
