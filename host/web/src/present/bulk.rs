//! One step with many entries: what would become of each, and what became.

use dinh_domain::ids::{EntryId, RevisionId};
use dinh_portal::{BulkDone, BulkLine, BulkPlan, Chosen};
use dinh_render::view::{
    Fact, FactValue, FormsField, FormsForm, FormsPage, FormsPart, HiddenField, Page,
};

use super::desk::{SUBMIT, crumb, entry_path};
use super::rooms::{field, select};
use super::setting::Setting;
use super::sign_in::{whole, with_form};
use crate::asked::Asked;
use crate::routes::{DESK, MANY};

/// Field of an entry with the revision that was seen; there may be many.
pub(crate) const TICKED: &str = "muc";
/// Field of an entry of the page, ticked or not.
pub(crate) const LISTED: &str = "trang-nay";
/// Field that takes everything of the page.
pub(crate) const ALL: &str = "ca-trang";
/// Field of the step.
pub(crate) const STEP: &str = "viec";
/// Field of the room to come back to.
pub(crate) const BACK: &str = "ve";
/// Field that says that what would become of each was read.
pub(crate) const SURE: &str = "chac-chan";
/// Field of the reason.
pub(crate) const REASON: &str = "ly-do";
/// Field of its kind.
pub(crate) const REASON_KIND: &str = "loai-ly-do";
/// Field of the instant.
pub(crate) const INSTANT: &str = "luc";
/// Field of the express lane.
pub(crate) const EXPRESS: &str = "khan";

/// An entry with the revision that is shown, as one value.
pub(crate) fn ticked(entry: &EntryId, revision: &RevisionId) -> String {
    format!("{entry}.{revision}")
}

/// What was ticked; none where it is nothing that a page has offered.
pub(crate) fn chosen(value: &str) -> Option<Chosen> {
    let (entry, seen) = value.split_once('.')?;
    Some(Chosen {
        entry: EntryId::new(entry).ok()?,
        seen: RevisionId::new(seen).ok()?,
    })
}

/// What would become of each, before it is done.
pub(crate) fn plan(
    setting: &Setting<'_>,
    asked: &Asked,
    plan: &BulkPlan,
    faults: &[(&'static str, &'static str)],
) -> Page<FormsPage> {
    let able = plan.lines.iter().filter(|it| it.refused.is_none());
    let able: Vec<&BulkLine> = able.collect();
    let unable = plan.lines.iter();
    let unable = unable.filter_map(|it| Some((it, it.refused.as_deref()?)));
    let unable: Vec<Fact> = unable
        .map(|(it, why)| told(it, FactValue::text(why.join(" "))))
        .collect();
    let mut parts = Vec::new();
    let count = able.len().to_string();
    let label = plan.label.as_str();
    if able.is_empty() {
        parts.push(paragraph(setting.text("many.nothing")));
    } else {
        let facts = able.iter().map(|it| told(it, FactValue::text(&it.state)));
        parts.push(FormsPart {
            heading: Some(setting.texts("many.will", &[("count", &count), ("step", label)])),
            facts: facts.collect(),
            ..with_form(form(setting, asked, plan, &able, faults))
        });
    }
    parts.extend(refused(setting, unable));
    let title = titled(setting, label);
    let mut page = framed(setting, title, asked, parts);
    if !faults.is_empty() {
        page.body
            .faults
            .push(setting.text("people.faults").to_owned());
    }
    page
}

/// What became of each.
pub(crate) fn done(
    setting: &Setting<'_>,
    asked: &Asked,
    plan: &BulkPlan,
    done: &[BulkDone],
) -> Page<FormsPage> {
    let taken = done.iter().filter(|it| it.undone.is_none());
    let taken: Vec<Fact> = taken
        .map(|it| told(&it.line, FactValue::text(&plan.label)))
        .collect();
    let undone = done.iter();
    let undone = undone.filter_map(|it| Some((&it.line, it.undone.as_deref()?)));
    let undone: Vec<Fact> = undone
        .map(|(line, why)| told(line, FactValue::text(why.join(" "))))
        .collect();
    let count = taken.len().to_string();
    let mut parts = Vec::new();
    if !taken.is_empty() {
        parts.push(FormsPart {
            heading: Some(setting.text("many.done").to_owned()),
            facts: taken,
            ..FormsPart::default()
        });
    }
    parts.extend(refused(setting, undone));
    let title = titled(setting, &plan.label);
    let mut page = framed(setting, title, asked, parts);
    if count == "0" {
        page.body
            .faults
            .push(setting.text("many.said_none").to_owned());
    } else {
        page.body.said = Some(setting.texts("many.said", &[("count", &count)]));
    }
    page
}

/// Nothing was ticked, or no step was chosen.
pub(crate) fn nothing(setting: &Setting<'_>, asked: &Asked, key: &str) -> Page<FormsPage> {
    let title = setting.text("many.title").to_owned();
    let mut page = framed(setting, title, asked, Vec::new());
    page.body.faults.push(setting.text(key).to_owned());
    page
}

fn titled(setting: &Setting<'_>, step: &str) -> String {
    match step {
        "" => setting.text("many.title").to_owned(),
        step => setting.texts("many.title_step", &[("step", step)]),
    }
}

/// The room to come back to; the desk where that is no room.
fn back(asked: &Asked) -> &str {
    let there = asked.field(BACK);
    let is_room = there.strip_prefix(DESK);
    match is_room {
        Some(rest) if rest.is_empty() || rest.starts_with('?') => there,
        _ => DESK,
    }
}

fn framed(
    setting: &Setting<'_>,
    title: String,
    asked: &Asked,
    mut parts: Vec<FormsPart>,
) -> Page<FormsPage> {
    let back = FactValue::link(setting.text("many.back"), back(asked));
    parts.push(FormsPart {
        facts: vec![Fact::values(setting.text("desk.title"), vec![back])],
        ..FormsPart::default()
    });
    let mut page = whole(setting, title, parts);
    page.frame.breadcrumb.insert(0, crumb(setting));
    page
}

fn paragraph(text: &str) -> FormsPart {
    FormsPart {
        texts: vec![text.to_owned()],
        ..FormsPart::default()
    }
}

fn refused(setting: &Setting<'_>, facts: Vec<Fact>) -> Option<FormsPart> {
    (!facts.is_empty()).then(|| FormsPart {
        heading: Some(setting.texts("many.not", &[("count", &facts.len().to_string())])),
        facts,
        ..FormsPart::default()
    })
}

/// An entry, by its site, with what is said of it.
fn told(line: &BulkLine, what: FactValue) -> Fact {
    let link = FactValue::link(&line.title, entry_path(line.chosen.entry.as_str()));
    Fact::values(line.site.clone(), vec![link, FactValue::text("–"), what])
}

fn form(
    setting: &Setting<'_>,
    asked: &Asked,
    plan: &BulkPlan,
    able: &[&BulkLine],
    faults: &[(&'static str, &'static str)],
) -> FormsForm {
    let step = asked.field(STEP);
    let mut fields = Vec::new();
    let typed = |name| asked.field(name);
    if !plan.reasons.is_empty() {
        let reasons = plan.reasons.iter().cloned();
        fields.push(FormsField {
            required: true,
            ..select(
                setting,
                (REASON_KIND, "desk.reason"),
                reasons,
                typed(REASON_KIND),
            )
        });
        fields.push(field(
            setting,
            (REASON, "long", "desk.reason_more"),
            typed(REASON),
        ));
    } else if plan.needs_reason {
        fields.push(FormsField {
            required: true,
            ..field(setting, (REASON, "long", "desk.reason"), typed(REASON))
        });
    }
    if plan.needs_instant {
        let kind = (INSTANT, "datetime-local", "desk.instant");
        fields.push(FormsField {
            required: true,
            ..field(setting, kind, typed(INSTANT))
        });
    }
    if step == SUBMIT {
        fields.push(field(
            setting,
            (EXPRESS, "check", "desk.express_ask"),
            typed(EXPRESS),
        ));
    }
    for field in &mut fields {
        let own = faults.iter().filter(|(name, _)| *name == field.name);
        field.faults = own.map(|(_, key)| setting.text(key).to_owned()).collect();
    }
    let hidden = |name: &str, value: String| HiddenField {
        name: name.to_owned(),
        value,
    };
    let mut kept = vec![
        hidden(SURE, "1".to_owned()),
        hidden(STEP, step.to_owned()),
        hidden(BACK, back(asked).to_owned()),
    ];
    let able = able.iter().map(|it| &it.chosen);
    kept.extend(able.map(|it| hidden(TICKED, ticked(&it.entry, &it.seen))));
    FormsForm {
        long: false,
        asks: false,
        action: MANY.to_owned(),
        button: setting.texts(
            "many.do",
            &[("step", &plan.label), ("count", &kept_count(&kept))],
        ),
        hidden: kept,
        fields: fields.into_iter().map(FormsField::described).collect(),
    }
}

fn kept_count(kept: &[HiddenField]) -> String {
    kept.iter()
        .filter(|it| it.name == TICKED)
        .count()
        .to_string()
}
