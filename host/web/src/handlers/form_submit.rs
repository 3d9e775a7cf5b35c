use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;

use super::section_show;
use crate::asked::{Asked, Refused};
use crate::problem::Problem;
use crate::state::State;

/// Takes a form that a page of this site sent to its own address.
pub(crate) async fn form_submit(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let path = asked.path.trim_start_matches('/');
    let sent = asked.form.as_deref().unwrap_or_default();
    let turn = |is_proved| {
        let (caller, options) = (asked.caller, &state.options);
        state.sendings.take(caller, options, is_proved)
    };
    let answer = state.portal.submit(&visit, path, sent, &turn).await?;
    let answer = answer.ok_or(Problem::Refused(Refused::Method))?;
    section_show::respond(&state, &asked, &visit, answer).await
}
