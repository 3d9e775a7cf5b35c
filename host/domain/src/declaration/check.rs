//! What one file says about another: every name must lead somewhere.

mod about;
mod blocks;
mod dataset;
mod fetch;
mod fields;
mod forms;
mod imports;
mod jobs;
mod lists;
mod paths;
mod proposals;
mod settings;
mod submission;
mod totals;
mod versions;
mod webhooks;
mod writes;

use super::{
    Collection, Declaration, DeclarationFault, ENTRY_WORDS, FieldKind, IndexDeclaration, IndexType,
    law_check,
};

/// Contract versions this host speaks.
pub(super) const CONTRACTS: [&str; 1] = ["0.1"];

/// Host values that a declaration may name instead of a field.
pub(super) const HOST_VALUES: [&str; 7] = [
    "@title",
    "@url",
    "@organisation",
    "@author",
    "@source",
    "@language",
    "@published_on",
];

/// `whole` where every collection could be read.
pub(super) fn declaration(
    declaration: &Declaration,
    whole: bool,
    faults: &mut Vec<DeclarationFault>,
) {
    manifest(declaration, whole, faults);
    writes::writes(declaration, whole, faults);
    for (name, collection) in &declaration.collections {
        let file = format!("collections/{name}.toml");
        let mut fault = |message: String| {
            faults.push(DeclarationFault {
                file: file.clone(),
                line: None,
                message,
            });
        };
        schema(declaration, collection, &mut fault);
        indexes(collection, &mut fault);
        names(collection, &mut fault);
        totals::totals(collection, &mut fault);
        dataset::dataset(collection, &mut fault);
        blocks::of(declaration, collection, &mut fault);
        submission::submission(declaration, collection, &mut fault);
        about::collection(declaration, collection, &mut fault);
        versions::collection(collection, &mut fault);
        versions::calendar(declaration, collection, &mut fault);
        fields::counts_down(declaration, collection, &mut fault);
        law_check::akn(declaration, collection, &mut fault);
        law_check::eli(declaration, collection, &mut fault);
    }
    blocks::all(declaration, faults);
    lists::lists(declaration, faults);
    if whole {
        paths::paths(declaration, faults);
        imports::imports(declaration, faults);
    }
}

/// First parts of addresses that the host keeps for itself (architecture, section 8).
const RESERVED_MOUNTS: [&str; 18] = [
    "api",
    "dang-nhap",
    "dang-xuat",
    "eli",
    "en",
    "giao-dien",
    "healthz",
    "kiem-tra-ban-luu",
    "metrics",
    "nhan-tin",
    super::WEBHOOK_MOUNT,
    "quan-tri",
    "readyz",
    "so-do-cong",
    "tep",
    "theo-doi",
    "thu-thach",
    "tim-kiem",
];

/// Whether the host keeps a first part of addresses for itself.
pub fn is_reserved_mount(mount: &str) -> bool {
    RESERVED_MOUNTS.contains(&mount)
}

fn manifest(declaration: &Declaration, whole: bool, faults: &mut Vec<DeclarationFault>) {
    let manifest = &declaration.manifest;
    let mut fault = |message: String| {
        faults.push(DeclarationFault {
            file: "plugin.toml".to_owned(),
            line: None,
            message,
        });
    };
    if !CONTRACTS.contains(&manifest.contract.as_str()) {
        let known = CONTRACTS.join(", ");
        fault(format!(
            "contract `{}` is not spoken by this host: it speaks {known}; build it with an SDK of that version",
            manifest.contract
        ));
    }
    if whole && declaration.collections.is_empty() {
        fault("no collection is declared: add collections/<name>.toml".to_owned());
    }
    if is_reserved_mount(manifest.mount.as_str()) {
        fault(format!(
            "mount `{}` is a word of the host: choose another",
            manifest.mount
        ));
    }
    settings::settings(manifest, &mut fault);
    forms::forms(manifest, &mut fault);
    fetch::fetch(manifest, &mut fault);
    jobs::jobs(manifest, &mut fault);
    webhooks::webhooks(manifest, &mut fault);
    for hook in &manifest.hooks {
        if whole && !declaration.collections.contains_key(&hook.collection) {
            fault(format!(
                "hook on `{}`: there is no such collection",
                hook.collection
            ));
        }
    }
    for route in &manifest.routes {
        let good = !route.path.is_empty() && route.path.split('/').all(|part| !part.is_empty());
        if !good {
            fault(format!(
                "route `{}`: path `{}` has an empty part",
                route.name, route.path
            ));
        }
        if let Some(word) = ENTRY_WORDS.iter().find(|word| clashes(&route.path, word)) {
            fault(format!(
                "route `{}`: path `{}` clashes with the host's own `{{slug}}/{word}`: choose another",
                route.name, route.path
            ));
        }
        // The host looks for a list of a collection there before it asks a plugin.
        let parts: Vec<&str> = route.path.split('/').collect();
        let ends_so = parts
            .last()
            .is_some_and(|it| super::FIXED_WORDS.contains(it));
        if ends_so && parts.len() <= 2 {
            fault(format!(
                "route `{}`: `{}` is the host's own below every section: choose another path",
                route.name, route.path
            ));
        }
        if route.fallback == super::Fallback::Detail && !route.path.contains("{slug}") {
            fault(format!(
                "route `{}`: fallback `detail` needs `{{slug}}` in its path",
                route.name
            ));
        }
    }
}

/// Whether a route's pattern asks for one of the host's words below an entry, which the host answers first.
fn clashes(pattern: &str, word: &str) -> bool {
    let parts: Vec<&str> = pattern.split('/').collect();
    let is_parameter = |part: &str| part.starts_with('{');
    match parts.as_slice() {
        [first, last] => *last == word || is_parameter(first) && is_parameter(last),
        _ => false,
    }
}

fn schema(declaration: &Declaration, collection: &Collection, fault: &mut impl FnMut(String)) {
    for (name, field) in &collection.schema {
        fields::one(declaration, collection, (name, field), fault);
        if let Some(list) = field.kind.list()
            && !declaration.lists.contains_key(list)
        {
            fault(format!(
                "field `{name}`: there is no list lists/{list}.toml"
            ));
        }
        match &field.kind {
            FieldKind::Choice { by_date, .. } => {
                for rule in by_date {
                    for date in rule.before.iter().chain(&rule.from) {
                        let kind = kind_of(collection, date);
                        if !matches!(kind, Some(FieldKind::Date { .. } | FieldKind::Instant {})) {
                            fault(format!(
                                "field `{name}`: by_date names `{date}`, which is no date or instant field"
                            ));
                        }
                    }
                    if rule.before.is_some() == rule.from.is_some() {
                        fault(format!(
                            "field `{name}`: by_date needs either `before` or `from`"
                        ));
                    }
                }
            }
            FieldKind::Relations {
                target,
                target_field,
                proposals,
                ..
            } => {
                let list = declaration.list_of(field);
                if let Some(grammar) = proposals {
                    proposals::check(collection, name, grammar, list, fault);
                }
                if target.contains('/') {
                    fields::far(declaration, name, target, fault);
                    continue;
                }
                let other = declaration.collections.get(target);
                let code = other.and_then(|other| kind_of(other, target_field));
                if !matches!(code, Some(FieldKind::Code { .. })) {
                    fault(format!(
                        "field `{name}`: `{target}.{target_field}` is no code field"
                    ));
                }
            }
            _ => {}
        }
    }
}

pub(super) fn kind_of<'a>(collection: &'a Collection, field: &str) -> Option<&'a FieldKind> {
    collection.schema.get(field).map(|field| &field.kind)
}

fn indexes(collection: &Collection, fault: &mut impl FnMut(String)) {
    for (name, index) in &collection.index {
        let fits_name = name.len() <= 40
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits_name {
            fault(format!(
                "index `{name}`: names are 1 to 40 of a-z, 0-9 and _"
            ));
        }
        let from = index.from.as_deref().unwrap_or(name);
        match kind_of(collection, from) {
            None => fault(format!("index `{name}`: there is no field `{from}`")),
            Some(kind) if !fits(index, kind) => {
                fault(format!(
                    "index `{name}`: type {:?} cannot be made from field `{from}`",
                    index.kind
                ));
            }
            Some(_) => {}
        }
    }
}

fn fits(index: &IndexDeclaration, kind: &FieldKind) -> bool {
    matches!(
        (index.kind, kind),
        (IndexType::Text, FieldKind::Text { .. })
            | (IndexType::Texts, FieldKind::Texts { .. })
            | (IndexType::Code, FieldKind::Code { .. })
            | (
                IndexType::Date | IndexType::Year,
                FieldKind::Date { .. } | FieldKind::Instant {}
            )
            | (IndexType::Integer, FieldKind::Integer {})
            | (IndexType::Choice, FieldKind::Choice { .. })
    )
}

/// Every field and index that views, search, credit and duty name.
fn names(collection: &Collection, fault: &mut impl FnMut(String)) {
    for (place, name) in named_fields(collection) {
        let host = name.starts_with('@');
        if host && !HOST_VALUES.contains(&name.as_str()) {
            fault(format!("{place}: there is no host value `{name}`"));
        } else if !host && !collection.schema.contains_key(&name) {
            fault(format!("{place}: there is no field `{name}`"));
        }
    }
    let list = &collection.view.list;
    let default_sort = list.default_sort.trim_start_matches('-').to_owned();
    let sorts = list.sorts.iter().chain([&default_sort]);
    let counted = collection.search.facets.iter().chain(&collection.unique);
    for name in list.filters.iter().chain(sorts).chain(counted) {
        if !collection.index.contains_key(name) {
            fault(format!(
                "`{name}` is filtered, sorted, counted or unique, but there is no [index.{name}]"
            ));
        }
    }
    fields::named_once(collection, fault);
    fields::browse(collection, fault);
    let workflow = &collection.workflow.id;
    if crate::workflow::named(workflow).is_none() {
        let known: Vec<&str> = crate::workflow::names().collect();
        let known = known.join(", ");
        fault(format!(
            "workflow `{workflow}` is not known; there are {known}"
        ));
    }
}

/// Where a field is named, and which.
fn named_fields(collection: &Collection) -> Vec<(&'static str, String)> {
    let view = &collection.view;
    let search = &collection.search;
    let credit = &collection.credit;
    let properties = view.schema_org.iter().flat_map(|it| it.properties.values());
    let clock = collection.duty.iter().map(|duty| &duty.clock_starts);
    let (title, slug) = (pattern(&view.title), pattern(&view.slug));
    let places: [(&str, Vec<&String>); 10] = [
        ("view.title", title.iter().collect()),
        ("view.slug", slug.iter().collect()),
        ("view.summary", view.summary.iter().collect()),
        (
            "credit",
            credit.author.iter().chain(&credit.source).collect(),
        ),
        ("view.list.columns", view.list.columns.iter().collect()),
        (
            "view.list",
            view.list.badge.iter().chain(&view.list.date).collect(),
        ),
        ("view.detail.facts", view.detail.facts.iter().collect()),
        ("view.dublin_core", view.dublin_core.values().collect()),
        ("view.schema_org", properties.collect()),
        ("duty.clock_starts", clock.collect()),
    ];
    let searched = search.title.iter().chain(&search.body).chain(&search.codes);
    let named = places
        .into_iter()
        .flat_map(|(place, names)| names.into_iter().map(move |name| (place, name.clone())));
    named
        .chain(searched.map(|name| ("search", name.clone())))
        .collect()
}

/// The `{fields}` of a pattern.
pub(crate) fn pattern(text: &str) -> Vec<String> {
    let starts = text.split('{').skip(1);
    starts
        .filter_map(|rest| rest.split_once('}'))
        .flat_map(|(names, _)| names.split('|').map(str::to_owned))
        .collect()
}
