use std::sync::Arc;

use dinh_domain::ids::Slug;
use dinh_domain::site::Share;
use dinh_portal::{By, ModuleChange, ModuleRefusal, OpenModule, SettingChange, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::module::{PAGE, SITE, Shown, setting_field};
use crate::present::person::WANTED;
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter that says what was done a moment ago.
const DONE: &str = "xong";

/// Sections of the sites that somebody looks after; the room is there for nobody else.
pub(crate) async fn modules_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let site = param(&asked, SITE);
    let page = param(&asked, PAGE).parse().unwrap_or(1).max(1);
    let wanted = (!site.is_empty()).then_some(site);
    let found = state.portal.modules_room(&who, (wanted, page)).await?;
    let found = found.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let page = present::module::list(&setting, &who, &found, (site, page));
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// One section of a site, and what may be changed of it.
pub(crate) async fn module_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let (site, plugin) = (asked.capture("site"), asked.capture("plugin"));
    let found = state.portal.open_module(&who, site, plugin).await?;
    let open = found.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let mut shown = Shown::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let by = By::Account(&who);
        let wrong = match asked.field(WANTED) {
            "settings" => {
                let changes = changes(&asked, &open);
                let set = portal
                    .set_module_settings(by, (site, plugin), &changes)
                    .await?;
                let wrong = set.err().unwrap_or_default().into_iter();
                wrong
                    .map(|(name, kind)| (setting_field(&name), setting.texts(fault(&kind), &[])))
                    .collect()
            }
            wanted => match change(&asked, wanted) {
                Err((field, key)) => vec![(field.to_owned(), setting.text(key).to_owned())],
                Ok(change) => {
                    let changed = portal.change_module(by, (site, plugin), &change).await?;
                    let refusal = changed.err();
                    refusal
                        .map(|it| refused(&setting, &it))
                        .into_iter()
                        .collect()
                }
            },
        };
        if wrong.is_empty() {
            let there = format!("{}?{DONE}={}", asked.path, asked.field(WANTED));
            return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
        }
        status = StatusCode::UNPROCESSABLE_ENTITY;
        shown.wrong = wrong;
    } else {
        let done = present::module::said(param(&asked, DONE));
        shown.said = done.map(|key| setting.texts(key, &[]));
    }
    let page = present::module::page(&setting, &asked, &open, &shown);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// What was filled in; a field and the key of what is wrong with it.
fn change(asked: &Asked, wanted: &str) -> Result<ModuleChange, (&'static str, &'static str)> {
    Ok(match wanted {
        "enable" => ModuleChange::Enable,
        "disable" => {
            let reason = asked.field("ly-do").trim();
            if reason.is_empty() {
                return Err(("ly-do", "modules.no_reason"));
            }
            ModuleChange::Disable(reason.to_owned())
        }
        "mount" => {
            let path = asked.field("duong-dan").trim().trim_matches('/');
            let path = Slug::new(path).map_err(|_| ("duong-dan", "modules.bad_path"))?;
            ModuleChange::Mount(path)
        }
        "share" => ModuleChange::Share(match asked.field("chia-se") {
            "none" => Share::None,
            "search" => Share::Search,
            "list" => Share::List,
            _ => return Err(("chia-se", "modules.bad_share")),
        }),
        "place" => {
            let place = asked.field("thu-tu").trim().parse();
            ModuleChange::Position(place.map_err(|_| ("thu-tu", "modules.bad_place"))?)
        }
        _ => return Err(("", "modules.unknown")),
    })
}

/// What differs from what holds. A secret that is left empty stays; anything else is taken back.
fn changes(asked: &Asked, open: &OpenModule) -> Vec<SettingChange> {
    // What the page did not have yet is left as it is.
    let is_sent = |name: &str| asked.form.iter().flatten().any(|(known, _)| known == name);
    let known = open.settings.iter();
    let known = known.filter(|it| is_sent(&setting_field(&it.line.name)));
    let changed = known.filter_map(|it| {
        let line = &it.line;
        let typed = asked.field(&setting_field(&line.name)).trim();
        let is_secret = line.kind == "secret";
        let value = match typed {
            "" if is_secret || !line.is_set => return None,
            "" => None,
            same if line.value.as_deref() == Some(same) => return None,
            typed => Some(typed.to_owned()),
        };
        Some(SettingChange {
            name: line.name.clone(),
            value,
            is_hidden: true,
        })
    });
    changed.collect()
}

/// What a setting of a kind takes.
fn fault(kind: &str) -> &'static str {
    match kind {
        "number" => "modules.bad_number",
        "flag" | "choice" => "modules.bad_choice",
        "secret" => "modules.bad_secret",
        _ => "modules.bad_text",
    }
}

/// What stands against a change, beside the field that it is about.
fn refused(setting: &Setting<'_>, refusal: &ModuleRefusal) -> (String, String) {
    let (field, told) = match refusal {
        ModuleRefusal::NoReason => ("ly-do", setting.texts("modules.no_reason", &[])),
        ModuleRefusal::Reserved(path) => (
            "duong-dan",
            setting.texts("modules.reserved", &[("path", path)]),
        ),
        ModuleRefusal::Taken { mount, by, .. } => {
            let words = [("path", mount.as_str()), ("by", by.as_str())];
            ("duong-dan", setting.texts("modules.taken", &words))
        }
        ModuleRefusal::Owed { clause, .. } => (
            "",
            setting.texts("modules.owed_stays", &[("clause", clause)]),
        ),
        ModuleRefusal::NotYours(_) => ("", setting.texts("modules.not_yours", &[])),
        ModuleRefusal::NotForThis(_) => ("", setting.texts("modules.not_for_this", &[])),
        _ => ("", setting.texts("modules.unknown", &[])),
    };
    (field.to_owned(), told)
}
