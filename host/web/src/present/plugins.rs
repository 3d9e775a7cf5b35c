mod faults;
mod waits;

use dinh_portal::{PluginRoomLine, SignedIn};
use dinh_render::view::{
    Crumb, Fact, FactValue, FormsField, FormsPage, FormsPart, Link, Page, RoomRow, RosterPage, Tone,
};

use super::person::{Forms, Outcome, tell};
use super::rooms::roster;
use super::setting::Setting;
use super::sign_in::{whole, with_form};
use crate::asked::Asked;
use crate::routes::{MODULES, PLUGINS};
use faults::faults;
use waits::waits;

/// What was done, in words.
pub(crate) fn said(wanted: &str) -> Option<&'static str> {
    Some(match wanted {
        "park" => "plugins.said_parked",
        "unpark" => "plugins.said_unparked",
        "agree" => "plugins.said_agreed",
        "refuse" => "plugins.said_refused",
        _ => return None,
    })
}

fn path(it: &PluginRoomLine) -> String {
    format!("{PLUGINS}/{}", it.line.plugin)
}

/// All plugins.
pub(crate) fn list(
    setting: &Setting<'_>,
    who: &SignedIn,
    found: &[PluginRoomLine],
) -> Page<RosterPage> {
    let mut shown = roster(setting, who, MODULES, setting.text("plugins.title"));
    let body = &mut shown.body;
    body.texts.push(setting.text("plugins.text").to_owned());
    body.links
        .push(Link::new(setting.text("modules.title"), MODULES));
    body.count = setting.texts("plugins.count", &[("count", &found.len().to_string())]);
    body.lines = found.iter().map(|it| row(setting, it)).collect();
    shown
}

fn marks(setting: &Setting<'_>, it: &PluginRoomLine) -> Vec<FactValue> {
    let (key, tone) = match it.line.state.as_str() {
        "enabled" => ("plugins.runs", Tone::Good),
        "parked" => ("plugins.parked", Tone::Bad),
        "removed" => ("plugins.removed", Tone::Plain),
        "" => ("plugins.not_yet", Tone::Plain),
        _ => ("plugins.missing", Tone::Bad),
    };
    let mut marks = vec![FactValue::badge(setting.text(key), tone)];
    if it.waiting.is_some() {
        marks.push(FactValue::badge(setting.text("plugins.waits"), Tone::Warn));
    }
    if has_faults(it) {
        marks.push(FactValue::badge(
            setting.text("plugins.has_faults"),
            Tone::Warn,
        ));
    }
    marks
}

fn has_faults(it: &PluginRoomLine) -> bool {
    let line = &it.line;
    line.failures > 0
        || !line.breakers.is_empty()
        || !line.refusals.is_empty()
        || line.jobs.iter().any(|it| it.given_up > 0)
}

fn facts(setting: &Setting<'_>, it: &PluginRoomLine) -> Vec<(String, String)> {
    let line = &it.line;
    let origin = match (&line.publisher_key, &line.reviewer_key) {
        (None, _) => setting.text("plugins.bundled").to_owned(),
        (Some(key), None) => setting.texts("plugins.signed", &[("key", key)]),
        (Some(key), Some(reviewer)) => {
            setting.texts("plugins.reviewed", &[("key", key), ("reviewer", reviewer)])
        }
    };
    let sites = match it.sites.as_slice() {
        [] => setting.text("plugins.nowhere").to_owned(),
        sites => sites.join("; "),
    };
    let mut facts = vec![("plugins.id", line.plugin.clone())];
    if !line.version.is_empty() {
        facts.push(("plugins.version", line.version.clone()));
        facts.push(("plugins.publisher", line.publisher.clone()));
        facts.push(("plugins.origin", origin));
        facts.push(("plugins.sites", sites));
    }
    if !line.reason.is_empty() {
        facts.push(("plugins.reason", line.reason.clone()));
    }
    let facts = facts.into_iter();
    facts
        .map(|(key, value)| (setting.texts(key, &[]), value))
        .collect()
}

fn row(setting: &Setting<'_>, it: &PluginRoomLine) -> RoomRow {
    let facts = facts(setting, it).into_iter();
    RoomRow {
        pick: None,
        summary: None,
        link: Link::new(it.name.clone(), path(it)),
        marks: marks(setting, it),
        facts: facts
            .map(|(label, value)| Fact::text(label, value))
            .collect(),
    }
}

/// One plugin.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked: &Asked,
    it: &PluginRoomLine,
    outcome: &Outcome,
) -> Page<FormsPage> {
    let forms = Forms {
        setting,
        asked,
        outcome,
        action: path(it),
    };
    let state: Vec<String> = marks(setting, it).into_iter().map(|it| it.text).collect();
    let mut texts = vec![format!(
        "{}: {}.",
        setting.text("plugins.state"),
        state.join(", ")
    )];
    let facts = facts(setting, it).into_iter();
    texts.extend(facts.map(|(label, value)| format!("{label}: {value}.")));
    let mut parts = vec![FormsPart {
        texts,
        ..FormsPart::default()
    }];
    if let Some(waiting) = &it.waiting {
        parts.extend(waits(&forms, waiting));
    }
    if !it.may.is_empty() {
        parts.push(FormsPart {
            heading: Some(setting.text("plugins.may").to_owned()),
            texts: it.may.clone(),
            ..FormsPart::default()
        });
    }
    if has_faults(it) {
        parts.push(faults(setting, it));
    }
    match it.line.state.as_str() {
        "enabled" => parts.push(reasoned(
            &forms,
            ("plugins.park", "park", "ly-do-ngung"),
            "plugins.park_text",
        )),
        "parked" => parts.push(reasoned(
            &forms,
            ("plugins.unpark", "unpark", "ly-do-chay"),
            "plugins.unpark_text",
        )),
        _ => {}
    }
    let mut page = whole(setting, it.name.clone(), parts);
    for (label, href) in [("plugins.title", PLUGINS), ("modules.title", MODULES)] {
        let crumb = Crumb {
            label: setting.texts(label, &[]),
            href: Some(href.to_owned()),
        };
        page.frame.breadcrumb.insert(0, crumb);
    }
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    tell(setting, &mut page, outcome);
    page
}

/// A form whose reason is obligatory.
fn reasoned(
    forms: &Forms<'_>,
    (button, wanted, field): (&str, &str, &str),
    text: &str,
) -> FormsPart {
    let reason = FormsField {
        help: Some(forms.setting.text("modules.reason_help").to_owned()),
        ..forms.required((field, "text", "modules.reason"))
    };
    let form = forms.form(button, wanted, Vec::new(), vec![reason]);
    FormsPart {
        heading: Some(form.button.clone()),
        texts: vec![forms.setting.texts(text, &[])],
        ..with_form(form)
    }
}
