//! Values of a code list below others.

use super::super::{CodeList, Declaration, DeclarationFault};

pub(super) fn lists(declaration: &Declaration, faults: &mut Vec<DeclarationFault>) {
    for (name, list) in &declaration.lists {
        let told = list.values.iter().filter_map(|it| wrong(list, &it.id));
        faults.extend(told.map(|message| DeclarationFault {
            file: format!("lists/{name}.toml"),
            line: None,
            message,
        }));
    }
}

fn wrong(list: &CodeList, id: &str) -> Option<String> {
    let twice = list.values.iter().filter(|it| it.id == id).count() > 1;
    let parent = list.get(id).and_then(|it| it.parent.as_deref());
    match parent {
        _ if twice => Some(format!("value `{id}` is there twice")),
        Some(parent) if list.get(parent).is_none() => Some(format!(
            "value `{id}`: there is no value `{parent}` that it could stand below"
        )),
        Some(parent) if list.depth(id).is_none() => Some(format!(
            "value `{id}` stands below `{parent}`, and that one below it: a circle has no top"
        )),
        _ => None,
    }
}
