use dinh_domain::dates::Instant;

use super::support::{
    coded, entry, new_entry, note_id, on_each, publish, revision, settle, site, slug,
};
use crate::{Conflict, Store, StoreError};

async fn refuses(store: &Store, id: &str, on: &str, wanted: &str) -> bool {
    let mut new = new_entry(id, on);
    new.slug = slug(wanted);
    let mut tx = store.begin_write().await.unwrap();
    let made = tx.create_entry(&new, &revision(&coded("1"))).await;
    matches!(made, Err(StoreError::Conflict(Conflict::Slug)))
}

#[tokio::test]
async fn a_slug_is_never_used_again_and_leads_to_its_entry_for_ever() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        assert!(refuses(&store, "x", "huyen", "a").await);
        assert!(!refuses(&store, "x", "xa-mot", "a").await);
        let mut tx = store.begin_write().await.unwrap();
        tx.move_slug(&entry("a"), &slug("b"), "van-ban/a", Instant(5))
            .await
            .unwrap();
        assert!(
            !tx.slug_is_free(&site("huyen"), &note_id(), &slug("a"))
                .await
                .unwrap()
        );
        assert!(
            tx.slug_is_free(&site("huyen"), &note_id(), &slug("c"))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        assert!(refuses(&store, "x", "huyen", "a").await, "a former slug");
        assert!(refuses(&store, "x", "huyen", "b").await, "the present slug");
        let huyen = site("huyen");
        let found = store.alias(&huyen, "van-ban/a").await.unwrap();
        assert_eq!(found, Some(entry("a")));
        assert_eq!(
            store.alias(&site("xa-mot"), "van-ban/a").await.unwrap(),
            None
        );
        let former = async |text| {
            store
                .former_slug(&huyen, &note_id(), &slug(text))
                .await
                .unwrap()
        };
        assert_eq!(former("a").await, Some(entry("a")));
        assert_eq!(former("b").await, None, "it is the present one");
    })
    .await;
}

#[tokio::test]
async fn the_slug_of_a_deleted_entry_stays_taken() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let mut tx = store.begin_write().await.unwrap();
        tx.delete_entry(&entry("a"), Instant(5)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(refuses(&store, "x", "huyen", "a").await);
        assert!(store.working(&entry("a")).await.unwrap().unwrap().deleted);
    })
    .await;
}

#[tokio::test]
async fn an_entry_may_take_its_own_former_slug_back_but_not_that_of_another() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        publish(&store, "c", "huyen", coded("2/QĐ")).await;
        let mut tx = store.begin_write().await.unwrap();
        tx.move_slug(&entry("a"), &slug("b"), "van-ban/a", Instant(5))
            .await
            .unwrap();
        tx.move_slug(&entry("a"), &slug("a"), "van-ban/b", Instant(6))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let now = store.working(&entry("a")).await.unwrap().unwrap();
        assert_eq!(now.entry.slug, slug("a"));
        let mut tx = store.begin_write().await.unwrap();
        let taken = tx
            .move_slug(&entry("c"), &slug("b"), "van-ban/c", Instant(7))
            .await;
        assert!(matches!(taken, Err(StoreError::Conflict(Conflict::Slug))));
    })
    .await;
}

#[tokio::test]
async fn an_import_key_names_one_entry_of_a_site() {
    on_each(async |store, _| {
        settle(&store).await;
        let keyed = |id: &str, on: &str| {
            let mut new = new_entry(id, on);
            new.import_key = Some("khóa-1".to_owned());
            new
        };
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&keyed("a", "huyen"), &revision(&coded("1")))
            .await
            .unwrap();
        let seen = tx
            .entry_by_import_key(&site("huyen"), &note_id(), "khóa-1")
            .await;
        assert_eq!(seen.unwrap().unwrap().entry.id, entry("a"));
        let taken = tx
            .create_entry(&keyed("b", "huyen"), &revision(&coded("1")))
            .await;
        assert!(matches!(
            taken,
            Err(StoreError::Conflict(Conflict::ImportKey))
        ));
        tx.create_entry(&keyed("c", "xa-mot"), &revision(&coded("1")))
            .await
            .unwrap();
        let long = new_entry("d", "huyen");
        let long = crate::NewEntry {
            import_key: Some("x".repeat(1_001)),
            ..long
        };
        let refused = tx
            .create_entry(&long, &revision(&coded("1")))
            .await
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "import key has 1001 bytes, more than 1000"
        );
        tx.commit().await.unwrap();
        let found = store
            .entry_by_import_key(&site("xa-mot"), &note_id(), "khóa-1")
            .await;
        assert_eq!(found.unwrap().unwrap().entry.id, entry("c"));
    })
    .await;
}
