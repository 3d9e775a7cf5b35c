//! Words in a list: the search names the entries, the database narrows and sorts them.

use dinh_domain::ids::{CollectionId, EntryId};
use dinh_domain::query::Among;
use dinh_domain::visibility::Scope;
use dinh_search::Request;

use super::Here;
use crate::ask::Asked;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::visit::Visit;

impl Portal {
    /// The entries that hold the words asked for; none where no words are.
    pub(crate) async fn with_words(
        &self,
        here: &Here<'_>,
        scope: &Scope,
        asked: &mut Asked,
    ) -> Result<Option<Among>, Failure> {
        if asked.words.is_empty() {
            return Ok(None);
        }
        let (ids, total) = self
            .ids_with(here.visit, scope, &here.id, &asked.words)
            .await?;
        if total > ids.len() as u64 {
            asked.complaints.push(format!(
                "Có {total} kết quả cho các từ này; danh sách chỉ gồm {} kết quả phù hợp nhất. Xin thêm từ khóa.",
                ids.len()
            ));
        }
        let sorted = asked.params.iter().any(|(name, _)| name == "sort");
        Ok(Some(if sorted {
            Among::Sorted(ids)
        } else {
            Among::Ranked(ids)
        }))
    }

    /// The best entries of a collection that hold some words, and how many there are in all.
    pub(crate) async fn ids_with(
        &self,
        visit: &Visit,
        scope: &Scope,
        id: &CollectionId,
        words: &str,
    ) -> Result<(Vec<EntryId>, u64), Failure> {
        let request = Request {
            q: words.to_owned(),
            collection: Some(id.clone()),
            ..Request::default()
        };
        let (index, scope) = (self.index_for(visit).clone(), scope.clone());
        let found = tokio::task::spawn_blocking(move || index.ids(&scope, &request));
        found
            .await
            .map_err(Failure::internal)?
            .map_err(Failure::internal)
    }
}
