//! All plugin folders have one shape, so that who knows one finds his way in any.

use std::collections::BTreeSet;

use crate::files;

/// Files and folders that every plugin has; a folder is there when something lies in it.
const PARTS: &[&str] = &[
    "README.md",
    "compliance.toml",
    "plugin.toml",
    "collections/",
    "locales/vi.toml",
    "cases/",
];

fn faults(paths: &[String]) -> Vec<String> {
    let in_plugins = paths
        .iter()
        .filter_map(|path| path.strip_prefix("plugins/"));
    let ids: BTreeSet<&str> = in_plugins
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    let mut faults = Vec::new();
    for id in ids {
        for part in PARTS {
            let wanted = format!("plugins/{id}/{part}");
            let there = paths
                .iter()
                .any(|path| *path == wanted || (part.ends_with('/') && path.starts_with(&wanted)));
            if !there {
                faults.push(format!("plugins/{id} has no {part}"));
            }
        }
    }
    faults
}

#[test]
fn every_plugin_folder_has_the_parts_that_every_plugin_has() {
    let paths = files::listed();
    assert!(
        paths
            .iter()
            .any(|path| path.starts_with("plugins/legal-documents/"))
    );
    assert_eq!(faults(&paths), Vec::<String>::new());
}

#[test]
fn a_plugin_without_one_of_its_parts_is_named() {
    let complete = PARTS.iter().map(|part| match part.strip_suffix('/') {
        Some(folder) => format!("plugins/news/{folder}/one.toml"),
        None => format!("plugins/news/{part}"),
    });
    let complete: Vec<String> = complete.collect();
    assert_eq!(faults(&complete), Vec::<String>::new());
    for (missing, part) in PARTS.iter().enumerate() {
        let mut broken = complete.clone();
        broken.remove(missing);
        assert_eq!(faults(&broken), [format!("plugins/news has no {part}")]);
    }
}
