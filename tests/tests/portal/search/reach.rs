//! How far a search reaches: a district covers its communes, a commune itself.

use dinh_tests::{Document, TestPortal};

const WORD: &str = "kakapo";

#[tokio::test]
async fn the_districts_search_covers_the_communes_and_theirs_only_themselves() {
    let portal = TestPortal::demo().await;
    for (site, number) in [
        ("yen-the", "61/QĐ-UBND"),
        ("dong-son", "62/QĐ-UBND"),
        ("xuan-luong", "63/QĐ-UBND"),
    ] {
        portal
            .post(
                Document::new(number)
                    .on(site)
                    .with("abstract", format!("Về loài {WORD}")),
            )
            .await;
    }
    for (host, numbers) in [
        ("localhost", vec!["61/QĐ-UBND", "62/QĐ-UBND", "63/QĐ-UBND"]),
        ("dong-son.localhost", vec!["62/QĐ-UBND"]),
        ("xuan-luong.localhost", vec!["63/QĐ-UBND"]),
        ("hoi-nong-dan.localhost", vec![]),
    ] {
        let page = portal
            .visitor()
            .search(host, WORD)
            .await
            .assert_status(200)
            .page();
        let mut found: Vec<String> = page.rows().into_iter().map(|hit| hit.words).collect();
        found.sort();
        let wanted: Vec<String> = numbers
            .iter()
            .map(|number| format!("Quyết định {number}"))
            .collect();
        assert_eq!(found, wanted, "{host}");
    }
}

#[tokio::test]
async fn a_hit_on_another_site_names_it_and_leads_there() {
    let portal = TestPortal::demo().await;
    let found = portal
        .visitor()
        .search("localhost", "48/QĐ-UBND")
        .await
        .assert_status(200);
    let hit = found.page().rows().first().unwrap().clone();
    assert_eq!(hit.words, "Quyết định 48/QĐ-UBND");
    let there = format!(
        "http://dong-son.localhost:{}/van-ban/",
        portal.visitor().port()
    );
    assert!(hit.address.starts_with(&there), "{}", hit.address);
    found.assert_contains("Trang Thông tin điện tử xã Đông Sơn");
}

#[tokio::test]
async fn a_commune_cannot_search_others_by_asking_for_their_site() {
    let portal = TestPortal::demo().await;
    let host = "dong-son.localhost";
    let found = portal
        .visitor()
        .search_with(host, "UBND", "&site=yen-the")
        .await
        .assert_status(200);
    assert_eq!(found.page().total(), 0);
    let found = portal
        .visitor()
        .search_with(host, "655/BC-UBND", "")
        .await
        .assert_status(200);
    found.assert_lacks("Báo cáo 655/BC-UBND");
}

#[tokio::test]
async fn a_reindexed_portal_finds_the_same() {
    let portal = TestPortal::demo().await;
    let before = portal
        .visitor()
        .search("localhost", "chất thải")
        .await
        .page();
    let told = portal
        .command(dinh::command::Command::Reindex)
        .await
        .unwrap();
    assert!(told.ends_with(" entries indexed"), "{told}");
    let after = portal
        .visitor()
        .search("localhost", "chất thải")
        .await
        .page();
    assert_eq!(after.rows(), before.rows());
    assert_eq!(after.facets(), before.facets());
}

#[tokio::test]
async fn an_index_that_was_deleted_is_built_again_at_the_next_start() {
    let portal = TestPortal::demo().await;
    let (folder, database) = portal.close().await;
    let index = folder.path().join("index");
    // A merge of the engine that ends late may still lay down a file.
    let removed = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        std::fs::remove_dir_all(&index).is_ok()
    });
    assert!(removed && !index.exists());
    let again = TestPortal::of(folder, database).await;
    let found = again
        .visitor()
        .search("localhost", "6/2014/qd-ubnd")
        .await
        .assert_status(200);
    assert_eq!(
        found.page().rows().first().unwrap().words,
        "Quyết định 06/2014/QĐ-UBND"
    );
}
