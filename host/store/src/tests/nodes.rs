//! Several nodes on one database: one publisher at a time, signs of commits, and index tables of
//! two versions side by side.

use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_domain::declaration::Collection;
use dinh_domain::entry::Withdrawal;
use serde_json::Value;
use tokio::time::timeout;

use super::indexes::tables;
use super::support::{
    NOTE, a_site, coded, day, declared, entry, new_entry, note, note_id, on_each, publication,
    query, revision, scope, settle, today,
};
use crate::sql::{Columns, Sql};
use crate::{IndexBuild, Listening, Store, StoreError};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The declaration of the next version.
fn next_note() -> Collection {
    declared(&NOTE.replace("size = { type = \"integer\" }\n", ""))
}

async fn publish_as(store: &Store, by: &Collection, id: &str, body: Value) {
    let revision = revision(&body);
    let mut tx = store.begin_publishing().await.unwrap();
    tx.create_entry(&new_entry(id, "huyen"), &revision)
        .await
        .unwrap();
    tx.publish(&publication(id, &revision.id), by, today())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn listed_as(store: &Store, by: &Collection) -> Vec<String> {
    let query = query(vec![], "code");
    let page = store.list(&scope(&["huyen"]), &note_id(), by, &query).await;
    let page = page.unwrap();
    assert_eq!(page.total, page.entries.len() as u64);
    let ids = page.entries.iter().map(|it| it.headline.id.to_string());
    ids.collect()
}

async fn mended(store: &Store, by: &Collection) -> u64 {
    let mended = store.mend_index(&note_id(), by, today()).await;
    mended.unwrap()
}

#[tokio::test]
async fn nodes_of_two_versions_see_what_either_publishes_and_withdraws() {
    on_each(async |store, _| {
        settle(&store).await;
        let (old, new) = (note(), next_note());
        publish_as(&store, &old, "a", coded("1/QĐ")).await;
        let built = store.ensure_index(&note_id(), &new, today()).await.unwrap();
        assert_eq!(built, IndexBuild::Built { rows: 1 });
        // A node of the version before starts again, and nothing is built for it.
        let again = store.ensure_index(&note_id(), &old, today()).await.unwrap();
        assert_eq!(again, IndexBuild::Ready);

        publish_as(&store, &new, "b", coded("2/QĐ")).await;
        publish_as(&store, &old, "c", coded("3/QĐ")).await;
        assert_eq!(listed_as(&store, &new).await, ["a", "b"]);
        assert_eq!(listed_as(&store, &old).await, ["a", "c"]);
        assert_eq!(
            (mended(&store, &new).await, mended(&store, &old).await),
            (1, 1)
        );
        assert_eq!(listed_as(&store, &new).await, ["a", "b", "c"]);
        assert_eq!(listed_as(&store, &old).await, ["a", "b", "c"]);
        assert_eq!(
            (mended(&store, &new).await, mended(&store, &old).await),
            (0, 0),
            "what is mended makes no work for the other side"
        );

        let why = Withdrawal {
            reason: "Sai".to_owned(),
            successor: None,
            at: Instant(9),
        };
        let mut tx = store.begin_publishing().await.unwrap();
        tx.withdraw(&entry("a"), &why, "withdrawn").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(listed_as(&store, &new).await, ["b", "c"]);
        assert_eq!(listed_as(&store, &old).await, ["b", "c"]);
    })
    .await;
}

#[tokio::test]
async fn the_table_of_a_former_declaration_goes_when_nobody_has_used_it_for_long() {
    on_each(async |store, _| {
        settle(&store).await;
        let (old, new) = (note(), next_note());
        publish_as(&store, &old, "a", coded("1/QĐ")).await;
        let before = tables(&store).await;
        store.ensure_index(&note_id(), &new, today()).await.unwrap();
        publish_as(&store, &new, "b", coded("2/QĐ")).await;
        assert_eq!(store.drop_former_indexes(today().date()).await.unwrap(), 0);
        store
            .use_index(&note_id(), &old, day("2031-01-01"))
            .await
            .unwrap();
        assert_eq!(
            store.drop_former_indexes(day("2031-01-01")).await.unwrap(),
            0
        );
        assert_eq!(
            store.drop_former_indexes(day("2031-01-02")).await.unwrap(),
            1
        );
        assert!(
            tables(&store)
                .await
                .iter()
                .all(|table| !before.contains(table))
        );
        let gone = store
            .list(&scope(&["huyen"]), &note_id(), &old, &query(vec![], "code"))
            .await;
        assert!(matches!(gone, Err(StoreError::IndexNotReady { .. })));
        assert_eq!(listed_as(&store, &new).await, ["a", "b"]);
        let left = Sql::new("select count(*) as n from index_behind")
            .optional(&mut store.reader().await.unwrap())
            .await
            .unwrap();
        assert_eq!(left.unwrap().integer("n").unwrap(), 0);

        // The way back, after the window: built anew, and the newer one becomes the former.
        let built = store.ensure_index(&note_id(), &old, today()).await.unwrap();
        assert_eq!(built, IndexBuild::Built { rows: 2 });
        assert_eq!(listed_as(&store, &old).await, ["a", "b"]);
        assert_eq!(listed_as(&store, &new).await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn one_publishes_at_a_time_on_all_nodes() {
    on_each(async |store, options| {
        let other = Store::open(&options).await.unwrap();
        let first = store.begin_publishing().await.unwrap();
        let mut second = Box::pin(other.begin_publishing());
        let waiting = timeout(Duration::from_millis(300), &mut second).await;
        assert!(waiting.is_err(), "it waits for the first");
        first.commit().await.unwrap();
        timeout(PATIENCE, second).await.unwrap().unwrap();
        other.close().await;
    })
    .await;
}

/// Waits for a sign; true where it came in time and not by the clock.
async fn hears(store: &Store) -> bool {
    timeout(PATIENCE, store.changed_or(PATIENCE * 2))
        .await
        .is_ok()
}

async fn change(store: &Store, id: &str) {
    let mut tx = store.begin_write().await.unwrap();
    tx.log_change(crate::NewChange {
        at: Instant(1),
        kind: "test".to_owned(),
        site: Some(a_site(id).id),
        entry: None,
        actor: "test".to_owned(),
        detail: String::new(),
    });
    tx.commit().await.unwrap();
}

async fn until_listening(store: &Store, wanted: Listening) {
    let until = async {
        while store.listening() != wanted {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, until).await.unwrap();
}

#[tokio::test]
async fn a_commit_on_one_node_wakes_the_others_also_after_a_lost_connection() {
    on_each(async |store, options| {
        let node = Store::open(&options).await.unwrap();
        if node.listening() == Listening::NotNeeded {
            let alone = timeout(Duration::from_millis(50), node.listen()).await;
            assert!(alone.is_err(), "it waits for ever and asks nothing");
            return;
        }
        let listening = tokio::spawn({
            let node = node.clone();
            async move { node.listen().await }
        });
        until_listening(&node, Listening::Yes).await;
        assert!(hears(&node).await, "it looks once when it begins to listen");
        change(&store, "huyen").await;
        assert!(hears(&node).await);

        let cut =
            "select count(*) as n from (select pg_terminate_backend(pid) from pg_stat_activity
                   where query ilike 'listen%' and datname = current_database()) as cut";
        let row = Sql::new(cut)
            .optional(&mut store.reader().await.unwrap())
            .await;
        assert_eq!(row.unwrap().unwrap().integer("n").unwrap(), 1);
        until_listening(&node, Listening::No).await;
        until_listening(&node, Listening::Yes).await;
        assert!(hears(&node).await, "it looks once when it listens again");
        change(&store, "huyen").await;
        assert!(hears(&node).await);
        listening.abort();
        assert!(listening.await.unwrap_err().is_cancelled());
        assert_eq!(node.listening(), Listening::No);
        node.close().await;
    })
    .await;
}
