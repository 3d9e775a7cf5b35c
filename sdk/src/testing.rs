//! An in-memory portal for native tests of a plugin's pages and hooks.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    Cell, Condition, ContentError, CountQuery, Counts, DraftError, Enqueue, Entry, EntryPage,
    Fetch, FetchError, Fetched, Host, JobError, KvError, KvPage, Level, Link, NewDraft, Object,
    Query, Saved, SettingError, Slice, Table, ValueCount,
};
use desk::Desk;
use jobs::Queue;
use kept::Kept;

mod desk;
mod jobs;
mod kept;
mod matching;
mod tables;
mod webhooks;

pub use webhooks::hmac_sha256;

/// As the contract says: entries of one `query` when no limit is given, and at most.
const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Entries and edges that a test has put in; answers as the portal does.
#[derive(Debug)]
pub struct FakeHost {
    entries: Vec<Entry>,
    links: Vec<(String, Link)>,
    tables: Vec<tables::Kept>,
    indexes: Option<Vec<String>>,
    now_ms: u64,
    today: String,
    logged: RefCell<Vec<String>>,
    kept: Kept,
    answers: BTreeMap<String, Fetched>,
    queue: Queue,
    desk: Desk,
}

impl Default for FakeHost {
    fn default() -> Self {
        Self::new()
    }
}

impl FakeHost {
    /// An empty portal on 2025-01-01 whose fields are all indexed.
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            links: Vec::new(),
            tables: Vec::new(),
            indexes: None,
            now_ms: 1_735_689_600_000,
            today: "2025-01-01".into(),
            logged: RefCell::default(),
            kept: Kept::default(),
            answers: BTreeMap::new(),
            queue: Queue::default(),
            desk: Desk::default(),
        }
    }

    /// Adds an entry to the collection that it names.
    #[must_use]
    pub fn with_entry(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// Adds one end of an edge; add the other end too when a test looks from there.
    #[must_use]
    pub fn with_link(mut self, collection: &str, link: Link) -> Self {
        self.links.push((collection.into(), link));
        self
    }

    /// The civil date, YYYY-MM-DD.
    #[must_use]
    pub fn at(mut self, today: &str) -> Self {
        self.today = today.into();
        self
    }

    /// The instant, in milliseconds since the epoch.
    #[must_use]
    pub fn with_now_ms(mut self, now_ms: u64) -> Self {
        self.now_ms = now_ms;
        self
    }

    /// Declares the only fields that questions may name.
    #[must_use]
    pub fn indexed<F: Into<String>>(mut self, fields: impl IntoIterator<Item = F>) -> Self {
        self.indexes = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    /// Answers requests to an address; all others are denied.
    #[must_use]
    pub fn with_answer(mut self, url: &str, answer: Fetched) -> Self {
        self.answers.insert(url.into(), answer);
        self
    }

    /// The lines written to the operator's log.
    pub fn logged(&self) -> Vec<String> {
        self.logged.borrow().clone()
    }

    fn matching(
        &self,
        collection: &str,
        conditions: &[Condition],
    ) -> Result<Vec<&Entry>, ContentError> {
        self.declared(conditions.iter().map(|condition| &condition.field))?;
        let entries = self.entries.iter();
        Ok(entries
            .filter(|entry| entry.collection == collection)
            .filter(|entry| conditions.iter().all(|one| matching::holds(one, entry)))
            .collect())
    }

    fn declared<'a>(&self, fields: impl Iterator<Item = &'a String>) -> Result<(), ContentError> {
        let Some(indexes) = &self.indexes else {
            return Ok(());
        };
        for field in fields {
            if !indexes.contains(field) {
                return Err(ContentError::Invalid(format!(
                    "`{field}` is no declared index"
                )));
            }
        }
        Ok(())
    }
}

impl Host for FakeHost {
    fn get(&self, collection: &str, id: &str) -> Result<Entry, ContentError> {
        let mut found = self.get_many(collection, &[id])?;
        found.pop().ok_or(ContentError::NotFound)
    }

    fn get_many(&self, collection: &str, ids: &[&str]) -> Result<Vec<Entry>, ContentError> {
        let find = |id: &&str| {
            let mut entries = self.entries.iter();
            entries.find(|entry| entry.collection == collection && entry.id == **id)
        };
        Ok(ids.iter().filter_map(find).cloned().collect())
    }

    fn query(&self, collection: &str, query: &Query) -> Result<EntryPage, ContentError> {
        let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(ContentError::Invalid(format!(
                "`limit` is 1 to {MAX_LIMIT}, not {limit}"
            )));
        }
        self.declared(query.sort.iter().map(|step| &step.field))?;
        let mut entries = self.matching(collection, &query.conditions)?;
        entries.sort_by(|one, other| matching::order(&query.sort, one, other));
        let total = entries.len();
        let start = match &query.cursor {
            None => 0,
            Some(cursor) => cursor
                .parse::<usize>()
                .map_err(|_| ContentError::Invalid("`cursor` is none of ours".into()))?,
        };
        let end = total.min(start.saturating_add(limit as usize));
        let page = entries.get(start..end).unwrap_or_default();
        Ok(EntryPage {
            entries: page
                .iter()
                .map(|entry| wanted(entry, &query.fields))
                .collect(),
            next: (end < total).then(|| end.to_string()),
            total: Some(total as u64),
        })
    }

    fn count(&self, collection: &str, query: &CountQuery) -> Result<Counts, ContentError> {
        self.declared(query.by.iter())?;
        let entries = self.matching(collection, &query.conditions)?;
        let mut by = BTreeMap::new();
        for facet in &query.by {
            by.insert(facet.clone(), facet_counts(facet, &entries));
        }
        Ok(Counts {
            total: entries.len() as u64,
            by,
        })
    }

    fn links(
        &self,
        collection: &str,
        ids: &[&str],
        field: Option<&str>,
    ) -> Result<Vec<Link>, ContentError> {
        let asked = |(of, link): &&(String, Link)| {
            of == collection
                && ids.contains(&link.of.as_str())
                && field.is_none_or(|field| link.field == field)
        };
        let links = self.links.iter().filter(asked);
        Ok(links.map(|(_, link)| link.clone()).collect())
    }

    fn describe(&self, collection: &str, id: &str, field: &str) -> Result<Table, ContentError> {
        self.described([collection, id, field])
    }

    fn slice(
        &self,
        collection: &str,
        id: &str,
        field: &str,
        wanted: &Slice,
    ) -> Result<Vec<Cell>, ContentError> {
        self.sliced([collection, id, field], wanted)
    }

    fn log(&self, _level: Level, message: &str) {
        self.logged.borrow_mut().push(message.into());
    }

    fn now_ms(&self) -> u64 {
        self.now_ms
    }

    fn today(&self) -> String {
        self.today.clone()
    }

    fn kv_get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.kept.get(key)
    }

    fn kv_set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.kept.set(key, Some(value))
    }

    fn kv_delete(&self, key: &str) -> Result<(), KvError> {
        self.kept.set(key, None)
    }

    fn kv_scan(&self, prefix: &str, cursor: Option<&str>, limit: u32) -> Result<KvPage, KvError> {
        self.kept.scan(prefix, cursor, limit)
    }

    fn fetch(&self, request: &Fetch) -> Result<Fetched, FetchError> {
        let known = self.answers.get(&request.url).cloned();
        known.ok_or_else(|| FetchError::Denied(format!("no answer is given for {}", request.url)))
    }

    fn enqueue(&self, job: &Enqueue) -> Result<(), JobError> {
        match self.kept.may_write() {
            true => self.queue.add(job),
            false => Err(JobError::ReadOnly),
        }
    }

    fn save_draft(&self, draft: &NewDraft) -> Result<Saved, DraftError> {
        self.saved(draft)
    }

    fn setting(&self, name: &str) -> Result<Option<String>, SettingError> {
        self.kept.setting(name)
    }
}

fn wanted(entry: &Entry, fields: &[String]) -> Entry {
    let mut body = Object::new();
    for field in fields {
        if let Some(value) = entry.body.get(field) {
            body.insert(field.clone(), value.clone());
        }
    }
    Entry {
        body,
        ..entry.clone()
    }
}

fn facet_counts(facet: &str, entries: &[&Entry]) -> Vec<ValueCount> {
    let mut counts = BTreeMap::<String, u64>::new();
    for entry in entries {
        for value in matching::values(entry, facet) {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            *counts.entry(value).or_default() += 1;
        }
    }
    let counts = counts.into_iter();
    let mut counts: Vec<_> = counts
        .map(|(value, count)| ValueCount { value, count })
        .collect();
    counts.sort_by_key(|one| std::cmp::Reverse(one.count));
    counts
}

#[cfg(test)]
mod tests;
