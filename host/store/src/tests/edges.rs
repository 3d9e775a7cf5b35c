use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;

use super::support::{amending, coded, entry, on_each, publish, republish, scope, settle};
use crate::Store;

/// Edges of an entry: direction, code, label, and the other end where it is seen.
async fn edges(store: &Store, sites: &[&str], id: &str) -> Vec<String> {
    let links = store.links(&scope(sites), &entry(id)).await.unwrap();
    let told = links.iter().map(|it| {
        assert_eq!(
            it.link.other.as_ref(),
            it.other.as_ref().map(|other| &other.id)
        );
        let arrow = if it.link.outgoing { "->" } else { "<-" };
        let end = it
            .other
            .as_ref()
            .map_or("?".to_owned(), |it| format!("{}@{}", it.id, it.site));
        format!(
            "{arrow} {} {} `{}` {end}",
            it.link.kind, it.link.code, it.link.label
        )
    });
    told.collect()
}

#[tokio::test]
async fn an_edge_is_resolved_when_its_target_appears_and_both_ends_read_it() {
    on_each(async |store, _| {
        settle(&store).await;
        let here = &["huyen"];
        publish(&store, "new", "huyen", amending("2/QĐ", "01/2014/QĐ-UBND")).await;
        assert_eq!(
            edges(&store, here, "new").await,
            ["-> amends 01/2014/QĐ-UBND `01/2014/QĐ-UBND` ?"]
        );
        publish(&store, "old", "huyen", coded("1/2014/qd-ubnd")).await;
        assert_eq!(
            edges(&store, here, "new").await,
            ["-> amends 01/2014/QĐ-UBND `1/2014/qd-ubnd` old@huyen"]
        );
        assert_eq!(
            edges(&store, here, "old").await,
            ["<- amends 2/QĐ `2/QĐ` new@huyen"]
        );
        republish(&store, "old", coded("77/QĐ")).await;
        assert!(
            edges(&store, here, "old").await.is_empty(),
            "it is another document now"
        );
        republish(&store, "new", amending("2/QĐ", "77/QĐ")).await;
        assert_eq!(
            edges(&store, here, "old").await,
            ["<- amends 2/QĐ `2/QĐ` new@huyen"]
        );
    })
    .await;
}

#[tokio::test]
async fn the_own_site_is_meant_first_and_then_any() {
    on_each(async |store, _| {
        settle(&store).await;
        let all = &["huyen", "xa-mot", "xa-hai"];
        publish(&store, "new", "xa-hai", amending("2/QĐ", "1/QĐ")).await;
        publish(&store, "a-far", "huyen", coded("1/QĐ")).await;
        assert_eq!(
            edges(&store, all, "new").await,
            ["-> amends 1/QĐ `1/QĐ` a-far@huyen"]
        );
        publish(&store, "near", "xa-hai", coded("1/QĐ")).await;
        assert_eq!(
            edges(&store, all, "new").await,
            ["-> amends 1/QĐ `1/QĐ` near@xa-hai"]
        );
        let why = Withdrawal {
            reason: "trùng".to_owned(),
            successor: None,
            at: Instant(9),
        };
        let mut tx = store.begin_write().await.unwrap();
        tx.withdraw(&entry("near"), &why, "withdrawn")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            edges(&store, all, "new").await,
            ["-> amends 1/QĐ `1/QĐ` a-far@huyen"]
        );
    })
    .await;
}

#[tokio::test]
async fn an_end_out_of_sight_is_a_code_and_says_nothing_of_its_own_edges() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "old", "huyen", coded("1/QĐ")).await;
        publish(&store, "new", "xa-mot", amending("2/QĐ", "1/QĐ")).await;
        assert_eq!(
            edges(&store, &["xa-mot"], "new").await,
            ["-> amends 1/QĐ `1/QĐ` ?"]
        );
        assert!(edges(&store, &["huyen"], "old").await.is_empty());
        assert!(edges(&store, &["huyen"], "new").await.is_empty());
        let both = &["huyen", "xa-mot"];
        assert_eq!(
            edges(&store, both, "old").await,
            ["<- amends 2/QĐ `2/QĐ` new@xa-mot"]
        );
    })
    .await;
}

#[tokio::test]
async fn no_entry_means_itself() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", amending("1/QĐ", "1/QĐ")).await;
        assert_eq!(
            edges(&store, &["huyen"], "a").await,
            ["-> amends 1/QĐ `1/QĐ` ?"]
        );
    })
    .await;
}
