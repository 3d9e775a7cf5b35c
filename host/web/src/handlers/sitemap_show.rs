use std::fmt::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use dinh_domain::ids::EntryId;
use dinh_portal::shown::{Listed, ListedPart};
use dinh_portal::{Failure, Visit};
use futures_util::stream;
use poem::{Body, Response};

use crate::asked::Asked;
use crate::links;
use crate::problem::Problem;
use crate::reply;
use crate::routes::{SITE_MAP, SITE_MAP_XML};
use crate::state::State;

/// Parameter of a part, from 1.
const PART: &str = "phan";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// What this site publishes, for search engines: an index, and its parts (sitemaps.org 0.9).
pub(crate) async fn sitemap_show(
    state: Arc<State>,
    asked: Asked,
    visit: Arc<Visit>,
) -> Result<Response, Problem> {
    let parts = state.portal.sitemap_parts(&visit).await?;
    let wanted = asked.params.iter().find(|(name, _)| name == PART);
    let Some((_, number)) = wanted else {
        return Ok(reply::xml(
            &asked,
            "application/xml; charset=utf-8",
            index(&state, &visit, &parts),
        ));
    };
    let number: usize = number.parse().map_err(|_| Problem::NotFound)?;
    let at = number.checked_sub(1).ok_or(Problem::NotFound)?;
    let part = parts.get(at).cloned().ok_or(Problem::NotFound)?;
    // What fails before the first byte fails as a page.
    let first = state.portal.sitemap_entries(&visit, &part, None).await?;
    let start = opening(&state, &visit, at == 0);
    Ok(reply::streamed_xml(body(state, visit, part, start, first)))
}

fn index(state: &State, visit: &Visit, parts: &[ListedPart]) -> String {
    let mut xml = opened("sitemapindex");
    for (number, part) in (1..).zip(parts) {
        let params = [(PART.to_owned(), number.to_string())];
        let address = absolute(state, visit, &links::with_params(SITE_MAP_XML, &params));
        element(&mut xml, "sitemap", &address, part.changed.as_deref());
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// The beginning of a part; the first names the pages of the site itself.
fn opening(state: &State, visit: &Visit, is_first: bool) -> String {
    let mut xml = opened("urlset");
    if is_first {
        let mut pages = vec!["/".to_owned()];
        pages.extend(state.portal.section_pages(visit));
        pages.push(SITE_MAP.to_owned());
        for page in pages {
            element(&mut xml, "url", &absolute(state, visit, &page), None);
        }
    }
    xml
}

/// Chunk by chunk: a part has up to 12 MB.
fn body(
    state: Arc<State>,
    visit: Arc<Visit>,
    part: ListedPart,
    start: String,
    first: Vec<Listed>,
) -> Body {
    let state_of = (Some(start), Some(first));
    let chunks = stream::try_unfold(state_of, move |(start, listed)| {
        let (state, visit, part) = (state.clone(), visit.clone(), part.clone());
        async move {
            let Some(listed) = listed else {
                return Ok::<_, std::io::Error>(None);
            };
            let mut xml = start.unwrap_or_default();
            for entry in &listed {
                let address = absolute(&state, &visit, &crate::percent::tidy(&entry.path));
                element(&mut xml, "url", &address, Some(&entry.changed));
            }
            let last: Option<EntryId> = listed.last().map(|entry| entry.id.clone());
            let next = match last {
                Some(last) => {
                    let next = state.portal.sitemap_entries(&visit, &part, Some(&last));
                    Some(next.await.map_err(broken)?).filter(|next| !next.is_empty())
                }
                None => None,
            };
            if next.is_none() {
                xml.push_str("</urlset>\n");
            }
            Ok(Some((Bytes::from(xml), (None, next))))
        }
    });
    Body::from_bytes_stream(chunks)
}

/// The connection ends: half a site map is no site map.
fn broken(failure: Failure) -> std::io::Error {
    tracing::warn!(cause = ?failure, "a site map ended early");
    std::io::Error::other("the database does not answer")
}

fn opened(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n")
}

fn absolute(state: &State, visit: &Visit, path: &str) -> String {
    state.options.origin(&visit.site.host) + path
}

/// Addresses hold no character that XML forbids but `&`: they are percent-encoded.
fn element(xml: &mut String, name: &str, address: &str, changed: Option<&str>) {
    let address = address.replace('&', "&amp;").replace('\'', "&apos;");
    // Writing to a string cannot fail.
    let _ = write!(xml, "<{name}><loc>{address}</loc>");
    if let Some(changed) = changed {
        let _ = write!(xml, "<lastmod>{changed}</lastmod>");
    }
    let _ = writeln!(xml, "</{name}>");
}
