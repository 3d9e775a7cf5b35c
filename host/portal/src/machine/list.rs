//! A list as programs read it: from a cursor on.

use dinh_domain::index::IndexValue;
use dinh_domain::query::{Among, MAX_AMONG};
use dinh_domain::visibility::Purpose;
use dinh_store::Summary;

use super::cursor;
use super::exact::{self, BadParameter, Exact};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::section::Here;
use crate::shown::{Item, ItemValue, Items};
use crate::visit::Visit;

impl Portal {
    /// Entries of a collection; none where the visited site has no such collection.
    pub async fn items(
        &self,
        visit: &Visit,
        (plugin, name): (&str, &str),
        given: &[(String, String)],
    ) -> Result<Option<Items>, Failure> {
        let Some(here) = self.here_of(visit, plugin, name) else {
            return Ok(None);
        };
        let mut exact = exact::list(here.collection, given, &here)?;
        let scope = visit.scope(Purpose::Read).only(&here.id);
        exact.query.among = self.exactly_with_words(&here, &exact).await?;
        let identity = self.store().identity().await?;
        let question = question(&here, &exact);
        let place = match &exact.cursor {
            Some(text) => {
                let place = cursor::read(&identity, &question, text);
                Some(place.ok_or(BadParameter::Cursor)?)
            }
            None => None,
        };
        let (store, query) = (self.store(), &exact.query);
        let total = store
            .total(&scope, &here.id, here.collection, query)
            .await?;
        let read = (place.as_ref(), query.per_page);
        let stretch = store
            .after(&scope, &here.id, here.collection, query, read)
            .await?;
        let next = stretch.next.as_ref();
        let items = stretch.entries.iter().filter_map(|it| item(&here, it));
        Ok(Some(Items {
            collection: here.id.clone(),
            total,
            next: next.map(|place| cursor::write(&identity, &question, place)),
            limit: query.per_page,
            items: items.collect(),
            asked: exact.params,
        }))
    }

    async fn exactly_with_words(
        &self,
        here: &Here<'_>,
        exact: &Exact,
    ) -> Result<Option<Among>, Failure> {
        if exact.words.is_empty() {
            return Ok(None);
        }
        let scope = here.visit.scope(Purpose::Read).only(&here.id);
        let (ids, found) = self
            .ids_with(here.visit, &scope, &here.id, &exact.words)
            .await?;
        if found > ids.len() as u64 {
            let most = MAX_AMONG;
            return Err(BadParameter::TooWide { found, most }.into());
        }
        Ok(Some(Among::Sorted(ids)))
    }
}

/// What a cursor is bound to: the same for the same entries in the same order.
fn question(here: &Here<'_>, exact: &Exact) -> String {
    let mut question = format!("{}\n{}\n", here.visit.site.id, here.id);
    for (name, value) in &exact.params {
        question.push_str(&format!("{}:{name}={}:{value}\n", name.len(), value.len()));
    }
    question
}

fn item(here: &Here<'_>, summary: &Summary) -> Option<Item> {
    let (headline, zone) = (&summary.headline, here.visit.zone());
    let slug = headline.slug.as_str();
    let way = here
        .visit
        .way(&headline.site, &headline.collection, slug, &headline.title)?;
    let values = summary.row.values.iter();
    Some(Item {
        id: headline.id.clone(),
        key: headline.import_key.clone(),
        site: headline.site.clone(),
        way,
        title: headline.title.clone(),
        language: headline.language.clone(),
        summary: Some(summary.summary.clone()).filter(|text| !text.is_empty()),
        published: headline.first_published_at.rfc3339_in(&zone),
        updated: headline.published_at.rfc3339_in(&zone),
        values: values
            .map(|(name, values)| (name.clone(), value(here, name, values)))
            .collect(),
    })
}

/// A list index as a list, any other as its one value.
fn value(here: &Here<'_>, name: &str, values: &[IndexValue]) -> ItemValue {
    use dinh_domain::declaration::IndexType;
    let text = |value: &IndexValue| match value {
        IndexValue::Text { shown, .. } => shown.clone(),
        IndexValue::Integer(number) => number.to_string(),
    };
    let kind = here.collection.index.get(name).map(|it| it.kind);
    match (kind, values) {
        (Some(IndexType::Texts), all) => ItemValue::Texts(all.iter().map(text).collect()),
        (_, []) => ItemValue::None,
        (_, [IndexValue::Integer(number), ..]) => ItemValue::Integer(*number),
        (_, [one, ..]) => ItemValue::Text(text(one)),
    }
}
