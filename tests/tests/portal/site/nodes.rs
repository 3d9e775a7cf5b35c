//! Two nodes on one database: each follows the change log with an index of its own.

use dinh_domain::ids::SiteId;
use dinh_portal::{Arrival, Portal};
use dinh_tests::{Document, TestPortal};

/// What the district's search finds on a node.
async fn found(node: &Portal, words: &str) -> u64 {
    let Arrival::Here(visit) = node.arrive("localhost").await.unwrap() else {
        panic!("the district is there");
    };
    assert_eq!(visit.site.id, SiteId::new("yen-the").unwrap());
    let params = [("q".to_owned(), words.to_owned())];
    node.search(&visit, &params).await.unwrap().total
}

#[tokio::test]
async fn a_new_node_fills_its_index_and_follows_what_the_others_publish() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    assert!(
        found(&node, "06/2014/QĐ-UBND").await > 0,
        "the index is filled at the start"
    );
    assert_eq!(found(&node, "kakapo").await, 0);
    portal
        .post(Document::new("95/2026/QĐ-UBND").with("abstract", "Về loài kakapo"))
        .await;
    node.follow().await.unwrap();
    assert_eq!(found(&node, "kakapo").await, 1);
    assert_eq!(node.readiness().await.detail["changes_not_yet_indexed"], 0);
}

#[tokio::test]
async fn what_is_switched_on_one_node_is_switched_on_all() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    assert!(found(&node, "48/QĐ-UBND").await > 0);
    portal.set_module("yen-the", false).await;
    portal.set_module("dong-son", false).await;
    portal.set_module("xuan-luong", false).await;
    node.follow().await.unwrap();
    assert_eq!(found(&node, "48/QĐ-UBND").await, 0);
}
