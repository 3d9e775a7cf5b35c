//! The text of a draft: what its source may say, and what of it is right.

use dinh_domain::body;
use dinh_domain::declaration::FieldKind;
use dinh_domain::entry::Body;
use dinh_domain::fault::Fault;
use dinh_domain::ids::CollectionId;
use dinh_domain::index;
use dinh_runtime::{DraftError, DraftFault};
use dinh_store::DeskEntry;

use super::find::Found;
use super::{CallDrafts, Declared, gone};
use crate::desk::{keep_unknown, written};
use crate::import::message;

pub(super) use dinh_domain::body::laid_over;

/// The state of an entry after the plugin writes it.
pub(super) fn state_after<'w>(
    (_, collection, workflow): Declared<'w>,
    stored: &DeskEntry,
    said: &[body::Said],
) -> Result<&'w str, DraftError> {
    let working = &stored.working;
    let state = &working.entry.state;
    let is_down = working.deleted || working.withdrawn.is_some();
    let after = written((collection, workflow), state).filter(|_| !is_down);
    let Some(after) = after else {
        let told = format!("it is in the state `{state}`");
        return Err(match !is_down && workflow.is_under_way(state) {
            true => DraftError::UnderWay(told),
            false => DraftError::Closed(told),
        });
    };
    let is_public = working.published.as_ref() == Some(&working.entry.revision);
    if !is_public && !said.last().is_some_and(|it| it.is_own) {
        let told = "an officer writes its next text".to_owned();
        return Err(DraftError::UnderWay(told));
    }
    Ok(after)
}

impl CallDrafts {
    /// What the source says, in its stored form.
    pub(super) fn given(&self, declared: Declared<'_>, fields: Body) -> Result<Body, DraftError> {
        let (plugin, collection, _) = declared;
        let is_held = |name: &str| {
            let kind = collection.schema.get(name).map(|it| &it.kind);
            matches!(
                kind,
                Some(FieldKind::Files { .. } | FieldKind::Table { .. })
            )
        };
        let held = fields.keys().filter(|name| is_held(name));
        let held: Vec<Fault> = held
            .map(|name| Fault::new(name, "fault.not-for-code"))
            .collect();
        if !held.is_empty() {
            return Err(told(declared, held));
        }
        let checked = body::check_named(&plugin.declaration, collection, fields);
        checked.map_err(|faults| told(declared, faults))
    }

    /// The text as it will be, checked as the desk does it, and against what readers see already.
    pub(super) async fn checked(
        &self,
        declared: Declared<'_>,
        found: &Found,
        (id, body): (&CollectionId, Body),
    ) -> Result<Body, DraftError> {
        let (plugin, collection, _) = declared;
        let stored = found.stored.as_ref().map(|it| &it.working);
        let mut known = body;
        known.retain(|name, _| collection.schema.contains_key(name));
        let checked = body::check_unfinished(&plugin.declaration, collection, known);
        let mut body = checked.map_err(|faults| told(declared, faults))?;
        keep_unknown(collection, stored, &mut body);
        let row = index::row(collection, &body, self.local);
        let place = (&self.site.id, id);
        let own = stored.map(|it| &it.entry.id);
        let store = self.portal.store();
        let twin = store.twin(place, collection, &row, own).await;
        if let Some(twin) = twin.map_err(gone)? {
            let fault = Fault::new(collection.unique.join(", "), "fault.exists-already");
            return Err(told(declared, vec![fault.with("entry", twin)]));
        }
        Ok(body)
    }
}

/// Faults as the code is told them.
fn told((plugin, _, _): Declared<'_>, faults: Vec<Fault>) -> DraftError {
    let told = faults.into_iter().map(|fault| DraftFault {
        message: message(Some(plugin), &fault),
        path: fault.path,
        message_key: fault.message_key,
    });
    DraftError::Faults(told.collect())
}
