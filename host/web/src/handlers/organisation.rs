use std::sync::Arc;

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::{Change, EndKind, OrganisationFault};
use dinh_portal::{By, Moved, NewOrganisationChange, OrganisationRefusal, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::organisation::SUCCESSORS;
use crate::present::organisations::{DAY, PAGE, path};
use crate::present::person::{Outcome, WANTED};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter that says that a change was recorded a moment ago.
const DONE: &str = "xong";

/// Organisations as they stood on a day.
pub(crate) async fn organisations_list(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let number = param(&asked, PAGE).parse().unwrap_or(1).max(1);
    let found = state.portal.organisations(&who, (day(&asked), number));
    let found = found.await?;
    let page = present::organisations::page(&Setting::of(&state, &visit), &who, &found, number);
    reply::page_with(StatusCode::OK, &state.theme, &asked, page).await
}

/// One organisation, and what is recorded of it.
pub(crate) async fn organisation_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = OrganisationId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let found = state.portal.organisation(&who, &id, day(&asked)).await?;
    let mut found = found.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        match change(&asked, &id) {
            Ok(new) => {
                let on = new.on;
                let recorded = record(&state, &asked, &who, new).await?;
                match recorded {
                    Ok(moved) if moved.is_empty() => {
                        let there = format!("{}?{DAY}={on}&{DONE}=1", path(&id));
                        return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
                    }
                    Ok(moved) => outcome.said = Some(gone(&setting, &moved)),
                    Err(refusal) => (status, outcome) = refused(&setting, &asked, &refusal),
                }
            }
            Err(wrong) => (status, outcome) = wrongly(&setting, wrong),
        }
        let anew = state.portal.organisation(&who, &id, None).await?;
        found = anew.ok_or(Problem::NotFound)?;
    } else if !param(&asked, DONE).is_empty() {
        outcome.said = Some(setting.text("tree.said").to_owned());
    }
    let page = present::organisation::page(&setting, &asked, &found, &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// To record a new organisation; there for nobody who records none.
pub(crate) async fn organisation_new(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let tree = state.portal.organisations(&who, (None, 1)).await?;
    if !tree.may_found {
        return Err(Problem::NotFound);
    }
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let new = OrganisationId::new(asked.field("ma").trim());
        let new = new.map_err(|_| ("ma", "tree.bad_id"));
        match new.and_then(|id| change(&asked, &id)) {
            Ok(new) => {
                let there = format!("{}?{DAY}={}&{DONE}=1", path(&new.of), new.on);
                match record(&state, &asked, &who, new).await? {
                    Ok(_) => return Ok(reply::redirect(StatusCode::SEE_OTHER, &there)),
                    Err(refusal) => (status, outcome) = refused(&setting, &asked, &refusal),
                }
            }
            Err(wrong) => (status, outcome) = wrongly(&setting, wrong),
        }
    }
    let others = tree.lines.iter().filter(|it| it.end.is_none());
    let others: Vec<_> = others
        .map(|it| (it.id.to_string(), it.name.clone()))
        .collect();
    let page = present::organisation::new(&setting, &asked, &others, &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

async fn record(
    state: &State,
    asked: &Asked,
    who: &SignedIn,
    new: NewOrganisationChange,
) -> Result<Result<Vec<Moved>, OrganisationRefusal>, Problem> {
    let portal = state.portal.clone().asked_from(&asked.from);
    Ok(portal.record_organisation(By::Account(who), &new).await?)
}

fn day(asked: &Asked) -> Option<LocalDate> {
    LocalDate::parse(param(asked, DAY)).ok()
}

/// A field's name, and the key of what is wrong with it.
type Wrong = (&'static str, &'static str);

/// Fields of the day of a form.
fn day_field(wanted: &str) -> &'static str {
    match wanted {
        "fact" => "dieu-ngay",
        "parent" => "cap-tren-ngay",
        "end" => "cach-ngay",
        _ => "lap-ngay",
    }
}

/// What was filled in.
fn change(asked: &Asked, of: &OrganisationId) -> Result<NewOrganisationChange, Wrong> {
    let wanted = asked.field(WANTED);
    let text = |name: &str| {
        let typed = asked.field(name).trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    };
    let organisation = |name: &'static str| {
        let typed = text(name).map(|it| OrganisationId::new(&it));
        typed.transpose().map_err(|_| (name, "tree.unknown"))
    };
    let needed = |name: &'static str| text(name).ok_or((name, "tree.bad_text"));
    let change = match wanted {
        "fact" => {
            let value = text("gia-tri");
            let given = || value.clone().ok_or(("gia-tri", "tree.bad_text"));
            match asked.field("dieu") {
                "name" => Change::Name(given()?),
                "kind" => Change::Kind(given()?),
                "code" => Change::Code(value),
                "head" => Change::Head(value),
                "officer" => Change::Officer(value),
                "deputies" => {
                    let all = value.unwrap_or_default();
                    let all = all.split(',').map(str::trim).filter(|it| !it.is_empty());
                    Change::Deputies(all.map(str::to_owned).collect())
                }
                _ => return Err(("dieu", "tree.bad_text")),
            }
        }
        "parent" => Change::Parent(organisation("cap-tren")?),
        "end" => {
            let how = match asked.field("cach") {
                "merged" => EndKind::Merged,
                "split" => EndKind::Split,
                "abolished" => EndKind::Abolished,
                _ => return Err(("cach", "tree.bad_text")),
            };
            let all = SUCCESSORS.map(organisation);
            let all: Result<Vec<_>, Wrong> = all.into_iter().collect();
            let successors = all?.into_iter().flatten().collect();
            Change::Ended { how, successors }
        }
        "found" => Change::Founded {
            name: needed("ten")?,
            kind: needed("loai")?,
            code: text("ma-so"),
            parent: organisation("thuoc")?,
        },
        _ => return Err(("", "tree.bad_text")),
    };
    let field = day_field(wanted);
    let on = LocalDate::parse(asked.field(field)).map_err(|_| (field, "tree.bad_day"))?;
    let act = field.replace("-ngay", "-van-ban");
    Ok(NewOrganisationChange {
        of: of.clone(),
        on,
        change,
        act: asked.field(&act).to_owned(),
    })
}

fn wrongly(setting: &Setting<'_>, (field, key): Wrong) -> (StatusCode, Outcome) {
    let told = setting.text(key).to_owned();
    let outcome = Outcome {
        wrong: vec![(field, told)],
        ..Outcome::default()
    };
    (StatusCode::UNPROCESSABLE_ENTITY, outcome)
}

/// What stands against a change, beside the field that it is about.
fn refused(
    setting: &Setting<'_>,
    asked: &Asked,
    refusal: &OrganisationRefusal,
) -> (StatusCode, Outcome) {
    let fault = match refusal {
        OrganisationRefusal::NotYours => {
            let (_, outcome) = wrongly(setting, ("", "tree.not_yours"));
            return (StatusCode::FORBIDDEN, outcome);
        }
        OrganisationRefusal::Fault(fault) => fault,
    };
    let day = day_field(asked.field(WANTED));
    let is_new = asked.field(WANTED) == "found";
    let above = if is_new { "thuoc" } else { "cap-tren" };
    let on = |key: &str, on: &LocalDate| setting.texts(key, &[("day", &on.to_vietnamese())]);
    let plain = |key: &'static str| setting.text(key).to_owned();
    let wrong = match fault {
        OrganisationFault::Text => ("gia-tri", plain("tree.bad_text")),
        OrganisationFault::Unknown { .. } => (day, plain("tree.unknown")),
        OrganisationFault::Twice(_) => ("ma", plain("tree.twice")),
        OrganisationFault::SameDay { .. } => (day, plain("tree.same_day")),
        OrganisationFault::Ended { .. } => (day, plain("tree.has_ended")),
        OrganisationFault::ParentGone { on: at, .. } => (above, on("tree.parent_gone", at)),
        OrganisationFault::Circle { on: at, .. } => (above, on("tree.circle", at)),
        OrganisationFault::SameCode { code, on: at, .. } => {
            let field = if is_new { "ma-so" } else { "gia-tri" };
            let at = at.to_vietnamese();
            let words = [("code", code.as_str()), ("day", at.as_str())];
            (field, setting.texts("tree.same_code", &words))
        }
        OrganisationFault::Successors => (SUCCESSORS[0], plain("tree.bad_successors")),
        OrganisationFault::SuccessorGone { on: at, .. } => {
            (SUCCESSORS[0], on("tree.successor_gone", at))
        }
    };
    let outcome = Outcome {
        wrong: vec![wrong],
        ..Outcome::default()
    };
    (StatusCode::UNPROCESSABLE_ENTITY, outcome)
}

/// What went to a successor.
fn gone(setting: &Setting<'_>, moved: &[Moved]) -> String {
    let told = moved.iter().map(|it| {
        let (sites, entries) = (it.sites.to_string(), it.entries.to_string());
        let (work, to) = (it.under_way.to_string(), it.to.to_string());
        let words = [
            ("sites", sites.as_str()),
            ("entries", entries.as_str()),
            ("work", work.as_str()),
            ("to", to.as_str()),
        ];
        setting.texts("tree.said_moved", &words)
    });
    told.collect::<Vec<_>>().join(" ")
}
