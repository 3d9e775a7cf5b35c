use std::sync::Arc;

use dinh_domain::ids::EntryId;
use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

const JSON_LD: &str = "application/ld+json";

/// The catalogue of the site's open data, page by page.
pub(crate) async fn dcat_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let mut params = asked.params.iter();
    let after = params.find(|(name, _)| name == present::dcat::AFTER);
    let after = after.map(|(_, id)| EntryId::new(id)).transpose();
    let after = after.map_err(|_| Problem::NotFound)?;
    let page = state.portal.datasets(&visit, after.as_ref()).await?;
    let setting = Setting::of(&state, &visit);
    let after = after.as_ref().map(EntryId::as_str);
    let catalogue = present::dcat::catalogue(&setting, &page, after);
    Ok(reply::computed(
        &asked,
        JSON_LD,
        catalogue.to_string().into_bytes(),
    ))
}
