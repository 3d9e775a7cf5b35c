//! The files of the project, as git lists them: tracked, or new and not ignored.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// Paths relative to the root, with `/`, sorted. A file that git still lists but that is gone is left out.
pub(crate) fn listed() -> Vec<String> {
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is needed to know which files belong to the project");
    assert!(git.status.success(), "git ls-files failed: {git:?}");
    let mut paths: Vec<String> = String::from_utf8(git.stdout)
        .unwrap()
        .split('\0')
        .filter(|path| !path.is_empty() && root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The text of a file, or none when it is not UTF-8 (a picture, an archive).
pub(crate) fn text(path: &str) -> Option<String> {
    String::from_utf8(fs::read(root().join(path)).unwrap()).ok()
}

#[test]
fn the_list_holds_this_very_file_and_nothing_that_was_built() {
    let paths = listed();
    assert!(
        paths
            .iter()
            .any(|path| path == "tests/tests/structure/files.rs")
    );
    assert!(!paths.iter().any(|path| path.starts_with("target/")));
}
