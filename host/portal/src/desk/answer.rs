//! What the office answers to what citizens sent, and what waits until all of it is answered.

use dinh_domain::declaration::{Answer, Collection};
use dinh_domain::entry::{Body, Entry};
use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, EntryId};
use dinh_store::WriteTx;
use serde_json::Value;

use crate::failure::Failure;
use crate::portal::Portal;

/// A text with the office's fields as they are given, and everything else as it was sent.
pub(super) fn laid_over(answer: &Answer, sent: &Body, given: Body) -> Body {
    let is_own = |name: &String| answer.fields.contains(name);
    let own = given.into_iter().filter(|(name, _)| is_own(name));
    let sent = sent.iter().filter(|(name, _)| !is_own(name));
    sent.map(|(name, value)| (name.clone(), value.clone()))
        .chain(own)
        .collect()
}

/// Whether a text has a field.
pub(super) fn has(body: &Body, field: &str) -> bool {
    body.get(field).is_some_and(|value| match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Null => false,
        _ => true,
    })
}

/// What an answer lacks.
pub(super) fn missing(answer: &Answer, body: &Body) -> Option<Fault> {
    let mut required = answer.required.iter();
    let field = required.find(|field| !has(body, field))?;
    Some(Fault::new(field, "fault.missing"))
}

impl Portal {
    /// Why there may be no other answer by now. The entry that the sending is about is held until the transaction ends:
    /// no result becomes public meanwhile.
    pub(super) async fn answers_shut(
        &self,
        tx: &mut WriteTx,
        entry: &Entry,
    ) -> Result<Option<Fault>, Failure> {
        let Some(about) = tx.about(&entry.id).await? else {
            return Ok(None);
        };
        let is_out = self.result_is_out(tx, &about, &entry.collection).await?;
        Ok(is_out.then(|| Fault::new("", "fault.result-published")))
    }

    /// Whether readers see what waited for the answers to a collection's sendings about an entry, which is held until
    /// the transaction ends.
    pub(crate) async fn result_is_out(
        &self,
        tx: &mut WriteTx,
        about: &EntryId,
        sent: &CollectionId,
    ) -> Result<bool, Failure> {
        tx.hold(about).await?;
        let Some(known) = tx.working(about).await? else {
            return Ok(false);
        };
        let declared = self.plugins().collection(&known.entry.collection);
        let hold = declared.and_then(|(_, it)| it.hold.as_ref());
        let hold = hold.filter(|it| it.answers == sent.name());
        let (Some(hold), Some(public)) = (hold, &known.published) else {
            return Ok(false);
        };
        let body = tx.body_of(public).await?;
        Ok(has(&body, &hold.field))
    }

    /// Why a text may not be published yet: what was sent about it waits for an answer.
    pub(crate) async fn held_back(
        &self,
        tx: &mut WriteTx,
        collection: &Collection,
        entry: &Entry,
        body: &Body,
    ) -> Result<Option<Fault>, Failure> {
        let Some(hold) = collection.hold.as_ref().filter(|it| has(body, &it.field)) else {
            return Ok(None);
        };
        let id = CollectionId::new(entry.collection.plugin(), &hold.answers);
        let id = id.map_err(Failure::internal)?;
        let (_, _, flow) = self.declared_of(&id)?;
        // Whoever writes an answer holds it too: what is counted stays as it is.
        tx.hold(&entry.id).await?;
        let open = tx.unanswered(&entry.id, &id, &flow.unanswered).await?;
        Ok((open > 0).then(|| Fault::new(&hold.field, "fault.unanswered").with("count", open)))
    }
}
