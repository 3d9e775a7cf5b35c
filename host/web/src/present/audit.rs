use dinh_portal::{ACT_NAMES, ActShown, ActsPage, SignedIn};
use dinh_render::view::{Fact, FactValue, Link, Page, RoomRow, RosterPage};

use super::rooms::{field, filter, roster, select, time};
use super::setting::Setting;
use crate::links::{self, Param};
use crate::routes::{AUDIT, AUDIT_CSV};

/// Parameters: site, person, act, first day, last day.
pub(crate) const NARROWED: [&str; 5] = ["trang", "nguoi", "viec", "tu-ngay", "den-ngay"];
/// Parameter of the number that the page ends before.
pub(crate) const BEFORE: &str = "truoc";

/// A page of acts; `typed` is what it is narrowed to, in the order of [`NARROWED`].
pub(crate) fn page(
    setting: &Setting<'_>,
    who: &SignedIn,
    found: &ActsPage,
    typed: [&str; 5],
) -> Page<RosterPage> {
    let mut shown = roster(setting, who, AUDIT, setting.text("office.audit"));
    let [site, person, act, from, until] = typed;
    let sites = found.sites.iter();
    let sites = sites.map(|(id, name)| (id.to_string(), name.clone()));
    let acts = ACT_NAMES.iter();
    let acts = acts.map(|(id, name)| ((*id).to_owned(), (*name).to_owned()));
    let fields = vec![
        select(setting, (NARROWED[0], "office.audit_site"), sites, site),
        field(
            setting,
            (NARROWED[1], "text", "office.audit_person"),
            person,
        ),
        select(setting, (NARROWED[2], "office.audit_act"), acts, act),
        field(setting, (NARROWED[3], "date", "office.from"), from),
        field(setting, (NARROWED[4], "date", "office.until"), until),
    ];
    let params: Vec<Param> = NARROWED
        .iter()
        .zip(typed)
        .map(|(name, value)| ((*name).to_owned(), value.to_owned()))
        .collect();
    let body = &mut shown.body;
    body.texts
        .push(setting.text("office.audit_text").to_owned());
    let csv = links::with_params(AUDIT_CSV, &params);
    body.links = vec![Link::new(setting.text("office.audit_csv"), csv)];
    body.filter = Some(filter(setting, AUDIT, fields));
    if found.acts.is_empty() {
        setting
            .text("office.audit_none")
            .clone_into(&mut body.count);
    }
    body.lines = found.acts.iter().map(|it| row(setting, it)).collect();
    body.next = found.next.map(|before| {
        let params = links::set(&params, BEFORE, &before.to_string());
        let there = links::with_params(AUDIT, &params);
        Link::new(setting.text("office.audit_next"), there)
    });
    shown
}

fn row(setting: &Setting<'_>, it: &ActShown) -> RoomRow {
    let text = |key, value: &str| Fact::text(setting.texts(key, &[]), value);
    let subject = match &it.entry {
        Some(id) => FactValue::link(it.subject.clone(), super::desk::entry_path(id)),
        None => FactValue::text(it.subject.clone()),
    };
    let mut facts = vec![
        Fact::values(setting.text("office.audit_at"), vec![time(setting, it.at)]),
        text("office.audit_who", &it.who),
        Fact::values(setting.text("office.audit_subject"), vec![subject]),
        text("office.audit_origin", &it.origin),
    ];
    facts.extend(it.site.as_ref().map(|it| text("office.audit_site", it)));
    let changes = it.changes.iter().map(|(name, was, became)| {
        let key = match was.as_str() {
            "" => "office.audit_became",
            _ => "office.audit_changed",
        };
        let became = if became.is_empty() { "–" } else { became };
        let words = [("name", name.as_str()), ("before", was), ("after", became)];
        setting.texts(key, &words)
    });
    let changes: Vec<String> = changes.collect();
    if !changes.is_empty() {
        facts.push(text("office.audit_changes", &changes.join("; ")));
    }
    RoomRow {
        pick: None,
        summary: None,
        link: Link::new(format!("{}. {}", it.number, it.act), ""),
        marks: Vec::new(),
        facts,
    }
}
