use dinh_domain::dates::Instant;
use dinh_portal::{OpenEntry, Room, RoomPage as Lines, StepLine, StepOffer};
use dinh_render::view::{
    Crumb, DeskPage, DeskPast, DeskStep, Fact, FactValue, Link, Page, Paging, PluginFormChoice,
    RoomPage, RoomRow, RoomTab, Tone,
};

use super::setting::Setting;
use crate::links;
use crate::routes::{DESK, OWN_ACCOUNT};

/// Parameter that chooses the room.
pub(crate) const ROOM: &str = "ngan";
/// Parameter of the page.
pub(crate) const PAGE: &str = "page";
/// The rooms, by the word of the address; the first is the one without a word.
const ROOMS: [(&str, Room, &str); 4] = [
    ("cho-duyet", Room::Waiting, "desk.waiting"),
    ("cua-toi", Room::Mine, "desk.mine"),
    ("qua-han", Room::Late, "desk.late"),
    ("tat-ca", Room::All, "desk.all"),
];
/// Id of the step that may go on the express lane.
const SUBMIT: &str = "submit";

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
}

/// The room of a word; that of what waits where there is no such word.
pub(crate) fn room_of(word: &str) -> Room {
    let found = ROOMS.iter().find(|(known, _, _)| *known == word);
    found.map_or(Room::Waiting, |(_, room, _)| *room)
}

/// Path of an entry's page.
pub(crate) fn entry_path(id: &str) -> String {
    format!("{DESK}/muc/{id}")
}

/// A page of a room.
pub(crate) fn room(setting: &Setting<'_>, shown: Room, lines: Lines, page: u32) -> Page<RoomPage> {
    let address = |word: &str, page: u64| {
        let mut params = vec![(ROOM.to_owned(), word.to_owned())];
        if page > 1 {
            params.push((PAGE.to_owned(), page.to_string()));
        }
        links::with_params(DESK, &params)
    };
    let word = ROOMS.iter().find(|(_, room, _)| *room == shown);
    let word = word.map_or("", |(word, _, _)| *word);
    let rooms = ROOMS.iter().map(|(own, room, key)| RoomTab {
        label: setting.text(key).to_owned(),
        href: address(own, 1),
        current: *room == shown,
    });
    let per_page = u64::from(dinh_portal::DESK_LINES_MAX);
    let paging = Paging::new(page.into(), per_page, lines.total, |page| {
        address(word, page)
    });
    let rows = lines.lines.iter().map(|line| {
        let mut marks = vec![state(&line.state, line.is_public, setting)];
        if line.express {
            marks.push(FactValue::badge(setting.text("desk.express"), Tone::Warn));
        }
        if line.is_late {
            marks.push(FactValue::badge(setting.text("desk.is_late"), Tone::Bad));
        }
        let mut facts = vec![
            Fact::text(setting.text("desk.site"), line.site.clone()),
            Fact::text(setting.text("desk.kind"), line.kind.clone()),
            when(setting, "desk.changed", line.changed_at),
        ];
        facts.extend(line.due_at.map(|at| when(setting, "desk.due", at)));
        RoomRow {
            link: Link::new(line.title.clone(), entry_path(line.id.as_str())),
            marks,
            facts,
        }
    });
    let title = setting.text("desk.title").to_owned();
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    let body = RoomPage {
        title,
        begin: Link::new(setting.text("write.begin"), format!("{DESK}/soan")),
        account: Link::new(setting.text("people.own_account"), OWN_ACCOUNT),
        rooms: rooms.collect(),
        total: lines.total,
        has_more: lines.has_more,
        lines: rows.collect(),
        paging,
    };
    Page { frame, body }
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
        Said::Step => last.map(|it| setting.texts("desk.done", &[("step", &it.action)])),
    };
    let history = open.history.iter().rev();
    let text = open.text.iter();
    let text = text.map(|(label, value)| Fact::text(label.clone(), value.clone()));
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

/// To write the entry, to see it as readers will, its revisions.
fn ways(setting: &Setting<'_>, open: &OpenEntry) -> Vec<Link> {
    let id = open.entry.working.entry.id.as_str();
    let mut links = Vec::new();
    if open.is_writable {
        links.push(Link::new(
            setting.text("write.change"),
            format!("{}/sua", entry_path(id)),
        ));
    }
    let sending = open.sending.as_ref();
    if sending.is_some_and(|it| it.may_read) {
        let sender = super::sender::path(id);
        links.push(Link::new(setting.text("send.sender"), sender));
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
fn state(name: &str, is_public: bool, setting: &Setting<'_>) -> FactValue {
    let (key, tone) = match is_public {
        true => ("desk.state_public", Tone::Good),
        false => ("desk.state_hidden", Tone::Plain),
    };
    FactValue::badge(setting.texts(key, &[("state", name)]), tone)
}

fn when(setting: &Setting<'_>, key: &str, at: Instant) -> Fact {
    Fact::values(setting.text(key), vec![time(setting, at)])
}

fn time(setting: &Setting<'_>, at: Instant) -> FactValue {
    FactValue::time(&at.rfc3339_in(&setting.visit.zone()))
}
