//! Edges of entries, as a plugin is told them.

use std::collections::{BTreeSet, HashMap};

use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::index::{IndexRow, IndexValue};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_runtime::{HostError, Link};
use dinh_store::{FoundLink, Headline};
use serde_json::{Map, Value};

use super::GuestHost;

impl GuestHost {
    /// The edges of one entry, of one field or of all.
    pub(super) async fn links_of(
        &self,
        id: &EntryId,
        field: Option<&str>,
    ) -> Result<Vec<Link>, HostError> {
        let scope = self.visit.scope(Purpose::Link);
        let found = self
            .portal
            .store()
            .links(&scope, id)
            .await
            .map_err(|error| self.unavailable(error))?;
        let wanted = found.into_iter().filter(|found| {
            let other = found.other.as_ref();
            field.is_none_or(|field| found.link.field == field)
                && other.is_none_or(|it| *it.collection.plugin() == self.plugin)
        });
        let wanted: Vec<FoundLink> = wanted.collect();
        let rows = self.rows(&scope, &wanted).await?;
        Ok(wanted
            .into_iter()
            .map(|found| self.link(id, found, &rows))
            .collect())
    }

    fn link(&self, of: &EntryId, found: FoundLink, rows: &HashMap<EntryId, IndexRow>) -> Link {
        let other = found.other.as_ref();
        let row = other.and_then(|other| rows.get(&other.id));
        let way = other.and_then(|it| {
            self.visit
                .way(&it.site, &it.collection, it.slug.as_str(), "")
        });
        Link {
            of: of.to_string(),
            field: found.link.field,
            kind: found.link.kind,
            outgoing: found.link.outgoing,
            entry: other.map(|it| it.id.to_string()),
            key: Some(found.link.code),
            label: other.map_or(found.link.label, |it| it.title.clone()),
            url: way.filter(|way| way.host.is_none()).map(|way| way.path),
            facts: Value::Object(row.map(facts).unwrap_or_default()).to_string(),
        }
    }

    /// The index values of the other ends, one question for each collection: bodies of laws are
    /// not read for a few dates.
    async fn rows(
        &self,
        scope: &Scope,
        links: &[FoundLink],
    ) -> Result<HashMap<EntryId, IndexRow>, HostError> {
        let others: Vec<&Headline> = links.iter().filter_map(|it| it.other.as_ref()).collect();
        let collections: BTreeSet<&CollectionId> = others.iter().map(|it| &it.collection).collect();
        let mut rows = HashMap::new();
        for id in collections {
            let Some((_, declared)) = self.portal.plugins().collection(id) else {
                continue;
            };
            let own = others.iter().filter(|it| it.collection == *id);
            let own: Vec<EntryId> = own.map(|it| it.id.clone()).collect();
            let (store, scope) = (self.portal.store(), scope.only(id));
            let found = store
                .list_of(&scope, id, declared, &own)
                .await
                .map_err(|error| self.unavailable(error))?;
            rows.extend(found.into_iter().map(|it| (it.headline.id, it.row)));
        }
        Ok(rows)
    }
}

fn facts(row: &IndexRow) -> Map<String, Value> {
    let values = row.values.iter().filter_map(|(name, values)| {
        let plain = |value: &IndexValue| match value {
            IndexValue::Text { shown, .. } => Value::from(shown.clone()),
            IndexValue::Integer(number) => Value::from(*number),
        };
        match values.as_slice() {
            [] => None,
            [one] => Some((name.clone(), plain(one))),
            many => Some((name.clone(), Value::Array(many.iter().map(plain).collect()))),
        }
    });
    values.collect()
}
