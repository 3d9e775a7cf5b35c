//! Unpacked packages: `<folder>/<plugin>/<version>/`, each as its manifest says or named as broken.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use dinh_domain::declaration::PluginFiles;
use dinh_domain::ids::PluginId;
use semver::Version;

use crate::hex::sha256;
use crate::manifest::{MANIFEST_BYTES_MAX, MANIFEST_FILE, Manifest};
use crate::package::Package;
use crate::signatures::{SIGNATURES_FILE, Signatures};
use crate::vendor::bounded;
use crate::{Fault, fault};

/// What is not whole yet, or is on its way out. No plugin's id begins with a dot.
const STAGING: &str = ".staging";

/// What is said of a file that is not what was installed.
const CHANGED: &str = "its content has changed since it was installed";

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct FolderError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: io::Error,
}

impl FolderError {
    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        let kind = self.cause.kind();
        matches!(
            kind,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    }
}

/// The folder of all unpacked packages.
#[derive(Debug, Clone)]
pub struct PluginFolder(PathBuf);

/// A package that was written whole, and is not in its place yet. Dropped, it is removed.
#[derive(Debug)]
pub struct Staged {
    at: PathBuf,
    to: PathBuf,
}

impl PluginFolder {
    /// The folder need not be there.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where a version lies.
    pub fn place(&self, plugin: &PluginId, version: &Version) -> PathBuf {
        self.0.join(plugin.as_str()).join(version.to_string())
    }

    /// Writes a package beside those in use. It lasts when this returns.
    pub fn stage(&self, package: &Package) -> Result<Staged, FolderError> {
        let manifest = &package.manifest;
        let name = format!("{}-{}", manifest.plugin, manifest.version);
        let staged = Staged {
            at: self.0.join(STAGING).join(name),
            to: self.place(&manifest.plugin, &manifest.version),
        };
        remove(&staged.at)?;
        let text = package.signatures.text().unwrap_or_default();
        let all = package
            .files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let own = [
            (MANIFEST_FILE, package.manifest_bytes.as_slice()),
            (SIGNATURES_FILE, text.as_bytes()),
        ];
        let mut folders = BTreeSet::from([staged.at.clone()]);
        for (path, bytes) in own.into_iter().chain(all) {
            let path = staged.at.join(path);
            let folder = path.parent().unwrap_or(&staged.at);
            make(folder)?;
            folders.insert(folder.to_owned());
            write(&path, bytes)?;
        }
        for folder in folders {
            sync(&folder)?;
        }
        Ok(staged)
    }

    /// What is wrong with a version on this disk; its files where nothing is.
    pub fn verify(
        &self,
        plugin: &PluginId,
        version: &Version,
        manifest_hash: &str,
    ) -> Result<PluginFiles, Vec<Fault>> {
        let place = self.place(plugin, version);
        let bytes = bounded(&place.join(MANIFEST_FILE), MANIFEST_BYTES_MAX);
        let bytes = bytes.map_err(|error| vec![fault(MANIFEST_FILE, error.to_string())])?;
        if sha256(&bytes) != manifest_hash {
            return Err(vec![fault(MANIFEST_FILE, CHANGED)]);
        }
        let manifest = Manifest::parse(&bytes)?;
        let mut faults = signature_faults(&place, &manifest, &bytes);
        let mut files = PluginFiles::new();
        let mut known = BTreeSet::from([place.join(MANIFEST_FILE), place.join(SIGNATURES_FILE)]);
        for listed in &manifest.files {
            let path = place.join(&listed.path);
            match bounded(&path, listed.size) {
                Ok(bytes) if sha256(&bytes) == listed.sha256 => {
                    files.insert(listed.path.clone(), bytes);
                }
                Ok(_) => faults.push(fault(&listed.path, CHANGED)),
                Err(error) => faults.push(fault(&listed.path, error.to_string())),
            }
            known.insert(path);
        }
        strangers(&place, &place, &known, &mut faults);
        if faults.is_empty() {
            Ok(files)
        } else {
            Err(faults)
        }
    }

    /// Removes every version that is not among these, and what a killed process left.
    pub fn sweep(&self, keep: &BTreeSet<(PluginId, Version)>) -> Result<(), FolderError> {
        remove(&self.0.join(STAGING))?;
        let kept: BTreeSet<PathBuf> = keep
            .iter()
            .map(|(plugin, version)| self.place(plugin, version))
            .collect();
        for plugin in listed(&self.0)? {
            for version in listed(&plugin)? {
                if !kept.contains(&version) {
                    remove(&version)?;
                }
            }
            // Gone where it is empty; one that is not stays.
            let _stays = fs::remove_dir(&plugin);
        }
        Ok(())
    }
}

impl Staged {
    /// Where it lies meanwhile.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Puts it into its place, in place of a damaged copy of itself.
    pub fn keep(self) -> Result<(), FolderError> {
        let to = self.to.clone();
        let folder = to.parent().unwrap_or(&to).to_owned();
        make(&folder)?;
        remove(&to)?;
        fs::rename(&self.at, &to).map_err(|cause| failed(&to, cause))?;
        sync(&folder)?;
        sync(folder.parent().unwrap_or(&folder))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // What stays is swept at the next start.
        let _swept_later = remove(&self.at);
    }
}

fn failed(path: &Path, cause: io::Error) -> FolderError {
    FolderError {
        path: path.to_owned(),
        cause,
    }
}

fn make(folder: &Path) -> Result<(), FolderError> {
    let owner_only = fs::Permissions::from_mode(0o700);
    fs::create_dir_all(folder)
        .and_then(|()| fs::set_permissions(folder, owner_only))
        .map_err(|cause| failed(folder, cause))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let mut file = File::create_new(path).map_err(|cause| failed(path, cause))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|cause| failed(path, cause))
}

fn sync(folder: &Path) -> Result<(), FolderError> {
    File::open(folder)
        .and_then(|it| it.sync_all())
        .map_err(|cause| failed(folder, cause))
}

fn remove(path: &Path) -> Result<(), FolderError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(failed(path, cause)),
        _ => Ok(()),
    }
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => return Ok(Vec::new()),
        Err(cause) => return Err(failed(folder, cause)),
    };
    let paths = entries.map(|entry| Ok(entry.map_err(|cause| failed(folder, cause))?.path()));
    paths.collect()
}

fn signature_faults(place: &Path, manifest: &Manifest, bytes: &[u8]) -> Vec<Fault> {
    let signed = match bounded(&place.join(SIGNATURES_FILE), MANIFEST_BYTES_MAX) {
        Ok(signed) => signed,
        Err(error) => return vec![fault(SIGNATURES_FILE, error.to_string())],
    };
    let mut faults = Vec::new();
    let read: Option<Signatures> =
        dinh_domain::declaration::one_file(SIGNATURES_FILE, &signed, &mut faults);
    faults.extend(read.map_or_else(Vec::new, |it| it.faults(manifest, bytes)));
    faults
}

/// Names what the manifest does not know.
fn strangers(place: &Path, at: &Path, known: &BTreeSet<PathBuf>, faults: &mut Vec<Fault>) {
    for path in listed(at).unwrap_or_default() {
        let is_folder = path.symlink_metadata().is_ok_and(|it| it.is_dir());
        if is_folder {
            strangers(place, &path, known, faults);
        } else if !known.contains(&path) {
            let shown = path.strip_prefix(place).unwrap_or(&path);
            faults.push(fault(
                &shown.display().to_string(),
                "this file was not installed with the plugin",
            ));
        }
    }
}
