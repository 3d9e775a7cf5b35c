use std::sync::Arc;

use dinh_portal::Visit;
use poem::Response;
use serde_json::json;

use crate::asked::Asked;
use crate::links;
use crate::problem::Problem;
use crate::reply;
use crate::state::State;

/// OpenSearch suggestions 1.1: what was typed, completions, what each is about, where it leads.
const MEDIA_TYPE: &str = "application/x-suggestions+json";

/// Completions for the search box of a browser.
pub(crate) async fn search_complete(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let (words, found) = state.portal.complete(&visit, &asked.params).await?;
    let titles: Vec<&str> = found.iter().map(|it| it.way.label.as_str()).collect();
    let about: Vec<&str> = found.iter().map(|it| it.about.as_str()).collect();
    let addresses = found.iter().map(|it| {
        let host = it.way.host.as_deref().unwrap_or(&visit.site.host);
        state.options.origin(host) + &links::with_params(&it.way.path, &[])
    });
    let addresses: Vec<String> = addresses.collect();
    let answer = json!([words, titles, about, addresses]);
    Ok(reply::computed(
        &asked,
        MEDIA_TYPE,
        answer.to_string().into_bytes(),
    ))
}
