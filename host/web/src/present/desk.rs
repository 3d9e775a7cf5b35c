use dinh_domain::dates::Instant;
use dinh_portal::{OpenEntry, StepLine, StepOffer};
use dinh_render::view::{
    Crumb, DeskPage, DeskPast, DeskStep, Fact, FactValue, Link, Page, PluginFormChoice, Tone,
};

use super::detail::file_href;
use super::setting::Setting;
use crate::routes::DESK;

/// Id of the step that may go on the express lane.
pub(super) const SUBMIT: &str = "submit";

/// What was typed for a step that was not taken.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    pub(crate) step: String,
    pub(crate) reason: String,
    pub(crate) reason_kind: String,
    pub(crate) instant: String,
    pub(crate) faults: Vec<String>,
}

/// What the page of an entry says first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing was done.
    Nothing,
    /// The last step was taken a moment ago.
    Step,
    /// The text was saved a moment ago.
    Saved,
    /// An answer was saved, and given to so many others; so many still wait.
    Alike(u32, u32),
}

/// Path of an entry's page.
pub(crate) fn entry_path(id: &str) -> String {
    format!("{DESK}/muc/{id}")
}

/// The page of an entry.
pub(crate) fn entry(
    setting: &Setting<'_>,
    open: &OpenEntry,
    (said, tried): (Said, Tried),
) -> Page<DeskPage> {
    let working = &open.entry.working;
    let known = &working.entry;
    let is_public = working.published.is_some() && working.withdrawn.is_none();
    let mut facts = vec![
        Fact::text(setting.text("desk.site"), open.site.clone()),
        Fact::text(setting.text("desk.kind"), open.kind.clone()),
        when(setting, "desk.changed", known.changed_at),
    ];
    let public = known.first_published_at;
    facts.extend(public.map(|at| when(setting, "desk.first_public", at)));
    facts.extend(
        open.entry
            .desk
            .publish_at
            .map(|at| when(setting, "desk.publish_at", at)),
    );
    facts.extend(
        open.entry
            .desk
            .due_at
            .map(|at| when(setting, "desk.due", at)),
    );
    let assignee = open.assignee.as_deref();
    let assignee = assignee.unwrap_or_else(|| setting.text("office.assign_nobody"));
    let there = super::assignment::path(known.id.as_str());
    let assignee = vec![FactValue::link(assignee, there)];
    facts.push(Fact::values(setting.text("office.assignee"), assignee));
    if let Some(sending) = &open.sending {
        facts.extend(super::sender::facts(setting, sending));
    }
    let steps = open.offers.iter().map(|it| step(it, &tried));
    let last = open.history.last();
    let said = match said {
        Said::Nothing => None,
        Said::Saved => Some(setting.text("write.saved").to_owned()),
        Said::Alike(done, left) => {
            let counts = [("done", done.to_string()), ("left", left.to_string())];
            let counts = counts
                .each_ref()
                .map(|(name, count)| (*name, count.as_str()));
            let key = match left {
                0 => "send.alike_answered",
                _ => "send.alike_answered_some",
            };
            Some(setting.texts(key, &counts))
        }
        Said::Step => last.map(|it| setting.texts("desk.done", &[("step", &it.action)])),
    };
    let history = open.history.iter().rev();
    let text = open.text.iter();
    let text = text.map(|(label, value)| Fact::text(label.clone(), value.clone()));
    let text = text.chain(files(setting, open));
    let mut frame = setting.lone_frame(&known.title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    let body = DeskPage {
        title: known.title.clone(),
        said,
        marks: vec![state(&open.state, is_public, setting)],
        facts,
        links: ways(setting, open),
        action: entry_path(known.id.as_str()),
        revision: known.revision.to_string(),
        steps: steps.collect(),
        text: text.collect(),
        history: history.map(|it| past(setting, it)).collect(),
        faults: tried.faults,
    };
    Page { frame, body }
}

/// Its files, to be opened.
fn files(setting: &Setting<'_>, open: &OpenEntry) -> Option<Fact> {
    let links = open.files.iter();
    let links = links.map(|it| FactValue::link(it.label.clone(), file_href(&it.path)));
    let links: Vec<FactValue> = links.collect();
    (!links.is_empty()).then(|| Fact::values(setting.text("detail.files"), links))
}

/// To write the entry, to see it as readers will, its revisions.
fn ways(setting: &Setting<'_>, open: &OpenEntry) -> Vec<Link> {
    let id = open.entry.working.entry.id.as_str();
    let mut links = Vec::new();
    if open.is_writable {
        links.push(Link::new(
            match &open.answer {
                Some(words) => words.clone(),
                None => setting.text("write.change").to_owned(),
            },
            format!("{}/sua", entry_path(id)),
        ));
    }
    let sending = open.sending.as_ref();
    if sending.is_some_and(|it| it.may_read) {
        let sender = super::sender::path(id);
        links.push(Link::new(setting.text("send.sender"), sender));
    }
    for (name, kind) in &open.records {
        let label = setting.texts("send.record", &[("kind", &kind.to_lowercase())]);
        links.push(Link::new(label, super::record::path(id, name)));
    }
    let preview = format!("{}/xem-truoc", entry_path(id));
    links.push(Link::new(setting.text("write.see"), preview));
    if let Some(newest) = open.revisions.first() {
        let path = super::revision::revision_path(id, newest.number);
        links.push(Link::new(setting.text("write.revisions"), path));
    }
    links
}

/// The way back to the desk.
pub(crate) fn crumb(setting: &Setting<'_>) -> Crumb {
    Crumb {
        label: setting.text("desk.title").to_owned(),
        href: Some(DESK.to_owned()),
    }
}

fn step(offer: &StepOffer, tried: &Tried) -> DeskStep {
    let typed = |text: &String| match tried.step == offer.id {
        true => text.clone(),
        false => String::new(),
    };
    DeskStep {
        id: offer.id.clone(),
        label: offer.label.clone(),
        needs_reason: offer.needs_reason,
        needs_instant: offer.needs_instant,
        reasons: offer
            .reasons
            .iter()
            .map(|(value, label)| PluginFormChoice {
                selected: tried.step == offer.id && tried.reason_kind == *value,
                value: value.clone(),
                label: label.clone(),
            })
            .collect(),
        may_be_express: offer.id == SUBMIT,
        reason: typed(&tried.reason),
        instant: typed(&tried.instant),
    }
}

fn past(setting: &Setting<'_>, it: &StepLine) -> DeskPast {
    DeskPast {
        at: time(setting, it.at),
        who: it.actor.clone(),
        what: it.action.clone(),
        to: it.to.clone(),
        reason: it.reason.clone(),
    }
}

/// The state; whether readers see the entry is said beside it.
pub(super) fn state(name: &str, is_public: bool, setting: &Setting<'_>) -> FactValue {
    let (key, tone) = match is_public {
        true => ("desk.state_public", Tone::Good),
        false => ("desk.state_hidden", Tone::Plain),
    };
    FactValue::badge(setting.texts(key, &[("state", name)]), tone)
}

pub(super) fn when(setting: &Setting<'_>, key: &str, at: Instant) -> Fact {
    Fact::values(setting.text(key), vec![time(setting, at)])
}

fn time(setting: &Setting<'_>, at: Instant) -> FactValue {
    FactValue::time(&at.rfc3339_in(&setting.visit.zone()))
}
