//! Two nodes on one database: each follows the change log with an index of its own.

use dinh_domain::ids::SiteId;
use dinh_portal::{Arrival, Portal, Posted};
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

#[tokio::test]
async fn of_two_who_publish_one_document_at_once_on_two_nodes_one_is_refused() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    for round in 1..=8 {
        let number = format!("9{round}/2026/QĐ-UBND");
        let (here, there) = tokio::join!(
            portal.try_post(Document::new(&number)),
            TestPortal::try_post_on(&node, Document::new(&number)),
        );
        let (posted, refused) = match (here, there) {
            (Ok(posted), Err(refused)) | (Err(refused), Ok(posted)) => (posted, refused),
            both => panic!("{number}: {both:?}"),
        };
        assert_eq!(posted, Posted::Created);
        assert_eq!(refused, ["number, issuer, issued_on fault.exists-already"]);
    }
}

#[tokio::test]
async fn documents_of_one_address_published_at_once_on_two_nodes_get_two() {
    let portal = TestPortal::demo().await;
    let node = portal.second_node().await;
    for round in 1..=8 {
        // Same number and abstract, and so the same address; of another year, and so another document.
        let number = format!("9{round}/QĐ-UBND");
        let document = || Document::new(&number);
        let other = || {
            document()
                .with("issued_on", "2025-11-02")
                .with("effective_on", "2025-11-12")
        };
        let (here, there) = tokio::join!(
            portal.try_post(document()),
            TestPortal::try_post_on(&node, other()),
        );
        assert_eq!((here, there), (Ok(Posted::Created), Ok(Posted::Created)));
        let base = format!("/van-ban/9{round}-qd-ubnd-ve-viec-thu-nghiem-so-9{round}-qd-ubnd");
        for address in [base.clone(), format!("{base}-2")] {
            let page = portal.visitor().get("localhost", &address).await;
            page.assert_status(200);
        }
    }
}
