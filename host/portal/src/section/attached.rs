//! The files of an entry, in the order of its declaration and of its own lists.

use std::collections::HashMap;

use dinh_domain::declaration::FieldKind;
use dinh_domain::entry::{Body, Entry};
use dinh_domain::file_text::TextState;
use dinh_domain::ids::{EntryId, FileId, RevisionId};
use dinh_domain::visibility::Purpose;
use dinh_store::{HeldFile, StoredFile};
use serde_json::Value;

use super::Here;
use super::detail::shown_file;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::FileShown;

/// A file as an entry names it.
pub(crate) struct Attached {
    pub(crate) field: String,
    pub(crate) label: String,
    pub(crate) file: StoredFile,
    pub(crate) read: Option<TextState>,
}

impl Portal {
    /// What the entry names and the reader may have.
    pub(crate) async fn attached(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Vec<Attached>, Failure> {
        let named = named(here, &entry.body);
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let scope = here.visit.scope(Purpose::Read);
        let held = self.store().files_of(&scope, &entry.id).await?;
        Ok(joined(named, held))
    }

    /// The same of a former text of an entry.
    pub(super) async fn attached_to_text(
        &self,
        here: &Here<'_>,
        of: (&EntryId, &RevisionId),
        body: &Body,
    ) -> Result<Vec<FileShown>, Failure> {
        let named = named(here, body);
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let scope = here.visit.scope(Purpose::Read);
        let held = self.store().files_of_text(&scope, of).await?;
        Ok(joined(named, held).into_iter().map(shown_file).collect())
    }
}

/// What is named and held.
fn joined(named: Vec<(String, Option<String>, FileId)>, held: Vec<HeldFile>) -> Vec<Attached> {
    let held: HashMap<FileId, _> = held
        .into_iter()
        .map(|held| (held.file.id.clone(), held))
        .collect();
    let attached = named.into_iter().filter_map(|(field, label, id)| {
        let held = held.get(&id)?.clone();
        Some(Attached {
            field,
            label: label.unwrap_or_else(|| held.file.name.clone()),
            file: held.file,
            read: held.read,
        })
    });
    attached.collect()
}

/// Field, label and id of every file that the body names.
fn named(here: &Here<'_>, body: &Body) -> Vec<(String, Option<String>, FileId)> {
    let mut named = Vec::new();
    for (name, field) in &here.collection.schema {
        if !matches!(field.kind, FieldKind::Files { .. }) {
            continue;
        }
        let items = body.get(name).and_then(Value::as_array);
        for item in items.into_iter().flatten() {
            let text = |part: &str| item.get(part).and_then(Value::as_str);
            if let Some(id) = text("file").and_then(|id| FileId::new(id).ok()) {
                named.push((name.clone(), text("label").map(str::to_owned), id));
            }
        }
    }
    named
}
