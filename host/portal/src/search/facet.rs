//! The facets that collections declare: each counts entries of its own collection alone, and has the words of that.

use dinh_domain::declaration::Collection;
use dinh_domain::ids::CollectionId;

use super::usual_path;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::shown::FacetGroup;

impl Portal {
    pub(super) fn declared_facets(&self) -> Vec<Declared<'_>> {
        let collections = self
            .plugins()
            .all()
            .flat_map(|plugin| plugin.collections().map(move |it| (plugin, it)));
        let declared = collections.flat_map(|(plugin, (id, collection))| {
            let names = collection.search.facets.iter();
            names.map(move |index| Declared {
                plugin,
                collection,
                index,
                key: facet_key(plugin, &id, index),
            })
        });
        declared.collect()
    }
}

/// A facet: it counts entries of its own collection alone, and has the words of that.
pub(super) struct Declared<'a> {
    pub(super) plugin: &'a LoadedPlugin,
    pub(super) collection: &'a Collection,
    /// The index that it counts by.
    pub(super) index: &'a str,
    /// Its name in addresses and in the search index.
    pub(super) key: String,
}

/// `van-ban.kind`, `gop-y-y-kien.stance`: a facet of one collection.
pub(crate) fn facet_key(plugin: &LoadedPlugin, id: &CollectionId, index: &str) -> String {
    format!("{}.{index}", usual_path(plugin, id).replace('/', "-"))
}

/// Groups of the same name, each with what it counts.
pub(super) fn told_apart(groups: Vec<(FacetGroup, String)>) -> impl Iterator<Item = FacetGroup> {
    let labels: Vec<String> = groups.iter().map(|(it, _)| it.label.clone()).collect();
    groups.into_iter().map(move |(group, kind)| {
        let is_one = labels.iter().filter(|it| **it == group.label).count() == 1;
        FacetGroup {
            label: match is_one {
                true => group.label,
                false => format!("{} ({})", group.label, kind.to_lowercase()),
            },
            ..group
        }
    })
}

/// The name of an index for people: its own text `index.<name>`, or the label of its field.
pub(crate) fn index_label(
    plugin: &LoadedPlugin,
    collection: &Collection,
    name: &str,
    language: &str,
) -> String {
    let own = format!("index.{name}");
    if let Some(text) = plugin.locales.text(language, &own) {
        return text.to_owned();
    }
    match collection.schema.get(name) {
        Some(field) => plugin.text(language, &field.label),
        None => name.to_owned(),
    }
}

/// The name of an index value for people.
pub(crate) fn facet_label(
    plugin: &LoadedPlugin,
    collection: &Collection,
    index: &str,
    value: &str,
    language: &str,
) -> String {
    let from = collection
        .index
        .get(index)
        .and_then(|it| it.from.as_deref())
        .unwrap_or(index);
    let field = collection.schema.get(from);
    let list = field.and_then(|field| plugin.declaration.list_of(field));
    let named = list.and_then(|list| list.get(value));
    named.map_or_else(|| value.to_owned(), |value| value.name(language).to_owned())
}
