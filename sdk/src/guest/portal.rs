//! The real host: every method is one import.

use serde::Serialize;

use super::bindings::imports::dinh::content::{read, types};
use super::bindings::imports::dinh::host::{clock, log};
use super::{desk, fetch, jobs, kept, table};
use crate::{
    Cell, ContentError, CountQuery, Counts, DraftError, Enqueue, Entry, EntryPage, Fetch,
    FetchError, Fetched, Host, JobError, KvError, KvPage, Level, Link, NewDraft, Object, Query,
    Saved, SettingError, Slice, Table,
};

pub(super) struct Portal;

impl Host for Portal {
    fn get(&self, collection: &str, id: &str) -> Result<Entry, ContentError> {
        entry(read::get(collection, id).map_err(error)?)
    }

    fn get_many(&self, collection: &str, ids: &[&str]) -> Result<Vec<Entry>, ContentError> {
        let entries = read::get_many(collection, &owned(ids)).map_err(error)?;
        entries.into_iter().map(entry).collect()
    }

    fn query(&self, collection: &str, query: &Query) -> Result<EntryPage, ContentError> {
        let page = read::query(collection, &json(query)?).map_err(error)?;
        Ok(EntryPage {
            entries: page
                .entries
                .into_iter()
                .map(entry)
                .collect::<Result<_, _>>()?,
            next: page.next,
            total: page.total,
        })
    }

    fn count(&self, collection: &str, query: &CountQuery) -> Result<Counts, ContentError> {
        let counts = read::count(collection, &json(query)?).map_err(error)?;
        serde_json::from_str(&counts).map_err(unreadable)
    }

    fn links(
        &self,
        collection: &str,
        ids: &[&str],
        field: Option<&str>,
    ) -> Result<Vec<Link>, ContentError> {
        let links = read::links(collection, &owned(ids), field).map_err(error)?;
        links.into_iter().map(link).collect()
    }

    fn describe(&self, collection: &str, id: &str, field: &str) -> Result<Table, ContentError> {
        table::describe(collection, id, field)
    }

    fn slice(
        &self,
        collection: &str,
        id: &str,
        field: &str,
        wanted: &Slice,
    ) -> Result<Vec<Cell>, ContentError> {
        table::slice((collection, id, field), wanted)
    }

    fn log(&self, level: Level, message: &str) {
        let level = match level {
            Level::Debug => log::Level::Debug,
            Level::Info => log::Level::Info,
            Level::Warn => log::Level::Warn,
            Level::Error => log::Level::Error,
        };
        log::write(level, message);
    }

    fn now_ms(&self) -> u64 {
        clock::now()
    }

    fn today(&self) -> String {
        clock::today()
    }

    fn kv_get(&self, key: &str) -> Result<Option<String>, KvError> {
        kept::get(key)
    }

    fn kv_set(&self, key: &str, value: &str) -> Result<(), KvError> {
        kept::set(key, value)
    }

    fn kv_delete(&self, key: &str) -> Result<(), KvError> {
        kept::delete(key)
    }

    fn kv_scan(&self, prefix: &str, cursor: Option<&str>, limit: u32) -> Result<KvPage, KvError> {
        kept::scan(prefix, cursor, limit)
    }

    fn fetch(&self, request: &Fetch) -> Result<Fetched, FetchError> {
        fetch::send(request)
    }

    fn enqueue(&self, job: &Enqueue) -> Result<(), JobError> {
        jobs::enqueue(job)
    }

    fn save_draft(&self, draft: &NewDraft) -> Result<Saved, DraftError> {
        desk::save(draft)
    }

    fn setting(&self, name: &str) -> Result<Option<String>, SettingError> {
        kept::setting(name)
    }
}

fn entry(entry: types::Entry) -> Result<Entry, ContentError> {
    Ok(Entry {
        body: object(&entry.body)?,
        id: entry.id,
        key: entry.key,
        collection: entry.collection,
        site: entry.site,
        slug: entry.slug,
        url: entry.url,
        state: entry.state,
        revision: entry.revision,
        title: entry.title,
    })
}

fn link(link: types::Link) -> Result<Link, ContentError> {
    Ok(Link {
        facts: object(&link.facts)?,
        of: link.of,
        field: link.field,
        kind: link.kind,
        outgoing: link.outgoing,
        entry: link.entry,
        key: link.key,
        label: link.label,
        url: link.url,
    })
}

pub(super) fn error(error: types::Error) -> ContentError {
    match error {
        types::Error::NotFound => ContentError::NotFound,
        types::Error::Denied(why) => ContentError::Denied(why),
        types::Error::Invalid(why) => ContentError::Invalid(why),
        types::Error::Unavailable(why) => ContentError::Unavailable(why),
    }
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn object(text: &str) -> Result<Object, ContentError> {
    serde_json::from_str(text).map_err(unreadable)
}

fn json(question: &impl Serialize) -> Result<String, ContentError> {
    serde_json::to_string(question).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> ContentError {
    ContentError::Unavailable(format!("JSON between host and plugin: {error}"))
}
