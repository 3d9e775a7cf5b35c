use std::sync::Arc;

use dinh_domain::ids::EntryId;
use dinh_portal::{SignedIn, Undone, Visit};
use http::StatusCode;
use poem::Response;

use super::desk::status_of;
use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// What is done with who sent an entry: read it, or erase it.
pub(crate) const ACT: &str = "viec";
pub(crate) const READ: &str = "xem";
pub(crate) const ERASE: &str = "xoa";

/// Who sent an entry. Nothing personal is shown before it is asked for, and asking is recorded.
pub(crate) async fn sender_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
    who: Arc<SignedIn>,
) -> Result<Response, Problem> {
    let id = EntryId::new(asked.capture("id")).map_err(|_| Problem::NotFound)?;
    let portal = state.portal.clone().asked_from(&asked.from);
    let act = match asked.form.is_some() {
        true => asked.field(ACT),
        false => "",
    };
    let (mut faults, mut status) = (Vec::new(), StatusCode::OK);
    let mut is_erased = false;
    if act == ERASE {
        let ground = asked.field("ly-do");
        match portal.erase_as_asked(&who.staff, &id, ground).await? {
            Ok(_) => is_erased = true,
            Err(Undone::NotFound) => return Err(Problem::NotFound),
            Err(undone) => {
                status = status_of(&undone);
                faults = portal.told_undone(&id, &undone).await?;
            }
        }
    }
    let reveal = act == READ;
    match portal.private_shown(&who.staff, &id, reveal).await? {
        Ok(shown) => {
            let setting = Setting::of(&state, &visit);
            let told = present::sender::Told {
                faults,
                ground: asked.field("ly-do").to_owned(),
                is_erased,
                is_revealed: reveal,
            };
            let page = present::sender::page(&setting, &asked.path, (id.as_str(), &shown), told);
            let mut response = reply::page_with(status, &state.theme, &asked, page).await?;
            reply::never_keep(&mut response);
            Ok(response)
        }
        Err(Undone::NotFound) => Err(Problem::NotFound),
        Err(undone) => Err(Problem::Refusal {
            status: status_of(&undone),
            detail: portal.told_undone(&id, &undone).await?.join(" "),
        }),
    }
}
