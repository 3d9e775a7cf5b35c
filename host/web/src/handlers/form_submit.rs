use std::sync::Arc;

use dinh_portal::{PostedFile, PostedForm, Taking, Visit};
use poem::Response;

use super::section_show;
use crate::asked::{Asked, LOST_FILES, Refused};
use crate::problem::Problem;
use crate::state::State;

/// Takes a form that a page of this site sent to its own address.
pub(crate) async fn form_submit(
    state: Arc<State>,
    mut asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let posted = posted(&mut asked);
    let path = asked.path.trim_start_matches('/');
    let turn = |taking: Taking| {
        let (caller, options) = (asked.caller, &state.options);
        state.sendings.take(caller, options, taking)
    };
    let answer = state.portal.submit(&visit, path, posted, &turn).await?;
    let answer = answer.ok_or(Problem::Refused(Refused::Method))?;
    section_show::respond(&state, &asked, &visit, answer).await
}

/// What came with a form, taken out of what was asked.
pub(super) fn posted(asked: &mut Asked) -> PostedForm {
    let mut fields = asked.form.clone().unwrap_or_default();
    let lost = fields.extract_if(.., |(name, _)| name == LOST_FILES);
    let has_lost = lost.count() > 0;
    let files = std::mem::take(&mut asked.files).into_iter();
    PostedForm {
        fields,
        files: files
            .map(|it| PostedFile {
                input: it.input,
                name: it.name,
                bytes: it.bytes,
            })
            .collect(),
        has_lost,
    }
}
