//! From the change log to the search index of this node.

mod words;

use std::collections::BTreeSet;
use std::time::Duration;

use dinh_domain::dates::LocalDate;
use dinh_domain::entry::Entry;
use dinh_domain::ids::EntryId;
use dinh_domain::index::{self, IndexValue};
use dinh_search::{Change, Document};
use dinh_store::HeldText;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::portal::Portal;
use words::Words;

/// Changes brought over at once: with the longest laws some 50 MB of text.
const BATCH: u32 = 100;
/// How long the request that publishes waits for its own node's index (architecture, section 3).
const WAIT_FOR_INDEX: Duration = Duration::from_secs(2);

impl Portal {
    /// Brings all changes so far into the search index. A second caller waits for the first.
    pub async fn catch_up(&self) -> Result<(), Failure> {
        let _alone = self.indexing().lock().await;
        if self.index().number() > self.store().last_change_number().await? {
            tracing::warn!(
                "the search index is ahead of the database: another database? building it anew"
            );
            self.on_index(|index| index.empty()).await?;
        }
        if self.index().number() == 0 {
            return self.fill().await;
        }
        loop {
            let changes = self
                .store()
                .changes_since(self.index().number(), BATCH)
                .await?;
            let Some(last) = changes.last().map(|change| change.number) else {
                return Ok(());
            };
            let touched: BTreeSet<EntryId> = changes
                .into_iter()
                .filter_map(|change| change.entry)
                .collect();
            self.bring(touched.into_iter().collect(), last).await?;
        }
    }

    /// An index of another database, or made by other declarations, is made anew.
    pub(crate) async fn bind_index(&self) -> Result<(), Failure> {
        let mut origin = Sha256::new();
        origin.update(self.store().identity().await?);
        for plugin in self.plugins().all() {
            for (path, bytes) in &plugin.files {
                if path.starts_with("collections/") || path.starts_with("lists/") {
                    origin.update(path);
                    origin.update(bytes);
                }
            }
        }
        let origin: String = origin
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let index = self.index().clone();
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

    /// Reads the attached files that nobody has read, empties the search index and fills it from
    /// the database.
    pub async fn reindex(&self) -> Result<u64, Failure> {
        self.read_missing_files().await?;
        let _alone = self.indexing().lock().await;
        self.fill().await?;
        Ok(self.index().document_count())
    }

    /// After a commit: waits for the index, but not longer than a reader would.
    pub(crate) async fn settle(&self) {
        match tokio::time::timeout(WAIT_FOR_INDEX, self.catch_up()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the search index does not follow"),
            Err(_) => tracing::warn!("the search index follows later"),
        }
    }

    async fn fill(&self) -> Result<(), Failure> {
        // A fill that was interrupted left documents behind.
        self.on_index(|index| index.empty()).await?;
        let number = self.store().last_change_number().await?;
        let mut cursor: Option<EntryId> = None;
        loop {
            let ids = self.store().published_after(cursor.as_ref(), BATCH).await?;
            let Some(last) = ids.last().cloned() else {
                break;
            };
            self.bring(ids, 0).await?;
            cursor = Some(last);
        }
        self.on_index(move |index| index.apply(Vec::new(), number))
            .await
    }

    async fn bring(&self, ids: Vec<EntryId>, number: i64) -> Result<(), Failure> {
        let entries = self.store().documents_for_search(&ids).await?;
        let today = self.now().date_in(&dinh_domain::dates::Zone::default());
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
                self.document(entry, today, held)
            })
            .map(Change::Put);
        let changes: Vec<Change> = gone.chain(put).collect();
        self.on_index(move |index| index.apply(changes, number))
            .await
    }

    async fn on_index(
        &self,
        work: impl FnOnce(&dinh_search::Index) -> Result<(), dinh_search::SearchError> + Send + 'static,
    ) -> Result<(), Failure> {
        let index = self.index().clone();
        tokio::task::spawn_blocking(move || work(&index))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)
    }

    fn document(&self, entry: &Entry, today: LocalDate, held: Vec<HeldText>) -> Option<Document> {
        let (plugin, collection) = self.plugins().collection(&entry.collection)?;
        let words = Words {
            plugin,
            collection,
            entry,
            today,
        };
        let text = |name: &String| words.of(name);
        let search = &collection.search;
        let row = index::row(collection, &entry.body, today);
        let facets = search.facets.iter().flat_map(|name| {
            row.get(name)
                .iter()
                .map(move |value| (name.clone(), facet(value)))
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

fn facet(value: &IndexValue) -> String {
    match value {
        IndexValue::Text { key, .. } => key.clone(),
        IndexValue::Integer(number) => number.to_string(),
    }
}
