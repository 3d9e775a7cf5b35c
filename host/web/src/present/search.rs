mod help;

use dinh_portal::shown::{FacetGroup, FacetValue, Found, HitShown};
use dinh_render::view::{Chip, Facet, FacetItem, Page, Paging, SearchHit, SearchPage, Snippet};

use super::fact;
use super::metadata;
use super::setting::{self, Setting};
use crate::links::{self, Param};
use crate::problem::Problem;
use crate::routes::SEARCH;

/// Parameter of the words.
const WORDS: &str = "q";

/// The search page, with or without a question.
pub(crate) fn page(setting: &Setting<'_>, found: Found) -> Result<Page<SearchPage>, Problem> {
    let address = |number: u64| links::page(SEARCH, &found.asked, number);
    let paging = Paging::new(
        found.page.into(),
        found.per_page.into(),
        found.total,
        address,
    );
    if u64::from(found.page) > paging.pages {
        return Err(Problem::BeyondLastPage {
            pages: paging.pages,
            last: address(paging.pages),
        });
    }
    let mut frame = setting.lone_frame(setting.text("search.title"));
    frame.noindex = true;
    let (title, address) = (setting.text("search.title"), setting.absolute(SEARCH));
    frame.json_ld = Some(metadata::web_page(
        setting,
        "SearchResultsPage",
        title,
        &address,
        &[],
    ));
    frame.search_text.clone_from(&found.words);
    frame.prev.clone_from(&paging.prev);
    frame.next.clone_from(&paging.next);
    frame.notices = setting::warnings(&found.complaints);
    let words = [(WORDS.to_owned(), found.words.clone())];
    let clear = (!found.chips.is_empty()).then(|| links::with_params(SEARCH, &words));
    let chips = found.chips.iter().map(|chip| Chip {
        label: chip.label.clone(),
        remove: links::with_params(SEARCH, &chip.without),
    });
    let body = SearchPage {
        action: SEARCH.to_owned(),
        total: found.total,
        hits: found.hits.iter().map(|shown| hit(setting, shown)).collect(),
        facets: facets(&found.facets, &found.asked),
        chips: chips.collect(),
        clear,
        paging,
        query: found.words.clone(),
        ..help::helped(setting, &found.help, &found.words)
    };
    Ok(Page { frame, body })
}

fn hit(setting: &Setting<'_>, shown: &HitShown) -> SearchHit {
    SearchHit {
        title: Snippet::from_parts(shown.title.clone()),
        href: setting.href(&shown.way),
        site: shown.site.clone(),
        section: shown.section.clone(),
        facts: fact::facts(&shown.facts),
        badge: shown.badge.as_ref().map(fact::badge),
        lead: Snippet::from_parts(shown.lead.clone()),
        snippet: Snippet::from_parts(shown.snippet.clone()),
        file: shown.file.clone(),
    }
}

fn facets(groups: &[FacetGroup], asked: &[Param]) -> Vec<Facet> {
    let order: Vec<&str> = std::iter::once(WORDS)
        .chain(groups.iter().map(|group| group.name.as_str()))
        .collect();
    let facets = groups.iter().map(|group| Facet {
        label: group.label.clone(),
        items: group
            .values
            .iter()
            .map(|value| FacetItem {
                label: value.label.clone(),
                count: value.count,
                href: narrowed(asked, &order, group, value),
                selected: value.selected,
            })
            .collect(),
    });
    facets.collect()
}

/// The search with this value alone of its facet, or without the facet when it is selected. The order
/// of parameters is always the same, so that one search has one address.
fn narrowed(asked: &[Param], order: &[&str], group: &FacetGroup, value: &FacetValue) -> String {
    let mut params = links::without(asked, &group.name);
    if !value.selected {
        params.push((group.name.clone(), value.value.clone()));
    }
    let place = |name: &str| {
        order
            .iter()
            .position(|known| *known == name)
            .unwrap_or(order.len())
    };
    params.sort_by_key(|(name, _)| place(name));
    links::with_params(SEARCH, &params)
}

#[cfg(test)]
mod tests;
