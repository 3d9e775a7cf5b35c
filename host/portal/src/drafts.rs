//! What one call of a plugin writes of entries: drafts of its own collections on its own site, for officers. Nothing
//! lasts before [`Portal::keep_writes`], and nothing of it is ever public by itself.

mod find;
mod keep;
mod text;

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::{Capability, Collection};
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, PluginId, RevisionId};
use dinh_domain::site::Site;
use dinh_domain::workflow::Workflow;
use dinh_runtime::{DraftEffect, DraftError, NewDraft, SavedDraft};
use dinh_store::{DeskEntry, StoreError};
use tokio::sync::Mutex;

use crate::allowance::{Limit, Writes};
use crate::desk::Writer;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::visit::Visit;
use find::Found;

/// Drafts of one call: a step that fetches further goes on in its next one.
pub(crate) const DRAFTS_A_CALL_MAX: usize = 50;
/// Drafts of one plugin that wait on one site for an officer to look at them: weeks of work for a commune.
pub(crate) const DRAFTS_WAITING_MAX: u32 = 2_000;

/// The drafts that one call has written so far.
pub(crate) struct CallDrafts {
    portal: Portal,
    site: Site,
    /// The minute there.
    local: LocalTime,
    plugin: PluginId,
    writes: Writes,
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    drafts: Vec<NotedDraft>,
    /// How many wait with those of this call, as soon as that matters.
    waiting: Option<u64>,
}

/// What a draft is written over, as it was when the call looked: the text, its state, and the state afterwards.
#[derive(Clone)]
struct Over {
    revision: RevisionId,
    was: String,
    becomes: String,
}

/// A draft that is kept when the call ends well.
#[derive(Clone)]
struct NotedDraft {
    id: EntryId,
    collection: CollectionId,
    key: Option<String>,
    /// What there was when the call looked; none for a new entry.
    over: Option<Over>,
    body: Body,
    source: Option<String>,
}

type Declared<'a> = (&'a LoadedPlugin, &'a Collection, &'static Workflow);

impl CallDrafts {
    pub(crate) fn new(portal: Portal, visit: &Visit, plugin: PluginId, writes: Writes) -> Self {
        Self {
            portal,
            site: visit.site.clone(),
            local: visit.local,
            plugin,
            writes,
            noted: Mutex::default(),
        }
    }

    pub(crate) async fn is_untouched(&self) -> bool {
        self.noted.lock().await.drafts.is_empty()
    }

    pub(crate) async fn save(&self, draft: NewDraft) -> Result<SavedDraft, DraftError> {
        if self.writes == Writes::Refused {
            return Err(DraftError::ReadOnly);
        }
        self.counted(draft.bytes)?;
        let (id, declared) = self.own(&draft.collection).await?;
        let mut noted = self.noted.lock().await;
        let found = self.found(&noted, &id, draft.target).await?;
        let given = self.given(declared, draft.fields)?;
        let body = text::laid_over(found.text(&noted), &found.said, &given);
        let effect = match &found.stored {
            None => DraftEffect::Created,
            Some(stored) if stored.working.entry.body == body => DraftEffect::Unchanged,
            Some(_) => DraftEffect::Revised,
        };
        let saved = SavedDraft {
            id: found.id.to_string(),
            effect,
        };
        if effect == DraftEffect::Unchanged && found.noted.is_none() {
            return Ok(saved);
        }
        let mut over = match &found.stored {
            Some(stored) => {
                let state = text::state_after(declared, stored, &found.said)?;
                let entry = &stored.working.entry;
                Some(Over {
                    revision: entry.revision.clone(),
                    was: entry.state.clone(),
                    becomes: state.to_owned(),
                })
            }
            None => None,
        };
        let body = self.checked(declared, &found, (&id, body)).await?;
        self.counted_further(&body, draft.bytes)?;
        // A second word of the same call is laid over its first one, so that it is over what there was then.
        if let Some(before) = found.noted.and_then(|at| noted.drafts.get(at)) {
            over.clone_from(&before.over);
        }
        if found.noted.is_none() {
            self.room(&mut noted, &found).await?;
        }
        let source = found.stored.map(|it| it.working.entry.source);
        let draft = NotedDraft {
            id: found.id,
            collection: id,
            key: found.key,
            over,
            body,
            source,
        };
        match found.noted {
            Some(at) => noted.drafts[at] = draft,
            None => noted.drafts.push(draft),
        }
        Ok(saved)
    }

    /// Counts what is kept beyond what was said: a short word over a long text is a long text.
    fn counted_further(&self, body: &Body, said: usize) -> Result<(), DraftError> {
        let bytes = serde_json::to_string(body).map_or(0, |it| it.len());
        let (plugin, site) = (&self.plugin, &self.site.id);
        let (allowances, now) = (self.portal.allowances(), self.portal.now());
        match allowances.may_draft(plugin, site, bytes.saturating_sub(said), now) {
            true => Ok(()),
            false => Err(DraftError::Rate(Limit::Drafts.words())),
        }
    }

    /// Counts what was asked, whatever comes of it.
    fn counted(&self, bytes: usize) -> Result<(), DraftError> {
        let (plugin, site) = (&self.plugin, &self.site.id);
        let (allowances, now) = (self.portal.allowances(), self.portal.now());
        if !allowances.may_write(plugin, site, self.writes, now) {
            return Err(DraftError::Rate(Limit::Writes.words()));
        }
        if !allowances.may_draft(plugin, site, bytes, now) {
            return Err(DraftError::Rate(Limit::Drafts.words()));
        }
        Ok(())
    }

    /// A collection of this plugin that its manifest says it writes, where its section is enabled.
    async fn own(&self, name: &str) -> Result<(CollectionId, Declared<'_>), DraftError> {
        let denied = |why: &str| DraftError::Denied(format!("`{name}` {why}"));
        let id = CollectionId::parse(name).ok();
        let id = id.filter(|it| *it.plugin() == self.plugin);
        let id = id.ok_or_else(|| denied("is no collection of this plugin"))?;
        let declared = self.portal.declared_of(&id);
        let declared = declared.map_err(|_| denied("is no collection of this plugin"))?;
        let manifest = &declared.0.declaration.manifest;
        let is_named = manifest.writes.iter().any(|it| it == id.name());
        if !is_named || !manifest.capabilities.contains(&Capability::ContentWrite) {
            return Err(denied("is not among `writes` of plugin.toml"));
        }
        if declared.1.submission.is_some() {
            return Err(denied("is what citizens send"));
        }
        Ok((id, declared))
    }

    async fn is_enabled(&self) -> Result<bool, Failure> {
        let directory = self.portal.directory().await?;
        let modules = directory.enabled_modules(&self.site.id);
        Ok(modules.iter().any(|it| it.plugin == self.plugin))
    }

    /// Whether one more draft may be noted.
    async fn room(&self, noted: &mut Noted, found: &Found) -> Result<(), DraftError> {
        if noted.drafts.len() >= DRAFTS_A_CALL_MAX {
            let told = format!("at most {DRAFTS_A_CALL_MAX} drafts a call");
            return Err(DraftError::Rate(told));
        }
        let waits =
            |it: &DeskEntry| it.working.published.as_ref() != Some(&it.working.entry.revision);
        if found.stored.as_ref().is_some_and(waits) {
            return Ok(());
        }
        let waiting = match noted.waiting {
            Some(waiting) => waiting,
            None => self.waiting().await.map_err(gone)?,
        };
        if waiting >= u64::from(DRAFTS_WAITING_MAX) {
            let (plugin, site) = (&self.plugin, &self.site.id);
            let (allowances, now) = (self.portal.allowances(), self.portal.now());
            allowances.is_full(plugin, site, Limit::Waiting, now);
            return Err(DraftError::Quota(Limit::Waiting.words()));
        }
        noted.waiting = Some(waiting + 1);
        Ok(())
    }

    /// How many drafts of this plugin wait on this site.
    async fn waiting(&self) -> Result<u64, StoreError> {
        let (collections, states) = self.under_way();
        let by = Writer::Plugin(&self.plugin).name();
        let place = (&self.site.id, collections.as_slice());
        let store = self.portal.store();
        store
            .drafts_by(&by, place, &states, DRAFTS_WAITING_MAX)
            .await
    }

    /// The collections that this plugin writes, and the states in which a text of theirs waits for somebody.
    fn under_way(&self) -> (Vec<CollectionId>, Vec<String>) {
        let (mut collections, mut states) = (Vec::new(), Vec::new());
        let loaded = self.portal.plugins().get(&self.plugin);
        let names = loaded.map(|it| it.declaration.manifest.writes.as_slice());
        for name in names.unwrap_or_default() {
            let Ok(id) = CollectionId::new(&self.plugin, name) else {
                continue;
            };
            let Ok((_, _, workflow)) = self.portal.declared_of(&id) else {
                continue;
            };
            let all = workflow.states.keys();
            states.extend(all.filter(|it| workflow.is_under_way(it)).cloned());
            collections.push(id);
        }
        states.sort();
        states.dedup();
        (collections, states)
    }
}

/// Vendors never read the database's own words.
fn gone(error: StoreError) -> DraftError {
    away(error.into())
}

fn away(error: Failure) -> DraftError {
    tracing::error!(%error, "a plugin's draft cannot be looked up");
    DraftError::Unavailable("the portal cannot read this now".to_owned())
}
