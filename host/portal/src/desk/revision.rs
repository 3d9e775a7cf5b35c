//! Revisions of an entry: read, compared in words, written again.

use dinh_domain::declaration::Collection;
use dinh_domain::entry::Body;
use dinh_domain::ids::{EntryId, RevisionId};
use dinh_domain::people::Staff;
use dinh_store::{RevisionLine, WholeRevision};

use super::open::in_words;
use super::{Done, Text, Undone, Written};
use crate::compare::{Words, compare};
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::table;
use crate::visit::LANGUAGE;

/// A revision as its page shows it.
#[derive(Debug, Clone)]
pub struct RevisionShown {
    /// Title of the entry now.
    pub title: String,
    /// The revision.
    pub line: RevisionLine,
    /// Its fields as people read them.
    pub text: Vec<(String, String)>,
    /// Number of the revision that it is compared with; none for the first.
    pub against: Option<i64>,
    /// Fields that differ from that one, with their words.
    pub changes: Vec<(String, Vec<Words>)>,
    /// All revisions, the newest first; who made them is their name.
    pub revisions: Vec<RevisionLine>,
    /// The newest revision.
    pub newest: RevisionId,
    /// Whether this person may write this text again.
    pub may_restore: bool,
}

impl Portal {
    /// A revision of an entry that somebody may see on the desk, compared with the one before it.
    pub async fn revision(
        &self,
        staff: &Staff,
        (id, number): (&EntryId, i64),
    ) -> Result<Option<RevisionShown>, Failure> {
        let directory = self.directory().await?;
        let scope = self.desk_scope_at(staff, &directory, id).await?;
        let Some(known) = self.store().desk_entry(&scope, id).await? else {
            return Ok(None);
        };
        let Some(this) = self.store().revision_of(id, number).await? else {
            return Ok(None);
        };
        let entry = &known.working.entry;
        let (plugin, collection, _) = self.declared_of(&entry.collection)?;
        let told = |it: &WholeRevision| in_words(plugin, collection, &it.body);
        let before = self.store().revision_of(id, number - 1).await?;
        let (text, former) = (told(&this), before.as_ref().map(told));
        let mut changes = match former {
            Some(former) => {
                let later = text.clone();
                let compared = tokio::task::spawn_blocking(move || compare(&former, &later));
                compared.await.map_err(Failure::internal)?
            }
            None => Vec::new(),
        };
        if let Some(before) = &before {
            let bodies = (&before.body, &this.body);
            changes.extend(self.table_changes((plugin, collection), id, bodies).await?);
        }
        let mut revisions = self.store().revision_lines(id).await?;
        for line in &mut revisions {
            line.by = self.name_of(&line.by).await?;
        }
        let mut line = this.line;
        line.by = self.name_of(&line.by).await?;
        let is_newest = line.id == entry.revision;
        let may_write = self.writable(staff, &directory, id).await?.is_ok();
        Ok(Some(RevisionShown {
            title: entry.title.clone(),
            newest: entry.revision.clone(),
            against: before.map(|it| it.line.number),
            may_restore: may_write && !is_newest,
            revisions,
            changes,
            text,
            line,
        }))
    }

    /// Tables that differ, with the figures that changed.
    async fn table_changes(
        &self,
        (plugin, collection): (&LoadedPlugin, &Collection),
        entry: &EntryId,
        (former, later): (&Body, &Body),
    ) -> Result<Option<(String, Vec<Words>)>, Failure> {
        let Some(field) = table::field_of(collection) else {
            return Ok(None);
        };
        if !table::differs(field, former, later) {
            return Ok(None);
        }
        let bodies = (former, later, LANGUAGE);
        let changes = self.compare_tables_of(collection, entry, bodies).await?;
        let (all, named) = (changes.cells, changes.cells_named());
        let mut words = changes.in_lines();
        if all > named {
            words.push(Words::Same(format!("… ({named}/{all})")));
        }
        let label = collection.schema.get(field).map_or("", |it| &it.label);
        let told = (plugin.text(LANGUAGE, label), words);
        Ok(Some(told).filter(|(_, words)| !words.is_empty()))
    }

    /// Writes the text of a former revision again, over the one that was seen.
    pub async fn write_again(
        &self,
        staff: &Staff,
        (id, number): (&EntryId, i64),
        seen: RevisionId,
    ) -> Result<Done<Written>, Failure> {
        let directory = self.directory().await?;
        let known = match self.writable(staff, &directory, id).await? {
            Ok(known) => known,
            Err(undone) => return Ok(Err(undone)),
        };
        let Some(former) = self.store().revision_of(id, number).await? else {
            return Ok(Err(Undone::NotFound));
        };
        let entry = &known.working.entry;
        let (_, collection, _) = self.declared_of(&entry.collection)?;
        let mut body = former.body;
        body.retain(|name, _| collection.schema.contains_key(name));
        let text = Text {
            of: Some((id.clone(), seen)),
            site: entry.site.clone(),
            collection: entry.collection.clone(),
            body,
            source: Some(former.source),
            files: Vec::new(),
        };
        self.write_text(staff, text).await
    }
}
