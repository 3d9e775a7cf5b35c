//! Collections that a manifest's code writes.

use crate::declaration::{Capability, Declaration, DeclarationFault};

/// `whole` where every collection could be read.
pub(super) fn writes(declaration: &Declaration, whole: bool, faults: &mut Vec<DeclarationFault>) {
    let manifest = &declaration.manifest;
    let mut fault = |message: String| {
        faults.push(DeclarationFault {
            file: "plugin.toml".to_owned(),
            line: None,
            message,
        });
    };
    let is_asked = manifest.capabilities.contains(&Capability::ContentWrite);
    if !manifest.writes.is_empty() && !is_asked {
        fault("`writes` names a collection: ask for the capability `content.write`".to_owned());
    }
    if is_asked && manifest.writes.is_empty() {
        fault(
            "the capability `content.write` is asked for, and `writes` names no collection: add `writes = [\"…\"]`"
                .to_owned(),
        );
    }
    for (at, name) in manifest.writes.iter().enumerate() {
        if manifest.writes[..at].contains(name) {
            fault(format!("writes `{name}`: it is named twice"));
        }
        match declaration.collections.get(name) {
            None if whole => fault(format!("writes `{name}`: there is no such collection")),
            Some(collection) if collection.submission.is_some() => fault(format!(
                "writes `{name}`: citizens send its entries, and nobody else writes them"
            )),
            None | Some(_) => {}
        }
    }
}
