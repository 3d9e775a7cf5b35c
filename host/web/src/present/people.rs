use dinh_portal::{AccountState, PEOPLE_LINES_MAX, PeoplePage, PersonLine, RoleLine, SignedIn};
use dinh_render::view::{Fact, FactValue, Link, Page, Paging, RoomRow, RosterPage, Tone};

use super::rooms::{field, filter, roster, select, time};
use super::setting::Setting;
use crate::links;
use crate::routes::{INVITE, PEOPLE};

/// Parameter of the organisation.
pub(crate) const AT: &str = "to-chuc";
/// Parameter of the words.
pub(crate) const WORDS: &str = "tim";
/// Parameter of the page.
pub(crate) const PAGE: &str = "page";

/// Path of a person's page.
pub(crate) fn path(id: &str) -> String {
    format!("{PEOPLE}/{id}")
}

/// People whom somebody looks after.
pub(crate) fn page(
    setting: &Setting<'_>,
    who: &SignedIn,
    found: &PeoplePage,
    (at, words, page): (&str, &str, u32),
) -> Page<RosterPage> {
    let title = setting.text("office.people");
    let mut shown = roster(setting, who, PEOPLE, title);
    let address = |page: u64| {
        let page = match page {
            1 => String::new(),
            page => page.to_string(),
        };
        let params = [(AT, at), (WORDS, words), (PAGE, &page)];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
        links::with_params(PEOPLE, &params)
    };
    let places = found.organisations.iter();
    let places = places.map(|(id, name)| (id.to_string(), name.clone()));
    let fields = vec![
        select(setting, (AT, "office.at"), places, at),
        field(setting, (WORDS, "text", "office.words"), words),
    ];
    let body = &mut shown.body;
    body.texts
        .push(setting.text("office.people_text").to_owned());
    body.links = vec![Link::new(setting.text("office.invite"), INVITE)];
    body.filter = Some(filter(setting, PEOPLE, fields));
    body.count = match found.total {
        0 => setting.text("office.nobody").to_owned(),
        total => setting.texts("office.count", &[("count", &total.to_string())]),
    };
    body.lines = found.lines.iter().map(|it| row(setting, it)).collect();
    let per_page = u64::from(PEOPLE_LINES_MAX);
    body.paging = Some(Paging::new(page.into(), per_page, found.total, address));
    shown
}

fn row(setting: &Setting<'_>, it: &PersonLine) -> RoomRow {
    let roles: Vec<FactValue> = it
        .roles
        .iter()
        .map(|it| FactValue::text(role(setting, it)))
        .collect();
    let mut facts = vec![Fact::text(setting.text("people.name"), it.name.clone())];
    if !roles.is_empty() {
        facts.push(Fact::values(setting.text("office.roles"), roles));
    }
    facts.push(seen(setting, it));
    RoomRow {
        pick: None,
        summary: None,
        link: Link::new(it.full_name.clone(), path(it.id.as_str())),
        marks: marks(setting, it),
        facts,
    }
}

/// When the account was last used.
pub(super) fn seen(setting: &Setting<'_>, it: &PersonLine) -> Fact {
    let value = match it.last_seen {
        Some(at) => time(setting, at),
        None => FactValue::text(setting.text("office.never")),
    };
    Fact::values(setting.text("office.last_seen"), vec![value])
}

/// The account's state, and whether it is locked.
pub(super) fn marks(setting: &Setting<'_>, it: &PersonLine) -> Vec<FactValue> {
    let (key, tone) = match it.state {
        AccountState::Active => ("office.active", Tone::Good),
        AccountState::Invited => ("office.invited", Tone::Plain),
        AccountState::Disabled => ("office.disabled", Tone::Bad),
    };
    let mut marks = vec![FactValue::badge(setting.text(key), tone)];
    if it.locked_until.is_some() {
        marks.push(FactValue::badge(setting.text("office.locked"), Tone::Warn));
    }
    marks
}

/// A role with its organisation and its days.
pub(super) fn role(setting: &Setting<'_>, it: &RoleLine) -> String {
    let day = |key: &str, day: Option<dinh_domain::dates::LocalDate>| {
        day.map(|it| setting.texts(key, &[("day", &it.to_vietnamese())]))
    };
    let over = (!it.holds).then(|| setting.text("office.not_today").to_owned());
    let parts = [
        Some(format!("{} – {}", it.grant.role.name(), it.organisation)),
        day("office.from_day", it.from),
        day("office.until_day", it.until),
        over,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
