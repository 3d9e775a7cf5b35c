//! The search as programs ask it.

use std::collections::BTreeSet;

use dinh_domain::ids::{CollectionId, SiteId};
use dinh_domain::visibility::{Purpose, Scope};
use dinh_search::Request;

use super::exact::{self, BadParameter, DEFAULT_LIMIT, MAX_LIMIT};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{HitTold, HitsTold, Reach};
use crate::visit::Visit;

/// The parameters.
const KNOWN: [&str; 4] = ["q", "site", "collection", "limit"];

impl Portal {
    /// What a search from the visited site can find: sites and collections.
    pub fn reach(&self, visit: &Visit) -> Reach {
        reach(&visit.scope(Purpose::Search))
    }

    /// Searches from a site.
    pub async fn hits(
        &self,
        visit: &Visit,
        given: &[(String, String)],
    ) -> Result<HitsTold, Failure> {
        exact::only(given, &KNOWN)?;
        let words = exact::words(given)?;
        if words.is_empty() {
            return Err(BadParameter::Missing {
                name: "q".to_owned(),
                wanted: "the words to search for".to_owned(),
            }
            .into());
        }
        let scope = visit.scope(Purpose::Search);
        let reach = reach(&scope);
        let site = among(given, "site", &reach.sites, SiteId::new)?;
        let collection = among(given, "collection", &reach.collections, |text| {
            CollectionId::parse(text)
        })?;
        let limit = exact::limit(given, DEFAULT_LIMIT, MAX_LIMIT)?;
        let request = Request {
            q: words,
            site,
            collection,
            limit: limit as usize,
            ..Request::default()
        };
        let index = self.index_for(visit).clone();
        let answer = tokio::task::spawn_blocking(move || index.search(&scope, &request))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let hits = answer.hits.into_iter().filter_map(|hit| {
            let way = visit.way(&hit.site, &hit.collection, &hit.url_path, &hit.title)?;
            let pieces = hit.snippet.parts.iter();
            Some(HitTold {
                snippet: pieces.map(|(text, _)| text.as_str()).collect(),
                id: hit.id,
                key: hit.key,
                collection: hit.collection,
                site: hit.site,
                title: hit.title,
                score: hit.score,
                way,
            })
        });
        Ok(HitsTold {
            total: answer.total,
            hits: hits.collect(),
        })
    }
}

/// Both by name. What the scope does not hold is not named: it does not exist here.
fn reach(scope: &Scope) -> Reach {
    let sites = scope.any.iter().flat_map(|clause| &clause.sites);
    let sites: BTreeSet<String> = sites.map(ToString::to_string).collect();
    let collections = scope.any.iter().map(|clause| clause.collection.to_string());
    Reach {
        sites: sites.into_iter().collect(),
        collections: collections.collect(),
    }
}

fn among<T, E>(
    given: &[(String, String)],
    name: &str,
    known: &[String],
    read: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, BadParameter> {
    let Some(text) = exact::one(given, name)? else {
        return Ok(None);
    };
    let is_known = known.iter().any(|it| it == text);
    let value = read(text).ok().filter(|_| is_known);
    let refused = || BadParameter::not_listed(name, text, known.to_vec());
    value.map(Some).ok_or_else(refused)
}
