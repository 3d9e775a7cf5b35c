//! Staff's rooms beside the desk: tabs, and what their lists have in common.

use dinh_domain::dates::Instant;
use dinh_domain::people::Right;
use dinh_portal::SignedIn;
use dinh_render::view::{
    FactValue, FormsField, FormsForm, Link, Page, PluginFormChoice, RoomTab, RosterPage,
};

use super::setting::Setting;
use crate::asked::Asked;
use crate::routes::{AUDIT, DELEGATIONS, MODULES, ORGANISATIONS, OWN_ACCOUNT, PEOPLE};

/// Rooms beside the desk: path, words, and the right without which it is nobody's.
const ROOMS: [(&str, &str, Option<Right>); 5] = [
    (PEOPLE, "office.people", Some(Right::People)),
    (ORGANISATIONS, "tree.title", None),
    (DELEGATIONS, "office.delegations", Some(Right::Review)),
    (MODULES, "modules.title", Some(Right::Modules)),
    (AUDIT, "office.audit", Some(Right::Audit)),
];

/// Tabs of the rooms beside the desk that are somebody's.
pub(crate) fn tabs(setting: &Setting<'_>, who: &SignedIn, current: &str) -> Vec<RoomTab> {
    let has = |right: &Right| who.staff.grants.iter().any(|it| it.role.gives(*right));
    let mine = ROOMS
        .iter()
        .filter(|(_, _, right)| right.as_ref().is_none_or(has));
    let tabs = mine.map(|(path, key, _)| RoomTab {
        label: setting.text(key).to_owned(),
        href: (*path).to_owned(),
        current: *path == current,
    });
    tabs.collect()
}

/// A list without lines.
pub(crate) fn roster(
    setting: &Setting<'_>,
    who: &SignedIn,
    path: &str,
    title: &str,
) -> Page<RosterPage> {
    let mut frame = setting.lone_frame(title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, super::desk::crumb(setting));
    let body = RosterPage {
        title: title.to_owned(),
        account: Link::new(setting.text("people.own_account"), OWN_ACCOUNT),
        rooms: tabs(setting, who, path),
        texts: Vec::new(),
        links: Vec::new(),
        filter: None,
        count: String::new(),
        lines: Vec::new(),
        paging: None,
        next: None,
    };
    Page { frame, body }
}

/// What was asked for of a parameter.
pub(crate) fn param<'a>(asked: &'a Asked, name: &str) -> &'a str {
    let found = asked.params.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// A field with what was typed there.
pub(crate) fn field(
    setting: &Setting<'_>,
    (name, kind, key): (&str, &'static str, &str),
    typed: &str,
) -> FormsField {
    FormsField {
        name: name.to_owned(),
        kind,
        label: setting.texts(key, &[]),
        autocomplete: "off",
        typed: typed.to_owned(),
        ..FormsField::default()
    }
}

/// A field to choose in.
pub(crate) fn select(
    setting: &Setting<'_>,
    (name, key): (&str, &str),
    choices: impl IntoIterator<Item = (String, String)>,
    typed: &str,
) -> FormsField {
    let choices = choices.into_iter().map(|(value, label)| PluginFormChoice {
        selected: value == typed,
        value,
        label,
    });
    FormsField {
        choices: choices.collect(),
        ..field(setting, (name, "select", key), typed)
    }
}

/// A form without fields that are hidden.
pub(crate) fn filter(setting: &Setting<'_>, action: &str, fields: Vec<FormsField>) -> FormsForm {
    FormsForm {
        long: false,
        asks: false,
        action: action.to_owned(),
        button: setting.text("office.filter").to_owned(),
        hidden: Vec::new(),
        fields: fields.into_iter().map(FormsField::described).collect(),
    }
}

pub(crate) fn time(setting: &Setting<'_>, at: Instant) -> FactValue {
    FactValue::time(&at.rfc3339_in(&setting.visit.zone()))
}
