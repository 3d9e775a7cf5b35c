//! Where the collections of a plugin stand below its mount.

use super::super::{Declaration, DeclarationFault, ENTRY_WORDS, FIXED_WORDS};

/// Each collection has a place that nothing else below the mount has.
pub(super) fn paths(declaration: &Declaration, faults: &mut Vec<DeclarationFault>) {
    let mut at_the_mount: Option<&str> = None;
    for (at, (name, collection)) in declaration.collections.iter().enumerate() {
        let mut fault = |message: String| {
            faults.push(DeclarationFault {
                file: format!("collections/{name}.toml"),
                line: None,
                message,
            });
        };
        let Some(path) = &collection.path else {
            if let Some(first) = at_the_mount {
                fault(format!(
                    "`{first}` stands at the section's mount already: give one of the two a `path` of its own"
                ));
            }
            at_the_mount = at_the_mount.or(Some(name));
            continue;
        };
        let path = path.as_str();
        if at == 0 {
            fault(
                "no collection stands at the section's mount: take `path` away from one".to_owned(),
            );
        }
        let mut others = declaration.collections.values().take(at);
        if others.any(|it| it.path.as_ref().is_some_and(|own| own.as_str() == path)) {
            fault(format!("path `{path}`: another collection has it"));
        }
        if ENTRY_WORDS.contains(&path) || FIXED_WORDS.contains(&path) {
            fault(format!("path `{path}` is the host's own: choose another"));
        }
        let routes = declaration.manifest.routes.iter().map(|it| &it.path);
        let forms = declaration.collections.values();
        let forms = forms.filter_map(|it| it.submission.as_ref().map(|it| &it.path));
        if let Some(taken) = routes.chain(forms).find(|it| fits(it, path)) {
            fault(format!(
                "path `{path}`: the route or form `{taken}` would answer there: choose another"
            ));
        }
    }
    for route in &declaration.manifest.routes {
        let below = declaration.below(&route.path);
        let rest = below.as_ref().map_or("", |it| it.rest);
        let is_below_another = below.is_some_and(|it| it.collection.path.is_some());
        if is_below_another && FIXED_WORDS.contains(&rest) {
            faults.push(DeclarationFault {
                file: "plugin.toml".to_owned(),
                line: None,
                message: format!(
                    "route `{}`: `{rest}` is the host's own below every collection: choose another path",
                    route.name
                ),
            });
        }
    }
}

/// Whether a pattern of one part may be asked for by this word.
fn fits(pattern: &str, word: &str) -> bool {
    !pattern.contains('/') && (pattern == word || pattern.starts_with('{'))
}
