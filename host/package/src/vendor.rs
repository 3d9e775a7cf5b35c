//! Reading what lies with a vendor or an operator: a plugin's folder, a package.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use dinh_domain::declaration::PluginFiles;

use crate::archive::PACKAGE_BYTES_MAX;
use crate::package::Package;
use crate::{Fault, fault, part};

/// Deepest folder within a plugin's.
const DEPTH_MAX: usize = 8;

/// The files of a plugin's folder that belong into a package; sources are passed over.
pub fn read_plugin(folder: &Path) -> Result<PluginFiles, Vec<Fault>> {
    let (files, faults) = plugin_files(folder);
    if faults.is_empty() {
        Ok(files)
    } else {
        Err(faults)
    }
}

/// The same with all that could be read, and what could not.
pub fn plugin_files(folder: &Path) -> (PluginFiles, Vec<Fault>) {
    let (mut files, mut faults) = (PluginFiles::new(), Vec::new());
    for name in part::single_files() {
        take(&folder.join(name), name, &mut files, &mut faults);
    }
    for name in part::FOLDERS {
        walk(&folder.join(name), name, 1, &mut files, &mut faults);
    }
    (files, faults)
}

fn walk(at: &Path, name: &str, depth: usize, files: &mut PluginFiles, faults: &mut Vec<Fault>) {
    if depth > DEPTH_MAX {
        return faults.push(fault(name, format!("folders nest deeper than {DEPTH_MAX}")));
    }
    let entries = match fs::read_dir(at) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return faults.push(fault(name, error.to_string())),
    };
    for entry in entries {
        let told = entry.and_then(|entry| Ok((entry.file_type()?, entry)));
        let (kind, entry) = match told {
            Ok(told) => told,
            Err(error) => return faults.push(fault(name, error.to_string())),
        };
        let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            walk(&entry.path(), &inner, depth + 1, files, faults);
        } else {
            take(&entry.path(), &inner, files, faults);
        }
    }
}

fn take(at: &Path, name: &str, files: &mut PluginFiles, faults: &mut Vec<Fault>) {
    match fs::symlink_metadata(at) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return faults.push(fault(name, "this is a link or no plain file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return faults.push(fault(name, error.to_string())),
    }
    if let Err(why) = part::check(name) {
        return faults.push(fault(name, format!("this file {why}")));
    }
    match bounded(at, part::bytes_max(name)) {
        Ok(bytes) => drop(files.insert(name.to_owned(), bytes)),
        Err(error) => faults.push(fault(name, error.to_string())),
    }
}

/// Reads a package from a file.
pub fn read_package(path: &Path) -> Result<Package, Vec<Fault>> {
    let shown = path.display().to_string();
    let bytes = bounded(path, PACKAGE_BYTES_MAX as u64);
    Package::read(&bytes.map_err(|error| vec![fault(&shown, error.to_string())])?)
}

/// A file of so many bytes at most.
pub(crate) fn bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!(
            "more than {most} bytes, which is the most that is taken"
        )));
    }
    Ok(bytes)
}
