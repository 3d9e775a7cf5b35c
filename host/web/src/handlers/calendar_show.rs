use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use super::feed_show::list_path;
use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

const ICALENDAR: &str = "text/calendar; charset=utf-8";

/// The dates of a section's list, for calendars.
pub(crate) async fn calendar_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let section = list_path(&asked);
    let calendar = state
        .portal
        .calendar(&visit, &section, &asked.params)
        .await?;
    let calendar = calendar.ok_or(Problem::NotFound)?;
    let text = present::calendar::ics(&Setting::of(&state, &visit), &calendar);
    Ok(reply::xml(&asked, ICALENDAR, text))
}
