//! What of a batch is in the database already: asked once for all of it, not row by row.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, SiteId, Slug};
use dinh_store::{NewEntry, Working, WriteTx};

use super::check::Checked;
use super::write::slug_base;
use crate::failure::Failure;

/// Where keys and slugs are told apart.
type Place = (SiteId, CollectionId);

/// Import keys and slugs of a batch that somebody has. Who writes holds the publishers' lock, so no
/// import makes others meanwhile; a desk that takes a slug meanwhile is noticed when it is written.
#[derive(Debug, Default)]
pub(super) struct Taken {
    keys: BTreeMap<Place, HashSet<String>>,
    slugs: BTreeMap<Place, HashSet<String>>,
    /// Slugs that were asked for.
    asked: BTreeMap<Place, HashSet<String>>,
}

impl Taken {
    /// What of these is there.
    pub(super) async fn among(
        tx: &mut WriteTx,
        checked: &[Result<Checked, Vec<Fault>>],
    ) -> Result<Self, Failure> {
        let mut taken = Self::default();
        let mut keys: BTreeMap<Place, BTreeSet<&str>> = BTreeMap::new();
        for one in checked.iter().flatten() {
            if let Some(key) = &one.draft.import_key {
                keys.entry(place(one)).or_default().insert(key);
            }
            let asked = taken.asked.entry(place(one)).or_default();
            asked.insert(slug_base(one).to_owned());
        }
        for (place, keys) in keys {
            let found = tx.import_keys_among(&place.0, &place.1, &keys).await?;
            taken.keys.insert(place, found);
        }
        for (place, slugs) in &taken.asked {
            let slugs = slugs.iter().map(String::as_str).collect();
            let found = tx.slugs_among(&place.0, &place.1, &slugs).await?;
            taken.slugs.insert(place.clone(), found);
        }
        Ok(taken)
    }

    /// The entry that has the import key of a draft.
    pub(super) async fn known(
        &self,
        tx: &mut WriteTx,
        checked: &Checked,
    ) -> Result<Option<Working>, Failure> {
        let draft = &checked.draft;
        let Some(key) = &draft.import_key else {
            return Ok(None);
        };
        let keys = self.keys.get(&place(checked));
        if !keys.is_some_and(|keys| keys.contains(key)) {
            return Ok(None);
        }
        Ok(tx
            .entry_by_import_key(&draft.site, &draft.collection, key)
            .await?)
    }

    /// The slug of a draft without a number behind it, where that is certainly free.
    pub(super) fn free_slug(&self, checked: &Checked, reserved: &[&str]) -> Option<Slug> {
        let (place, base) = (place(checked), slug_base(checked));
        let was_asked = self.asked.get(&place)?.contains(base);
        let is_taken = self.slugs.get(&place)?.contains(base);
        let is_free = was_asked && !is_taken && !reserved.contains(&base);
        is_free.then(|| Slug::new(base).ok()).flatten()
    }

    /// Notes an entry of the batch.
    pub(super) fn take(&mut self, new: &NewEntry) {
        let place = (new.site.clone(), new.collection.clone());
        if let Some(key) = &new.import_key {
            let keys = self.keys.entry(place.clone()).or_default();
            keys.insert(key.clone());
        }
        let slugs = self.slugs.entry(place).or_default();
        slugs.insert(new.slug.to_string());
    }
}

fn place(checked: &Checked) -> Place {
    (checked.draft.site.clone(), checked.draft.collection.clone())
}
