use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;

use dinh_domain::ids::PluginId;

use super::{package, plugin};
use crate::{PluginFolder, read_plugin};

#[test]
fn a_version_that_was_kept_is_found_whole_and_every_change_is_named() {
    let root = tempfile::tempdir().unwrap();
    let folder = PluginFolder::new(root.path().join("plugins"));
    let package = package("1.0.0");
    folder.stage(&package).unwrap().keep().unwrap();
    let (id, version) = (&package.manifest.plugin, &package.manifest.version);
    let verify = || folder.verify(id, version, &package.manifest_hash());
    assert_eq!(verify().unwrap(), package.files);
    let place = folder.place(id, version);
    fs::write(place.join("templates/notice.hbs"), "<p>{{evil}}</p>").unwrap();
    fs::remove_file(place.join("collections/notice.toml")).unwrap();
    fs::write(place.join("templates/more.hbs"), "").unwrap();
    let told: Vec<String> = verify()
        .unwrap_err()
        .iter()
        .map(|it| it.file.clone())
        .collect();
    assert_eq!(
        told,
        [
            "collections/notice.toml",
            "templates/notice.hbs",
            "templates/more.hbs"
        ]
    );
    folder.stage(&package).unwrap().keep().unwrap();
    assert_eq!(verify().unwrap(), package.files, "a second time mends it");
    fs::write(place.join("manifest.toml"), "").unwrap();
    assert_eq!(verify().unwrap_err()[0].file, "manifest.toml");
}

#[test]
fn what_was_not_kept_leaves_nothing_and_what_nobody_uses_is_swept() {
    let root = tempfile::tempdir().unwrap();
    let folder = PluginFolder::new(root.path().join("plugins"));
    let (old, new) = (package("1.0.0"), package("1.1.0"));
    folder.stage(&old).unwrap().keep().unwrap();
    drop(folder.stage(&new).unwrap());
    std::mem::forget(folder.stage(&new).unwrap());
    fs::create_dir_all(root.path().join("plugins/notices/0.9.0")).unwrap();
    let id = PluginId::new("notices").unwrap();
    let keep = BTreeSet::from([(id.clone(), old.manifest.version.clone())]);
    folder.sweep(&keep).unwrap();
    folder
        .verify(&id, &old.manifest.version, &old.manifest_hash())
        .unwrap();
    let left: Vec<_> = fs::read_dir(root.path().join("plugins")).unwrap().collect();
    assert_eq!(left.len(), 1);
    let versions = fs::read_dir(root.path().join("plugins/notices")).unwrap();
    assert_eq!(versions.count(), 1);
    folder.sweep(&BTreeSet::new()).unwrap();
    assert_eq!(
        fs::read_dir(root.path().join("plugins")).unwrap().count(),
        0
    );
}

#[test]
fn a_vendors_folder_is_read_without_its_sources_and_links_are_named() {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in plugin("1.0.0") {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/lib.rs"), "").unwrap();
    assert_eq!(read_plugin(root.path()).unwrap(), plugin("1.0.0"));
    symlink("/etc/passwd", root.path().join("templates/link.hbs")).unwrap();
    fs::write(root.path().join("templates/.hidden"), "").unwrap();
    let mut told: Vec<String> = read_plugin(root.path())
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect();
    told.sort();
    assert!(
        told[0].contains("templates/.hidden") && told[0].contains("hidden"),
        "{told:?}"
    );
    assert!(
        told[1].contains("templates/link.hbs") && told[1].contains("link"),
        "{told:?}"
    );
}
