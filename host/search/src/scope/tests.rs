use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::visibility::{Clause, Face, Scope, Subject};
use proptest::collection::{btree_set, vec};
use proptest::{prop_assert_eq, proptest};

use crate::sample::{collection, document, index, site};
use crate::{Document, Request};

const SITES: [&str; 4] = ["yen-the", "dong-son", "xuan-luong", "hoi-nong-dan"];
const COLLECTIONS: [&str; 3] = ["a/one", "a/two", "b/one"];

fn made(at: usize, place: (usize, usize)) -> Document {
    Document {
        site: site(SITES[place.0]),
        collection: collection(COLLECTIONS[place.1]),
        facets: vec![("parity".to_owned(), (at % 2).to_string())],
        ..document(&format!("d{at}"), "thông báo")
    }
}

fn scope(clauses: &[(usize, BTreeSet<usize>)]) -> Scope {
    let clauses = clauses.iter().map(|(collection_at, sites)| Clause {
        collection: collection(COLLECTIONS[*collection_at]),
        sites: sites.iter().map(|at| site(SITES[*at])).collect(),
        face: Face::Published,
    });
    Scope {
        any: clauses.collect(),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn the_index_finds_exactly_what_the_rule_allows(
        places in vec((0..SITES.len(), 0..COLLECTIONS.len()), 1..40),
        clauses in vec((0..COLLECTIONS.len(), btree_set(0..SITES.len(), 1..4)), 0..4),
    ) {
        let documents: Vec<Document> =
            places.iter().enumerate().map(|(at, place)| made(at, *place)).collect();
        let scope = scope(&clauses);
        let allowed: Vec<&Document> = documents
            .iter()
            .filter(|it| {
                scope.allows(Subject { site: &it.site, collection: &it.collection, published: true, deleted: false, author: None })
            })
            .collect();
        let request = Request { q: "thong bao".to_owned(), limit: 100, ..Request::default() };
        let answer = index(documents.clone()).search(&scope, &request).unwrap();

        let found: BTreeSet<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        let wanted: BTreeSet<&str> = allowed.iter().map(|it| it.id.as_str()).collect();
        prop_assert_eq!(found, wanted);
        prop_assert_eq!(answer.total, allowed.len() as u64);

        let (mut sites, mut facets) = (BTreeMap::new(), BTreeMap::new());
        for document in &allowed {
            *sites.entry(document.site.clone()).or_insert(0_u64) += 1;
            *facets.entry(document.facets[0].1.clone()).or_insert(0_u64) += 1;
        }
        prop_assert_eq!(answer.sites.into_iter().collect::<BTreeMap<_, _>>(), sites);
        let counted = answer.facets.into_iter().map(|(_, value, count)| (value, count));
        prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), facets);
    }
}

#[test]
fn an_empty_scope_finds_nothing() {
    let index = index(vec![document("one", "thông báo")]);
    let request = Request {
        q: "thông báo".to_owned(),
        limit: 10,
        ..Request::default()
    };
    let answer = index.search(&Scope::default(), &request).unwrap();
    assert_eq!(answer.total, 0);
    assert!(answer.hits.is_empty() && answer.sites.is_empty() && answer.facets.is_empty());
}
