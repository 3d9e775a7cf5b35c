use super::{Act, Graph, load};
use crate::dates::Day;
use crate::document::COLLECTION;
use dinh_sdk::serde_json::json;
use dinh_sdk::testing::FakeHost;
use dinh_sdk::{Link, Object};

/// One end of an edge: `kind` from `other` to `of`, `other` starting on `on`.
pub(crate) fn acted_on_by(of: &str, kind: &str, other: &str, on: &str) -> Link {
    let facts: Object = json!({"effective_on": on}).as_object().unwrap().clone();
    Link {
        of: of.into(),
        field: "relations".into(),
        kind: kind.into(),
        outgoing: false,
        entry: Some(other.into()),
        label: format!("Quyết định {other}"),
        url: Some(format!("/van-ban/{other}")),
        facts,
        ..Link::default()
    }
}

fn host(links: impl IntoIterator<Item = Link>) -> FakeHost {
    links.into_iter().fold(FakeHost::new(), |host, link| {
        host.with_link(COLLECTION, link)
    })
}

fn graph(links: impl IntoIterator<Item = Link>) -> Graph {
    load("a", Day::parse("2014-01-01"), &host(links)).unwrap()
}

fn labels(acts: &[Act]) -> Vec<&str> {
    acts.iter().map(|act| act.label.as_str()).collect()
}

#[test]
fn what_acts_on_a_document_comes_in_the_order_of_days_and_bases_are_left_out() {
    let graph = graph([
        acted_on_by("a", "repeals", "c", "2016-01-01"),
        acted_on_by("a", "amends", "b", "2015-01-01"),
        acted_on_by("a", "based-on", "d", "2014-06-01"),
        acted_on_by("a", "corrects", "e", ""),
    ]);
    assert_eq!(
        labels(&graph.incoming),
        ["Quyết định b", "Quyết định c", "Quyết định e"]
    );
    assert_eq!(graph.incoming[2].from, None);
}

#[test]
fn what_a_document_acts_on_starts_when_the_document_starts() {
    let mut link = acted_on_by("a", "replaces", "old", "2010-01-01");
    link.outgoing = true;
    let graph = graph([link]);
    assert_eq!(graph.outgoing[0].from, Day::parse("2014-01-01"));
    assert!(graph.incoming.is_empty());
}

#[test]
fn an_act_that_was_repealed_before_it_started_never_acts() {
    let links = |repealed_on: &str| {
        [
            acted_on_by("a", "replaces", "b", "2016-01-01"),
            acted_on_by("b", "repeals", "c", repealed_on),
        ]
    };
    let void = graph(links("2015-12-01"));
    assert_eq!(void.incoming[0].void_by.as_deref(), Some("Quyết định c"));
    assert!(!void.incoming[0].acts_on(Day::parse("2020-01-01").unwrap()));
    assert!(void.successors.is_empty());
    let alive = graph(links("2016-01-02"));
    assert_eq!(alive.incoming[0].void_by, None);
    assert!(alive.incoming[0].acts_on(Day::parse("2016-01-01").unwrap()));
}

#[test]
fn successors_are_followed_to_the_last_and_not_in_circles() {
    let chain = graph([
        acted_on_by("a", "replaces", "b", "2015-01-01"),
        acted_on_by("b", "replaces", "c", "2016-01-01"),
        acted_on_by("c", "replaces", "d", "2017-01-01"),
    ]);
    assert_eq!(
        labels(&chain.successors),
        ["Quyết định b", "Quyết định c", "Quyết định d"]
    );
    let circle = graph([
        acted_on_by("a", "replaces", "b", "2015-01-01"),
        acted_on_by("b", "replaces", "b", "2016-01-01"),
    ]);
    assert_eq!(labels(&circle.successors), ["Quyết định b"]);
}

#[test]
fn a_long_chain_of_successors_is_followed_only_so_far() {
    let links = (0..30).map(|n| {
        let of = if n == 0 {
            "a".to_owned()
        } else {
            format!("n{n}")
        };
        acted_on_by(
            &of,
            "replaces",
            &format!("n{}", n + 1),
            &format!("20{:02}-01-01", n + 15),
        )
    });
    assert_eq!(graph(links).successors.len(), super::MAX_SUCCESSORS);
}

#[test]
fn a_target_that_the_portal_lacks_is_named_by_its_number() {
    let link = Link {
        key: Some("05/2010/QĐ-UBND".into()),
        label: String::new(),
        url: None,
        entry: None,
        outgoing: true,
        ..acted_on_by("a", "replaces", "", "")
    };
    let act = Act::of(&link);
    assert_eq!(
        (act.label.as_str(), act.from, act.url.as_deref()),
        ("05/2010/QĐ-UBND", None, None)
    );
}
