//! What a plugin reads of the portal: the same entries, by the same rule, as the person it is
//! asked for; its own collections and no others.

mod links;
mod tables;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use dinh_domain::dates::Instant;
use dinh_domain::declaration::Collection;
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, PluginId};
use dinh_domain::query::{BadQuery, Filter, MAX_PER_PAGE, Query, Sort};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_runtime::{
    Condition, CountQuery, Counts, DraftError, Entry, EntryPage, FacetCounts, FetchError,
    FetchRequest, FetchResponse, HostCalls, HostError, JobError, KvError, KvPage, Level, Link,
    NewDraft, NewJob, SavedDraft, Scalar, Setting, SettingError, TableCell, TableDescription,
    TablePicks, TablePlace, Test, ValueCount,
};
use dinh_store::{KvOwner, StoreError};
use serde_json::Value;

use crate::allowance::Writes;
use crate::drafts::CallDrafts;
use crate::jobs::CallJobs;
use crate::portal::Portal;
use crate::values::CallValues;
use crate::visit::Visit;

/// How long a page is kept whose code has asked for the time of day, in milliseconds: what it shows
/// may change with the minute.
const TOLD_TIME_MS: i64 = 60_000;

/// The portal as one call of one plugin sees it.
pub(crate) struct GuestHost {
    portal: Portal,
    visit: Visit,
    plugin: PluginId,
    values: CallValues,
    jobs: CallJobs,
    drafts: CallDrafts,
    /// An export that may write may also send.
    writes: Writes,
    /// The entry that its page is about: what most of them ask for first is read already.
    about: Option<Arc<dinh_domain::entry::Entry>>,
}

impl GuestHost {
    /// For an export that reads.
    pub(crate) fn new(portal: Portal, visit: Visit, plugin: PluginId) -> Self {
        Self::that_may(portal, visit, plugin, Writes::Refused)
    }

    /// For an export whose writes the portal commits afterwards.
    pub(crate) fn writing(portal: Portal, visit: Visit, plugin: PluginId) -> Self {
        Self::that_may(portal, visit, plugin, Writes::Noted)
    }

    /// The same for a step of a job.
    pub(crate) fn working(portal: Portal, visit: Visit, plugin: PluginId) -> Self {
        Self::that_may(portal, visit, plugin, Writes::Working)
    }

    /// The same for what another system sent.
    pub(crate) fn receiving(portal: Portal, visit: Visit, plugin: PluginId) -> Self {
        Self::that_may(portal, visit, plugin, Writes::Received)
    }

    fn that_may(portal: Portal, visit: Visit, plugin: PluginId, writes: Writes) -> Self {
        let owner = KvOwner {
            plugin: plugin.clone(),
            site: visit.site.id.clone(),
        };
        Self {
            jobs: CallJobs::new(portal.clone(), owner.clone(), writes),
            values: CallValues::new(portal.clone(), owner, writes),
            drafts: CallDrafts::new(portal.clone(), &visit, plugin.clone(), writes),
            portal,
            visit,
            plugin,
            writes,
            about: None,
        }
    }

    /// Says which entry the page is about, as this visit may read it.
    pub(crate) fn about(self, about: Option<Arc<dinh_domain::entry::Entry>>) -> Self {
        Self { about, ..self }
    }

    /// What the call has read and written of its values.
    pub(crate) fn values(&self) -> &CallValues {
        &self.values
    }

    /// What the call has enqueued.
    pub(crate) fn jobs(&self) -> &CallJobs {
        &self.jobs
    }

    /// What the call has written of entries.
    pub(crate) fn drafts(&self) -> &CallDrafts {
        &self.drafts
    }

    fn scope(&self) -> Scope {
        self.visit.scope(Purpose::Read)
    }

    /// A collection of this plugin, and no other.
    fn own(&self, name: &str) -> Result<(CollectionId, &Collection), HostError> {
        let denied = || HostError::Denied(format!("`{name}` is no collection of {}", self.plugin));
        let id = CollectionId::parse(name).map_err(|_| denied())?;
        if *id.plugin() != self.plugin {
            return Err(denied());
        }
        let found = self.portal.plugins().collection(&id).ok_or_else(denied)?;
        Ok((id, found.1))
    }

    /// Vendors never read the database's own words; what a plugin shows instead is not kept.
    fn unavailable(&self, error: StoreError) -> HostError {
        match error {
            StoreError::BadQuery(bad) => invalid(bad),
            error => {
                self.visit.passing();
                tracing::error!(%error, "a plugin's read failed");
                HostError::Unavailable("the portal cannot read this now".to_owned())
            }
        }
    }

    fn entry(&self, entry: &dinh_domain::entry::Entry, fields: Option<&[String]>) -> Entry {
        let body: Body = match fields {
            None => entry.body.clone(),
            Some(wanted) => {
                let kept = entry.body.iter().filter(|(name, _)| wanted.contains(name));
                kept.map(|(name, value)| (name.clone(), value.clone()))
                    .collect()
            }
        };
        let way = self
            .visit
            .way(&entry.site, &entry.collection, entry.slug.as_str(), "");
        Entry {
            id: entry.id.to_string(),
            key: entry.import_key.clone(),
            collection: entry.collection.to_string(),
            site: entry.site.to_string(),
            slug: entry.slug.to_string(),
            url: way
                .filter(|way| way.host.is_none())
                .map(|way| way.path)
                .unwrap_or_default(),
            state: entry.state.clone(),
            revision: u64::try_from(entry.revision_number).unwrap_or_default(),
            title: entry.title.clone(),
            body: Value::Object(body).to_string(),
        }
    }

    fn query(
        &self,
        collection: &Collection,
        asked: &dinh_runtime::Query,
    ) -> Result<Query, HostError> {
        let filters = asked.conditions.iter().map(|it| filter(collection, it));
        let sort = match asked.sort.as_slice() {
            [] => Sort::parse(collection, &collection.view.list.default_sort),
            [one] => {
                let sign = if one.descending { "-" } else { "" };
                Sort::parse(collection, &format!("{sign}{}", one.field))
            }
            _ => return Err(HostError::Invalid("one sort step at the most".to_owned())),
        };
        let page = match &asked.cursor {
            None => 1,
            Some(cursor) => {
                let page = cursor.parse().ok().filter(|page| *page > 1);
                page.ok_or_else(|| HostError::Invalid("the cursor is none of ours".to_owned()))?
            }
        };
        Ok(Query {
            among: None,
            filters: filters.collect::<Result<_, _>>()?,
            sort: sort.map_err(invalid)?,
            page,
            per_page: asked.limit.clamp(1, MAX_PER_PAGE * 2),
        })
    }
}

#[async_trait]
impl HostCalls for GuestHost {
    async fn get(&self, collection: &str, id: &str) -> Result<Entry, HostError> {
        let found = self.get_many(collection, &[id.to_owned()]).await?;
        found.into_iter().next().ok_or(HostError::NotFound)
    }

    async fn get_many(&self, collection: &str, ids: &[String]) -> Result<Vec<Entry>, HostError> {
        let (own, _) = self.own(collection)?;
        let ids: Vec<EntryId> = ids.iter().filter_map(|id| EntryId::new(id).ok()).collect();
        if let (Some(about), [id]) = (&self.about, ids.as_slice())
            && (&about.id, &about.collection) == (id, &own)
        {
            return Ok(vec![self.entry(about, None)]);
        }
        let scope = self.scope().only(&own);
        let found = self
            .portal
            .store()
            .entries_by_ids(&scope, &ids)
            .await
            .map_err(|error| self.unavailable(error))?;
        Ok(found.iter().map(|entry| self.entry(entry, None)).collect())
    }

    async fn query(
        &self,
        collection: &str,
        asked: dinh_runtime::Query,
    ) -> Result<EntryPage, HostError> {
        let (id, declared) = self.own(collection)?;
        let (query, scope) = (self.query(declared, &asked)?, self.scope().only(&id));
        let store = self.portal.store();
        let page = store
            .list(&scope, &id, declared, &query)
            .await
            .map_err(|error| self.unavailable(error))?;
        let ids: Vec<EntryId> = page
            .entries
            .iter()
            .map(|it| it.headline.id.clone())
            .collect();
        let entries = store
            .entries_by_ids(&scope, &ids)
            .await
            .map_err(|error| self.unavailable(error))?;
        let shown = u64::from(query.page) * u64::from(query.per_page);
        Ok(EntryPage {
            entries: entries
                .iter()
                .map(|entry| self.entry(entry, Some(&asked.fields)))
                .collect(),
            next: (shown < page.total).then(|| (query.page + 1).to_string()),
            total: Some(page.total),
        })
    }

    async fn count(&self, collection: &str, asked: CountQuery) -> Result<Counts, HostError> {
        let (id, declared) = self.own(collection)?;
        let query = dinh_runtime::Query {
            conditions: asked.conditions,
            sort: Vec::new(),
            fields: Vec::new(),
            limit: 1,
            cursor: None,
        };
        let (query, scope) = (self.query(declared, &query)?, self.scope().only(&id));
        let store = self.portal.store();
        let total = store
            .list(&scope, &id, declared, &query)
            .await
            .map_err(|error| self.unavailable(error))?
            .total;
        let mut by = Vec::new();
        for field in asked.by {
            let counted = store.counts(&scope, &id, declared, &query, &field).await;
            let values = counted
                .map_err(|error| self.unavailable(error))?
                .into_iter();
            let values = values.map(|it| ValueCount {
                value: it.shown,
                count: it.count,
            });
            by.push(FacetCounts {
                field,
                values: values.collect(),
            });
        }
        Ok(Counts { total, by })
    }

    async fn links(
        &self,
        collection: &str,
        ids: &[String],
        field: Option<&str>,
    ) -> Result<Vec<Link>, HostError> {
        let (own, _) = self.own(collection)?;
        let ids: Vec<EntryId> = ids.iter().filter_map(|id| EntryId::new(id).ok()).collect();
        // The edges of what the caller may not see do not exist either.
        let scope = self.visit.scope(Purpose::Link).only(&own);
        let seen = self
            .portal
            .store()
            .headlines(&scope, &ids)
            .await
            .map_err(|error| self.unavailable(error))?;
        let mut links = Vec::new();
        for entry in seen {
            links.extend(self.links_of(&entry.id, field).await?);
        }
        Ok(links)
    }

    async fn describe_table(&self, place: TablePlace<'_>) -> Result<TableDescription, HostError> {
        self.described(place).await
    }

    async fn slice_table(
        &self,
        place: TablePlace<'_>,
        picks: TablePicks,
    ) -> Result<Vec<TableCell>, HostError> {
        self.sliced(place, picks).await
    }

    // What is kept by key changes with every sending of a form: an answer from it is not kept.
    async fn kv_get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.visit.passing();
        self.values.get(key).await
    }

    async fn kv_set(&self, key: &str, value: Option<&str>) -> Result<(), KvError> {
        self.values.set(key, value).await
    }

    async fn kv_scan(
        &self,
        prefix: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<KvPage, KvError> {
        self.visit.passing();
        self.values.scan(prefix, cursor, limit).await
    }

    async fn setting(&self, name: &str) -> Result<Option<Setting>, SettingError> {
        let (plugin, site) = (&self.plugin, &self.visit.site.id);
        let setting = self.portal.setting_for(plugin, site, name).await;
        if matches!(setting, Err(SettingError::Unavailable(_))) {
            self.visit.passing();
        }
        setting
    }

    async fn fetch(
        &self,
        request: FetchRequest,
        wait: Duration,
    ) -> Result<FetchResponse, FetchError> {
        let now = self.visit.now.0;
        self.visit.good_until(Instant(now + TOLD_TIME_MS));
        let (plugin, site) = (&self.plugin, &self.visit.site.id);
        let answer = self
            .portal
            .fetch_for(plugin, site, self.writes, request, wait);
        let answer = answer.await;
        if answer.is_err() {
            self.visit.passing();
        }
        answer
    }

    async fn enqueue(&self, job: NewJob) -> Result<(), JobError> {
        self.jobs.add(job).await
    }

    async fn save_draft(&self, draft: NewDraft) -> Result<SavedDraft, DraftError> {
        self.drafts.save(draft).await
    }

    fn told_time(&self) {
        let now = self.visit.now.0;
        self.visit.good_until(Instant(now + TOLD_TIME_MS));
    }

    /// As a field of text, which the log quotes: a plugin's line never looks like two.
    fn log(&self, level: Level, message: &str) {
        let (plugin, site) = (&self.plugin, &self.visit.site.id);
        let allowances = self.portal.allowances();
        if !allowances.may_log(plugin, site, message.len(), self.portal.now()) {
            return;
        }
        match level {
            Level::Debug => tracing::debug!(%plugin, %site, says = message, "plugin"),
            Level::Info => tracing::info!(%plugin, %site, says = message, "plugin"),
            Level::Warn => tracing::warn!(%plugin, %site, says = message, "plugin"),
            Level::Error => tracing::error!(%plugin, %site, says = message, "plugin"),
        }
    }
}

fn filter(collection: &Collection, condition: &Condition) -> Result<Filter, HostError> {
    let name = condition.field.as_str();
    let made = match &condition.test {
        Test::Eq(value) => Filter::any_of(collection, name, &[&text(value)]),
        Test::In(values) => {
            let values: Vec<String> = values.iter().map(text).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            Filter::any_of(collection, name, &values)
        }
        Test::From(value) => Filter::from(collection, name, &text(value)),
        Test::To(value) => Filter::to(collection, name, &text(value)),
    };
    made.map_err(invalid)
}

fn text(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => text.clone(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Flag(flag) => flag.to_string(),
    }
}

fn invalid(bad: BadQuery) -> HostError {
    HostError::Invalid(bad.to_string())
}
