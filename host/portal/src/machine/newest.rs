//! What became public last in a list, as its page filters: what feeds and calendars begin with.

use dinh_domain::entry::Entry;
use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Purpose;
use dinh_store::Summary;

use crate::ask;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::facet_label;
use crate::section::Here;

/// The newest of a list.
pub(super) struct Newest {
    /// Name of many entries.
    pub(super) title: String,
    /// The declared parameters as asked, in canonical order, without order and page.
    pub(super) asked: Vec<(String, String)>,
    /// The filters in words, as their chips say them.
    pub(super) narrowed: Vec<String>,
    /// Those that became public last come first; each with the asked fields of its body.
    pub(super) entries: Vec<(Summary, Entry)>,
}

impl Portal {
    /// The newest entries of a list, as many as `most`, with some fields of their bodies.
    pub(super) async fn newest_of_list(
        &self,
        here: &Here<'_>,
        given: &[(String, String)],
        (most, fields): (u32, &[&str]),
    ) -> Result<Newest, Failure> {
        let unordered = |name: &str| !matches!(name, "sort" | "page" | "per_page");
        let given: Vec<_> = given
            .iter()
            .filter(|(name, _)| unordered(name))
            .cloned()
            .collect();
        let query = self.whole_list(here, &given).await?;
        let asked = ask::list(here.collection, &given, here).params;
        let scope = here.visit.scope(Purpose::List).only(&here.id);
        let newest = self
            .store()
            .newest_of(&scope, &here.id, here.collection, &query, most)
            .await?;
        let ids: Vec<EntryId> = newest.iter().map(|it| it.headline.id.clone()).collect();
        let mut parts = self.store().parts_by_ids(&scope, &ids, fields).await?;
        let entries = newest.into_iter().filter_map(|summary| {
            let at = parts.iter().position(|it| it.id == summary.headline.id)?;
            Some((summary, parts.swap_remove(at)))
        });
        let entries = entries.collect();
        let language = &here.visit.language;
        let narrowed = asked
            .iter()
            .map(|(name, value)| facet_label(here.plugin, here.collection, name, value, language));
        Ok(Newest {
            title: here.plugin.text(language, &here.collection.plural),
            narrowed: narrowed.collect(),
            entries,
            asked,
        })
    }
}
