use std::sync::Arc;

use dinh_portal::Visit;
use dinh_portal::shown::Answer;
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::present::{self, Setting};
use crate::problem::Problem;
use crate::state::State;
use crate::{links, reply, security};

/// Whatever a section of the site has at a path.
pub(crate) async fn section_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let answer = state
        .portal
        .section(&visit, asked.capture("path"), &asked.params)
        .await?;
    respond(&state, &asked, &visit, answer).await
}

/// Whatever a section answered, as a response.
pub(super) async fn respond(
    state: &State,
    asked: &Asked,
    visit: &Visit,
    answer: Answer,
) -> Result<Response, Problem> {
    let setting = Setting::of(state, visit);
    match answer {
        Answer::List(list) => {
            let page = present::list::page(&setting, &asked.path, *list)?;
            reply::page(&state.theme, asked, page).await
        }
        Answer::Detail(detail) => {
            let page = present::detail::page(&setting, *detail);
            reply::page(&state.theme, asked, page).await
        }
        Answer::Print(detail) => {
            let page = present::kept::print(&setting, *detail);
            reply::page(&state.theme, asked, page).await
        }
        Answer::Copy(copy) => {
            let name = format!("{}.html", copy.detail.entry.slug);
            let page = present::kept::copy(&setting, *copy)?;
            reply::saved(&state.theme, &name, page).await
        }
        Answer::Reference(detail, format) => {
            let file = present::citation::file(&setting, &detail, format);
            let (media_type, text) = file.ok_or(Problem::NotFound)?;
            Ok(reply::computed(asked, media_type, text.into_bytes()))
        }
        Answer::Totals(totals) => {
            let page = present::totals::page(&setting, &totals);
            reply::page(&state.theme, asked, page).await
        }
        Answer::Akn(akn) => Ok(reply::akn(asked, present::akn::xml(&setting, *akn))),
        Answer::Table(both) => {
            let (detail, shown) = *both;
            // What a form sends has a shorter address; one that is too long for any is told below.
            let there = present::figures::address(&format!("{}/bang", detail.path), &shown);
            if let Some(there) = there.filter(|_| shown.is_sent) {
                return to(StatusCode::SEE_OTHER, &there);
            }
            let page = present::figures::page(&setting, detail, &shown)?;
            reply::page(&state.theme, asked, page).await
        }
        Answer::Version(text) => {
            let page = present::versions::text(&setting, *text);
            reply::page(&state.theme, asked, page).await
        }
        Answer::Versions(versions) => {
            let page = present::versions::page(&setting, &versions);
            reply::page(&state.theme, asked, page).await
        }
        Answer::Computed(computed) => {
            let status = StatusCode::from_u16(computed.status).map_err(|_| Problem::Internal {
                cause: format!("the plugin answered with status {}", computed.status),
            })?;
            let is_form = computed.form.is_some() || asked.form.is_some();
            let has_script = computed.form.as_ref().is_some_and(|it| it.wants_proof);
            let page = present::computed::page(&setting, asked, *computed);
            let mut response = reply::page_with(status, &state.theme, asked, page).await?;
            if is_form {
                reply::never_keep(&mut response);
            }
            if has_script {
                security::allow_own_script(&mut response);
            }
            Ok(response)
        }
        Answer::Data { media_type, bytes } => Ok(reply::computed(asked, &media_type, bytes)),
        Answer::Moved(path) => to(StatusCode::MOVED_PERMANENTLY, &path),
        Answer::Redirect(path) => to(StatusCode::SEE_OTHER, &path),
        Answer::Withdrawn(withdrawn) => Err(Problem::Withdrawn(withdrawn)),
        Answer::NotFound => Err(Problem::NotFound),
    }
}

fn to(status: StatusCode, path: &str) -> Result<Response, Problem> {
    let location = links::local(path).ok_or_else(|| Problem::Internal {
        cause: format!("a redirect leads off the site: {path:?}"),
    })?;
    Ok(reply::redirect(status, &location))
}
