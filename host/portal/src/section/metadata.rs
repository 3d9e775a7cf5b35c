//! Dublin Core (TT 24/2011/TT-BTTTT) and JSON-LD, by the collection's declared mapping.

use dinh_domain::declaration::{Collection, FieldKind};
use dinh_domain::display;
use dinh_domain::eli;
use dinh_domain::entry::Entry;
use dinh_domain::index;
use dinh_store::FoundLink;
use serde_json::{Map, Value, json};

use crate::plugins::LoadedPlugin;
use crate::shown::{DatasetFacts, DublinCore, EliShown, End};
use crate::visit::Visit;

/// What the mappings read.
pub(crate) struct Source<'a> {
    pub(crate) plugin: &'a LoadedPlugin,
    pub(crate) collection: &'a Collection,
    pub(crate) entry: &'a Entry,
    pub(crate) visit: &'a Visit,
}

impl Source<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let entry = self.entry;
        let zone = self.visit.zone();
        let host = match name {
            "@title" => Some(entry.title.clone()),
            "@url" => None,
            "@organisation" => Some(self.visit.organisation.name.clone()),
            "@author" => Some(entry.author.clone()),
            "@source" => Some(entry.source.clone()),
            "@language" => Some(entry.language.clone()),
            "@published_on" => {
                let published = entry.first_published_at;
                published.map(|at| at.date_in(&zone).to_string())
            }
            _ => return self.field(name),
        };
        host.filter(|text| !text.trim().is_empty())
    }

    /// Dates stay `YYYY-MM-DD` in metadata.
    fn field(&self, name: &str) -> Option<String> {
        let is_date = self
            .collection
            .schema
            .get(name)
            .is_some_and(|field| matches!(field.kind, FieldKind::Date { .. }));
        if is_date {
            return self.entry.body.get(name)?.as_str().map(str::to_owned);
        }
        let declaration = &self.plugin.declaration;
        display::field(
            declaration,
            self.collection,
            &self.entry.body,
            name,
            &self.visit.language,
        )
    }

    /// The record. An obligatory element that the mapping leaves empty falls back to what the host
    /// always knows, so that none is ever empty.
    pub(crate) fn dublin_core(&self) -> DublinCore {
        let map = &self.collection.view.dublin_core;
        let element = |name: &str| map.get(name).and_then(|from| self.value(from));
        let changed = self
            .entry
            .changed_at
            .date_in(&self.visit.zone())
            .to_string();
        let published = || self.value("@published_on").unwrap_or(changed);
        let title = element("title").unwrap_or_else(|| self.entry.title.clone());
        let organisation = self.visit.organisation.name.clone();
        let obligatory = [
            "title",
            "creator",
            "date",
            "description",
            "publisher",
            "identifier",
        ];
        let more = map
            .keys()
            .filter(|name| !obligatory.contains(&name.as_str()));
        DublinCore {
            creator: element("creator").unwrap_or_else(|| organisation.clone()),
            date: element("date").unwrap_or_else(published),
            description: element("description").unwrap_or_else(|| title.clone()),
            publisher: element("publisher").unwrap_or(organisation),
            identifier: element("identifier").unwrap_or_else(|| self.entry.id.to_string()),
            more: more
                .filter_map(|name| Some((name.clone(), element(name)?)))
                .collect(),
            title,
        }
    }

    /// What the collection declares for catalogues of data; none without such a declaration.
    pub(crate) fn dataset(&self) -> DatasetFacts {
        let Some(declared) = &self.collection.view.dataset else {
            return DatasetFacts::default();
        };
        let value = |field: &Option<String>| self.field(field.as_deref()?);
        DatasetFacts {
            begins: value(&declared.begins),
            ends: value(&declared.ends),
            spatial: value(&declared.spatial),
            theme: value(&declared.theme),
            frequency: value(&declared.frequency),
        }
    }

    /// JSON-LD without addresses and edges: `web` knows the site's origin.
    pub(super) fn json_ld(&self) -> Option<Value> {
        let mapping = self.collection.view.schema_org.as_ref()?;
        let mut thing = Map::new();
        thing.insert("@context".to_owned(), json!("https://schema.org"));
        thing.insert("@type".to_owned(), json!(mapping.kind));
        for (property, from) in &mapping.properties {
            if let Some(value) = self.value(from) {
                thing.insert(property.clone(), json!(value));
            }
        }
        if let Some(values) = &mapping.values {
            let (id, _) = index::effective_choice(
                self.collection,
                &self.entry.body,
                &values.field,
                self.visit.local,
            );
            if let Some(value) = id.and_then(|id| values.map.get(&id)) {
                thing.insert(values.property.clone(), json!(value));
            }
        }
        Some(Value::Object(thing))
    }

    /// Edges with what each vocabulary calls them.
    pub(super) fn ends(&self, links: &[FoundLink]) -> Vec<End> {
        let view = &self.collection.view;
        // The words of these vocabularies are this collection's: edges that another plugin declares are none of them.
        let own = self.entry.collection.plugin();
        let is_own = |found: &&FoundLink| {
            let other = found.other.as_ref();
            found.link.outgoing || other.is_none_or(|it| it.collection.plugin() == own)
        };
        let links = links.iter().filter(is_own).map(|found| {
            let link = &found.link;
            let schema_org = view.schema_org.as_ref();
            let schema_org = schema_org.and_then(|it| it.relations.get(&link.kind));
            let eli = view.eli.as_ref();
            let eli = eli.and_then(|it| it.relations.get(&link.kind));
            let akn = view.akn.as_ref();
            let modification = akn.and_then(|akn| akn.modifications.get(&link.kind));
            let way = found.other.as_ref().and_then(|it| {
                self.visit
                    .way(&it.site, &it.collection, it.slug.as_str(), &it.title)
            });
            End {
                kind: link.kind.clone(),
                outgoing: link.outgoing,
                code: link.code.clone(),
                label: link.label.clone(),
                way,
                schema_org: schema_org.filter(|_| link.outgoing).cloned(),
                eli: eli.filter(|_| link.outgoing).cloned(),
                modification: modification.map(|it| it.names()),
            }
        });
        links.collect()
    }

    /// The entry as legislation; none where the collection does not declare it or a part of the
    /// address is missing.
    pub(super) fn eli(&self) -> Option<EliShown> {
        let declared = self.collection.view.eli.as_ref()?;
        let properties = declared.properties.iter().filter_map(|(property, from)| {
            let is_date = from == "@published_on"
                || self
                    .collection
                    .schema
                    .get(from)
                    .is_some_and(|field| matches!(field.kind, FieldKind::Date { .. }));
            Some((property.clone(), self.value(from)?, is_date))
        });
        Some(EliShown {
            local: eli::local(declared, &self.entry.body)?,
            language: declared.language.to_string(),
            properties: properties.collect(),
        })
    }
}
