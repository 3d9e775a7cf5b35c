//! `manifest.toml`: what a package is, and the hash of every file in it.

use std::collections::BTreeSet;

use dinh_domain::declaration::PluginFiles;
use dinh_domain::ids::PluginId;
use serde::{Deserialize, Serialize};

use crate::archive::PACKAGE_BYTES_MAX;
use crate::hex::{sha256, unhex};
use crate::key::KeyId;
use crate::{Fault, part};

/// The file's name in a package.
pub const MANIFEST_FILE: &str = "manifest.toml";
/// Largest manifest, in bytes: its most files with the longest names.
pub(crate) const MANIFEST_BYTES_MAX: u64 = 256 << 10;
/// The shape of packages that this host reads.
const FORMAT: u32 = 1;
/// Most files of a package: sixty templates, a hundred cases, and room.
const FILES_MAX: usize = 512;
/// Most host names that a package is bound to: all sites of a province's districts.
const HOSTS_MAX: usize = 100;
/// Longest version, in characters: it is a folder's name.
const VERSION_CHARS_MAX: usize = 64;
/// Longest host name (RFC 1035).
const HOST_CHARS_MAX: usize = 253;

/// The manifest of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Shape of the package.
    format: u32,
    /// The plugin.
    pub plugin: PluginId,
    /// Its version, which only rises.
    pub version: semver::Version,
    /// The contract it was built against.
    pub contract: String,
    /// The key that signs it.
    pub publisher: KeyId,
    /// Hosts that may use it; none named is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Its files, by path.
    #[serde(rename = "file")]
    pub files: Vec<Listed>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Path within the plugin's folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What `plugin.toml` says of itself.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) plugin: PluginId,
    pub(crate) version: semver::Version,
    pub(crate) contract: String,
}

impl Manifest {
    pub(crate) fn of(
        it: Identity,
        publisher: KeyId,
        hosts: Vec<String>,
        files: &PluginFiles,
    ) -> Self {
        let files = files.iter().map(|(path, bytes)| Listed {
            path: path.clone(),
            size: bytes.len() as u64,
            sha256: sha256(bytes),
        });
        Self {
            format: FORMAT,
            plugin: it.plugin,
            version: it.version,
            contract: it.contract,
            publisher,
            hosts,
            files: files.collect(),
        }
    }

    pub(crate) fn text(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// Reads and checks a manifest.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read: Option<Self> =
            dinh_domain::declaration::one_file(MANIFEST_FILE, bytes, &mut faults);
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        if let Some(manifest) = &read {
            manifest.check(&mut |named, message| {
                faults.push(Fault {
                    file: MANIFEST_FILE.to_owned(),
                    line: named.and_then(|it| line_of(text, it)),
                    message,
                });
            });
        }
        match read {
            Some(manifest) if faults.is_empty() => Ok(manifest),
            _ => Err(faults),
        }
    }

    /// Tells each fault, with the text that stands on its line.
    pub(crate) fn check(&self, fault: &mut impl FnMut(Option<&str>, String)) {
        if self.format != FORMAT {
            let given = self.format;
            fault(
                Some("format"),
                format!("format {given} is not read by this host: it reads {FORMAT}"),
            );
        }
        let version = self.version.to_string();
        if !self.version.build.is_empty() || version.len() > VERSION_CHARS_MAX {
            fault(
                Some("version"),
                format!(
                    "version `{version}`: no build metadata, at most {VERSION_CHARS_MAX} characters"
                ),
            );
        }
        if self.hosts.len() > HOSTS_MAX {
            fault(Some("hosts"), format!("more than {HOSTS_MAX} hosts"));
        }
        for host in self.hosts.iter().filter(|host| !is_host(host)) {
            fault(
                Some("hosts"),
                format!("`{host}` is no host name: lower case, no port"),
            );
        }
        self.check_files(fault);
    }

    fn check_files(&self, fault: &mut impl FnMut(Option<&str>, String)) {
        if self.files.len() > FILES_MAX {
            let count = self.files.len();
            fault(
                None,
                format!("{count} files, at most {FILES_MAX} are taken"),
            );
        }
        let total: u64 = self
            .files
            .iter()
            .fold(0, |sum, it| sum.saturating_add(it.size));
        if total > PACKAGE_BYTES_MAX as u64 {
            fault(
                None,
                format!("{total} bytes in all, at most {PACKAGE_BYTES_MAX} are taken"),
            );
        }
        let mut seen = BTreeSet::new();
        let mut last = "";
        for it in &self.files {
            let path = it.path.as_str();
            let line = Some(path);
            if let Err(why) = part::check(path) {
                fault(line, format!("`{path}` {why}"));
            }
            if !seen.insert(path) {
                fault(line, format!("`{path}` is listed twice"));
            } else if path < last {
                fault(
                    line,
                    format!("`{path}` stands behind `{last}`: files are listed by path"),
                );
            }
            if let Some(folder) = folders(path).find(|folder| seen.contains(folder)) {
                fault(line, format!("`{folder}` is a file and a folder"));
            }
            let most = part::bytes_max(path);
            if it.size > most {
                fault(
                    line,
                    format!("`{path}` has {} bytes, at most {most} are taken", it.size),
                );
            }
            if unhex::<32>(&it.sha256).is_none() {
                fault(line, format!("`{path}`: sha256 is not 64 of 0-9 and a-f"));
            }
            last = path;
        }
        // Code is there where something calls for it, which only the declaration knows.
        if !seen.contains("plugin.toml") {
            fault(None, "`plugin.toml` is missing".to_owned());
        }
    }
}

fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

fn is_host(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=HOST_CHARS_MAX).contains(&text.len())
        && text
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(plain))
}

/// The first line, from 1, that holds a text.
fn line_of(text: &str, named: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(named))
        .map(|at| at + 1)
}
