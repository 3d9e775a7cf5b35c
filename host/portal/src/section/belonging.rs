//! Entries of other collections on the page of one: the opinions on a draft, and what was said of each of its parts.

use std::collections::HashMap;

use dinh_domain::declaration::{DetailList, IndexType};
use dinh_domain::entry::Entry;
use dinh_domain::ids::CollectionId;
use dinh_domain::index;
use dinh_domain::query::{Filter, Test};
use dinh_domain::vietnamese;
use dinh_domain::visibility::Purpose;
use serde_json::Value;

use super::row::row;
use super::{Here, form_way};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Detail, DetailListShown, PartShown};
use crate::submission::{POINT, is_open};

/// Entries of a list on the page of another entry; all of them are on a page of their own.
const SHOWN: u32 = 10;

/// What belongs to an entry.
#[derive(Default)]
pub(super) struct Belonging {
    lists: Vec<DetailListShown>,
    /// Of each part that is spoken of, by its folded name: how many times.
    counts: HashMap<String, u64>,
    /// The list in which parts are named: its path, and its filters by entry and by part.
    named: Option<(String, (String, String), String)>,
}

impl Portal {
    pub(super) async fn belonging(
        &self,
        here: &Here<'_>,
        entry: &Entry,
    ) -> Result<Belonging, Failure> {
        let mut found = Belonging::default();
        for list in &here.collection.view.detail.lists {
            self.one(here, entry, list, &mut found).await?;
        }
        Ok(found)
    }

    async fn one(
        &self,
        here: &Here<'_>,
        entry: &Entry,
        list: &DetailList,
        found: &mut Belonging,
    ) -> Result<(), Failure> {
        let id = CollectionId::new(here.id.plugin(), &list.collection);
        let id = id.map_err(Failure::internal)?;
        let Some(other) = self.here_in(here.visit, &id) else {
            return Ok(());
        };
        let code = entry.body.get(&list.is).and_then(Value::as_str);
        let key = code.and_then(|code| index::key(IndexType::Code, code));
        let (Some(code), Some(key)) = (code, key) else {
            return Ok(());
        };
        let mut query = crate::ask::first(other.collection, SHOWN);
        query.filters.push(Filter {
            index: list.index.clone(),
            test: Test::AnyOf(vec![key]),
        });
        let scope = here.visit.scope(Purpose::Read).only(&id);
        let page = self
            .store()
            .list(&scope, &id, other.collection, &query)
            .await?;
        let rows = page.entries.iter();
        let rows = rows.filter_map(|it| row(other.plugin, other.collection, it, here.visit));
        let (path, filter) = (
            format!("/{}", other.section.path),
            (list.index.clone(), code.to_owned()),
        );
        let text = |key: &str| here.plugin.text(&here.visit.language, key);
        found.lists.push(DetailListShown {
            title: text(&list.title),
            empty: text(&list.empty),
            rows: rows.collect(),
            total: page.total,
            path: path.clone(),
            filter: filter.clone(),
        });
        if let Some(points) = &list.points {
            let counts = self
                .store()
                .counts(&scope, &id, other.collection, &query, points)
                .await?;
            let counts = counts.into_iter().map(|it| (it.key, it.count));
            found.counts = counts.collect();
            found.named = Some((path, filter, points.clone()));
        }
        Ok(())
    }
}

impl Belonging {
    /// Puts it on the entry's page.
    pub(super) fn put(self, here: &Here<'_>, detail: &mut Detail) {
        detail.lists = self.lists;
        let Some((path, filter, points)) = self.named else {
            return;
        };
        let mut forms = super::forms(here.plugin);
        let form = forms.find(|(_, form)| form.points.is_some());
        let form = form.filter(|(_, form)| is_open(here, form, &detail.entry.body));
        let form = form.map(|(_, form)| {
            let below = form.path.replace("{slug}", detail.entry.slug.as_str());
            form_way(here.section, (here.plugin, form), &below, here.visit)
        });
        for block in &mut detail.blocks {
            if !here.is_unit(&block.level) || block.label.is_empty() {
                continue;
            }
            let name = block.label.trim_end_matches('.').to_owned();
            let count = self.counts.get(&vietnamese::fold(&name));
            let form = form.as_ref().map(|way| {
                let part = (POINT.to_owned(), name.clone());
                (way.label.clone(), way.path.clone(), part)
            });
            block.part = Some(PartShown {
                count: count.copied().unwrap_or_default(),
                list: (
                    path.clone(),
                    vec![filter.clone(), (points.clone(), name.clone())],
                ),
                form,
                name,
            });
        }
    }
}
