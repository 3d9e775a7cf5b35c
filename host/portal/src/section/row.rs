//! An entry in a list.

use dinh_domain::declaration::Collection;
use dinh_store::Summary;

use super::left::left;
use super::{Here, facts};
use crate::plugins::LoadedPlugin;
use crate::shown::RowShown;
use crate::visit::Visit;

/// An entry in a list.
pub(crate) fn row(
    plugin: &LoadedPlugin,
    collection: &Collection,
    entry: &Summary,
    visit: &Visit,
) -> Option<RowShown> {
    let columns = &collection.view.list.columns;
    row_of((plugin, collection), entry, columns, visit)
}

/// The indexes that a row shows: the columns of its block, or of its list, and what its badge says.
pub(crate) fn row_values<'a>(
    collection: &'a Collection,
    columns: Option<&'a Vec<String>>,
) -> Vec<&'a str> {
    let list = &collection.view.list;
    let columns = columns.unwrap_or(&list.columns).iter();
    columns.chain(&list.badge).map(String::as_str).collect()
}

/// An entry in a block, which may have columns of its own.
pub(crate) fn block_row(
    here: &Here<'_>,
    entry: &Summary,
    columns: Option<&Vec<String>>,
) -> Option<RowShown> {
    let columns = columns.unwrap_or(&here.collection.view.list.columns);
    row_of((here.plugin, here.collection), entry, columns, here.visit)
}

fn row_of(
    (plugin, collection): (&LoadedPlugin, &Collection),
    entry: &Summary,
    columns: &[String],
    visit: &Visit,
) -> Option<RowShown> {
    let headline = &entry.headline;
    let (site, slug) = (&headline.site, headline.slug.as_str());
    let way = visit.way(site, &headline.collection, slug, &headline.title)?;
    let elsewhere = visit
        .directory
        .site(site)
        .filter(|it| it.id != visit.site.id);
    Some(RowShown {
        title: headline.title.clone(),
        way,
        facts: facts::of_row((plugin, collection), columns, &entry.row, visit),
        badge: facts::row_badge(plugin, collection, &entry.row, visit),
        left: facts::row_state(collection, &entry.row)
            .and_then(|state| left((plugin, collection), state, entry.row.stale_on, visit)),
        summary: Some(entry.summary.clone()).filter(|text| !text.is_empty()),
        site: elsewhere.map(|site| site.name.clone()),
    })
}
