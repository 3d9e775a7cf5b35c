//! One entry on the desk: its text, its history, and what may be done with it.

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use dinh_domain::people::{Right, Staff};
use dinh_domain::workflow::{By, Effect, possible};
use dinh_store::{DeskEntry, RevisionLine};

use super::seat;
use crate::failure::Failure;
use crate::portal::Portal;

/// An entry as its page shows it.
#[derive(Debug, Clone)]
pub struct OpenEntry {
    /// The entry with its working text.
    pub entry: DeskEntry,
    /// Name of its site.
    pub site: String,
    /// Name of its type, in Vietnamese.
    pub kind: String,
    /// Name of its state, in Vietnamese.
    pub state: String,
    /// The steps that were taken, in order.
    pub history: Vec<StepLine>,
    /// The revisions, the newest first.
    pub revisions: Vec<RevisionLine>,
    /// What this person may do with it now.
    pub offers: Vec<StepOffer>,
    /// Whether this person may write its text now.
    pub is_writable: bool,
}

/// A step of the history, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// When.
    pub at: Instant,
    /// An account, or `system`.
    pub actor: String,
    /// Name of the action, in Vietnamese.
    pub action: String,
    /// Name of the state afterwards.
    pub to: String,
    /// Why; may be empty.
    pub reason: String,
}

/// A step that may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepOffer {
    /// Id of the action.
    pub id: String,
    /// Its name, in Vietnamese.
    pub label: String,
    /// Whether it wants a reason.
    pub needs_reason: bool,
    /// Whether it wants an instant.
    pub needs_instant: bool,
}

impl Portal {
    /// An entry that somebody may see on the desk.
    pub async fn open_entry(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<Option<OpenEntry>, Failure> {
        let directory = self.directory().await?;
        let scope = Self::desk_scope(staff, &directory);
        let Some(entry) = self.store().desk_entry(&scope, id).await? else {
            return Ok(None);
        };
        let known = &entry.working.entry;
        let (plugin, collection, flow) = self.declared_of(&known.collection)?;
        let label = |action: &str| {
            let known = flow.actions.iter().find(|it| it.id == action);
            known.map_or_else(|| own_label(action).to_owned(), |it| it.label.clone())
        };
        let history = self.store().transitions(id).await?;
        let history = history.into_iter().map(|it| StepLine {
            at: it.at,
            actor: it.actor,
            action: label(&it.action),
            to: flow.state_name(&it.to).to_owned(),
            reason: it.reason,
        });
        let here = seat(&entry);
        let offers = possible(flow, By::Staff(staff), &directory, here);
        let offers = offers.into_iter().map(|it| StepOffer {
            id: it.id.clone(),
            label: it.label.clone(),
            needs_reason: it.reason,
            needs_instant: it.effect == Effect::Schedule,
        });
        let site = directory.site(&known.site).map(|it| it.name.clone());
        Ok(Some(OpenEntry {
            history: history.collect(),
            offers: offers.collect(),
            revisions: self.store().revision_lines(id).await?,
            is_writable: flow.written(here.state).is_some()
                && staff.may(Right::Write, &directory, here.organisation, here.author),
            site: site.unwrap_or_default(),
            kind: plugin.text("vi", &collection.label),
            state: flow.state_name(&known.state).to_owned(),
            entry,
        }))
    }
}

/// The desk's own steps, which no workflow names.
fn own_label(action: &str) -> &str {
    match action {
        "create" => "Tạo mới",
        "write" => "Viết bản mới",
        other => other,
    }
}
