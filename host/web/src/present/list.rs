use dinh_domain::declaration::TOTALS_PATH;
use dinh_portal::shown::{FilterKind, FilterShown, List, OptionShown};
use dinh_render::view::{
    Alternate, Chip, Filter, FilterOption, HiddenField, Link, ListPage, Page, Paging, SortLink,
};

use super::calendar::CALENDAR;
use super::feed::FEED;
use super::metadata;
use super::row::rows;
use super::setting::{self, Setting, path};
use super::site_map;
use super::subscription;
use crate::links::{self, Param};
use crate::problem::Problem;

/// Parameter of the words.
const WORDS: &str = "q";
/// Parameter of the order.
const SORT: &str = "sort";
/// Parameter of the rows a page.
const PER_PAGE: &str = "per_page";
/// Media type of spreadsheets.
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Most values that are shown as boxes to tick; a longer filter is a list to choose one from.
const MAX_BOXES: usize = 8;

/// The list of a section.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked_path: &str,
    list: List,
) -> Result<Page<ListPage>, Problem> {
    let here = path(&list.section);
    let address = |number: u64| links::page(&here, &list.asked, number);
    let paging = Paging::new(list.page.into(), list.per_page.into(), list.total, address);
    if u64::from(list.page) > paging.pages {
        return Err(Problem::BeyondLastPage {
            pages: paging.pages,
            last: address(paging.pages),
        });
    }
    let mut frame = setting.section_frame(&list.section, &list.section.name, &[]);
    // The list is the page itself.
    let own = usize::from(list.section.above.is_some());
    frame.breadcrumb.remove(own);
    frame.description = Some(list.section.description.clone()).filter(|text| !text.is_empty());
    let canonical = setting.absolute(&address(paging.page));
    let name = &list.section.name;
    frame.dublin_core = Some(metadata::of_section(setting, &list.section, &canonical));
    frame.json_ld = Some(metadata::web_page(
        setting,
        "CollectionPage",
        name,
        &canonical,
        &[],
    ));
    frame.share = Some(metadata::share(setting, "website"));
    frame.canonical = Some(canonical);
    // A list that answers for a page which its plugin cannot give now is that list at a second address.
    frame.noindex = !list.asked.is_empty() || asked_path != here;
    frame.prev.clone_from(&paging.prev);
    frame.next.clone_from(&paging.next);
    let files = Files::of(setting, &here, &list);
    frame.feed = Some(files.feed.href.clone());
    frame.alternates = vec![
        Alternate::new("text/csv", &files.csv.label, &files.csv.href),
        Alternate::new(ODS, &files.ods.label, &files.ods.href),
    ];
    let filters = filters(setting, &list);
    let sorts = list.sorts.iter().map(|sort| SortLink {
        label: sort.label.clone(),
        href: links::with_params(&here, &in_order(&list.asked, &sort.value)),
        current: sort.current,
    });
    let notices = setting::warnings(&list.complaints);
    let body = ListPage {
        title: list.title.clone(),
        intro: Some(list.section.description.clone()).filter(|text| !text.is_empty()),
        notices,
        hidden: hidden(&list.asked, &filters),
        filters,
        chips: chips(&list, &here),
        clear: (!list.chips.is_empty()).then(|| here.clone()),
        sorts: sorts.collect(),
        total: list.total,
        rows: rows(setting, &list.rows),
        paging,
        links: ways(setting, &here, &list),
        feed: Some(files.feed),
        calendar: files.calendar,
        csv: Some(files.csv),
        ods: Some(files.ods),
        browse: list
            .browse
            .iter()
            .map(|it| site_map::filter(&here, it))
            .collect(),
        by_mail: by_mail(setting, &here, &list),
        action: here.clone(),
    };
    Ok(Page { frame, body })
}

/// The list for programs: the same filters and words. A feed and a calendar have their own order, and none has pages.
struct Files {
    feed: Link,
    calendar: Option<Link>,
    csv: Link,
    ods: Link,
}

impl Files {
    fn of(setting: &Setting<'_>, here: &str, list: &List) -> Self {
        let unpaged = links::without(&list.asked, PER_PAGE);
        let unordered = links::without(&unpaged, SORT);
        let link = |key: &str, name: &str, asked: &[Param]| {
            let href = links::with_params(&format!("{here}/{name}"), asked);
            Link::new(setting.texts(key, &[]), href)
        };
        Self {
            feed: link("list.feed", FEED, &unordered),
            calendar: list
                .has_calendar
                .then(|| link("list.calendar", CALENDAR, &unordered)),
            csv: link("list.csv", "export.csv", &unpaged),
            ods: link("list.ods", "export.ods", &unpaged),
        }
    }
}

/// Other pages of the section; its totals are those of the list as it is filtered.
fn ways(setting: &Setting<'_>, here: &str, list: &List) -> Vec<Link> {
    let totals = list.totals.as_ref().map(|title| {
        let asked = links::without(&links::without(&list.asked, PER_PAGE), SORT);
        let href = links::with_params(&format!("{here}/{TOTALS_PATH}"), &asked);
        Link::new(title, href)
    });
    let ways = setting.links(&list.ways);
    totals.into_iter().chain(ways).collect()
}

/// The form to be told of what is new in it.
fn by_mail(setting: &Setting<'_>, here: &str, list: &List) -> Option<Link> {
    let link = || subscription::link(setting, "subscribe.list", here, &list.asked);
    list.has_subscriptions.then(link)
}

/// Filters in effect.
fn chips(list: &List, here: &str) -> Vec<Chip> {
    let chips = list.chips.iter().map(|chip| Chip {
        label: chip.label.clone(),
        remove: links::with_params(here, &chip.without),
    });
    chips.collect()
}

/// What was asked, in another order: filters, order, rows a page, as the portal writes them.
fn in_order(asked: &[Param], sort: &str) -> Vec<Param> {
    let rest = links::without(asked, PER_PAGE);
    let mut params = if sort.is_empty() {
        links::without(&rest, SORT)
    } else {
        links::set(&rest, SORT, sort)
    };
    params.extend(asked.iter().filter(|(name, _)| name == PER_PAGE).cloned());
    params
}

/// The words first, then the declared filters; a filter without values to choose from is left out.
fn filters(setting: &Setting<'_>, list: &List) -> Vec<Filter> {
    let words = Filter::Text {
        name: WORDS.to_owned(),
        label: setting.text("search.label").to_owned(),
        value: list.words.clone(),
    };
    let declared = list
        .filters
        .iter()
        .filter(|shown| shown.name != WORDS)
        .filter_map(filter);
    std::iter::once(words).chain(declared).collect()
}

fn filter(shown: &FilterShown) -> Option<Filter> {
    let (name, label) = (shown.name.clone(), shown.label.clone());
    match &shown.kind {
        FilterKind::Options(options) if options.is_empty() => None,
        FilterKind::Options(shown) => {
            let selected = shown.iter().filter(|option| option.selected).count();
            let options = shown.iter().map(option).collect();
            Some(if shown.len() <= MAX_BOXES || selected > 1 {
                Filter::Checkboxes {
                    name,
                    label,
                    options,
                }
            } else {
                Filter::Select {
                    name,
                    label,
                    options,
                }
            })
        }
        FilterKind::Text(value) => Some(Filter::Text {
            name,
            label,
            value: value.clone(),
        }),
        FilterKind::DateRange { from, to } => Some(Filter::DateRange {
            label,
            from_name: format!("{name}_from"),
            from: from.clone(),
            to_name: format!("{name}_to"),
            to: to.clone(),
        }),
    }
}

fn option(shown: &OptionShown) -> FilterOption {
    FilterOption {
        value: shown.value.clone(),
        label: shown.label.clone(),
        count: Some(shown.count),
        selected: shown.selected,
    }
}

/// What was asked for and has no field in the form, such as the order.
fn hidden(asked: &[Param], filters: &[Filter]) -> Vec<HiddenField> {
    let has_field = |asked: &str| {
        filters.iter().any(|filter| match filter {
            Filter::Text { name, .. }
            | Filter::Select { name, .. }
            | Filter::Checkboxes { name, .. } => name == asked,
            Filter::DateRange {
                from_name, to_name, ..
            } => from_name == asked || to_name == asked,
        })
    };
    let fields = asked.iter().filter(|(name, _)| !has_field(name));
    fields
        .map(|(name, value)| HiddenField {
            name: name.clone(),
            value: value.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
