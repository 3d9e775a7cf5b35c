use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::EndKind;
use dinh_portal::{
    ORGANISATION_LINES_MAX, OpenOrganisation, OrganisationLine, OrganisationsPage, SignedIn,
};
use dinh_render::view::{Fact, FactValue, Link, Page, Paging, RoomRow, RosterPage, Tone};

use super::rooms::{field, filter, roster};
use super::setting::Setting;
use crate::links;
use crate::routes::ORGANISATIONS;

/// Parameter of the day.
pub(crate) const DAY: &str = "ngay";

/// Parameter of the page.
pub(crate) const PAGE: &str = "page";

/// Path of an organisation's page.
pub(crate) fn path(id: &OrganisationId) -> String {
    format!("{ORGANISATIONS}/{id}")
}

/// The tree as it stood on a day.
pub(crate) fn page(
    setting: &Setting<'_>,
    who: &SignedIn,
    found: &OrganisationsPage,
    page: u32,
) -> Page<RosterPage> {
    let title = setting.text("tree.title");
    let mut shown = roster(setting, who, ORGANISATIONS, title);
    let day = found.day.to_vietnamese();
    let body = &mut shown.body;
    body.texts.push(setting.text("tree.text").to_owned());
    let day_field = field(setting, (DAY, "date", "tree.day"), &found.day.to_string());
    body.filter = Some(filter(setting, ORGANISATIONS, vec![day_field]));
    let words = [("count", found.living.to_string()), ("day", day)];
    let words = words.each_ref().map(|(name, it)| (*name, it.as_str()));
    body.count = setting.texts("tree.count", &words);
    if found.may_found {
        let there = format!("{ORGANISATIONS}/moi");
        body.links
            .push(Link::new(setting.text("tree.found"), there));
    }
    body.links.extend(found.days.iter().map(|day| {
        let params = [(DAY.to_owned(), day.to_string())];
        Link::new(
            day.to_vietnamese(),
            links::with_params(ORGANISATIONS, &params),
        )
    }));
    let at = found.day.to_string();
    body.lines = found.lines.iter().map(|it| row(setting, it, &at)).collect();
    let address = |page: u64| {
        let params = [(DAY, at.clone()), (PAGE, page.to_string())];
        let params = params.map(|(name, value)| (name.to_owned(), value));
        links::with_params(ORGANISATIONS, &params)
    };
    let per_page = ORGANISATION_LINES_MAX as u64;
    body.paging = Some(Paging::new(page.into(), per_page, found.total, address));
    shown
}

fn row(setting: &Setting<'_>, it: &OrganisationLine, day: &str) -> RoomRow {
    let address =
        |id: &OrganisationId| links::with_params(&path(id), &[(DAY.to_owned(), day.to_owned())]);
    let mut marks = Vec::new();
    if let Some(end) = &it.end {
        marks.push(FactValue::badge(ended(setting, end.how), Tone::Bad));
    }
    if it.since.is_none() {
        marks.push(FactValue::badge(
            setting.text("tree.unrecorded"),
            Tone::Warn,
        ));
    }
    RoomRow {
        pick: None,
        summary: None,
        link: Link::new(it.name.clone(), address(&it.id)),
        marks,
        facts: facts(setting, it, &address),
    }
}

/// What is known of an organisation on a day.
pub(crate) fn facts(
    setting: &Setting<'_>,
    it: &OrganisationLine,
    address: &dyn Fn(&OrganisationId) -> String,
) -> Vec<Fact> {
    let label = |key: &str| setting.texts(key, &[]);
    let linked = |all: &[(OrganisationId, String)]| {
        let links = all.iter();
        let links = links.map(|(id, name)| FactValue::link(name.clone(), address(id)));
        links.collect::<Vec<_>>()
    };
    let mut facts = Vec::new();
    let mut text = |key: &str, value: &Option<String>| {
        if let Some(value) = value {
            facts.push(Fact::text(label(key), value.clone()));
        }
    };
    text("tree.code", &it.code);
    text("tree.head", &it.head);
    let deputies = it.deputies.join(", ");
    text("tree.deputies", &Some(deputies).filter(|it| !it.is_empty()));
    text("tree.officer", &it.officer);
    if let Some(parent) = &it.parent {
        let above = linked(std::slice::from_ref(parent));
        facts.push(Fact::values(label("tree.parent"), above));
    }
    if let Some(since) = it.since {
        facts.push(Fact::date(label("tree.since"), &since.to_string()));
    }
    if !it.before.is_empty() {
        facts.push(Fact::values(label("tree.before"), linked(&it.before)));
    }
    if let Some(end) = &it.end {
        let (on, successors) = (end.on, &end.successors);
        facts.push(Fact::date(label("tree.ended_on"), &on.to_string()));
        if !successors.is_empty() {
            facts.push(Fact::values(label("tree.successors"), linked(successors)));
        }
    }
    facts
}

/// How it ended, in words.
pub(crate) fn ended(setting: &Setting<'_>, how: EndKind) -> String {
    let key = match how {
        EndKind::Merged => "tree.merged",
        EndKind::Split => "tree.split",
        EndKind::Abolished => "tree.abolished",
    };
    setting.text(key).to_owned()
}

/// What is known of it, a sentence each.
pub(crate) fn sentences(setting: &Setting<'_>, open: &OpenOrganisation) -> Vec<String> {
    let known = facts(setting, &open.line, &|id| path(id));
    let told = known.into_iter().map(|fact| {
        let values: Vec<String> = fact.values.into_iter().map(|it| it.text).collect();
        format!("{}: {}.", fact.label, values.join(", "))
    });
    let mut told: Vec<String> = told.collect();
    if let Some(end) = &open.line.end {
        told.push(format!("{}.", ended(setting, end.how)));
    }
    told
}
