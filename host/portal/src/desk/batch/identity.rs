//! By what an entry of a batch is known again: what its collection declares unique, and where it declares nothing its title.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::LocalTime;
use dinh_domain::declaration::{Collection, Declaration};
use dinh_domain::display;
use dinh_domain::entry::Body;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::index;
use dinh_store::WriteTx;

use crate::desk::form::Place;
use crate::failure::Failure;
use crate::import::has_default;

/// Texts under way of one collection on one site among which the same one is looked for.
const UNDER_WAY_MAX: u32 = 20_000;

/// What two texts of the same entry have in common.
pub(super) type Key = Vec<String>;
/// The entries of each key.
pub(super) type KnownIds = BTreeMap<Key, BTreeSet<EntryId>>;

/// By what entries of a collection are known.
pub(super) struct Identity<'a> {
    declaration: &'a Declaration,
    collection: &'a Collection,
    now: LocalTime,
}

impl<'a> Identity<'a> {
    pub(super) fn of(place: &'a Place<'_>) -> Self {
        Self {
            declaration: &place.plugin.declaration,
            collection: place.collection,
            now: LocalTime::from(place.today),
        }
    }

    /// The fields that are unique together; none where the title is.
    pub(super) fn fields(&self) -> Vec<&'a str> {
        let unique = self.collection.unique.iter();
        let fields = unique.map(|name| {
            let index = self.collection.index.get(name);
            let from = index.and_then(|it| it.from.as_deref());
            from.unwrap_or(name)
        });
        fields.collect()
    }

    /// The same without those that every entry has by itself.
    pub(super) fn given_fields(&self) -> Vec<&'a str> {
        let mut fields = self.fields();
        let schema = &self.collection.schema;
        fields.retain(|it| schema.get(*it).is_none_or(|it| !has_default(&it.kind)));
        fields
    }

    /// The key of a text; none where a part of it is missing.
    pub(super) fn key(&self, body: &Body) -> Option<Key> {
        if self.collection.unique.is_empty() {
            let title = self.title(body);
            return (!title.is_empty()).then(|| vec![title]);
        }
        index::unique_key(self.collection, body, self.now)
    }

    pub(super) fn title(&self, body: &Body) -> String {
        let pattern = &self.collection.view.title;
        let title = display::pattern(self.declaration, self.collection, body, pattern, "vi");
        title.trim().to_owned()
    }

    /// The entries that there are of some texts, on the desk and public; none where the desk has too many to look through.
    pub(super) async fn known(
        &self,
        tx: &mut WriteTx,
        place: (&SiteId, &CollectionId),
        texts: &BTreeMap<Key, Body>,
    ) -> Result<Option<KnownIds>, Failure> {
        let mut known = KnownIds::new();
        if self.collection.unique.is_empty() {
            let titles: Vec<&str> = texts.keys().flatten().map(String::as_str).collect();
            for (entry, title) in tx.titled_among(place, &titles).await? {
                known.entry(vec![title]).or_default().insert(entry);
            }
            return Ok(Some(known));
        }
        let fields = self.fields();
        let under_way = tx.under_way(place, &fields, UNDER_WAY_MAX).await?;
        if under_way.len() >= UNDER_WAY_MAX as usize {
            return Ok(None);
        }
        for (entry, body) in under_way {
            if let Some(key) = self.key(&body).filter(|it| texts.contains_key(it)) {
                known.entry(key).or_default().insert(entry);
            }
        }
        while tx.mend_index(place.1, self.collection, self.now).await? > 0 {}
        for (key, body) in texts {
            let row = index::row(self.collection, body, self.now);
            let twin = tx.twin(place.0, place.1, self.collection, &row, None);
            if let Some(entry) = twin.await? {
                known.entry(key.clone()).or_default().insert(entry);
            }
        }
        Ok(Some(known))
    }
}
