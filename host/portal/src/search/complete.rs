//! What a question that is still being typed may become.

use dinh_domain::visibility::Purpose;
use dinh_search::COMPLETIONS_MAX;

use crate::ask;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shown::Completion;
use crate::visit::Visit;

impl Portal {
    /// The words as read, and entries that the visited site's search would find whose number or
    /// title begins with them.
    pub async fn complete(
        &self,
        visit: &Visit,
        given: &[(String, String)],
    ) -> Result<(String, Vec<Completion>), Failure> {
        let words = ask::words(given, &mut Vec::new());
        let scope = visit.scope(Purpose::Search);
        let (index, typed) = (self.index_for(visit).clone(), words.clone());
        let hits =
            tokio::task::spawn_blocking(move || index.complete(&scope, &typed, COMPLETIONS_MAX))
                .await
                .map_err(Failure::internal)?
                .map_err(Failure::internal)?;
        let completions = hits.into_iter().filter_map(|hit| {
            let way = visit.way(&hit.site, &hit.collection, &hit.url_path, &hit.title)?;
            let about = hit.lead.parts.into_iter().map(|(text, _)| text);
            Some(Completion {
                about: about.collect(),
                way,
            })
        });
        Ok((words, completions.collect()))
    }
}
