//! A text on its way into the store, whoever wrote it: a revision, the step that it is, and who did it when.

use dinh_domain::dates::Instant;
use dinh_domain::declaration::Collection;
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::ids::{AccountId, CollectionId, EntryId, PluginId, Slug};
use dinh_domain::people::Staff;
use dinh_domain::site::Site;
use dinh_domain::workflow::Workflow;
use dinh_store::{
    ActorKind, Desk, DeskEntry, NewAudit, NewEntry, NewRevision, StoredFile, Transition, WriteTx,
    new_revision_id,
};
use serde_json::{Value, json};

use super::{DeskSubject, Written};
use crate::audit::Act;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::post::files_of;
use crate::visit::LANGUAGE;

/// What stands in the address of an entry that was never public: nobody is shown it.
const UNFINISHED: &str = "ban-nhap";
/// Title of a text whose title cannot be made yet.
const NO_TITLE: &str = "(chưa có tiêu đề)";
/// The first step in an entry's history.
pub(super) const CREATED: &str = "create";
/// The step that a text behind the public one begins with.
pub(super) const WRITTEN: &str = "write";
/// What the names of plugins begin with where others are accounts, whose ids have no colon.
const PLUGIN: &str = "plugin:";

/// Who writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer<'a> {
    /// Somebody with an account.
    Staff(&'a Staff),
    /// The same, with a row of a spreadsheet; all of them are one act, which whoever writes them records.
    Batch {
        staff: &'a Staff,
        /// File and row, told in the entry's history.
        origin: &'a str,
    },
    /// The code of a plugin.
    Plugin(&'a PluginId),
}

/// A text, checked.
pub(crate) struct Kept<'a> {
    pub(crate) collection: (&'a LoadedPlugin, &'a Collection, &'static Workflow),
    pub(crate) site: Site,
    pub(crate) body: Body,
    pub(crate) source: Option<String>,
    pub(crate) files: Vec<StoredFile>,
    pub(crate) now: Instant,
}

/// An entry that a text begins.
pub(crate) struct NewText {
    pub(crate) id: EntryId,
    pub(crate) collection: CollectionId,
    /// By which it is found again.
    pub(crate) key: Option<String>,
}

impl Writer<'_> {
    /// How revisions and steps name them.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Staff(staff) | Self::Batch { staff, .. } => staff.account.to_string(),
            Self::Plugin(plugin) => format!("{PLUGIN}{plugin}"),
        }
    }

    fn author(self) -> Option<AccountId> {
        match self {
            Self::Staff(staff) | Self::Batch { staff, .. } => Some(staff.account.clone()),
            Self::Plugin(_) => None,
        }
    }

    /// Where a text comes from; empty where it was typed.
    fn origin(self) -> String {
        match self {
            Self::Batch { origin, .. } => origin.to_owned(),
            Self::Staff(_) | Self::Plugin(_) => String::new(),
        }
    }
}

/// The plugin that a revision or a step names, if it is one.
pub(crate) fn plugin_named(who: &str) -> Option<PluginId> {
    PluginId::new(who.strip_prefix(PLUGIN)?).ok()
}

impl Portal {
    /// Makes an entry of a text, in the workflow's first state.
    pub(crate) async fn put_first(
        &self,
        tx: &mut WriteTx,
        by: Writer<'_>,
        new: NewText,
        (kept, organisation): (&Kept<'_>, &str),
    ) -> Result<Written, Failure> {
        let workflow = kept.collection.2;
        let revision = revision(kept, by, &workflow.initial, organisation);
        let id = new.id;
        let slug = Slug::new(&format!("{UNFINISHED}-{id}")).map_err(Failure::internal)?;
        let entry = NewEntry {
            id: id.clone(),
            site: kept.site.id.clone(),
            collection: new.collection,
            slug,
            language: LANGUAGE.to_owned(),
            translation_of: None,
            import_key: new.key,
            organisation: kept.site.organisation.clone(),
            created_at: kept.now,
        };
        let desk = Desk {
            author: by.author(),
            waiting_since: Some(kept.now),
            ..Desk::default()
        };
        for file in &kept.files {
            tx.put_file(file).await?;
        }
        tx.create_entry(&entry, &revision).await?;
        tx.set_desk(&id, &desk).await?;
        let step = transition(&revision, by, (CREATED, "", &workflow.initial));
        tx.add_transition(&id, &step).await?;
        let subject = DeskSubject {
            id: &id,
            site: &kept.site.id,
        };
        let became = Some(json!({"state": workflow.initial, "revision": revision.id}));
        if let Some(act) = self.writer_act(by, "entry-created", &subject, (None, became)) {
            tx.audit(act);
        }
        Ok(Written {
            entry: id,
            revision: revision.id,
        })
    }

    /// Adds a text to an entry, which is in a state with it; what is public stays as it is.
    pub(crate) async fn put_next(
        &self,
        tx: &mut WriteTx,
        by: Writer<'_>,
        (now, state): (&DeskEntry, &str),
        (kept, organisation): (&Kept<'_>, &str),
    ) -> Result<Written, Failure> {
        let entry = &now.working.entry;
        let id = &entry.id;
        for file in &kept.files {
            tx.put_file(file).await?;
        }
        let mut revision = revision(kept, by, state, organisation);
        revision.lifted_gates.clone_from(&entry.lifted_gates);
        if kept.collection.1.answer.is_some() {
            // Whose words they are does not change by an answer.
            revision.author.clone_from(&entry.author);
            revision.source.clone_from(&entry.source);
            revision.title.clone_from(&entry.title);
        }
        tx.add_revision(id, &revision).await?;
        // What was typed leaves a step where the state changes; what was brought says where it comes from.
        if entry.state != state || matches!(by, Writer::Batch { .. }) {
            let step = transition(&revision, by, (WRITTEN, &entry.state, state));
            tx.add_transition(id, &step).await?;
        }
        if entry.state != state {
            // What was approved for an instant was another text.
            let desk = Desk {
                waiting_since: Some(kept.now),
                publish_at: None,
                publish_by: None,
                ..now.desk.clone()
            };
            tx.set_desk(id, &desk).await?;
        }
        let subject = DeskSubject::of(entry);
        let was = Some(json!({"state": entry.state, "revision": entry.revision}));
        let became = Some(json!({"state": state, "revision": revision.id}));
        if let Some(act) = self.writer_act(by, "entry-written", &subject, (was, became)) {
            tx.audit(act);
        }
        Ok(Written {
            entry: id.clone(),
            revision: revision.id,
        })
    }

    /// The act of a text; none where many are one.
    fn writer_act(
        &self,
        by: Writer<'_>,
        what: &str,
        of: &DeskSubject<'_>,
        (before, after): (Option<Value>, Option<Value>),
    ) -> Option<NewAudit> {
        let plugin = match by {
            Writer::Staff(staff) => {
                return Some(self.staff_act(staff, what, of, (before, after)));
            }
            Writer::Batch { .. } => return None,
            Writer::Plugin(plugin) => plugin,
        };
        let act = Act {
            what,
            kind: "entry",
            subject: of.id.as_str(),
            before,
            after,
        };
        Some(NewAudit {
            site: Some(of.site.clone()),
            ..self.recorded(ActorKind::Plugin, plugin.as_str(), act)
        })
    }

    /// What is named as author and source where nothing else is.
    pub(crate) async fn organisation_of(&self, site: &Site) -> Result<String, Failure> {
        let directory = self.directory().await?;
        let organisation = directory.organisation_of(site);
        Ok(organisation.map(|it| it.name.clone()).unwrap_or_default())
    }
}

fn revision(kept: &Kept<'_>, by: Writer<'_>, state: &str, organisation: &str) -> NewRevision {
    let (plugin, collection, _) = kept.collection;
    let declaration = &plugin.declaration;
    let title = display::pattern(
        declaration,
        collection,
        &kept.body,
        &collection.view.title,
        "vi",
    );
    let title = title.trim();
    let named = |field: &Option<String>| {
        let name = field.as_ref()?;
        display::field(declaration, collection, &kept.body, name, "vi")
    };
    NewRevision {
        id: new_revision_id(),
        state: state.to_owned(),
        title: if title.is_empty() { NO_TITLE } else { title }.to_owned(),
        author: named(&collection.credit.author).unwrap_or_else(|| organisation.to_owned()),
        source: named(&collection.credit.source)
            .or_else(|| kept.source.clone())
            .unwrap_or_else(|| organisation.to_owned()),
        lifted_gates: Vec::new(),
        files: files_of(&Value::Object(kept.body.clone())),
        body: kept.body.clone(),
        made_at: kept.now,
        made_by: by.name(),
    }
}

fn transition(
    revision: &NewRevision,
    by: Writer<'_>,
    (action, from, to): (&str, &str, &str),
) -> Transition {
    Transition {
        number: 0,
        revision: revision.id.clone(),
        at: revision.made_at,
        actor: revision.made_by.clone(),
        action: action.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        reason: by.origin(),
        reason_kind: String::new(),
    }
}
