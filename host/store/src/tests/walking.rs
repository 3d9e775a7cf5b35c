//! Reading a list from a place on, while it changes.

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::query::Place;
use serde_json::{Value, json};

use super::support::{
    SITES, entry, new_entry, note, note_id, on_each, publication, publish, query, republish,
    revision, scope, settle, site, today,
};
use crate::sql::Columns;
use crate::{Store, Stretch};

fn written(day: &str) -> Value {
    json!({ "code": "1/CT", "written_on": day, "subject": "Đất đai", "size": 7 })
}

async fn read(store: &Store, place: Option<&Place>, limit: u32) -> Stretch {
    let (within, newest) = (scope(&SITES[..1]), query(Vec::new(), "-written_on"));
    let read = (place, limit);
    store
        .after(&within, &note_id(), &note(), &newest, read)
        .await
        .unwrap()
}

fn ids(stretch: &Stretch) -> Vec<&str> {
    let entries = stretch.entries.iter();
    entries.map(|it| it.headline.id.as_str()).collect()
}

#[tokio::test]
async fn what_comes_and_goes_before_a_place_moves_nothing_behind_it() {
    on_each(async |store, _| {
        settle(&store).await;
        for (id, day) in [
            ("a", "2020-01-05"),
            ("b", "2020-01-04"),
            ("c", "2020-01-03"),
        ] {
            publish(&store, id, SITES[0], written(day)).await;
        }
        publish(&store, "z", SITES[0], json!({ "code": "2/CT" })).await;
        let first = read(&store, None, 2).await;
        assert_eq!(ids(&first), ["a", "b"]);
        publish(&store, "new", SITES[0], written("2020-06-01")).await;
        let mut tx = store.begin_write().await.unwrap();
        let why = Withdrawal {
            reason: "sai số".to_owned(),
            successor: None,
            at: Instant(9),
        };
        // The very entry behind which reading goes on is taken away.
        tx.withdraw(&entry("b"), &why, "withdrawn").await.unwrap();
        tx.commit().await.unwrap();
        let second = read(&store, first.next.as_ref(), 1).await;
        assert_eq!(ids(&second), ["c"]);
        let third = read(&store, second.next.as_ref(), 5).await;
        assert_eq!((ids(&third), &third.next), (vec!["z"], &None));
    })
    .await;
}

#[tokio::test]
async fn a_list_that_ends_with_a_full_stretch_ends_with_an_empty_one() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", SITES[0], written("2020-01-05")).await;
        let first = read(&store, None, 1).await;
        let second = read(&store, first.next.as_ref(), 1).await;
        assert_eq!((ids(&second), &second.next), (Vec::new(), &None));
    })
    .await;
}

#[tokio::test]
async fn the_newest_are_those_that_became_public_last() {
    on_each(async |store, _| {
        settle(&store).await;
        for (id, at) in [("a", 30), ("b", 10), ("c", 20)] {
            let revision = revision(&written("2020-01-05"));
            let mut tx = store.begin_write().await.unwrap();
            tx.create_entry(&new_entry(id, SITES[0]), &revision)
                .await
                .unwrap();
            let mut publication = publication(id, &revision.id);
            publication.at = Instant(at);
            tx.publish(&publication, &note(), today()).await.unwrap();
            tx.commit().await.unwrap();
        }
        publish(&store, "other", SITES[1], written("2020-01-05")).await;
        // A second text of an old entry does not make it new.
        republish(&store, "b", written("2020-01-06")).await;
        let all = query(Vec::new(), "written_on");
        let within = scope(&SITES[..1]);
        let found = store
            .newest_of(&within, &note_id(), &note(), &all, 2)
            .await
            .unwrap();
        let ids: Vec<&str> = found.iter().map(|it| it.headline.id.as_str()).collect();
        assert_eq!(ids, ["a", "c"]);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_body_is_read_without_the_rest() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", SITES[0], written("2020-01-05")).await;
        publish(&store, "b", SITES[1], written("2020-01-06")).await;
        let both = [entry("b"), entry("a")];
        let fields = ["size", "written_on", "nothing"];
        let within = scope(&SITES[..1]);
        let found = store.parts_by_ids(&within, &both, &fields).await.unwrap();
        assert_eq!(found.len(), 1, "the other one is of another site");
        let body = Value::Object(found[0].body.clone());
        assert_eq!(body, json!({ "written_on": "2020-01-05", "size": 7 }));
        assert_eq!(found[0].author, "Nguyễn Thị A");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_entry_is_known_by_its_id_where_it_was() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", SITES[0], written("2020-01-05")).await;
        let ask = async |on: &str| {
            let found = store
                .withdrawn_by_id(&site(on), &note_id(), &entry("a"))
                .await;
            found.unwrap().map(|it| it.reason)
        };
        assert_eq!(ask(SITES[0]).await, None);
        let why = Withdrawal {
            reason: "sai số".to_owned(),
            successor: None,
            at: Instant(9),
        };
        let mut tx = store.begin_write().await.unwrap();
        tx.withdraw(&entry("a"), &why, "withdrawn").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ask(SITES[0]).await.as_deref(), Some("sai số"));
        assert_eq!(ask(SITES[1]).await, None);
    })
    .await;
}

/// Without this, entries that are named by their ids are looked for among all of their site.
#[tokio::test]
async fn named_entries_are_found_by_their_ids_alone() {
    on_each(async |store, _| {
        if store.dialect() != crate::dialect::Dialect::Sqlite {
            return;
        }
        let mut sql =
            crate::sql::Sql::new("explain query plan select e.id from entry e where e.id in ");
        sql.bind_all(&[entry("a"), entry("b"), entry("c")])
            .push(" and ");
        crate::scope::on_named_entries(&scope(&SITES), &mut sql);
        let rows = sql.all(&mut store.reader().await.unwrap()).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.text("detail").unwrap()).collect();
        assert!(plan.iter().any(|step| step.contains("(id=?)")), "{plan:?}");
    })
    .await;
}
