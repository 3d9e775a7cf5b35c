use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// Parameter of the hash.
const HASH: &str = "ma";

/// Whether a saved copy says what is published.
pub(crate) async fn verify_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let given = asked.params.iter().find(|(name, _)| name == HASH);
    let hash = given.map_or("", |(_, value)| value.as_str());
    let verified = state.portal.verify(&visit, hash).await?;
    let page = present::verify::page(&Setting::of(&state, &visit), verified);
    reply::page(&state.theme, &asked, page).await
}
