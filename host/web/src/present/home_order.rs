use dinh_domain::site::HomeChange;
use dinh_portal::{HomeRoom, HomeRoomLine, ModulesPage};
use dinh_render::view::{
    Crumb, FactValue, HomeOrderButton, HomeOrderPage, HomeOrderRow, Link, Page, Tone,
};

use super::person::WANTED;
use super::setting::Setting;
use crate::routes::{HOME_ORDER, MODULES};

/// What came of what was sent.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) said: Option<String>,
    pub(crate) fault: Option<String>,
}

/// Where the order of a site's home page is changed.
pub(crate) fn path(site: &str) -> String {
    format!("{HOME_ORDER}/{site}")
}

/// The way there from the room of sections: of the site that is chosen, or of the only one.
pub(crate) fn way(setting: &Setting<'_>, found: &ModulesPage, chosen: &str) -> Option<Link> {
    let is_only = found.sites.len() == 1;
    let mut sites = found.sites.iter();
    let (id, name) = sites.find(|(id, _)| is_only || id.as_str() == chosen)?;
    let label = setting.texts("modules.home_order", &[("site", name)]);
    Some(Link::new(&label, path(id.as_str())))
}

/// A change's word in forms and addresses.
pub(crate) fn word(change: &HomeChange) -> &'static str {
    match change {
        HomeChange::Up(_) => "len",
        HomeChange::Down(_) => "xuong",
        HomeChange::Hide(_) => "an",
        HomeChange::Show(_) => "hien",
        HomeChange::Reset => "ban-dau",
    }
}

/// What was done, in words.
pub(crate) fn said(word: &str) -> Option<&'static str> {
    Some(match word {
        "len" | "xuong" => "home_order.said_moved",
        "an" => "home_order.said_hidden",
        "hien" => "home_order.said_shown",
        "ban-dau" => "home_order.said_reset",
        _ => return None,
    })
}

/// The place of a block on the page.
pub(crate) fn anchor(block: &str) -> String {
    format!("khoi-{}", block.replace('/', "-"))
}

pub(crate) fn page(
    setting: &Setting<'_>,
    room: &HomeRoom,
    outcome: Outcome,
) -> Page<HomeOrderPage> {
    let title = setting.texts("home_order.title", &[]);
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    let crumb = Crumb {
        label: setting.text("modules.title").to_owned(),
        href: Some(MODULES.to_owned()),
    };
    frame.breadcrumb.insert(0, crumb);
    frame.breadcrumb.insert(0, super::desk::crumb(setting));
    let last = room.lines.len().saturating_sub(1);
    let lines = room.lines.iter().enumerate();
    let rows = lines.map(|(at, line)| row(setting, line, (at, last)));
    let where_it_is = [("site", room.site_name.as_str()), ("host", &room.host)];
    let home = setting.options.origin(&room.host) + "/";
    let body = HomeOrderPage {
        title,
        said: outcome.said,
        fault: outcome.fault,
        texts: vec![
            setting.texts("modules.where", &where_it_is),
            setting.texts("home_order.text", &[]),
        ],
        home: Link::new(setting.text("home_order.look"), home),
        action: path(room.site.as_str()),
        wanted: WANTED,
        rows: rows.collect(),
        reset: room.is_placed.then(|| {
            let word = word(&HomeChange::Reset).to_owned();
            button(setting, "home_order.reset", word, "")
        }),
    };
    Page { frame, body }
}

fn row(setting: &Setting<'_>, line: &HomeRoomLine, (at, last): (usize, usize)) -> HomeOrderRow {
    let block = |change: HomeChange| format!("{} {}", word(&change), line.block);
    let of = |key, change: HomeChange| button(setting, key, block(change), &line.title);
    let id = line.block.clone();
    let mut buttons = Vec::new();
    if at > 0 {
        buttons.push(of("home_order.up", HomeChange::Up(id.clone())));
    }
    if at < last {
        buttons.push(of("home_order.down", HomeChange::Down(id.clone())));
    }
    buttons.push(match line.hidden {
        true => of("home_order.show", HomeChange::Show(id)),
        false => of("home_order.hide", HomeChange::Hide(id)),
    });
    let hidden = line.hidden.then(|| setting.text("home_order.hidden"));
    HomeOrderRow {
        anchor: anchor(&line.block),
        title: line.title.clone(),
        section: (line.section != line.title).then(|| line.section.clone()),
        hidden: hidden.map(|text| FactValue::badge(text, Tone::Plain)),
        buttons,
    }
}

fn button(setting: &Setting<'_>, key: &str, value: String, of: &str) -> HomeOrderButton {
    let label = setting.texts(key, &[]);
    HomeOrderButton {
        name: match of {
            "" => label.clone(),
            of => format!("{label}: {of}"),
        },
        label,
        value,
    }
}
