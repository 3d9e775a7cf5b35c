use std::collections::BTreeSet;

use dinh_domain::dates::Instant;

use super::support::{
    coded, entry, listed, new_entry, note, on_each, publication, publish, query, revision, settle,
    site, today,
};
use crate::sql::Sql;
use crate::{NewChange, Store};

fn change(kind: &str) -> NewChange {
    NewChange {
        at: Instant(4),
        kind: kind.to_owned(),
        site: Some(site("huyen")),
        entry: None,
        actor: "system".to_owned(),
        detail: String::new(),
    }
}

async fn log(store: &Store, kind: &str) -> i64 {
    let mut tx = store.begin_write().await.unwrap();
    tx.log_change(change(kind));
    tx.commit().await.unwrap()
}

#[tokio::test]
async fn numbers_are_given_in_the_order_of_commits_without_a_gap() {
    on_each(async |store, _| {
        settle(&store).await;
        assert_eq!(store.last_change_number().await.unwrap(), 0);
        let numbers = futures_util::future::join_all((0..20).map(|_| log(&store, "x"))).await;
        let unique: BTreeSet<i64> = numbers.into_iter().collect();
        assert_eq!(unique, (1..=20).collect());
        let mut tx = store.begin_write().await.unwrap();
        tx.log_change(change("one"));
        tx.log_change(change("two"));
        assert_eq!(tx.commit().await.unwrap(), 22);
        let changes = store.changes_since(20, 10).await.unwrap();
        let told: Vec<(i64, &str)> = changes
            .iter()
            .map(|it| (it.number, it.kind.as_str()))
            .collect();
        assert_eq!(told, [(21, "one"), (22, "two")]);
        assert_eq!(store.changes_since(0, 3).await.unwrap().len(), 3);
        let nothing = store.begin_write().await.unwrap();
        assert_eq!(nothing.commit().await.unwrap(), 22);
    })
    .await;
}

#[tokio::test]
async fn a_number_belongs_to_the_commit_and_not_to_the_beginning() {
    on_each(async |store, _| {
        settle(&store).await;
        if store.database_name() == "SQLite" {
            return; // One writer: the second cannot begin before the first ends.
        }
        let mut first = store.begin_write().await.unwrap();
        first.log_change(change("began first"));
        let mut second = store.begin_write().await.unwrap();
        second.log_change(change("committed first"));
        assert_eq!(second.commit().await.unwrap(), 1);
        assert_eq!(first.commit().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_transaction_touched_is_in_the_log_even_if_nobody_named_it() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let changes = store.changes_since(0, 10).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].entry, Some(entry("a")));
        let mut tx = store.begin_write().await.unwrap();
        tx.delete_entry(&entry("a"), Instant(8)).await.unwrap();
        tx.log_change(NewChange {
            entry: Some(entry("a")),
            ..change("deleted")
        });
        tx.commit().await.unwrap();
        let changes = store.changes_since(1, 10).await.unwrap();
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].kind, "deleted");
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let revision = revision(&coded("2/QĐ"));
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&new_entry("b", "huyen"), &revision)
            .await
            .unwrap();
        tx.publish(&publication("b", &revision.id), &note(), today())
            .await
            .unwrap();
        tx.delete_entry(&entry("a"), Instant(9)).await.unwrap();
        tx.log_change(change("lost"));
        drop(tx);
        assert_eq!(
            listed(&store, &["huyen"], &query(vec![], "code")).await,
            ["a"]
        );
        assert_eq!(store.working(&entry("b")).await.unwrap(), None);
        assert_eq!(store.last_change_number().await.unwrap(), 1);
        publish(&store, "b", "huyen", coded("3/QĐ")).await;
        assert_eq!(store.last_change_number().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn readers_of_sqlite_cannot_write() {
    on_each(async |store, _| {
        settle(&store).await;
        if store.database_name() == "SQLite" {
            let mut on = store.reader().await.unwrap();
            let refused = Sql::new("delete from site_host")
                .run(&mut on)
                .await
                .unwrap_err();
            assert!(refused.to_string().contains("readonly"), "{refused}");
        }
    })
    .await;
}
