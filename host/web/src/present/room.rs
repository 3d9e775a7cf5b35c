//! A room of the desk: what it is narrowed to, its lines, and the steps for many of them.

use dinh_domain::ids::SiteId;
use dinh_domain::vietnamese::{exact, fold};
use dinh_portal::{DESK_LINES_MAX, Room, RoomChoices, RoomLine, RoomPage as Lines, RoomQuery};
use dinh_render::view::{
    Fact, FactValue, FormsField, FormsForm, HiddenField, Link, Page, Paging, PluginFormChoice,
    RoomBulk, RoomPage, RoomPick, RoomRow, RoomTab, Tone,
};

use super::desk::{entry_path, state, when};
use super::rooms::{field, filter, select};
use super::setting::Setting;
use crate::links;
use crate::routes::{DESK, MANY, OWN_ACCOUNT};

/// Parameter that chooses the room.
pub(crate) const ROOM: &str = "ngan";
/// Parameter of the site.
pub(crate) const SITE: &str = "trang";
/// Parameter of the type.
pub(crate) const KIND: &str = "loai";
/// Parameter of the state.
pub(crate) const STATE: &str = "trang-thai";
/// Parameter of words of the title.
pub(crate) const WORDS: &str = "tim";
/// Parameter of the page.
pub(crate) const PAGE: &str = "page";
/// Sites of which one is chosen; of more, the name of one is typed.
const SITES_CHOSEN_MAX: usize = 100;
/// The rooms, by the word of the address; the first is the one without a word.
const ROOMS: [(&str, Room, &str); 4] = [
    ("cho-duyet", Room::Waiting, "desk.waiting"),
    ("cua-toi", Room::Mine, "desk.mine"),
    ("qua-han", Room::Late, "desk.late"),
    ("tat-ca", Room::All, "desk.all"),
];

/// What was asked of a room: as typed, and as it is understood.
#[derive(Debug, Default)]
pub(crate) struct RoomAsked {
    /// The room's word; may be any text.
    pub(crate) room: String,
    pub(crate) site: String,
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) words: String,
    pub(crate) page: u32,
}

/// A filter that is not understood: its parameter, and why.
pub(crate) type BadFilter = (&'static str, String);

impl RoomAsked {
    fn word(&self) -> (&'static str, Room) {
        let found = ROOMS.iter().find(|(known, _, _)| *known == self.room);
        found.map_or((ROOMS[0].0, Room::Waiting), |(word, room, _)| {
            (*word, *room)
        })
    }

    /// What is asked of the portal. What is not understood narrows nothing, and is told beside its field.
    pub(crate) fn query(
        &self,
        setting: &Setting<'_>,
        choices: &RoomChoices,
    ) -> (RoomQuery, Vec<BadFilter>) {
        let mut bad = Vec::new();
        let mut unknown = |name| bad.push((name, setting.text("desk.unknown").to_owned()));
        let kinds = choices.collections.iter().map(|(id, _)| id);
        let mut kinds = kinds.filter(|it| it.to_string() == self.kind);
        let collection = kinds.next().cloned();
        if collection.is_none() && !self.kind.is_empty() {
            unknown(KIND);
        }
        let mut states = choices.states.iter().map(|(id, _)| id);
        let wanted = states.find(|it| **it == self.state).cloned();
        if wanted.is_none() && !self.state.is_empty() {
            unknown(STATE);
        }
        let site = match site_of(choices, self.site.trim()) {
            Ok(site) => site.map(|it| choices.sites[it].0.clone()),
            Err(found) => {
                let count = found.to_string();
                bad.push((
                    SITE,
                    match found {
                        0 => setting.text("desk.no_site").to_owned(),
                        _ => setting.texts("desk.many_sites", &[("count", &count)]),
                    },
                ));
                None
            }
        };
        let query = RoomQuery {
            room: self.word().1,
            site,
            collection,
            state: wanted,
            title: Some(self.words.trim().to_owned()).filter(|it| !it.is_empty()),
            page: self.page,
        };
        (query, bad)
    }

    /// The room's address at a page, as it is narrowed.
    fn address(&self, word: &str, page: u64) -> String {
        let page = match page {
            0 | 1 => String::new(),
            page => page.to_string(),
        };
        let params = [
            (ROOM, word),
            (SITE, &self.site),
            (KIND, &self.kind),
            (STATE, &self.state),
            (WORDS, &self.words),
            (PAGE, &page),
        ];
        let given = params.into_iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<_> = given
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        links::with_params(DESK, &given)
    }

    fn is_narrowed(&self) -> bool {
        let all = [&self.site, &self.kind, &self.state, &self.words];
        all.iter().any(|it| !it.is_empty())
    }
}

/// Whether a site is meant by what was typed.
type Fits<'a> = &'a dyn Fn(&SiteId, &str) -> bool;

/// Which site is meant by its id, its whole name or a part of it, with or without tone marks; how many may be meant
/// where it is not one.
fn site_of(choices: &RoomChoices, typed: &str) -> Result<Option<usize>, usize> {
    if typed.is_empty() {
        return Ok(None);
    }
    let (as_it_is, folded) = (exact(typed), fold(typed));
    let ways: [Fits<'_>; 4] = [
        &|id, _| id.as_str() == typed,
        &|_, name| exact(name) == as_it_is,
        &|_, name| fold(name) == folded,
        &|_, name| fold(name).contains(&folded),
    ];
    let mut found = Vec::new();
    for fits in ways {
        let sites = choices.sites.iter().enumerate();
        let sites = sites.filter(|(_, (id, name))| fits(id, name));
        found = sites.map(|(at, _)| at).collect();
        if !found.is_empty() {
            break;
        }
    }
    match found[..] {
        [one] => Ok(Some(one)),
        _ => Err(found.len()),
    }
}

/// A page of a room.
pub(crate) fn page(
    setting: &Setting<'_>,
    (asked, bad): (&RoomAsked, &[BadFilter]),
    choices: &RoomChoices,
    lines: Lines,
) -> Page<RoomPage> {
    let (word, shown) = asked.word();
    let rooms = ROOMS.iter().map(|(own, room, key)| RoomTab {
        label: setting.text(key).to_owned(),
        href: asked.address(own, 1),
        current: *room == shown,
    });
    let per_page = u64::from(DESK_LINES_MAX);
    let paging = Paging::new(asked.page.into(), per_page, lines.total, |page| {
        asked.address(word, page)
    });
    // Where a filter was not understood, everything is shown: that is nothing to tick as a whole.
    let may_tick = bad.is_empty() && !lines.steps.is_empty();
    let bulk = may_tick.then(|| RoomBulk {
        action: MANY.to_owned(),
        back: asked.address(word, asked.page.into()),
        steps: choices_of(lines.steps.iter().cloned(), ""),
    });
    let rows = lines.lines.iter();
    let rows = rows
        .map(|line| row(setting, line, bulk.is_some()))
        .collect();
    let title = setting.text("desk.title").to_owned();
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    let whole = [(ROOM.to_owned(), word.to_owned())];
    let body = RoomPage {
        title,
        begin: Link::new(setting.text("write.begin"), format!("{DESK}/soan")),
        bring: None,
        account: Link::new(setting.text("people.own_account"), OWN_ACCOUNT),
        rooms: rooms.collect(),
        filter: Some(narrowing(setting, (asked, bad), word, choices)),
        whole: asked.is_narrowed().then(|| {
            let all = links::with_params(DESK, &whole);
            Link::new(setting.text("desk.whole"), all)
        }),
        total: lines.total,
        has_more: lines.has_more,
        lines: rows,
        bulk,
        paging,
    };
    Page { frame, body }
}

fn choices_of(
    choices: impl IntoIterator<Item = (String, String)>,
    typed: &str,
) -> Vec<PluginFormChoice> {
    let choices = choices.into_iter().map(|(value, label)| PluginFormChoice {
        selected: value == typed,
        value,
        label,
    });
    choices.collect()
}

/// The filters; one that leaves no choice is not shown.
fn narrowing(
    setting: &Setting<'_>,
    (asked, bad): (&RoomAsked, &[BadFilter]),
    word: &str,
    choices: &RoomChoices,
) -> FormsForm {
    let mut fields = Vec::new();
    if choices.sites.len() > SITES_CHOSEN_MAX {
        fields.push(field(setting, (SITE, "text", "desk.site"), &asked.site));
    } else if choices.sites.len() > 1 {
        let sites = choices.sites.iter();
        let sites = sites.map(|(id, name)| (id.to_string(), name.clone()));
        fields.push(select(setting, (SITE, "desk.site"), sites, &asked.site));
    }
    if choices.collections.len() > 1 {
        let kinds = choices.collections.iter();
        let kinds = kinds.map(|(id, name)| (id.to_string(), name.clone()));
        fields.push(select(setting, (KIND, "desk.kind"), kinds, &asked.kind));
    }
    let states = choices.states.iter().cloned();
    fields.push(select(setting, (STATE, "desk.state"), states, &asked.state));
    fields.push(FormsField {
        help: Some(setting.text("desk.words_help").to_owned()),
        ..field(setting, (WORDS, "search", "desk.words"), &asked.words)
    });
    for field in &mut fields {
        let own = bad.iter().filter(|(name, _)| *name == field.name);
        field.faults = own.map(|(_, why)| why.clone()).collect();
    }
    FormsForm {
        hidden: vec![HiddenField {
            name: ROOM.to_owned(),
            value: word.to_owned(),
        }],
        ..filter(setting, DESK, fields)
    }
}

fn row(setting: &Setting<'_>, line: &RoomLine, may_tick: bool) -> RoomRow {
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
    let by = line.drafted_by.as_ref();
    facts.extend(by.map(|name| Fact::text(setting.text("write.by"), name.clone())));
    facts.extend(line.due_at.map(|at| when(setting, "desk.due", at)));
    RoomRow {
        link: Link::new(line.title.clone(), entry_path(line.id.as_str())),
        summary: line.summary.clone(),
        marks,
        facts,
        pick: may_tick.then(|| RoomPick {
            value: super::bulk::ticked(&line.id, &line.revision),
            label: setting.texts("desk.tick", &[("title", &line.title)]),
        }),
    }
}
