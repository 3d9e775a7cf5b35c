//! The list of a section, from the declaration, without running code.

use std::collections::HashMap;

use dinh_domain::declaration::{CodeList, IndexType};
use dinh_domain::query::{Among, Query};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_store::{Count, ListAsked};

use super::below::list_of;
use super::{Here, indented, rolled_up, row, row_values, tree_of};
use crate::ask::{self, Asked, Names};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::{facet_label, index_label};
use crate::shown::{
    Answer, Chip, FilterKind, FilterShown, List, OptionShown, SiteMapFilter, SortShown,
};
use crate::site_map::{divided, divides};

/// Values of a filter that are offered; the rest is reached by the search.
const MAX_OPTIONS: usize = 60;

impl Portal {
    pub(super) async fn list(
        &self,
        here: &Here<'_>,
        given: &[(String, String)],
    ) -> Result<Answer, Failure> {
        let mut asked = ask::list(here.collection, given, here);
        let scope = here.visit.scope(Purpose::List).only(&here.id);
        asked.query.among = self.with_words(here, &scope, &mut asked).await?;
        let list = ListAsked {
            scope: &scope,
            id: &here.id,
            collection: here.collection,
            query: &asked.query,
            values: Some(&row_values(here.collection, None)),
            popular_since: None,
        };
        let page = self.store().lists(&[list]).await?.pop().unwrap_or_default();
        let counted = self.counted(here, &scope, &asked).await?;
        let filters = filters(here, &asked, &counted);
        // Nothing narrows here: what the filters offer is what divides the section.
        let browse = match asked.params.is_empty() && asked.query.page == 1 {
            true => browse(here, &counted),
            false => Vec::new(),
        };
        let rows = page.entries.iter();
        let rows = rows.filter_map(|it| row(here.plugin, here.collection, it, here.visit));
        Ok(Answer::List(Box::new(List {
            section: here.section.clone(),
            title: here
                .plugin
                .text(&here.visit.language, &here.collection.plural),
            chips: chips(here, &filters, &asked),
            sorts: sorts(here, &asked.query),
            words: asked.words,
            filters,
            total: page.total,
            page: asked.query.page,
            per_page: asked.query.per_page,
            rows: rows.collect(),
            asked: asked.params,
            complaints: asked.complaints,
            ways: super::list_ways(here.plugin, here.section, here.visit),
            has_subscriptions: self.sends_mail(),
            has_calendar: here.collection.calendar.is_some(),
            totals: super::totals::title(here),
            browse,
        })))
    }

    /// What there is of each filter that offers its values, in one question.
    pub(super) async fn counted(
        &self,
        here: &Here<'_>,
        scope: &Scope,
        asked: &Asked,
    ) -> Result<Counted, Failure> {
        let collection = here.collection;
        let names = collection.view.list.filters.iter().map(String::as_str);
        let names = names.filter(|name| {
            let kind = collection.index.get(*name).map(|it| it.kind);
            kind.is_some_and(|it| !is_typed(it))
        });
        let names: Vec<&str> = names.collect();
        let counts = self
            .store()
            .counts_by(scope, (&here.id, collection), &asked.query, &names)
            .await?;
        let names = names.into_iter().map(str::to_owned);
        Ok(names.zip(counts).collect())
    }
}

/// The values of indexes by their names.
pub(super) type Counted = HashMap<String, Vec<Count>>;

/// Whether readers type what they look for instead of choosing.
fn is_typed(kind: IndexType) -> bool {
    matches!(kind, IndexType::Date | IndexType::Code | IndexType::Integer)
}

fn browse(here: &Here<'_>, counted: &Counted) -> Vec<SiteMapFilter> {
    let place = (here.plugin.as_ref(), here.collection);
    let indexes = here.collection.view.list.browse.iter();
    let indexes = indexes.filter(|index| divides(here.collection, index));
    let divided = indexes.filter_map(|index| {
        let counts = counted.get(index)?;
        divided(place, index, counts, &here.visit.language)
    });
    divided.collect()
}

pub(super) fn filters(here: &Here<'_>, asked: &Asked, counted: &Counted) -> Vec<FilterShown> {
    let mut filters = Vec::new();
    for name in &here.collection.view.list.filters {
        let Some(index) = here.collection.index.get(name) else {
            continue;
        };
        let given = |name: &str| {
            let found = asked.params.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let kind = match index.kind {
            IndexType::Date => FilterKind::DateRange {
                from: given(&format!("{name}_from")),
                to: given(&format!("{name}_to")),
            },
            kind if is_typed(kind) => FilterKind::Text(given(name)),
            _ => {
                let counts = counted.get(name).map_or(&[][..], Vec::as_slice);
                FilterKind::Options(options(here, asked, name, counts))
            }
        };
        let label = index_label(here.plugin, here.collection, name, &here.visit.language);
        filters.push(FilterShown {
            name: name.clone(),
            label,
            kind,
        });
    }
    filters
}

fn options(here: &Here<'_>, asked: &Asked, name: &str, counts: &[Count]) -> Vec<OptionShown> {
    let (collection, language) = (here.collection, &here.visit.language);
    let kind = collection.index.get(name).map(|it| it.kind);
    let is_coded = kind == Some(IndexType::Choice);
    let tree = tree_of((here.plugin, collection), name);
    let counts = match tree {
        Some(tree) => rolled_up(tree, counts),
        None => counts.to_vec(),
    };
    let chosen: Vec<&str> = ask::many(&asked.params, name);
    let same = |value: &str, shown: &str| {
        let folded = dinh_domain::vietnamese::fold;
        chosen
            .iter()
            .any(|it| *it == value || folded(it) == folded(shown))
    };
    let options = counts.into_iter().take(MAX_OPTIONS).map(|count| {
        let value = if is_coded { &count.key } else { &count.shown };
        OptionShown {
            value: value.clone(),
            label: if is_coded {
                let label = facet_label(here.plugin, collection, name, value, language);
                indented(tree, value, label)
            } else {
                count.shown.clone()
            },
            count: count.count,
            selected: same(&count.key, &count.shown),
        }
    });
    let mut options: Vec<OptionShown> = options.collect();
    // What was chosen stays in the form, also where the other filters leave nothing of it.
    for value in chosen.iter().copied() {
        let folded = dinh_domain::vietnamese::fold(value);
        let is_there = |option: &OptionShown| {
            option.value == value || dinh_domain::vietnamese::fold(&option.label) == folded
        };
        if !options.iter().any(is_there) {
            options.push(OptionShown {
                value: value.to_owned(),
                label: facet_label(here.plugin, collection, name, value, language),
                count: 0,
                selected: true,
            });
        }
    }
    if kind == Some(IndexType::Year) {
        options.sort_by(|a, b| b.value.cmp(&a.value));
    }
    options
}

impl Names for Here<'_> {
    fn label(&self, index: &str) -> String {
        index_label(self.plugin, self.collection, index, &self.visit.language)
    }

    fn list(&self, index: &str) -> Option<&CodeList> {
        list_of((self.plugin, self.collection), index)
    }
}

fn sorts(here: &Here<'_>, query: &Query) -> Vec<SortShown> {
    let ranked = matches!(query.among, Some(Among::Ranked(_)));
    let best = query.among.as_ref().map(|_| SortShown {
        value: String::new(),
        label: "Phù hợp nhất".to_owned(),
        current: ranked,
    });
    let both = here.collection.view.list.sorts.iter().flat_map(|name| {
        [true, false].map(|descending| {
            let sign = if descending { "-" } else { "" };
            let arrow = if descending { "↓" } else { "↑" };
            SortShown {
                value: format!("{sign}{name}"),
                label: format!("{} {arrow}", here.label(name)),
                current: !ranked
                    && query.sort.index == *name
                    && query.sort.descending == descending,
            }
        })
    });
    best.into_iter().chain(both).collect()
}

pub(super) fn chips(here: &Here<'_>, filters: &[FilterShown], asked: &Asked) -> Vec<Chip> {
    let applied = asked
        .params
        .iter()
        .filter(|(key, _)| key != "sort" && key != "per_page");
    let chips = applied.map(|gone| {
        let (key, value) = gone;
        let base = key.trim_end_matches("_from").trim_end_matches("_to");
        let filter = filters.iter().find(|it| it.name == *key || it.name == base);
        let label = match filter {
            Some(FilterShown {
                label,
                kind: FilterKind::Options(options),
                ..
            }) => {
                let option = options.iter().find(|option| option.value == *value);
                let shown = option.map_or_else(
                    || {
                        facet_label(
                            here.plugin,
                            here.collection,
                            key,
                            value,
                            &here.visit.language,
                        )
                    },
                    |option| option.label.clone(),
                );
                format!("{label}: {shown}")
            }
            Some(FilterShown {
                label,
                kind: FilterKind::DateRange { .. },
                ..
            }) => {
                let date = dinh_domain::dates::LocalDate::parse(value);
                let shown = date.map_or_else(|_| value.clone(), |date| date.to_vietnamese());
                let word = if key.ends_with("_from") {
                    "từ"
                } else {
                    "đến"
                };
                format!("{label} {word} {shown}")
            }
            Some(FilterShown { label, .. }) => format!("{label}: {value}"),
            None => format!("“{value}”"),
        };
        Chip {
            label,
            without: asked
                .params
                .iter()
                .filter(|param| *param != gone)
                .cloned()
                .collect(),
        }
    });
    chips.collect()
}
