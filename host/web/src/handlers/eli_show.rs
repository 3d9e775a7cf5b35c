use std::sync::Arc;

use dinh_portal::Visit;
use dinh_portal::shown::{Answer, EliAnswer};
use http::StatusCode;
use poem::Response;

use crate::asked::Asked;
use crate::links;
use crate::problem::Problem;
use crate::reply;
use crate::routes::SEARCH;
use crate::state::State;

/// An address of legislation: it names a document, and leads to what stands for it (303).
pub(crate) async fn eli_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let path = match state.portal.eli(&visit, asked.capture("path")).await? {
        EliAnswer::Here(Answer::Redirect(path)) => path,
        EliAnswer::Here(Answer::Withdrawn(withdrawn)) => {
            return Err(Problem::Withdrawn(withdrawn));
        }
        EliAnswer::Here(_) => return Err(Problem::NotFound),
        EliAnswer::Several(number) => {
            links::with_params(SEARCH, &[("q".to_owned(), number.replace('-', " "))])
        }
    };
    let location = links::local(&path).ok_or(Problem::NotFound)?;
    Ok(reply::redirect(StatusCode::SEE_OTHER, &location))
}
