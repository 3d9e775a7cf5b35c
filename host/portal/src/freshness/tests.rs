use std::collections::BTreeSet;
use std::sync::Arc;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::visibility::{Clause, Face, Scope};
use dinh_store::Change;

use super::{Freshness, Generations, Reads};

const DAY: (Instant, Instant) = (Instant(0), Instant(1_000));
const NOON: Instant = Instant(500);

fn change(site: Option<&str>, collection: Option<&str>) -> Change {
    Change {
        number: 1,
        at: NOON,
        kind: "any".to_owned(),
        site: site.map(|it| SiteId::new(it).unwrap()),
        entry: collection.map(|_| EntryId::new("e").unwrap()),
        collection: collection.map(|it| CollectionId::parse(it).unwrap()),
        actor: String::new(),
        detail: String::new(),
    }
}

fn scope(collection: &str, sites: &[&str]) -> Scope {
    let sites = sites.iter().map(|it| SiteId::new(it).unwrap());
    Scope {
        any: vec![Clause {
            collection: CollectionId::parse(collection).unwrap(),
            sites: sites.collect::<BTreeSet<_>>(),
            face: Face::Published,
        }],
    }
}

/// An answer that has read the news of two sites.
fn read(generations: &Arc<Generations>) -> Reads {
    let reads = Reads::begin(generations.clone(), generations.latest(), 7, DAY);
    reads.entries_of(&scope("news/item", &["a", "b"]));
    reads
}

fn stands(generations: &Generations, freshness: &Freshness) -> bool {
    freshness.stands(generations, 7, NOON)
}

#[test]
fn an_answer_stands_until_something_changes_that_it_could_have_shown() {
    let generations = Arc::new(Generations::default());
    let answer = read(&generations).freshness().unwrap();
    assert!(stands(&generations, &answer));
    generations.follow(&[change(Some("c"), Some("news/item"))]);
    generations.follow(&[change(Some("a"), Some("law/act"))]);
    assert!(stands(&generations, &answer), "nothing of its own changed");
    generations.follow(&[change(Some("b"), Some("news/item"))]);
    assert!(!stands(&generations, &answer));
    let later = read(&generations).freshness().unwrap();
    assert!(stands(&generations, &later));
}

#[test]
fn a_change_between_the_beginning_and_the_reading_counts() {
    let generations = Arc::new(Generations::default());
    let reads = Reads::begin(generations.clone(), generations.latest(), 7, DAY);
    generations.follow(&[change(Some("a"), Some("news/item"))]);
    reads.entries_of(&scope("news/item", &["a"]));
    assert!(!stands(&generations, &reads.freshness().unwrap()));
}

#[test]
fn what_is_about_no_single_entry_makes_everything_old() {
    for (site, collection) in [(None, None), (Some("z"), None), (None, Some("law/act"))] {
        let generations = Arc::new(Generations::default());
        let answer = read(&generations).freshness().unwrap();
        generations.follow(&[change(site, collection)]);
        assert!(!stands(&generations, &answer), "{site:?} {collection:?}");
    }
    let generations = Arc::new(Generations::default());
    let answer = read(&generations).freshness().unwrap();
    generations.forget_everything();
    assert!(!stands(&generations, &answer));
}

#[test]
fn the_clock_and_the_search_index_end_it_too() {
    let generations = Arc::new(Generations::default());
    let reads = read(&generations);
    let answer = reads.freshness().unwrap();
    assert!(answer.stands(&generations, 8, NOON), "it has not searched");
    assert!(!answer.stands(&generations, 7, Instant(1_000)), "midnight");
    assert!(!answer.stands(&generations, 7, Instant(-1)), "set back");
    reads.search_index();
    reads.good_until(Instant(501));
    let answer = reads.freshness().unwrap();
    assert!(answer.stands(&generations, 7, NOON));
    assert!(!answer.stands(&generations, 8, NOON));
    assert!(!answer.stands(&generations, 7, Instant(501)));
    reads.passing();
    assert!(reads.freshness().is_none());
}
