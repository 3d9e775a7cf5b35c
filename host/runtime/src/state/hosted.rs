//! The imports: each counts, asks the portal, and measures what it hands to the guest.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{CallState, answers};
use crate::bindings::imports::dinh::content::{read, types};
use crate::bindings::imports::dinh::host::{clock, log};
use crate::question::MAX_ENTRIES;
use crate::{CountQuery, Counts, HostError, Level, Query};

/// Edges of one call; a page cannot show more.
const MAX_LINKS: usize = 2_000;
/// What one host call hands to the guest: a long law with its structure is below 1 MiB.
const RESULT_LIMIT_BYTES: usize = 2 << 20;
/// One line of the operator's log.
const LOG_LINE_BYTES: usize = 4 << 10;

type Answer<T> = wasmtime::Result<Result<T, types::Error>>;

impl types::Host for CallState {}

impl read::Host for CallState {
    async fn get(&mut self, collection: String, id: String) -> Answer<types::Entry> {
        let began = self.begin()?;
        let answer = self.host.get(&collection, &id).await;
        Ok(self.end(began, answer.map(answers::entry), answers::entry_bytes))
    }

    async fn get_many(
        &mut self,
        collection: String,
        ids: Vec<String>,
    ) -> Answer<Vec<types::Entry>> {
        let began = self.begin()?;
        let answer = match few(&ids) {
            Ok(()) => self.host.get_many(&collection, &ids).await,
            Err(refusal) => Err(refusal),
        };
        let answer = answer.map(|entries| entries.into_iter().map(answers::entry).collect());
        Ok(self.end(began, answer, |entries: &Vec<_>| {
            entries.iter().map(answers::entry_bytes).sum()
        }))
    }

    async fn query(&mut self, collection: String, query: String) -> Answer<types::EntryPage> {
        let began = self.begin()?;
        let answer = match Query::read(&query) {
            Ok(query) => self.host.query(&collection, query).await,
            Err(why) => Err(HostError::Invalid(why)),
        };
        Ok(self.end(began, answer.map(answers::page), |page| {
            page.entries.iter().map(answers::entry_bytes).sum()
        }))
    }

    async fn count(&mut self, collection: String, query: String) -> Answer<String> {
        let began = self.begin()?;
        let answer = match CountQuery::read(&query) {
            Ok(query) => self.host.count(&collection, query).await,
            Err(why) => Err(HostError::Invalid(why)),
        };
        Ok(self.end(began, answer.map(counts_text), String::len))
    }

    async fn links(
        &mut self,
        collection: String,
        ids: Vec<String>,
        field: Option<String>,
    ) -> Answer<Vec<types::Link>> {
        let began = self.begin()?;
        let answer = match few(&ids) {
            Ok(()) => self.host.links(&collection, &ids, field.as_deref()).await,
            Err(refusal) => Err(refusal),
        };
        let answer = answer.and_then(|links| {
            if links.len() > MAX_LINKS {
                return Err(HostError::Invalid(format!(
                    "these entries have more than {MAX_LINKS} edges: ask for fewer entries or one field"
                )));
            }
            Ok(links.into_iter().map(answers::link).collect())
        });
        Ok(self.end(began, answer, |links: &Vec<_>| {
            links.iter().map(answers::link_bytes).sum()
        }))
    }
}

impl log::Host for CallState {
    fn write(&mut self, level: log::Level, message: String) -> wasmtime::Result<()> {
        if self.meter.log_line() {
            let level = match level {
                log::Level::Debug => Level::Debug,
                log::Level::Info => Level::Info,
                log::Level::Warn => Level::Warn,
                log::Level::Error => Level::Error,
            };
            let message = self.secrets.masked(&message);
            let end = message.floor_char_boundary(LOG_LINE_BYTES);
            self.host.log(level, message.get(..end).unwrap_or_default());
        }
        Ok(())
    }
}

impl clock::Host for CallState {
    fn now(&mut self) -> wasmtime::Result<u64> {
        self.host.told_time();
        Ok(self.now_ms)
    }

    fn today(&mut self) -> wasmtime::Result<String> {
        Ok(self.today.clone())
    }
}

impl CallState {
    pub(super) fn begin(&mut self) -> wasmtime::Result<Instant> {
        self.meter.host_call()?;
        Ok(Instant::now())
    }

    pub(super) fn worked(&mut self, began: Instant) {
        self.meter.host_worked(began.elapsed());
    }

    pub(super) fn end<T>(
        &mut self,
        began: Instant,
        answer: Result<T, HostError>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Result<T, types::Error> {
        let answer = answer.and_then(|answer| match bytes(&answer) {
            0..=RESULT_LIMIT_BYTES => Ok(answer),
            bytes => Err(HostError::Invalid(format!(
                "the answer has {bytes} bytes, at most {RESULT_LIMIT_BYTES} are given: ask for fewer entries or fields"
            ))),
        });
        self.meter.host_worked(began.elapsed());
        if let Err(HostError::Unavailable(why)) = &answer {
            tracing::warn!(
                site = self.site,
                plugin = &*self.plugin,
                why,
                "a plugin's question about content could not be answered"
            );
        }
        answer.map_err(answers::error)
    }
}

fn few(ids: &[String]) -> Result<(), HostError> {
    if ids.len() > MAX_ENTRIES as usize {
        return Err(HostError::Invalid(format!(
            "at most {MAX_ENTRIES} ids at once, not {}",
            ids.len()
        )));
    }
    Ok(())
}

fn counts_text(counts: Counts) -> String {
    let by: Map<String, Value> = counts
        .by
        .into_iter()
        .map(|facet| {
            let values = facet.values.into_iter();
            let values = values.map(|one| json!({ "value": one.value, "count": one.count }));
            (facet.field, values.collect())
        })
        .collect();
    json!({ "total": counts.total, "by": by }).to_string()
}
