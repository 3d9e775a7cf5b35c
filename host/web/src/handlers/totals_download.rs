use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use super::feed_show;
use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::state::State;
use crate::{csv, reply};

const CSV: &str = "text/csv; charset=utf-8; header=present";

/// What a section's list comes to, as a text file.
pub(crate) async fn totals_download(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let section = feed_show::list_path(&asked);
    let totals = state.portal.totals_file(&visit, &section, &asked.params);
    let totals = totals.await?.ok_or(Problem::NotFound)?;
    let (header, rows) = present::totals::file(&Setting::of(&state, &visit), &totals);
    let text = csv::begin(&header) + &csv::rows(&rows);
    Ok(reply::computed(&asked, CSV, text.into_bytes()))
}
