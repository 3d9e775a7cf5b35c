//! Where a new plugin has its SDK from.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The name of the SDK's crate.
pub(super) const SDK: &str = "dinh-sdk";
/// Where the SDK lies inside of a plugin's folder.
pub(super) const FOLDER: &str = "sdk";

/// A source of the SDK.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sdk {
    /// A copy within the plugin's own folder.
    Inside,
    /// A folder elsewhere, absolute.
    Path(PathBuf),
    /// A git repository, at a revision where one is named.
    Git(String, Option<String>),
    /// A version of the registry.
    Version(String),
}

impl Sdk {
    /// Reads what was asked for.
    pub(super) fn read(asked: Option<&str>) -> Result<Self, String> {
        let Some(asked) = asked else {
            return Ok(Self::Inside);
        };
        let path = Path::new(asked);
        if path.exists() {
            return Self::folder(path);
        }
        let is_git = ["https://", "http://", "ssh://", "file://", "git@"]
            .iter()
            .any(|start| asked.starts_with(start));
        if is_git {
            let (url, revision) = match asked.split_once('#') {
                Some((url, revision)) => (url, Some(revision.to_owned())),
                None => (asked, None),
            };
            return Ok(Self::Git(url.to_owned(), revision));
        }
        if semver::VersionReq::parse(asked).is_ok() {
            return Ok(Self::Version(asked.to_owned()));
        }
        Err(format!(
            "--sdk {asked}: this is no folder that is there, no address of a git repository and no version: give a folder, https://…#<revision>, or a version such as 0.1"
        ))
    }

    fn folder(path: &Path) -> Result<Self, String> {
        let manifest = path.join("Cargo.toml");
        let told = |error: String| format!("--sdk {}: {error}", path.display());
        let text = fs::read_to_string(&manifest)
            .map_err(|_| told(format!("there is no Cargo.toml: name the folder of {SDK}")))?;
        let table: Table = toml::from_str(&text).map_err(|error| told(error.to_string()))?;
        let name = table.get("package").and_then(|it| it.get("name"));
        if name.and_then(Value::as_str) != Some(SDK) {
            return Err(told(format!(
                "its Cargo.toml is not that of {SDK}: name the folder of {SDK}"
            )));
        }
        let whole = fs::canonicalize(path).map_err(|error| told(error.to_string()))?;
        Ok(Self::Path(whole))
    }

    /// As a dependency in a Cargo.toml.
    pub(super) fn dependency(&self) -> Value {
        let mut table = Table::new();
        let mut put = |key: &str, value: &str| {
            table.insert(key.to_owned(), Value::String(value.to_owned()));
        };
        match self {
            Self::Inside => put("path", FOLDER),
            Self::Path(path) => put("path", &path.display().to_string()),
            Self::Git(url, revision) => {
                put("git", url);
                if let Some(revision) = revision {
                    put("rev", revision);
                }
            }
            Self::Version(version) => put("version", version),
        }
        Value::Table(table)
    }
}
