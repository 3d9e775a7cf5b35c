use std::sync::Arc;

use dinh_portal::Visit;
use http::StatusCode;
use poem::{Body, Response};

use crate::asked::Asked;
use crate::problem::Problem;
use crate::routes::FILES;
use crate::state::State;
use crate::{percent, reply};

/// A stored file. Its id decides; a name that is not its own redirects to the one that is.
pub(crate) async fn file_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let id = asked.capture("id");
    let (found, content) = state
        .portal
        .file(&visit, id)
        .await?
        .ok_or(Problem::NotFound)?;
    // A name with a slash in it is asked for as `asked.rs` keeps it.
    if asked.capture("name") != found.name.replace('/', "%2F") {
        let location = format!(
            "{FILES}/{}/{}",
            percent::encode(id),
            percent::encode(&found.name)
        );
        return Ok(reply::redirect(StatusCode::MOVED_PERMANENTLY, &location));
    }
    let open = async |part| {
        let contents = content.open(part).await?;
        Ok(Body::from_bytes_stream(contents.stream()))
    };
    reply::file(&asked, &found, open).await
}
