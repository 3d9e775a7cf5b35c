mod disable;
mod settings;

use dinh_domain::site::Share;
use dinh_portal::{MODULE_LINES_MAX, ModuleRoomLine, ModulesPage, OpenModule, OwingLine, SignedIn};
use dinh_render::view::{
    Crumb, Fact, FactValue, FormsField, FormsPage, FormsPart, Link, Page, Paging, RoomRow,
    RosterPage, Tone,
};

use super::person::{Forms, Outcome};
use super::rooms::{field, filter, roster, select};
use super::setting::Setting;
use super::sign_in::{whole, with_form};
use crate::asked::Asked;
use crate::links;
use crate::routes::{MODULES, PLUGINS};

/// Parameter of the site.
pub(crate) const SITE: &str = "trang";
/// Parameter of the page.
pub(crate) const PAGE: &str = "page";

/// What came of what was sent.
#[derive(Default)]
pub(crate) struct Shown {
    pub(crate) said: Option<String>,
    /// A field's name, or nothing for the whole; and why.
    pub(crate) wrong: Vec<(String, String)>,
}

/// The field of a setting.
pub(crate) fn setting_field(name: &str) -> String {
    format!("dat-{name}")
}

/// What was done, in words.
pub(crate) fn said(wanted: &str) -> Option<&'static str> {
    Some(match wanted {
        "enable" => "modules.said_enabled",
        "disable" => "modules.said_disabled",
        "mount" => "modules.said_moved",
        "share" | "place" | "settings" => "modules.said",
        _ => return None,
    })
}

fn path(it: &ModuleRoomLine) -> String {
    format!("{MODULES}/{}/{}", it.site, it.plugin)
}

/// How much of what sites owe and have nothing of is named on one page.
const OWING_NAMED: usize = 50;

/// Sections of the sites that somebody looks after.
pub(crate) fn list(
    setting: &Setting<'_>,
    who: &SignedIn,
    found: &ModulesPage,
    (site, page): (&str, u32),
) -> Page<RosterPage> {
    let mut shown = roster(setting, who, MODULES, setting.text("modules.title"));
    let address = |page: u64| {
        let page = if page == 1 {
            String::new()
        } else {
            page.to_string()
        };
        let params = [(SITE, site), (PAGE, &page)];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
        links::with_params(MODULES, &params)
    };
    let body = &mut shown.body;
    body.texts.push(setting.text("modules.text").to_owned());
    let named = found.owing.iter().take(OWING_NAMED);
    body.texts.extend(named.map(|it| owing(setting, it)));
    let more = found.owing.len().saturating_sub(OWING_NAMED);
    if more > 0 {
        let more = more.to_string();
        let told = setting.texts("modules.owing_more", &[("count", &more)]);
        body.texts.push(told);
    }
    if found.has_plugins {
        body.links
            .push(Link::new(setting.text("plugins.title"), PLUGINS));
    }
    match super::home_order::way(setting, found, site) {
        Some(way) => body.links.push(way),
        None => {
            let text = setting.text("modules.home_order_choose");
            body.texts.push(text.to_owned());
        }
    }
    if found.sites.len() > 1 {
        let sites = found
            .sites
            .iter()
            .map(|(id, name)| (id.to_string(), name.clone()));
        let field = select(setting, (SITE, "modules.site"), sites, site);
        body.filter = Some(filter(setting, MODULES, vec![field]));
    }
    body.count = setting.texts("modules.count", &[("count", &found.total.to_string())]);
    body.lines = found.lines.iter().map(|it| row(setting, it)).collect();
    let per_page = u64::from(MODULE_LINES_MAX);
    body.paging = Some(Paging::new(page.into(), per_page, found.total, address));
    shown
}

fn mark(setting: &Setting<'_>, it: &ModuleRoomLine) -> FactValue {
    let (key, tone) = match (&it.module, it.is_enabled()) {
        (_, true) => ("modules.enabled", Tone::Good),
        (Some(_), false) => ("modules.disabled", Tone::Bad),
        (None, false) => ("modules.never", Tone::Plain),
    };
    FactValue::badge(setting.text(key), tone)
}

fn owed(setting: &Setting<'_>, clause: &str) -> FactValue {
    let told = setting.texts("modules.owed", &[("clause", clause)]);
    FactValue::badge(told, Tone::Plain)
}

/// What a site must have and readers find nothing in: named to who looks after it, and to who looks after it from above.
fn owing(setting: &Setting<'_>, it: &OwingLine) -> String {
    let words = [
        ("site", it.site_name.as_str()),
        ("name", it.name.as_str()),
        ("clause", it.clause.as_str()),
    ];
    match it.is_enabled {
        true => setting.texts("modules.owing_empty", &words),
        false => setting.texts("modules.owing_off", &words),
    }
}

fn row(setting: &Setting<'_>, it: &ModuleRoomLine) -> RoomRow {
    let mut facts = vec![Fact::text(
        setting.text("modules.site"),
        it.site_name.clone(),
    )];
    if it.module.is_some() {
        facts.push(Fact::text(
            setting.text("modules.path"),
            format!("/{}", it.mount),
        ));
        facts.push(Fact::text(
            setting.text("modules.share"),
            share(setting, it.share()),
        ));
    }
    RoomRow {
        pick: None,
        summary: None,
        link: Link::new(it.name.clone(), path(it)),
        marks: std::iter::once(mark(setting, it))
            .chain(it.owed.iter().map(|clause| owed(setting, clause)))
            .collect(),
        facts,
    }
}

fn share(setting: &Setting<'_>, it: Share) -> String {
    let key = match it {
        Share::None => "modules.share_none",
        Share::Search => "modules.share_search",
        Share::List => "modules.share_list",
    };
    setting.text(key).to_owned()
}

/// One section of a site.
pub(crate) fn page(
    setting: &Setting<'_>,
    asked: &Asked,
    open: &OpenModule,
    shown: &Shown,
) -> Page<FormsPage> {
    let outcome = Outcome::default();
    let forms = Forms {
        setting,
        asked,
        outcome: &outcome,
        action: path(&open.line),
    };
    let room = ModuleRoom { forms, shown };
    let parts = room.parts(open);
    let mut page = whole(setting, open.line.name.clone(), parts);
    let crumb = Crumb {
        label: setting.text("modules.title").to_owned(),
        href: Some(MODULES.to_owned()),
    };
    page.frame.breadcrumb.insert(0, crumb);
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    page.body.said.clone_from(&shown.said);
    let whole = shown.wrong.iter().filter(|(field, _)| field.is_empty());
    page.body.faults = whole.map(|(_, told)| told.clone()).collect();
    if shown.wrong.iter().any(|(field, _)| !field.is_empty()) {
        page.body
            .faults
            .push(setting.text("people.faults").to_owned());
    }
    page
}

struct ModuleRoom<'a> {
    forms: Forms<'a>,
    shown: &'a Shown,
}

impl ModuleRoom<'_> {
    fn parts(&self, open: &OpenModule) -> Vec<FormsPart> {
        let (it, setting) = (&open.line, self.forms.setting);
        let mut texts = vec![
            setting.texts(
                "modules.where",
                &[("site", &it.site_name), ("host", &it.host)],
            ),
            format!(
                "{}: {}.",
                setting.text("modules.state"),
                mark(setting, it).text
            ),
        ];
        if it.module.is_some() {
            let path = format!("/{}", it.mount);
            texts.push(format!("{}: {path}.", setting.text("modules.path")));
        }
        let mut parts = vec![FormsPart {
            texts,
            ..FormsPart::default()
        }];
        if !it.is_enabled() {
            parts.push(self.part(
                ("modules.enable", "enable", "modules.enable_text"),
                Vec::new(),
            ));
        }
        if it.module.is_some() {
            parts.push(self.mount(it));
            parts.push(self.share(it));
            parts.push(self.place(it));
        }
        if !open.settings.is_empty() {
            parts.push(self.settings(&open.settings));
        }
        if let Some(clause) = &it.owed {
            let told = setting.texts("modules.owed_stays", &[("clause", clause)]);
            parts.push(FormsPart {
                texts: vec![told],
                ..FormsPart::default()
            });
        } else if it.is_enabled() {
            parts.push(self.disable(open));
        }
        parts
    }

    fn part(
        &self,
        (button, wanted, text): (&str, &str, &str),
        fields: Vec<FormsField>,
    ) -> FormsPart {
        let form = self.forms.form(button, wanted, Vec::new(), fields);
        FormsPart {
            heading: Some(form.button.clone()),
            texts: vec![self.forms.setting.texts(text, &[])],
            ..with_form(form)
        }
    }

    /// What was typed where something is wrong, or what holds.
    fn typed<'b>(&'b self, name: &str, holds: &'b str) -> &'b str {
        match self.shown.wrong.is_empty() {
            true => holds,
            false => match self.forms.asked.field(name) {
                "" => holds,
                typed => typed,
            },
        }
    }

    fn faulty(&self, mut field: FormsField) -> FormsField {
        let wrong = self
            .shown
            .wrong
            .iter()
            .filter(|(name, _)| *name == field.name);
        field.faults = wrong.map(|(_, told)| told.clone()).collect();
        field
    }

    fn field(&self, it: (&str, &'static str, &str), holds: &str) -> FormsField {
        self.faulty(field(self.forms.setting, it, self.typed(it.0, holds)))
    }

    fn mount(&self, it: &ModuleRoomLine) -> FormsPart {
        let path = FormsField {
            required: true,
            help: Some(self.forms.setting.text("modules.path_help").to_owned()),
            ..self.field(("duong-dan", "text", "modules.path"), &it.mount)
        };
        self.part(("modules.move", "mount", "modules.move_text"), vec![path])
    }

    fn share(&self, it: &ModuleRoomLine) -> FormsPart {
        let setting = self.forms.setting;
        let all = [
            ("none", Share::None),
            ("search", Share::Search),
            ("list", Share::List),
        ];
        let now = all
            .iter()
            .find(|(_, share)| *share == it.share())
            .map_or("", |(word, _)| word);
        let choices = all.map(|(word, it)| (word.to_owned(), share(setting, it)));
        let typed = self.typed("chia-se", now);
        let field = select(setting, ("chia-se", "modules.share"), choices, typed);
        let field = FormsField {
            required: true,
            ..self.faulty(field)
        };
        self.part(
            ("modules.set_share", "share", "modules.share_text"),
            vec![field],
        )
    }

    fn place(&self, it: &ModuleRoomLine) -> FormsPart {
        let place = it.module.as_ref().map_or(0, |it| it.position).to_string();
        let place = FormsField {
            required: true,
            ..self.field(("thu-tu", "text", "modules.place"), &place)
        };
        self.part(
            ("modules.set_place", "place", "modules.place_text"),
            vec![place],
        )
    }
}
