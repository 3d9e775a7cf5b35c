use std::sync::Arc;

use dinh_domain::ids::AccountId;
use dinh_portal::{By, Failure, HandedOver, Invited, NewDelegation, Portal, SignedIn, Visit};
use http::StatusCode;
use poem::Response;

use super::person_faults::{day, faults, grant, new_person, refused};
use crate::asked::Asked;
use crate::present::delegation::{DAYS, DELEGATION, DEPUTY, LENT};
use crate::present::people::path;
use crate::present::person::{GRANT, Outcome, WANTED};
use crate::present::rooms::param;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::routes::{DELEGATIONS, PEOPLE};
use crate::state::State;

/// Parameter that says what was done a moment ago.
const DONE: &str = "xong";

/// What came of an act.
enum Came {
    /// It is done; the page is shown anew.
    Anew,
    /// With a link to hand over, which is shown once.
    Link(Invited),
    /// Work went to somebody else.
    Handed(HandedOver),
}

/// Somebody's page, and what is done with the account.
pub(crate) async fn person_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = AccountId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let person = state.portal.person(&who, &id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let wanted = asked.field(WANTED);
        let all = faults(&asked, wanted);
        match act(&portal, By::Account(&who), &person.line.name, &asked).await {
            Ok(Came::Anew) => {
                let there = match portal.person(&who, &id).await? {
                    Some(_) => format!("{}?{DONE}={wanted}", path(id.as_str())),
                    None => PEOPLE.to_owned(),
                };
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Ok(Came::Link(invited)) => outcome.link = Some(link(&state, &visit, &invited)),
            Ok(Came::Handed(it)) => outcome.said = Some(handed(&setting, &it)),
            Err(failure) => (status, outcome) = refused(failure, wanted, all)?,
        }
    } else {
        outcome.said = said(&setting, &asked);
    }
    let person = state.portal.person(&who, &id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    let page = present::person::page(&setting, &asked, &person, &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// To invite somebody.
pub(crate) async fn person_invite(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let may = state.portal.may_invite(&who).await?;
    let (roles, places) = may.ok_or(Problem::NotFound)?;
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let all = faults(&asked, "invite");
        match invited(&portal, &who, &asked).await {
            Ok(it) => {
                let person = portal.person(&who, &it.account).await?;
                let person = person.ok_or(Problem::NotFound)?;
                outcome.link = Some(link(&state, &visit, &it));
                let page = present::person::page(&setting, &asked, &person, &outcome);
                return reply::page_with(StatusCode::OK, &state.theme, &asked, page).await;
            }
            Err(failure) => (status, outcome) = refused(failure, "invite", all)?,
        }
    }
    let page = present::person::invite(&setting, &asked, (&roles, &places), &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// What somebody lends of their own roles.
pub(crate) async fn delegation_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let setting = Setting::of(&state, &visit);
    let mut outcome = Outcome::default();
    let mut status = StatusCode::OK;
    if asked.form.is_some() {
        let portal = state.portal.clone().asked_from(&asked.from);
        let wanted = asked.field(WANTED);
        let name = portal.own_account(&who).await?.name;
        let all = faults(&asked, wanted);
        let done = match wanted {
            "delegate" | "end-delegation" => act(&portal, By::Account(&who), &name, &asked).await,
            _ => return Err(Problem::NotFound),
        };
        match done {
            Ok(_) => {
                let there = format!("{DELEGATIONS}?{DONE}={wanted}");
                return Ok(reply::redirect(StatusCode::SEE_OTHER, &there));
            }
            Err(failure) => (status, outcome) = refused(failure, wanted, all)?,
        }
    } else {
        outcome.said = said(&setting, &asked);
    }
    let (own, deputies, lines) = state.portal.own_delegations(&who).await?;
    let shown = (own.as_slice(), deputies.as_slice(), lines.as_slice());
    let page = present::delegation::page(&setting, &asked, shown, &outcome);
    reply::page_with(status, &state.theme, &asked, page).await
}

/// Does what is wanted with an account.
async fn act(portal: &Portal, by: By<'_>, name: &str, asked: &Asked) -> Result<Came, Failure> {
    match asked.field(WANTED) {
        "give-role" => {
            let grant = grant(asked.field("vai-tro"), asked.field("to-chuc"))?;
            let days = (day(asked.field("tu-ngay"))?, day(asked.field("den-ngay"))?);
            portal.give_role(by, name, &grant, days).await?;
        }
        "take-role" => {
            let (role, at) = asked.field(GRANT).split_once('@').unwrap_or_default();
            portal.take_role(by, name, &grant(role, at)?).await?;
        }
        "reset" => return portal.reset_account(by, name).await.map(Came::Link),
        "disable" => portal.disable_account(by, name).await?,
        "enable" => portal.enable_account(by, name).await?,
        "sign-out" => {
            portal.end_sessions_of(by, name).await?;
        }
        "hand-over" => {
            let (to, disables) = (asked.field("nguoi-nhan"), asked.field("vo-hieu") == "1");
            let done = portal.hand_over(by, (name, to), disables).await?;
            return Ok(Came::Handed(done));
        }
        "delegate" => {
            let (role, at) = asked.field(LENT).split_once('@').unwrap_or_default();
            let [first, last] = DAYS.map(|it| day(asked.field(it)));
            let it = NewDelegation {
                from: name.to_owned(),
                to: asked.field(DEPUTY).to_owned(),
                grant: grant(role, at)?,
                first: first?,
                last: last?,
            };
            portal.delegate(by, &it).await?;
        }
        "end-delegation" => portal.end_delegation(by, asked.field(DELEGATION)).await?,
        _ => {}
    }
    Ok(Came::Anew)
}

async fn invited(portal: &Portal, who: &SignedIn, asked: &Asked) -> Result<Invited, Failure> {
    let mut person = new_person(asked);
    person
        .grants
        .push(grant(asked.field("vai-tro"), asked.field("to-chuc"))?);
    portal.invite(By::Account(who), &person).await
}

/// The address of an invitation, on the host where people sign in.
fn link(state: &State, visit: &Visit, it: &Invited) -> String {
    let host = state.options.admin_host.as_deref();
    let host = host.unwrap_or_else(|| visit.first_host());
    format!(
        "{}{}{}",
        state.options.origin(host),
        crate::routes::INVITATIONS,
        it.token
    )
}

fn handed(setting: &Setting<'_>, it: &HandedOver) -> String {
    let (moved, left) = (it.moved.to_string(), it.left.len().to_string());
    let words = [("moved", moved.as_str()), ("left", left.as_str())];
    let mut told = setting.texts("office.handed", &words);
    if !it.left.is_empty() {
        let titles = it.left.join("; ");
        let titles = [("left", left.as_str()), ("titles", titles.as_str())];
        told = format!("{told} {}", setting.texts("office.handed_left", &titles));
    }
    told
}

/// What was done a moment ago.
fn said(setting: &Setting<'_>, asked: &Asked) -> Option<String> {
    let key = match param(asked, DONE) {
        "give-role" => "office.said_given",
        "take-role" => "office.said_taken",
        "disable" => "office.said_disabled",
        "enable" => "office.said_enabled",
        "sign-out" => "office.said_out",
        "delegate" => "office.said_lent",
        "end-delegation" => "office.said_lent_end",
        _ => return None,
    };
    Some(setting.text(key).to_owned())
}
