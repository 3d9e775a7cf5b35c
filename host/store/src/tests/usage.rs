use dinh_domain::dates::LocalDate;

use super::support::{coded, day, entry, note, note_id, on_each, publish, query, scope, settle};
use crate::sql::Sql;
use crate::{EntryViews, ListAsked, Store};

fn views(id: &str, month: &str, views: i64) -> EntryViews {
    EntryViews {
        entry: entry(id),
        month: day(month),
        views,
    }
}

async fn add(store: &Store, counted: &[EntryViews]) {
    let mut tx = store.begin_write().await.unwrap();
    tx.add_views(counted).await.unwrap();
    tx.commit().await.unwrap();
}

async fn popular(store: &Store, since: LocalDate) -> Vec<String> {
    let (id, note, scope) = (note_id(), note(), scope(&["huyen"]));
    let asked = query(vec![], "code");
    let asked = ListAsked {
        scope: &scope,
        id: &id,
        collection: &note,
        query: &asked,
        values: None,
        popular_since: Some(since),
    };
    let page = store.lists(&[asked]).await.unwrap().remove(0);
    assert_eq!(page.total, page.entries.len() as u64);
    let ids = page.entries.into_iter();
    ids.map(|it| it.headline.id.to_string()).collect()
}

#[tokio::test]
async fn sums_grow_by_whoever_counted_and_go_with_their_entry() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        add(&store, &[views("a", "2020-06-01", 2), views("gone", "2020-06-01", 9)]).await;
        add(&store, &[views("a", "2020-05-01", 1), views("a", "2020-06-01", 3)]).await;
        assert_eq!(store.views(&entry("a"), day("2020-06-01")).await.unwrap(), 5);
        assert_eq!(store.views(&entry("a"), day("2020-05-01")).await.unwrap(), 1);
        assert_eq!(store.views(&entry("gone"), day("2020-06-01")).await.unwrap(), 0);
        // An entry of which nothing else is left.
        let mut tx = store.begin_write().await.unwrap();
        let bare = "insert into entry (id, site_id, collection, slug, language, organisation_id,
             created_at, changed_at, state, working_revision)
             values ('bare', 'huyen', 'town-notes/note', 'bare', 'vi', 'huyen', 0, 0, 'draft', 'r')";
        Sql::new(bare).run(tx.on()).await.unwrap();
        tx.add_views(&[views("bare", "2020-06-01", 7)]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.views(&entry("bare"), day("2020-06-01")).await.unwrap(), 7);
        let mut tx = store.begin_write().await.unwrap();
        let gone = Sql::new("delete from entry where id = 'bare'");
        gone.run(tx.on()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.views(&entry("bare"), day("2020-06-01")).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_read_most_since_a_month_comes_first_and_within_the_scope_alone() {
    on_each(async |store, _| {
        settle(&store).await;
        for (id, on, code) in [
            ("a", "huyen", "1/QĐ"),
            ("b", "huyen", "2/QĐ"),
            ("c", "huyen", "3/QĐ"),
            ("d", "xa-mot", "4/QĐ"),
        ] {
            publish(&store, id, on, coded(code)).await;
        }
        assert_eq!(popular(&store, day("2020-06-01")).await, ["a", "b", "c"]);
        let counted = [
            views("b", "2020-04-01", 100),
            views("b", "2020-06-01", 1),
            views("c", "2020-05-01", 1),
            views("c", "2020-06-01", 1),
            views("d", "2020-06-01", 50),
        ];
        add(&store, &counted).await;
        assert_eq!(popular(&store, day("2020-05-01")).await, ["c", "b", "a"]);
        assert_eq!(popular(&store, day("2020-06-01")).await, ["b", "c", "a"]);
        assert_eq!(popular(&store, day("2020-04-01")).await, ["b", "c", "a"]);
    })
    .await;
}
