//! The program itself, run as an operator runs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use dinh_files::Reader;
use tempfile::TempDir;

use crate::database::Database;
use crate::portal::data_with_demo;
use crate::template;

/// The program with a data folder and a database of its own.
pub struct Program {
    // In this order: the database is dropped before its folder.
    database: Database,
    folder: TempDir,
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
    /// With an empty data folder.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        Self { database, folder }
    }

    /// With the demo.
    pub async fn with_demo() -> Self {
        let (folder, database) = data_with_demo().await;
        Self { database, folder }
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
            .env("DINH_BUNDLE_FOLDER", bundle_folder())
            .env("DINH_DATA", self.folder())
            .env("DINH_DATABASE_URL", self.database.url())
            .env("DINH_LISTEN", "127.0.0.1:0")
            .env("DINH_LOG_FILTER", "warn")
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

/// Plugins and theme as they were laid out for the program.
pub fn bundle_folder() -> PathBuf {
    if let Some(named) = std::env::var_os("DINH_BUNDLE") {
        return named.into();
    }
    let program = path();
    let target = program.ancestors().nth(2).unwrap();
    let folder = target.join("bundle");
    assert!(
        folder.is_dir(),
        "{} is missing: run `make plugins`",
        folder.display()
    );
    folder
}

/// Reads attached files as the program does.
pub fn reader() -> Reader {
    Reader::new(path())
}

/// The program beside the test binaries.
pub(crate) fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.ancestors().nth(2).unwrap().join("dinh");
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build --workspace --bins`",
        path.display()
    );
    path
}
