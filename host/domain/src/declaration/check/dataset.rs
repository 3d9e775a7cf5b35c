//! What a catalogue of open data is told of an entry.

use super::super::{Collection, FieldKind};

pub(super) fn dataset(collection: &Collection, fault: &mut impl FnMut(String)) {
    let Some(dataset) = &collection.view.dataset else {
        return;
    };
    let mut kinds = collection.schema.values().map(|it| &it.kind);
    if !kinds.any(|it| matches!(it, FieldKind::Table {})) {
        fault("view.dataset: the collection has no field of kind `table`".to_owned());
    }
    for (key, name) in dataset.fields() {
        let kind = collection.schema.get(name).map(|it| &it.kind);
        let is_day = key == "begins" || key == "ends";
        match kind {
            None => fault(format!("view.dataset.{key}: there is no field `{name}`")),
            Some(kind) if is_day && !matches!(kind, FieldKind::Date { .. }) => {
                fault(format!("view.dataset.{key}: `{name}` is no date"));
            }
            Some(_) => {}
        }
    }
}
