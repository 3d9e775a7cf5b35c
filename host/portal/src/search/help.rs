//! What helps a reader on beside the hits, or where there are none.

use dinh_domain::site::{Site, SiteState};
use dinh_domain::visibility::{Purpose, Scope, scope};
use dinh_search::{Asking, Request};

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::{Elsewhere, Guess, Helped};
use crate::visit::Visit;

/// Other sites that are named.
const MAX_ELSEWHERE: usize = 10;

impl Portal {
    /// For a question that found `total` entries within a scope.
    pub(super) async fn help(
        &self,
        visit: &Visit,
        within: &Scope,
        words: &str,
        total: u64,
    ) -> Result<Helped, Failure> {
        let (index, scope, question) = (
            self.index_for(visit).clone(),
            within.clone(),
            words.to_owned(),
        );
        let help = tokio::task::spawn_blocking(move || index.help(&scope, &question, total))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let upper = (total == 0).then(|| upper(visit)).flatten();
        let elsewhere = match upper {
            Some(upper) => self.elsewhere(visit, upper, words).await?,
            None => Vec::new(),
        };
        Ok(Helped {
            spelled: help.spelled.map(guess),
            readings: help.readings.into_iter().map(guess).collect(),
            unknown: help.unknown,
            fewer: help.fewer.into_iter().map(guess).collect(),
            elsewhere,
            upper: upper.map(|site| (site.name.clone(), site.host.clone())),
        })
    }

    /// Sites whose entries the upper site's own search would show, with how many: what a site
    /// shares with nobody stays there.
    async fn elsewhere(
        &self,
        visit: &Visit,
        upper: &Site,
        words: &str,
    ) -> Result<Vec<Elsewhere>, Failure> {
        let scope = scope(&visit.actor, &visit.directory, &upper.id, Purpose::Search);
        let request = Request {
            q: words.to_owned(),
            ..Request::default()
        };
        let index = self.index_for(visit).clone();
        let answer = tokio::task::spawn_blocking(move || index.search(&scope, &request))
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)?;
        let sites = answer.sites.into_iter().filter_map(|(id, count)| {
            let site = visit.directory.site(&id)?;
            (site.id != visit.site.id).then(|| Elsewhere {
                name: site.name.clone(),
                host: site.host.clone(),
                count,
            })
        });
        Ok(sites.take(MAX_ELSEWHERE).collect())
    }
}

/// The live site of the highest organisation above the visited one.
fn upper(visit: &Visit) -> Option<&Site> {
    let directory = &visit.directory;
    let here = &visit.site.organisation;
    let above = directory.sites_upwards(here).filter(|site| {
        site.id != visit.site.id && site.state == SiteState::Live && site.organisation != *here
    });
    above.reduce(|highest, site| {
        if directory.is_at_or_above(&site.organisation, &highest.organisation) {
            site
        } else {
            highest
        }
    })
}

fn guess(asking: Asking) -> Guess {
    Guess {
        words: asking.text,
        total: asking.total,
    }
}
