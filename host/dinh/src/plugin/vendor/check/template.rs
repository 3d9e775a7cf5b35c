//! Templates: what keeps readers out, and which names lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::declaration::PluginFiles;
use dinh_render::{Inspection, Reference, inspect};

use super::Finding;
use super::code::Code;

const FOLDER: &str = "templates/";

fn inspection(files: &PluginFiles) -> Inspection {
    let own: BTreeMap<String, Vec<u8>> = files
        .iter()
        .filter(|(path, _)| path.starts_with(FOLDER))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    inspect(&own)
}

/// The locale keys that templates name.
pub(super) fn texts(files: &PluginFiles) -> Vec<Reference> {
    inspection(files).texts
}

/// Whether what each template names could be told.
pub(super) fn all_are_read(files: &PluginFiles) -> bool {
    inspection(files).unread == 0
}

pub(super) fn check(files: &PluginFiles, code: &Code) -> Vec<Finding> {
    let seen = inspection(files);
    let faults = seen.faults.iter();
    let mut found: Vec<Finding> = faults
        .map(|it| Finding::read(&format!("{FOLDER}{it}")))
        .collect();
    let names: BTreeSet<&str> = seen.names.iter().map(String::as_str).collect();
    for view in code.views() {
        if !names.contains(view.name.as_str()) {
            let name = &view.name;
            let message =
                format!("there is no template {FOLDER}{name}.hbs: add it or name another");
            found.push(Finding::new(&view.file, Some(view.line), message));
        }
    }
    let parts: BTreeSet<&str> = seen.partials.iter().map(|it| it.name.as_str()).collect();
    for name in names {
        if !parts.contains(name) && !code.names(name) {
            let message = "nothing shows this template: name it in a view or in another template, or remove it";
            found.push(Finding::new(&format!("{FOLDER}{name}.hbs"), None, message));
        }
    }
    found
}
