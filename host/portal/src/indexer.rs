//! From the change log to the search index of this node.

mod words;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dinh_domain::dates::{LocalDate, LocalTime};
use dinh_domain::entry::Entry;
use dinh_domain::ids::{EntryId, PluginId};
use dinh_domain::index::{self, IndexValue};
use dinh_search::{Change, Document};
use dinh_store::HeldText;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::search::facet_key;
use words::Words;

/// Changes brought over at once: with the longest laws some 50 MB of text.
const BATCH: u32 = 100;
/// Changes after which what was brought over lasts and is found: each time costs the disk as much
/// as some hundred entries.
const CHANGES_A_COMMIT: usize = 1_000;
/// The same as a time: what is published while an import runs is found no later.
const COMMIT_AFTER: Duration = Duration::from_millis(1_500);
/// How long the request that publishes waits for its own node's index (architecture, section 3).
const WAIT_FOR_INDEX: Duration = Duration::from_secs(2);

impl Portal {
    /// Brings all changes so far into the search index. A second caller waits for the first.
    pub async fn catch_up(&self) -> Result<(), Failure> {
        let _alone = self.indexing().lock().await;
        let newest = self.store().last_change_number().await?;
        if self.own_index().number() > newest {
            tracing::warn!(
                "the search index is ahead of the database: another database? building it anew"
            );
            return self.rebuild().await;
        }
        // Before the first change of a portal there is nothing to be behind of.
        if self.own_index().number() == 0 && newest > 0 {
            return self.rebuild().await;
        }
        let mut from = self.own_index().number();
        let (mut waiting, mut since) = (0, std::time::Instant::now());
        loop {
            let newest = self.store().last_change_number().await?;
            let changes = self.store().changes_since(from, BATCH).await?;
            let first = changes.first().map(|change| change.number);
            if first.map_or(newest > from, |first| first > from + 1) {
                tracing::warn!(
                    from,
                    newest,
                    "the change log no longer holds what the search index lacks; building it anew"
                );
                return self.rebuild().await;
            }
            let Some(last) = changes.last().map(|change| change.number) else {
                if waiting > 0 {
                    self.on_index(move |index| index.apply(Vec::new(), from))
                        .await?;
                }
                return Ok(());
            };
            let count = changes.len();
            let touched: BTreeSet<EntryId> = changes
                .into_iter()
                .filter_map(|change| change.entry)
                .collect();
            let changes = self.changes(touched.into_iter().collect()).await?;
            waiting += count;
            from = last;
            let goes_on = count == BATCH as usize
                && waiting < CHANGES_A_COMMIT
                && since.elapsed() < COMMIT_AFTER;
            if goes_on {
                self.on_index(move |index| index.take(changes)).await?;
            } else {
                self.on_index(move |index| index.apply(changes, last))
                    .await?;
                (waiting, since) = (0, std::time::Instant::now());
            }
        }
    }

    /// An index of another database, or made by other declarations, is made anew.
    pub(crate) async fn bind_index(&self) -> Result<(), Failure> {
        let origin = self.origin_of_index().await?;
        let index = self.own_index().clone();
        let anew = tokio::task::spawn_blocking(move || index.bind(&origin));
        if anew
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?
        {
            tracing::info!("the search index is made anew: other data or other declarations");
        }
        Ok(())
    }

    /// Brings the entries of a plugin over whose declarations have just changed; the others stay.
    pub(crate) async fn bring_over(
        &self,
        plugin: &PluginId,
        before: Option<&LoadedPlugin>,
    ) -> Result<(), Failure> {
        let _alone = self.indexing().lock().await;
        let now = self.plugins().get(plugin);
        let is_same = before
            .zip(now)
            .is_some_and(|(before, now)| indexed_by(before).eq(indexed_by(now)));
        if !is_same {
            self.take_entries_of(plugin).await?;
        }
        let origin = self.origin_of_index().await?;
        self.on_index(move |index| index.adopt(&origin)).await
    }

    async fn take_entries_of(&self, plugin: &PluginId) -> Result<(), Failure> {
        let mut cursor: Option<EntryId> = None;
        loop {
            let ids = self
                .store()
                .published_of(plugin, cursor.as_ref(), BATCH)
                .await?;
            let Some(last) = ids.last().cloned() else {
                return Ok(());
            };
            let changes = self.changes(ids).await?;
            self.on_index(move |index| index.take(changes)).await?;
            cursor = Some(last);
        }
    }

    /// The database and the declarations that the documents are made from.
    async fn origin_of_index(&self) -> Result<String, Failure> {
        let mut origin = Sha256::new();
        origin.update(self.store().identity().await?);
        for plugin in self.plugins().all() {
            for (path, bytes) in indexed_by(plugin) {
                origin.update(path);
                origin.update(bytes);
            }
        }
        let origin = origin.finalize();
        Ok(origin.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads the attached files that nobody has read, empties the search index and fills it from
    /// the database.
    pub async fn reindex(&self) -> Result<u64, Failure> {
        self.read_missing_files().await?;
        let _alone = self.indexing().lock().await;
        self.fill().await?;
        Ok(self.own_index().document_count())
    }

    /// After a commit: waits for the index, but not longer than a reader would; it goes on behind.
    pub(crate) async fn settle(&self) {
        let portal = self.clone();
        let following = tokio::spawn(async move { portal.catch_up().await });
        match tokio::time::timeout(WAIT_FOR_INDEX, following).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::error!(%error, "the search index does not follow"),
            Ok(Err(error)) => tracing::error!(%error, "the search index does not follow"),
            Err(_) => tracing::warn!("the search index follows later"),
        }
    }

    /// Makes anew an index that is of no use for following: other nodes should be asked meanwhile.
    async fn rebuild(&self) -> Result<(), Failure> {
        let _said = Rebuilding::begin(self.rebuilding());
        self.fill().await
    }

    /// Makes the index anew. What it held before is searched until everything is there; a fill that
    /// is interrupted leaves it as it was.
    async fn fill(&self) -> Result<(), Failure> {
        let number = self.store().last_change_number().await?;
        self.on_index(dinh_search::Index::begin_anew).await?;
        let mut cursor: Option<EntryId> = None;
        loop {
            let ids = self.store().published_after(cursor.as_ref(), BATCH).await?;
            let Some(last) = ids.last().cloned() else {
                break;
            };
            let changes = self.changes(ids).await?;
            self.on_index(move |index| index.take(changes)).await?;
            cursor = Some(last);
        }
        self.on_index(move |index| index.finish_anew(number)).await
    }

    /// What the index is to be told of entries.
    async fn changes(&self, ids: Vec<EntryId>) -> Result<Vec<Change>, Failure> {
        let entries = self.store().documents_for_search(&ids).await?;
        let now = self.now().local_in(&dinh_domain::dates::Zone::default());
        let present: BTreeSet<EntryId> = entries.iter().map(|entry| entry.id.clone()).collect();
        let gone = ids
            .iter()
            .filter(|id| !present.contains(id))
            .cloned()
            .map(Change::Delete);
        let mut texts = self.store().texts_for_search(&ids).await?;
        let put = entries
            .iter()
            .filter_map(|entry| {
                let held = texts.remove(&entry.id).unwrap_or_default();
                self.document(entry, now, held)
            })
            .map(Change::Put);
        Ok(gone.chain(put).collect())
    }

    async fn on_index(
        &self,
        work: impl FnOnce(&dinh_search::Index) -> Result<(), dinh_search::SearchError> + Send + 'static,
    ) -> Result<(), Failure> {
        let index = self.own_index().clone();
        tokio::task::spawn_blocking(move || work(&index))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::from)
    }

    fn document(&self, entry: &Entry, now: LocalTime, held: Vec<HeldText>) -> Option<Document> {
        let (plugin, collection) = self.plugins().collection(&entry.collection)?;
        let words = Words {
            plugin,
            collection,
            entry,
            now,
        };
        let text = |name: &String| words.of(name);
        let search = &collection.search;
        let row = index::row(collection, &entry.body, now);
        let facets = search.facets.iter().flat_map(|name| {
            let key = facet_key(plugin, &entry.collection, name);
            row.get(name)
                .iter()
                .map(move |value| (key.clone(), facet(value)))
        });
        let date = collection.view.list.date.as_ref();
        let date = date.and_then(|field| entry.body.get(field)?.as_str());
        let titles: Vec<String> = search
            .title
            .iter()
            .filter(|name| *name != "@title")
            .filter_map(text)
            .collect();
        let mut body: Vec<String> = search.body.iter().filter_map(text).collect();
        let told = [std::slice::from_ref(&entry.title), &titles, &body].concat();
        body.extend(words.rest(&told));
        Some(Document {
            id: entry.id.clone(),
            site: entry.site.clone(),
            collection: entry.collection.clone(),
            key: entry.import_key.clone(),
            url_path: entry.slug.to_string(),
            title: entry.title.clone(),
            lead: collection.view.summary.as_ref().and_then(text),
            titles,
            body,
            files: words.files(held),
            codes: search.codes.iter().filter_map(text).collect(),
            facets: facets.collect(),
            date: date.and_then(|date| LocalDate::parse(date).ok()),
        })
    }
}

/// The files that say what is found of a plugin's entries.
fn indexed_by(plugin: &LoadedPlugin) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    let files = plugin.files.iter();
    files.filter(|(path, _)| path.starts_with("collections/") || path.starts_with("lists/"))
}

/// A value as people read it, or the id that a list names.
fn facet(value: &IndexValue) -> String {
    match value {
        IndexValue::Text { shown, .. } => shown.clone(),
        IndexValue::Integer(number) => number.to_string(),
    }
}

/// Says that the index is made anew, until it is dropped.
struct Rebuilding<'a>(&'a AtomicBool);

impl<'a> Rebuilding<'a> {
    fn begin(said: &'a AtomicBool) -> Self {
        said.store(true, Ordering::Relaxed);
        Self(said)
    }
}

impl Drop for Rebuilding<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
