//! A real object store (`s3s-fs`, which checks signatures), as `tools/setup.sh` installs it.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dinh_files::{S3Options, Secret};
use tempfile::TempDir;

use crate::program;

/// Says that S3 need not be there: `tools/test.sh fast` where it is not installed.
const WITHOUT: &str = "DINH_TEST_WITHOUT_S3";
const BUCKET: &str = "portal";
const PREFIX: &str = "yen-the";
const ACCESS_KEY: &str = "dinh-test";
/// Stands in no message and no log.
pub const SECRET_KEY: &str = "kakapo-tuatara-kea";
/// Longest wait for the store to accept connections.
const PATIENCE: Duration = Duration::from_secs(20);

/// An object store with one bucket, gone when it is dropped.
pub struct S3 {
    child: Option<Child>,
    address: SocketAddr,
    root: TempDir,
}

impl S3 {
    /// Starts one; none, with a word, where tests are told to go without.
    pub fn start() -> Option<Self> {
        let program = program::target().join("tools/s3s-fs/bin/s3s-fs");
        if std::env::var_os(WITHOUT).is_some() {
            eprintln!("SKIPPED: no object store here ({WITHOUT} is set)");
            return None;
        }
        let path = program.display();
        assert!(program.is_file(), "{path} is missing: run `make setup`");
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join(BUCKET)).unwrap();
        // Nobody else is given this port so soon after it was free.
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let mut store = Self {
            child: None,
            address,
            root,
        };
        store.come_back();
        Some(store)
    }

    /// Starts it again, with what it held.
    pub fn come_back(&mut self) {
        let child = Command::new(program::target().join("tools/s3s-fs/bin/s3s-fs"))
            .args(["--host", "127.0.0.1", "--access-key", ACCESS_KEY])
            .args(["--secret-key", SECRET_KEY])
            .args(["--port", &self.address.port().to_string()])
            .arg(self.root.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let began = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(
                began.elapsed() < PATIENCE,
                "the object store does not start"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it; what it holds stays.
    pub fn go_away(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// How to reach it.
    pub fn options(&self) -> S3Options {
        S3Options {
            endpoint: format!("http://{}", self.address),
            region: "us-east-1".to_owned(),
            bucket: BUCKET.to_owned(),
            prefix: PREFIX.to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: Secret(SECRET_KEY.to_owned()),
        }
    }

    /// The same for the program.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let options = self.options();
        vec![
            ("DINH_FILES_STORE", "s3".to_owned()),
            ("DINH_FILES_ENDPOINT", options.endpoint),
            ("DINH_FILES_BUCKET", options.bucket),
            ("DINH_FILES_PREFIX", options.prefix),
            ("DINH_FILES_ACCESS_KEY", options.access_key),
            ("DINH_FILES_SECRET_KEY", options.secret_key.0),
        ]
    }

    /// Its objects on the disk of the store, to break them.
    pub fn objects(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        files(&self.root.path().join(BUCKET), &mut found);
        found.sort();
        found
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.go_away();
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}
