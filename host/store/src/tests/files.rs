use dinh_domain::dates::Instant;
use dinh_domain::ids::FileId;

use super::support::{
    coded, entry, new_entry, note, on_each, publication, republish, revision, scope, settle, site,
    today,
};
use crate::{StoreError, StoredFile, new_file_id};

fn file(id: &FileId) -> StoredFile {
    StoredFile {
        id: id.clone(),
        site: site("huyen"),
        hash: "ab".repeat(32),
        name: "Quyết định.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size_bytes: 5_000_000_000,
        created_at: Instant(1),
    }
}

#[tokio::test]
async fn a_file_is_served_only_while_a_public_revision_in_sight_holds_it() {
    on_each(async |store, _| {
        settle(&store).await;
        let id = new_file_id();
        let mut holding = revision(&coded("1/QĐ"));
        holding.files = vec![id.clone()];
        let mut tx = store.begin_write().await.unwrap();
        tx.put_file(&file(&id)).await.unwrap();
        tx.create_entry(&new_entry("a", "huyen"), &holding)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let seen = async |sites: &[&str]| store.file(&scope(sites), &id).await.unwrap();
        assert_eq!(seen(&["huyen"]).await, None, "only a draft holds it");
        let mut tx = store.begin_write().await.unwrap();
        tx.publish(&publication("a", &holding.id), &note(), today())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(seen(&["huyen"]).await, Some(file(&id)));
        assert_eq!(seen(&["xa-mot"]).await, None);
        republish(&store, "a", coded("1/QĐ")).await;
        assert_eq!(
            seen(&["huyen"]).await,
            None,
            "the public revision holds it no more"
        );
    })
    .await;
}

#[tokio::test]
async fn a_revision_cannot_name_a_file_that_is_not_there() {
    on_each(async |store, _| {
        settle(&store).await;
        let mut holding = revision(&coded("1/QĐ"));
        holding.files = vec![new_file_id()];
        let mut tx = store.begin_write().await.unwrap();
        let refused = tx.create_entry(&new_entry("a", "huyen"), &holding).await;
        assert!(matches!(
            refused,
            Err(StoreError::Missing { what: "file", .. })
        ));
        drop(tx);
        assert_eq!(store.working(&entry("a")).await.unwrap(), None);
    })
    .await;
}
