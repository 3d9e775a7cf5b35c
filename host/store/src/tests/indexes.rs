use dinh_domain::ids::EntryId;
use dinh_domain::index;
use dinh_domain::query::{BadQuery, Filter, Sort};
use serde_json::json;
use sqlx::{AssertSqlSafe, raw_sql};

use super::support::{
    NOTE, coded, day, declared, entry, listed, new_entry, note, note_id, on_each, publication,
    publish, query, revision, scope, settle, site, today,
};
use crate::index::shape::Shape;
use crate::sql::{Columns, Sql};
use crate::{IndexBuild, Store, StoreError};

pub(super) async fn tables(store: &Store) -> Vec<String> {
    let mut tx = store.begin_write().await.unwrap();
    let rows = Sql::new(tx.dialect().list_tables())
        .all(tx.on())
        .await
        .unwrap();
    let names = rows.iter().map(|row| row.text("name").unwrap());
    names
        .filter(|name| name.starts_with("ix_") || name.starts_with("iy_"))
        .collect()
}

#[tokio::test]
async fn an_index_is_built_once_and_anew_when_its_declaration_changes() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(
            &store,
            "a",
            "huyen",
            json!({"code": "1/QĐ", "tags": ["Y tế"]}),
        )
        .await;
        publish(&store, "b", "huyen", coded("2/QĐ")).await;
        let again = store
            .ensure_index(&note_id(), &note(), today())
            .await
            .unwrap();
        assert_eq!(again, IndexBuild::Ready);
        let before = tables(&store).await;
        let changed = declared(&NOTE.replace("size = { type = \"integer\" }\n", ""));
        let built = store
            .ensure_index(&note_id(), &changed, today())
            .await
            .unwrap();
        assert_eq!(built, IndexBuild::Built { rows: 2 });
        let after = tables(&store).await;
        assert_eq!((before.len(), after.len()), (2, 4));
        assert!(before.iter().all(|table| after.contains(table)));
        let here = scope(&["huyen"]);
        let new = store
            .list(&here, &note_id(), &changed, &query(vec![], "code"))
            .await;
        assert_eq!(new.unwrap().total, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_while_an_index_is_built_is_in_it() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let (note_id, note) = (note_id(), note());
        let building = async {
            for _ in 0..6 {
                store.rebuild_index(&note_id, &note, today()).await.unwrap();
            }
        };
        let publishing = async {
            for at in 0..40 {
                publish(&store, &format!("p{at:02}"), "huyen", coded("1/QĐ")).await;
            }
        };
        let reading = async {
            for _ in 0..60 {
                let ids = listed(&store, &["huyen"], &query(vec![], "code")).await;
                assert!(ids.contains(&"a".to_owned()));
                tokio::task::yield_now().await;
            }
        };
        futures_util::join!(building, publishing, reading);
        assert_eq!(
            listed(&store, &["huyen"], &query(vec![], "code"))
                .await
                .len(),
            41
        );
        assert_eq!(tables(&store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_table_that_answered_before_is_asked_no_longer_than_it_stands() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let (all, note_id, note) = (query(vec![], "code"), note_id(), note());
        assert_eq!(listed(&store, &["huyen"], &all).await, ["a"]);
        let first = tables(&store).await;
        store.rebuild_index(&note_id, &note, today()).await.unwrap();
        // A build under way uses the first name again, and has brought nothing over yet.
        let mut tx = store.begin_write().await.unwrap();
        let main = first.iter().min_by_key(|it| it.len()).unwrap();
        let empty = Shape::of(&note_id, &note).unwrap().creation(main);
        let empty = tx.dialect().ddl(&empty);
        raw_sql(AssertSqlSafe(empty))
            .execute(tx.on())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(listed(&store, &["huyen"], &all).await, ["a"]);
        let here = scope(&["huyen"]);
        let counts = store.counts(&here, &note_id, &note, &all, "code").await;
        assert_eq!(counts.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_build_that_never_ended_left_is_swept_away_with_the_next() {
    on_each(async |store, _| {
        settle(&store).await;
        let before = tables(&store).await;
        let mut tx = store.begin_write().await.unwrap();
        for name in ["ix_0123456789ab", "ix_0123456789ab_tags", "ixx"] {
            let made = Sql::new(format!("create table {name} (entry_id text)"));
            made.run(tx.on()).await.unwrap();
        }
        tx.commit().await.unwrap();
        store
            .rebuild_index(&note_id(), &note(), today())
            .await
            .unwrap();
        store
            .rebuild_index(&note_id(), &note(), today())
            .await
            .unwrap();
        assert_eq!(tables(&store).await, before);
        let kept = Sql::new("select * from ixx");
        kept.all(&mut store.reader().await.unwrap()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nothing_is_published_into_an_index_that_is_not_there() {
    on_each(async |store, _| {
        settle(&store).await;
        let changed = declared(&NOTE.replace("size = { type = \"integer\" }\n", ""));
        let revision = revision(&coded("1/QĐ"));
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&new_entry("a", "huyen"), &revision)
            .await
            .unwrap();
        let refused = tx
            .publish(&publication("a", &revision.id), &changed, today())
            .await;
        assert!(matches!(refused, Err(StoreError::IndexNotReady { .. })));
    })
    .await;
}

#[tokio::test]
async fn rows_that_the_calendar_changes_are_found_and_made_anew() {
    on_each(async |store, _| {
        settle(&store).await;
        let body = json!({"code": "1/QĐ", "written_on": "2020-06-20", "state": "open"});
        publish(&store, "a", "huyen", body).await;
        publish(&store, "b", "huyen", coded("2/QĐ")).await;
        let open = || Filter::any_of(&note(), "state", &["open"]).unwrap();
        let planned = || Filter::any_of(&note(), "state", &["planned"]).unwrap();
        assert_eq!(
            listed(&store, &["huyen"], &query(vec![planned()], "code")).await,
            ["a"]
        );
        assert_eq!(
            store
                .stale(&note_id(), &note(), day("2020-06-19").into(), 9)
                .await
                .unwrap(),
            []
        );
        let stale = store
            .stale(&note_id(), &note(), day("2020-06-20").into(), 9)
            .await
            .unwrap();
        assert_eq!(stale, [entry("a")]);
        let mut tx = store.begin_write().await.unwrap();
        tx.refresh_index_row(&entry("a"), &note(), day("2020-06-20").into())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            store
                .stale(&note_id(), &note(), day("2020-06-20").into(), 9)
                .await
                .unwrap(),
            []
        );
        assert_eq!(
            listed(&store, &["huyen"], &query(vec![open()], "code")).await,
            ["a"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_twin_is_an_entry_of_the_site_that_equals_in_all_that_names_one() {
    on_each(async |store, _| {
        settle(&store).await;
        let body = json!({"code": "06/2014/QĐ-UBND", "written_on": "2014-10-03"});
        publish(&store, "a", "huyen", body).await;
        let twin = async |on: &str, body: serde_json::Value, except: Option<&EntryId>| {
            let row = index::row(&note(), body.as_object().unwrap(), today());
            let mut tx = store.begin_write().await.unwrap();
            let found = tx.twin(&site(on), &note_id(), &note(), &row, except).await;
            found.unwrap()
        };
        let same = json!({"code": "6/2014/qd-ubnd", "written_on": "2014-10-03"});
        assert_eq!(twin("huyen", same.clone(), None).await, Some(entry("a")));
        assert_eq!(twin("xa-mot", same.clone(), None).await, None);
        assert_eq!(twin("huyen", same, Some(&entry("a"))).await, None);
        let next_year = json!({"code": "6/2014/qd-ubnd", "written_on": "2015-10-03"});
        assert_eq!(twin("huyen", next_year, None).await, None);
        assert_eq!(twin("huyen", coded("6/2014/qd-ubnd"), None).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_query_beyond_the_declaration_is_refused_by_name() {
    on_each(async |store, _| {
        settle(&store).await;
        let ask = async |sort: &str| {
            let mut query = query(vec![], "code");
            query.sort = Sort {
                index: sort.to_owned(),
                descending: false,
            };
            store
                .list(&scope(&["huyen"]), &note_id(), &note(), &query)
                .await
                .unwrap_err()
        };
        assert_eq!(
            ask("colour; drop table entry").await.to_string(),
            "`colour; drop table entry` is not a declared filter or sort"
        );
        assert!(matches!(
            ask("tags").await,
            StoreError::BadQuery(BadQuery::Unfit(_))
        ));
        let nul = Filter::any_of(&note(), "subject", &["a\0b"]).unwrap();
        assert!(
            listed(&store, &["huyen"], &query(vec![nul], "code"))
                .await
                .is_empty()
        );
    })
    .await;
}
