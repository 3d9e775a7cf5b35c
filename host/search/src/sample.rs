//! Documents for tests.

use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::visibility::{Clause, Face, Scope};

use crate::{Answer, Change, Document, Index, Request};

pub(crate) fn site(id: &str) -> SiteId {
    SiteId::new(id).unwrap()
}

pub(crate) fn collection(id: &str) -> CollectionId {
    CollectionId::parse(id).unwrap()
}

/// A document of the district, in the collection `notices/notice`.
pub(crate) fn document(id: &str, title: &str) -> Document {
    Document {
        id: EntryId::new(id).unwrap(),
        site: site("yen-the"),
        collection: collection("notices/notice"),
        key: None,
        url_path: format!("/thong-bao/{id}"),
        title: title.to_owned(),
        lead: None,
        titles: Vec::new(),
        body: Vec::new(),
        files: Vec::new(),
        codes: Vec::new(),
        facets: Vec::new(),
        date: None,
    }
}

/// Everything in `notices/notice` on these sites.
pub(crate) fn scope(sites: &[&str]) -> Scope {
    let clause = Clause {
        collection: collection("notices/notice"),
        sites: sites.iter().map(|id| site(id)).collect(),
        face: Face::Published,
    };
    Scope { any: vec![clause] }
}

/// An index of these documents.
pub(crate) fn index(documents: Vec<Document>) -> Index {
    let index = Index::open_in_memory().unwrap();
    let changes = documents.into_iter().map(Change::Put).collect();
    index.apply(changes, 1).unwrap();
    index
}

/// The first hits of a question on the district's site.
pub(crate) fn ask(index: &Index, question: &str) -> Answer {
    let request = Request {
        q: question.to_owned(),
        limit: 10,
        ..Request::default()
    };
    index.search(&scope(&["yen-the"]), &request).unwrap()
}

/// The ids of the first hits.
pub(crate) fn found(index: &Index, question: &str) -> Vec<String> {
    ask(index, question)
        .hits
        .iter()
        .map(|hit| hit.id.to_string())
        .collect()
}
