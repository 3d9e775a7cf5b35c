//! The program itself, run as an operator runs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use dinh_files::Reader;
use tempfile::TempDir;

use crate::database::Database;
use crate::kept_code;
use crate::portal::data_with_demo;
use crate::template;

/// The program with a data folder and a database of its own.
pub struct Program {
    // In this order: the database is dropped before its folder.
    database: Database,
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

/// How it ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code; none after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub told: String,
}

impl Program {
    /// With a data folder in which there is compiled code alone.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        Self::of(database, folder)
    }

    /// With a data folder in which there is compiled code alone, and an SQLite file in it, whatever the other portals have.
    pub fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::sqlite(folder.path());
        Self::of(database, folder)
    }

    /// With the demo.
    pub async fn with_demo() -> Self {
        let (folder, database) = data_with_demo().await;
        Self::of(database, folder)
    }

    /// Another node on the same database, with an empty data folder of its own and the same
    /// settings. It ends before this one does.
    pub fn beside(&self) -> Self {
        let mut node = Self::on(self.database.shared());
        node.settings = self.settings.clone();
        node
    }

    /// With a data folder in which there is compiled code alone, on a database that is there.
    pub(crate) fn on(database: Database) -> Self {
        Self::of(database, tempfile::tempdir().unwrap())
    }

    /// With a data folder in which there is nothing at all: every plugin is compiled at the first start.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::sqlite(folder.path());
        let settings = Vec::new();
        Self {
            database,
            folder,
            settings,
        }
    }

    fn of(database: Database, folder: TempDir) -> Self {
        kept_code::lay(folder.path());
        let settings = Vec::new();
        Self {
            database,
            folder,
            settings,
        }
    }

    /// Runs every command with these settings too.
    pub fn with(mut self, settings: Vec<(&'static str, String)>) -> Self {
        self.settings.extend(settings);
        self
    }

    /// Its data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Hands its data on.
    pub fn data(self) -> (TempDir, Database) {
        (self.folder, self.database)
    }

    /// A command, in its folder, with nothing of the caller's own settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DINH_") {
                command.env_remove(&name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.folder())
            .env("XDG_CACHE_HOME", template::home())
            .env("DINH_BUNDLE_FOLDER", bundle_folder())
            .env("DINH_DATA", self.folder())
            .env("DINH_DATABASE_URL", self.database.url())
            .env("DINH_LISTEN", "127.0.0.1:0")
            .env("DINH_LOG_FILTER", "warn")
            // Tests switch sections off that a regulation would hold.
            .env("DINH_RULES_PROFILE", "none")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    /// Starts a command.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }
}

/// The most memory that a running process has had, in KiB; none when it has ended.
pub fn peak_kib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Lays out a program that is a script. Another process writes it: a test beside this one that
/// starts a program would keep a file of ours open for writing, and such a file cannot be run.
pub fn write_program(path: &Path, text: &str) {
    let written = Command::new("/bin/sh")
        .args(["-c", r#"printf '%s' "$1" >"$0"; chmod 755 "$0""#])
        .arg(path)
        .arg(text)
        .status();
    assert!(written.unwrap().success());
}

/// What a process left.
pub(crate) fn ended(output: Output) -> Ended {
    Ended {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ended {
    /// Fails with what it said unless it ended with this code.
    #[track_caller]
    pub fn assert_code(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "out: {}\nerr: {}",
            self.out,
            self.told
        );
        self
    }

    /// Its standard output has this text.
    #[track_caller]
    pub fn assert_said(self, text: &str) -> Self {
        assert!(self.out.contains(text), "not said “{text}”: {}", self.out);
        self
    }

    /// Its standard error has this text.
    #[track_caller]
    pub fn assert_told(self, text: &str) -> Self {
        assert!(self.told.contains(text), "not told “{text}”: {}", self.told);
        self
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        ended(output)
    }
}

/// A copy of the bundle, to break something in it.
pub fn copied_bundle() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    template::copy(&bundle_folder(), copy.path());
    copy
}

/// The code of a guest of the SDK, by the name of its package.
pub fn guest_code(package: &str) -> PathBuf {
    let name = package.replace('-', "_");
    target().join(format!("wasm32-wasip2/plugin/{name}.wasm"))
}

/// Plugins and theme as they were laid out for the program.
pub fn bundle_folder() -> PathBuf {
    if let Some(named) = std::env::var_os("DINH_BUNDLE") {
        return named.into();
    }
    let folder = target().join("bundle");
    assert!(
        folder.is_dir(),
        "{} is missing: run `make plugins`",
        folder.display()
    );
    folder
}

/// The folder of everything that was built.
pub(crate) fn target() -> PathBuf {
    path().ancestors().nth(2).unwrap().to_owned()
}

/// Reads attached files as the program does.
pub fn reader() -> Reader {
    Reader::new(path())
}

/// The program beside the test binaries.
pub fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.ancestors().nth(2).unwrap().join("dinh");
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build --workspace --bins`",
        path.display()
    );
    path
}
