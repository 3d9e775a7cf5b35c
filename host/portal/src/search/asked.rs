use dinh_domain::ids::{CollectionId, SiteId};

use super::MAX_FACET_VALUES;
use crate::ask;
use crate::portal::Portal;
use crate::visit::Visit;

/// Longest value of a facet that is asked for, in characters.
const FACET_CHARS_MAX: usize = 200;

/// What was asked of the search.
pub(super) struct Asked {
    pub(super) words: String,
    pub(super) site: Option<SiteId>,
    pub(super) collection: Option<CollectionId>,
    pub(super) facets: Vec<(String, String)>,
    pub(super) params: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn read(
        portal: &Portal,
        visit: &Visit,
        given: &[(String, String)],
        complaints: &mut Vec<String>,
    ) -> Self {
        let words = ask::words(given, complaints);
        let known_site = |text: &&str| {
            visit
                .directory
                .sites
                .iter()
                .any(|it| it.id.as_str() == *text)
        };
        let site = ask::one(given, "site").filter(known_site);
        let site = site.and_then(|text| SiteId::new(text).ok());
        if site.is_none() && ask::one(given, "site").is_some() {
            complaints.push("Không có trang này; kết quả lấy từ mọi trang.".to_owned());
        }
        let section = ask::one(given, "section");
        let collection = section.and_then(|path| {
            let mut lists = portal
                .plugins()
                .all()
                .flat_map(|it| it.collections().map(move |(id, _)| (it, id)));
            lists
                .find(|(plugin, id)| super::usual_path(plugin, id) == path)
                .map(|(_, id)| id)
        });
        if collection.is_none() && section.is_some() {
            complaints.push("Không có chuyên mục này; kết quả lấy từ mọi chuyên mục.".to_owned());
        }
        let mut params = vec![("q".to_owned(), words.clone())];
        if let Some(site) = &site {
            params.push(("site".to_owned(), site.to_string()));
        }
        if let (Some(section), Some(_)) = (section, &collection) {
            params.push(("section".to_owned(), section.to_owned()));
        }
        let mut facets = Vec::new();
        for facet in portal.declared_facets() {
            let values = ask::many(given, &facet.key).into_iter();
            for value in values.take(MAX_FACET_VALUES) {
                let value = value.chars().take(FACET_CHARS_MAX).collect::<String>();
                facets.push((facet.key.clone(), value));
            }
        }
        params.extend(facets.iter().cloned());
        Self {
            words,
            site,
            collection,
            facets,
            params,
        }
    }
}
