use std::sync::Arc;

use poem::Response;

use crate::asked::Asked;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// A file of the theme, under the fingerprint of the theme as it is now.
pub(crate) async fn theme_asset_show(state: Arc<State>, asked: Asked) -> Result<Response, Problem> {
    let below = asked.path.strip_prefix(state.theme.asset_base());
    let name = below.and_then(|rest| rest.strip_prefix('/'));
    let asset = name
        .and_then(|name| state.theme.asset(name))
        .ok_or(Problem::NotFound)?;
    Ok(reply::asset(&asked, asset.media_type, asset.bytes))
}
