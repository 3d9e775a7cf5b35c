use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::visibility::Scope;
use serde_json::json;

use super::support::{
    a_site, coded, day, entry, listed, new_entry, note, note_id, on_each, organisation,
    publication, publish, query, republish, revision, scope, settle, site, slug, today,
};
use crate::{PluginStanding, PluginState, Store, StoreError};
use dinh_domain::ids::PluginId;
use dinh_domain::site::{Module, Share};

async fn withdraw(store: &Store, id: &str) {
    let why = Withdrawal {
        reason: "sai số hiệu".to_owned(),
        successor: Some(entry("b")),
        at: Instant(50),
    };
    let mut tx = store.begin_write().await.unwrap();
    tx.withdraw(&entry(id), &why, "withdrawn").await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn nothing_is_seen_without_a_scope_that_names_it() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let here = scope(&["huyen"]);
        assert!(
            store
                .entry_by_id(&here, &entry("a"))
                .await
                .unwrap()
                .is_some()
        );
        for blind in [Scope::default(), scope(&["xa-mot"])] {
            assert_eq!(store.entry_by_id(&blind, &entry("a")).await.unwrap(), None);
            let by_slug = store
                .entry_by_slug(&blind, &site("huyen"), &note_id(), &slug("a"))
                .await;
            assert_eq!(by_slug.unwrap(), None);
            assert_eq!(store.newest(&blind, 9).await.unwrap(), []);
            let page = store
                .list(&blind, &note_id(), &note(), &query(vec![], "code"))
                .await;
            assert_eq!(page.unwrap().total, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_public_text_and_its_next_draft_live_side_by_side() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let draft = revision(&coded("2/QĐ"));
        let mut tx = store.begin_write().await.unwrap();
        assert_eq!(tx.add_revision(&entry("a"), &draft).await.unwrap(), 2);
        tx.commit().await.unwrap();
        let public = store.entry_by_id(&scope(&["huyen"]), &entry("a")).await;
        let public = public.unwrap().unwrap();
        assert_eq!((public.title.as_str(), public.revision_number), ("1/QĐ", 1));
        assert_eq!(public.lifted_gates, ["files"]);
        let working = store.working(&entry("a")).await.unwrap().unwrap();
        assert_eq!(working.entry.title, "2/QĐ");
        assert_eq!(working.published, Some(public.revision));
        assert_eq!(working.entry.state, "draft");
    })
    .await;
}

#[tokio::test]
async fn the_first_publication_is_recorded_for_ever() {
    on_each(async |store, _| {
        settle(&store).await;
        let first = revision(&coded("1/QĐ"));
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&new_entry("a", "huyen"), &first)
            .await
            .unwrap();
        let mut public = publication("a", &first.id);
        public.at = Instant(1_000);
        public.clock_started_on = Some(day("2014-10-03"));
        tx.publish(&public, &note(), today()).await.unwrap();
        public.at = Instant(2_000);
        public.clock_started_on = Some(day("2015-01-01"));
        tx.publish(&public, &note(), today()).await.unwrap();
        tx.commit().await.unwrap();
        withdraw(&store, "a").await;
        republish(&store, "a", coded("3/QĐ")).await;
        let shown = store.entry_by_id(&scope(&["huyen"]), &entry("a")).await;
        let shown = shown.unwrap().unwrap();
        assert_eq!(shown.first_published_at, Some(Instant(1_000)));
        assert_eq!(shown.clock_started_on, Some(day("2014-10-03")));
        assert_eq!(shown.title, "3/QĐ");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_entry_is_gone_from_every_read_and_says_why_by_its_address() {
    on_each(async |store, _| {
        settle(&store).await;
        publish(&store, "a", "huyen", coded("1/QĐ")).await;
        let reason = async || {
            let gone = store
                .withdrawn(&site("huyen"), &note_id(), &slug("a"))
                .await;
            gone.unwrap().map(|it| it.reason)
        };
        assert_eq!(reason().await, None);
        withdraw(&store, "a").await;
        assert_eq!(reason().await.as_deref(), Some("sai số hiệu"));
        assert!(
            listed(&store, &["huyen"], &query(vec![], "code"))
                .await
                .is_empty()
        );
        assert_eq!(store.documents_for_search(&[entry("a")]).await.unwrap(), []);
        assert_eq!(store.published_after(None, 9).await.unwrap(), []);
        republish(&store, "a", coded("1/QĐ")).await;
        assert_eq!(reason().await, None);
        assert_eq!(
            listed(&store, &["huyen"], &query(vec![], "code")).await,
            ["a"]
        );
        assert_eq!(store.published_after(None, 9).await.unwrap(), [entry("a")]);
        assert_eq!(
            store.published_after(Some(&entry("a")), 9).await.unwrap(),
            []
        );
    })
    .await;
}

#[tokio::test]
async fn the_newest_over_all_sections_come_first() {
    on_each(async |store, _| {
        settle(&store).await;
        for (id, at) in [("a", 5), ("b", 9), ("c", 7)] {
            let revision = revision(&coded(id));
            let mut tx = store.begin_write().await.unwrap();
            tx.create_entry(&new_entry(id, "xa-mot"), &revision)
                .await
                .unwrap();
            let mut public = publication(id, &revision.id);
            public.at = Instant(at);
            tx.publish(&public, &note(), today()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let newest = store.newest(&scope(&["xa-mot"]), 2).await.unwrap();
        let ids: Vec<&str> = newest.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["b", "c"]);
        let asked = [entry("c"), entry("nobody"), entry("a")];
        let entries = store
            .entries_by_ids(&scope(&["xa-mot"]), &asked)
            .await
            .unwrap();
        let ids: Vec<&str> = entries.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["c", "a"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    on_each(async |store, _| {
        settle(&store).await;
        let mut tx = store.begin_write().await.unwrap();
        let revision = revision(&json!({}));
        let missing = tx
            .add_revision(&entry("nobody"), &revision)
            .await
            .unwrap_err();
        assert_eq!(missing.to_string(), "there is no entry `nobody`");
        tx.create_entry(&new_entry("a", "huyen"), &revision)
            .await
            .unwrap();
        let other = crate::new_revision_id();
        let missing = tx
            .publish(&publication("a", &other), &note(), today())
            .await;
        assert!(matches!(
            missing,
            Err(StoreError::Missing {
                what: "revision",
                ..
            })
        ));
    })
    .await;
}

#[tokio::test]
async fn organisations_sites_modules_and_parked_plugins_are_kept_as_given() {
    on_each(async |store, _| {
        settle(&store).await;
        let module = Module {
            site: site("xa-mot"),
            plugin: PluginId::new("town-notes").unwrap(),
            mount: slug("ghi-chep"),
            enabled: true,
            share: Share::Search,
            position: 2,
        };
        let parked = PluginState {
            plugin: module.plugin.clone(),
            state: PluginStanding::Parked,
            reason: "by hand".to_owned(),
            at: Instant(7),
        };
        let mut tx = store.begin_write().await.unwrap();
        tx.set_module(&module).await.unwrap();
        tx.set_plugin_state(&parked).await.unwrap();
        tx.put_site(&a_site("xa-mot")).await.unwrap();
        let off = Module {
            enabled: false,
            ..module
        };
        tx.set_module(&off).await.unwrap();
        tx.commit().await.unwrap();
        let stored = store.directory().await.unwrap();
        assert_eq!(stored.directory.modules, [off]);
        assert_eq!(stored.plugins, [parked]);
        assert_eq!(
            stored.directory.site(&site("xa-mot")),
            Some(&a_site("xa-mot"))
        );
        assert!(
            stored
                .directory
                .organisations
                .contains(&organisation("xa-hai"))
        );
        let mut tx = store.begin_write().await.unwrap();
        let mut thief = a_site("xa-hai");
        thief.aliases.push("huyen.localhost".to_owned());
        assert!(tx.put_site(&thief).await.unwrap_err().is_conflict());
    })
    .await;
}
