use std::time::Duration;

use sqlx::{AnyConnection, Connection, raw_sql};

use super::support::{coded, listed, on_each, publish, query, settle};
use crate::sql::{Columns, Sql};
use crate::{Store, StoreError, StoreOptions, sqlite_url};

async fn refusal(options: &StoreOptions) -> StoreError {
    match Store::open(options).await {
        Ok(_) => panic!("{} opened", options.url),
        Err(error) => error,
    }
}

#[tokio::test]
async fn data_is_there_when_it_is_opened_again() {
    on_each(async |store, options| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        store.close().await;
        let again = Store::open(&options).await.unwrap();
        assert_eq!(
            listed(&again, &["huyen"], &query(vec![], "code")).await,
            ["a"]
        );
        assert_eq!(again.schema_version().await.unwrap(), 26);
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn data_of_a_newer_version_is_refused_with_both_versions() {
    on_each(async |store, options| {
        let mut tx = store.begin_write().await.unwrap();
        Sql::new("insert into schema_migration values (99, 'from_the_future', 0, 'x')")
            .run(tx.on())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let told = refusal(&options).await.to_string();
        assert!(
            told.contains("schema version 99 (`from_the_future`)"),
            "{told}"
        );
        assert!(told.contains("knows up to version 26"), "{told}");
        assert!(told.contains("start the newer program"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn data_one_version_ahead_is_served_and_two_are_not() {
    on_each(async |store, options| {
        let known = store.schema_version().await.unwrap();
        let ahead = async |version: i64| {
            let mut tx = store.begin_write().await.unwrap();
            Sql::new("insert into schema_migration values ($1, 'from_the_future', 0, 'x')")
                .with(version)
                .run(tx.on())
                .await
                .unwrap();
            tx.commit().await.unwrap();
        };
        ahead(known + 1).await;
        assert!(store.schema_is_usable().await.unwrap());
        let again = Store::open(&options).await.unwrap();
        assert!(again.schema_is_usable().await.unwrap());
        again.close().await;
        ahead(known + 2).await;
        assert!(!store.schema_is_usable().await.unwrap());
        refusal(&options).await;
    })
    .await;
}

#[tokio::test]
async fn data_made_by_other_migrations_is_refused() {
    on_each(async |store, options| {
        let mut tx = store.begin_write().await.unwrap();
        Sql::new("update schema_migration set hash = 'x' where version = 2")
            .run(tx.on())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let error = refusal(&options).await;
        assert!(
            matches!(error, StoreError::OtherMigration { version: 2, .. }),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn every_text_is_compared_bytewise_on_postgresql() {
    on_each(async |store, _| {
        settle(&store).await;
        if store.database_name() == "PostgreSQL" {
            let mut on = store.reader().await.unwrap();
            let row = Sql::new(
                "select count(*) as n from information_schema.columns
                 where table_schema = current_schema() and data_type = 'text'
                 and collation_name is distinct from 'C'",
            )
            .optional(&mut on)
            .await
            .unwrap();
            assert_eq!(row.unwrap().integer("n").unwrap(), 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_written_or_is_no_database_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dữ liệu #1?.db");
    let options = StoreOptions::new(sqlite_url(&file));
    Store::open(&options).await.unwrap().close().await;
    assert!(file.exists(), "the name is kept as it is");

    let read_only = StoreOptions::new(options.url.replace("mode=rwc", "mode=ro"));
    let new = folder.path().join("empty.db");
    std::fs::write(&new, "").unwrap();
    let empty = StoreOptions::new(sqlite_url(&new).replace("mode=rwc", "mode=ro"));
    let error = refusal(&empty).await;
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("Give this user the right to write"),
        "{error}"
    );
    let error = refusal(&read_only).await;
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");

    let nowhere = StoreOptions::new(sqlite_url(std::path::Path::new("/proc/dinh.db")));
    let error = refusal(&nowhere).await;
    assert!(matches!(error, StoreError::CannotOpen { .. }), "{error}");
    assert!(error.to_string().contains("/proc/dinh.db"), "{error}");

    let garbage = folder.path().join("garbage.db");
    std::fs::write(&garbage, "Cộng hòa xã hội chủ nghĩa Việt Nam ".repeat(300)).unwrap();
    let error = refusal(&StoreOptions::new(sqlite_url(&garbage))).await;
    assert!(matches!(error, StoreError::NotADatabase { .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_another_process_holds_is_refused_as_locked() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = StoreOptions::new(sqlite_url(&folder.path().join("dinh.db")));
    options.wait = Duration::from_millis(50);
    Store::open(&options).await.unwrap().close().await;
    let mut holder = AnyConnection::connect(&options.url).await.unwrap();
    raw_sql("pragma locking_mode = exclusive; begin exclusive; update counter set value = value")
        .execute(&mut holder)
        .await
        .unwrap();
    let error = refusal(&options).await;
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    assert!(error.is_busy());
    holder.close().await.unwrap();
    Store::open(&options).await.unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    let options = StoreOptions::new("postgres://dinh:secret@127.0.0.1:1/dinh?sslmode=disable");
    let told = refusal(&options).await.to_string();
    assert!(told.contains("postgres://dinh@127.0.0.1:1/dinh"), "{told}");
    assert!(!told.contains("secret"), "{told}");
    let unknown = refusal(&StoreOptions::new("mysql://localhost/dinh")).await;
    assert!(
        matches!(unknown, StoreError::CannotOpen { .. }),
        "{unknown}"
    );
}

/// What handlers of requests need: futures of the store may move between threads.
#[test]
fn futures_of_the_store_are_send() {
    fn is_send<T: Send>(_: T) {}
    fn check(store: &Store, tx: crate::WriteTx) {
        let (scope, id, note) = (
            super::support::scope(&[]),
            super::support::note_id(),
            super::support::note(),
        );
        let query = query(vec![], "code");
        is_send(store.begin_write());
        is_send(store.list(&scope, &id, &note, &query));
        is_send(store.counts(&scope, &id, &note, &query, "code"));
        is_send(store.ensure_index(&id, &note, super::support::today()));
        is_send(store.directory());
        is_send(tx.commit());
    }
    let _ = check;
    is_send(Store::open(&StoreOptions::new("sqlite://x")));
}
