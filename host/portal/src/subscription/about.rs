//! What may be subscribed to, and what it is called.

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::EntryId;
use dinh_domain::visibility::Purpose;
use dinh_store::Subscription;
use sha2::{Digest, Sha256};

use super::SubscribedTo;
use crate::ask::{self, Names};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::search::facet_label;
use crate::section::Here;
use crate::visit::Visit;

/// Most parameters of a filter that is subscribed to; the form of a list has fewer.
const FILTER_MAX: usize = 20;
/// Parameters of a list that choose none of its entries, and the words of a search, which no declaration answers.
const PASSED_OVER: [&str; 4] = ["q", "sort", "per_page", "page"];

/// What somebody wants to subscribe to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionAbout {
    /// The section's name.
    pub section: String,
    /// In words: the list, or the entry.
    pub label: String,
    /// The filter in words: `Loại: Quyết định`; empty without one.
    pub filter_words: Vec<String>,
    /// The filter: parameters of the list with their values.
    pub filter: Vec<(String, String)>,
    /// Path on the site, with the slash before it.
    pub path: String,
    pub(crate) collection: dinh_domain::ids::CollectionId,
    pub(crate) entry: Option<EntryId>,
}

impl SubscriptionAbout {
    /// The same text for whoever wants the same.
    pub(crate) fn target(&self) -> String {
        let entry = self.entry.as_ref().map_or("", |it| it.as_str());
        let filter = self
            .filter
            .iter()
            .map(|(name, it)| format!("\n{name}={it}"));
        let text = format!("{}\n{entry}{}", self.collection, filter.collect::<String>());
        let hash = Sha256::digest(text.as_bytes());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn in_words(&self) -> String {
        match self.filter_words.is_empty() {
            true => self.label.clone(),
            false => format!("{} ({})", self.label, self.filter_words.join("; ")),
        }
    }
}

impl Portal {
    /// The list that stands at a path of the visited site with a filter, or the entry that is read there; none where
    /// there is neither, or where no mail is sent.
    pub async fn subscription_about(
        &self,
        visit: &Visit,
        path: &str,
        filter: &[(String, String)],
    ) -> Result<Option<SubscriptionAbout>, Failure> {
        visit.passing();
        let path = path.trim_matches('/');
        if !self.sends_mail() {
            return Ok(None);
        }
        if let Some(here) = self.list_here(visit, path) {
            return Ok(Some(of_list(&here, filter)));
        }
        let Some((here, _, slug)) = self.here(visit, path) else {
            return Ok(None);
        };
        let entry = self.entry_here(&here, slug).await?;
        Ok(entry.map(|entry| SubscriptionAbout {
            section: here.section.name.clone(),
            label: entry.title.clone(),
            filter_words: Vec::new(),
            filter: Vec::new(),
            path: format!("/{}/{}", here.section.path, entry.slug),
            collection: here.id.clone(),
            entry: Some(entry.id),
        }))
    }

    /// What a subscription is about now; none where its section is switched off or its entry is not public any more.
    pub(crate) async fn subscribed_to(
        &self,
        visit: &Visit,
        it: &Subscription,
    ) -> Result<Option<SubscribedTo>, Failure> {
        let Some(here) = self.here_in(visit, &it.collection) else {
            return Ok(None);
        };
        let Some(id) = &it.entry else {
            let about = of_list(&here, &it.filter);
            return Ok(Some(SubscribedTo {
                label: about.in_words(),
                path: about.path,
            }));
        };
        let scope = visit.scope(Purpose::Read).only_site(&it.site);
        let found = self.store().headlines(&scope, std::slice::from_ref(id));
        let found = found.await?;
        Ok(found.first().map(|headline| SubscribedTo {
            label: headline.title.clone(),
            path: format!("/{}/{}", here.section.path, headline.slug),
        }))
    }
}

fn of_list(here: &Here<'_>, filter: &[(String, String)]) -> SubscriptionAbout {
    let asked = ask::list(here.collection, filter, here);
    let used = asked.params.into_iter();
    let used = used.filter(|(name, _)| !PASSED_OVER.contains(&name.as_str()));
    let filter: Vec<(String, String)> = used.take(FILTER_MAX).collect();
    let plural = here
        .plugin
        .text(&here.visit.language, &here.collection.plural);
    SubscriptionAbout {
        section: here.section.name.clone(),
        label: plural,
        filter_words: filter.iter().map(|it| words(here, it)).collect(),
        filter,
        path: format!("/{}", here.section.path),
        collection: here.id.clone(),
        entry: None,
    }
}

/// `Loại: Quyết định`, `Ngày ban hành từ 01/10/2014`.
fn words(here: &Here<'_>, (name, value): &(String, String)) -> String {
    let ends = [("_from", "từ"), ("_to", "đến")];
    let date = LocalDate::parse(value).ok();
    for (end, word) in ends {
        if let (Some(index), Some(date)) = (name.strip_suffix(end), date) {
            return format!("{} {word} {}", here.label(index), date.to_vietnamese());
        }
    }
    let language = &here.visit.language;
    let value = facet_label(here.plugin, here.collection, name, value, language);
    format!("{}: {value}", here.label(name))
}
