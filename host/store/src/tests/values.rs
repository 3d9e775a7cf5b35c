use std::collections::BTreeMap;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{PluginId, SiteId};

use super::support::{on_each, settle};
use crate::{KvBatch, KvKept, KvOwner, KvUse, Store};

fn owner(plugin: &str) -> KvOwner {
    KvOwner {
        plugin: PluginId::new(plugin).unwrap(),
        site: SiteId::new("huyen").unwrap(),
    }
}

fn batch(seen: &[(&str, i64)], puts: &[(&str, Option<&str>)]) -> KvBatch {
    let owned = |(key, value): &(&str, Option<&str>)| ((*key).to_owned(), value.map(str::to_owned));
    KvBatch {
        seen: seen
            .iter()
            .map(|(key, step)| ((*key).to_owned(), *step))
            .collect(),
        puts: puts.iter().map(owned).collect::<BTreeMap<_, _>>(),
        most: KvUse { keys: 3, bytes: 20 },
    }
}

async fn write(store: &Store, of: &KvOwner, batch: &KvBatch) -> KvKept {
    let mut tx = store.begin_write().await.unwrap();
    let kept = tx.kv_write(of, batch, Instant(1)).await.unwrap();
    if kept == KvKept::Kept {
        tx.commit().await.unwrap();
    }
    kept
}

async fn keys(store: &Store, of: &KvOwner, prefix: &str, after: &str) -> Vec<String> {
    let found = store.kv_scan(of, prefix, after, 10).await.unwrap();
    found.into_iter().map(|entry| entry.key).collect()
}

#[tokio::test]
async fn values_are_their_owners_and_come_by_key_bytewise() {
    on_each(async |store, _| {
        settle(&store).await;
        let (one, other) = (owner("one"), owner("other"));
        let puts = batch(
            &[],
            &[("a/B", Some("1")), ("a/a", Some("2")), ("b", Some("3"))],
        );
        assert_eq!(write(&store, &one, &puts).await, KvKept::Kept);
        assert_eq!(keys(&store, &one, "", "").await, ["a/B", "a/a", "b"]);
        assert_eq!(keys(&store, &one, "a/", "a/B").await, ["a/a"]);
        assert!(keys(&store, &other, "", "").await.is_empty());
        assert_eq!(store.kv_get(&other, "b").await.unwrap(), None);
        let used = store.kv_use(&one).await.unwrap();
        assert_eq!(used, KvUse { keys: 3, bytes: 10 });
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_read_must_still_be_so_also_after_it_was_deleted_and_set_again() {
    on_each(async |store, _| {
        settle(&store).await;
        let one = owner("one");
        assert_eq!(
            write(&store, &one, &batch(&[("k", 0)], &[("k", Some("1"))])).await,
            KvKept::Kept
        );
        let step = store.kv_get(&one, "k").await.unwrap().unwrap().step;
        let absent = batch(&[("k", 0)], &[("k", Some("2"))]);
        assert_eq!(write(&store, &one, &absent).await, KvKept::Changed);
        assert_eq!(
            write(&store, &one, &batch(&[], &[("k", None)])).await,
            KvKept::Kept
        );
        assert_eq!(
            write(&store, &one, &batch(&[], &[("k", Some("1"))])).await,
            KvKept::Kept
        );
        let old = batch(&[("k", step)], &[("k", Some("3"))]);
        assert_eq!(write(&store, &one, &old).await, KvKept::Changed);
        assert_eq!(store.kv_get(&one, "k").await.unwrap().unwrap().value, "1");
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn more_than_may_be_kept_is_not() {
    on_each(async |store, _| {
        settle(&store).await;
        let one = owner("one");
        let many = [
            ("a", Some("")),
            ("b", Some("")),
            ("c", Some("")),
            ("d", Some("")),
        ];
        assert_eq!(
            write(&store, &one, &batch(&[], &many)).await,
            KvKept::TooMuch
        );
        let long = [("a", Some("twenty letters or so"))];
        assert_eq!(
            write(&store, &one, &batch(&[], &long)).await,
            KvKept::TooMuch
        );
        assert_eq!(store.kv_use(&one).await.unwrap(), KvUse::default());
        assert!(keys(&store, &one, "", "").await.is_empty());
        assert_eq!(
            write(&store, &one, &batch(&[], &many[..3])).await,
            KvKept::Kept
        );
        let swap = [("a", None), ("d", Some(""))];
        assert_eq!(write(&store, &one, &batch(&[], &swap)).await, KvKept::Kept);
        assert_eq!(keys(&store, &one, "", "").await, ["b", "c", "d"]);
        store.close().await;
    })
    .await;
}
