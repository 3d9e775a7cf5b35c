use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

const ATOM: &str = "application/atom+xml; charset=utf-8";

/// Path of the list that an address names: `van-ban`, `dich-vu-cong/noi-tiep-nhan`.
pub(super) fn list_path(asked: &Asked) -> String {
    match asked.capture("collection") {
        "" => asked.capture("section").to_owned(),
        collection => format!("{}/{collection}", asked.capture("section")),
    }
}

/// The newest of a section's list, for feed readers.
pub(crate) async fn feed_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let section = list_path(&asked);
    let feed = state.portal.feed(&visit, &section, &asked.params).await?;
    let feed = feed.ok_or(Problem::NotFound)?;
    let text = present::feed::atom(&Setting::of(&state, &visit), &feed);
    Ok(reply::xml(&asked, ATOM, text))
}
