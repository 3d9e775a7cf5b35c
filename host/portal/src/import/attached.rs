//! Files that rows name: `{"path": "pdf/12.pdf", "label": "Toàn văn"}` in a field of files, by a
//! path in the folder of the import file.

use std::path::{Component, Path, PathBuf};

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use serde_json::Value;

use crate::post::{NewContent, NewFile};

/// Takes the files out of a body; what names a stored file stays in it.
pub(super) fn take(
    folder: Option<&Path>,
    collection: &Collection,
    body: &mut Body,
) -> Result<Vec<NewFile>, Vec<Fault>> {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for (field, declared) in &collection.schema {
        if !matches!(declared.kind, FieldKind::Files { .. }) {
            continue;
        }
        let Some(items) = body.get_mut(field).and_then(Value::as_array_mut) else {
            continue;
        };
        items.retain(|item| {
            let Some(path) = item.get("path").and_then(Value::as_str) else {
                return true;
            };
            match folder.and_then(|folder| inside(folder, path)) {
                Some(place) => files.push(file(field, item, path, place)),
                None => {
                    faults.push(Fault::new(field.as_str(), "fault.file-missing").with("name", path))
                }
            }
            false
        });
        if items.is_empty() {
            body.shift_remove(field);
        }
    }
    if faults.is_empty() {
        Ok(files)
    } else {
        Err(faults)
    }
}

fn file(field: &str, item: &Value, path: &str, place: PathBuf) -> NewFile {
    let text = |part: &str| item.get(part).and_then(Value::as_str).map(str::to_owned);
    let own = path.rsplit('/').next().unwrap_or(path);
    let name = text("name").unwrap_or_else(|| own.to_owned());
    NewFile {
        field: field.to_owned(),
        label: text("label").unwrap_or_else(|| name.clone()),
        name,
        content: NewContent::At(place),
        layout: None,
    }
}

/// Where a file lies that must not be outside the folder, by whatever dots or links.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !plain {
        return None;
    }
    let folder = folder.canonicalize().ok()?;
    let place = folder.join(path).canonicalize().ok()?;
    (place.starts_with(&folder) && place.is_file()).then_some(place)
}
