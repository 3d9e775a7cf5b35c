//! Revisions of an entry: read, compared in words, written again.

use std::time::Duration;

use dinh_domain::ids::{EntryId, RevisionId};
use dinh_domain::people::Staff;
use dinh_store::{RevisionLine, WholeRevision};
use similar::{ChangeTag, TextDiff};

use super::open::in_words;
use super::{Done, Text, Undone, Written};
use crate::failure::Failure;
use crate::portal::Portal;

/// Longest comparison of one field; beyond it the difference is coarser, not wrong.
const COMPARE_TIME: Duration = Duration::from_millis(300);
/// Texts up to this long are compared by words, longer ones by lines.
const WORDWISE_CHARS: usize = 40_000;
/// Words that did not change are shown this far around what did.
const AROUND_CHARS: usize = 160;

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

/// Words of a field of which two texts have been compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Both have them; long ones are cut in the middle.
    Same(String),
    /// Only the former one.
    Gone(String),
    /// Only the later one.
    New(String),
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
        let changes = match former {
            Some(former) => {
                let later = text.clone();
                let compared = tokio::task::spawn_blocking(move || compare(&former, &later));
                compared.await.map_err(Failure::internal)?
            }
            None => Vec::new(),
        };
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

/// Fields that differ, in the order of the later text, then those that it has no more.
fn compare(former: &[(String, String)], later: &[(String, String)]) -> Vec<(String, Vec<Words>)> {
    let of = |text: &[(String, String)], label: &String| {
        let found = text.iter().find(|(known, _)| known == label);
        found.map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let gone = former
        .iter()
        .filter(|(label, _)| later.iter().all(|(it, _)| it != label));
    let labels = later.iter().chain(gone).map(|(label, _)| label);
    let pairs = labels.map(|label| (label, of(former, label), of(later, label)));
    let differing = pairs.filter(|(_, former, later)| former != later);
    differing
        .map(|(label, former, later)| (label.clone(), words(&former, &later)))
        .collect()
}

fn words(former: &str, later: &str) -> Vec<Words> {
    let mut config = TextDiff::configure();
    config.timeout(COMPARE_TIME);
    let diff = match former.len().max(later.len()) > WORDWISE_CHARS {
        true => config.diff_lines(former, later),
        false => config.diff_words(former, later),
    };
    let mut parts: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match parts.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => parts.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = parts.len().saturating_sub(1);
    let told = parts
        .into_iter()
        .enumerate()
        .map(|(at, (tag, text))| match tag {
            ChangeTag::Equal => Words::Same(shortened(&text, at > 0, at < last)),
            ChangeTag::Delete => Words::Gone(text),
            ChangeTag::Insert => Words::New(text),
        });
    told.collect()
}

/// What did not change, without its middle where it is long; what is before it or behind it did.
fn shortened(text: &str, is_behind: bool, is_before: bool) -> String {
    let count = text.chars().count();
    if count <= 2 * AROUND_CHARS + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(AROUND_CHARS).collect();
    let tail: String = text.chars().skip(count - AROUND_CHARS).collect();
    match (is_behind, is_before) {
        (true, true) => format!("{head} […] {tail}"),
        (true, false) => format!("{head} […]"),
        _ => format!("[…] {tail}"),
    }
}

#[cfg(test)]
mod tests;
