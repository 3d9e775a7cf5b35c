use std::collections::BTreeSet;

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::{AccountId, EntryId, SiteId};
use dinh_domain::visibility::{Clause, Face, Scope, Subject};

use super::support::{
    SITES, coded, entry, more_sites, new_entry, note, note_id, on_each, publication, republish,
    revision, scope, settle, site, slug, today, widened,
};
use crate::desk::Limits;
use crate::{Conflict, Desk, DeskFilter, Store, StoreError, Transition, Waiting};

const WRITERS: [Option<&str>; 3] = [None, Some("lan"), Some("hoa")];
const FATES: [&str; 4] = ["draft", "public", "withdrawn", "deleted"];

fn account(name: &str) -> AccountId {
    AccountId::new(name).unwrap()
}

struct Known {
    id: EntryId,
    site: SiteId,
    author: Option<AccountId>,
    fate: &'static str,
}

/// An entry of each writer in each state on each site.
async fn all(store: &Store) -> Vec<Known> {
    let mut known = Vec::new();
    for on in SITES {
        for writer in WRITERS {
            for fate in FATES {
                let id = format!("{on}-{}-{fate}", writer.unwrap_or("nobody"));
                let first = revision(&coded(&id));
                let mut tx = store.begin_write().await.unwrap();
                tx.create_entry(&new_entry(&id, on), &first).await.unwrap();
                let author = writer.map(account);
                if author.is_some() {
                    let desk = Desk {
                        author: author.clone(),
                        ..Desk::default()
                    };
                    tx.set_desk(&entry(&id), &desk).await.unwrap();
                }
                if fate != "draft" {
                    let publication = publication(&id, &first.id);
                    tx.publish(&publication, &note(), today()).await.unwrap();
                }
                if fate == "withdrawn" {
                    let why = Withdrawal {
                        reason: "sai số".to_owned(),
                        successor: None,
                        at: Instant(9),
                    };
                    tx.withdraw(&entry(&id), &why, "withdrawn").await.unwrap();
                }
                if fate == "deleted" {
                    tx.delete_entry(&entry(&id), Instant(9)).await.unwrap();
                }
                tx.commit().await.unwrap();
                known.push(Known {
                    id: entry(&id),
                    site: site(on),
                    author,
                    fate,
                });
            }
        }
    }
    known
}

/// Every choice of sites and faces, one and two clauses.
fn scopes() -> Vec<Scope> {
    let faces = [
        Face::Published,
        Face::Working { wrote: None },
        Face::Working {
            wrote: Some(account("lan")),
        },
    ];
    let mut clauses = Vec::new();
    for face in &faces {
        for sites in [&SITES[..1], &SITES[1..]] {
            clauses.push(Clause {
                collection: note_id(),
                sites: sites.iter().map(|id| site(id)).collect(),
                face: face.clone(),
            });
        }
    }
    let mut scopes = vec![Scope::default()];
    for one in &clauses {
        scopes.push(Scope {
            any: vec![one.clone()],
        });
        for other in &clauses {
            scopes.push(Scope {
                any: vec![one.clone(), other.clone()],
            });
        }
    }
    scopes
}

#[tokio::test]
async fn the_desk_lists_what_the_rule_allows_and_nothing_else() {
    on_each(async |store, _| {
        settle(&store).await;
        let known = all(&store).await;
        for scope in scopes() {
            let allowed: BTreeSet<&EntryId> = known
                .iter()
                .filter(|it| {
                    scope.allows(Subject {
                        site: &it.site,
                        collection: &note_id(),
                        published: it.fate == "public",
                        deleted: it.fate == "deleted",
                        author: it.author.as_ref(),
                    })
                })
                .map(|it| &it.id)
                .collect();
            let filter = DeskFilter::default();
            let page = store.desk_page(&scope, &filter, (1, 100)).await.unwrap();
            let listed: BTreeSet<&EntryId> = page.lines.iter().map(|it| &it.id).collect();
            assert_eq!(listed, allowed, "{scope:?}");
            assert_eq!(page.total, allowed.len() as u64);
            for it in &known {
                let found = store.desk_entry(&scope, &it.id).await.unwrap();
                assert_eq!(
                    found.is_some(),
                    allowed.contains(&it.id),
                    "{:?} {scope:?}",
                    it.id
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn hands_are_those_behind_the_public_text() {
    on_each(async |store, _| {
        settle(&store).await;
        let own = Scope {
            any: vec![Clause {
                face: Face::Working { wrote: None },
                ..scope(&["huyen"]).any[0].clone()
            }],
        };
        let hands = async || {
            let found = store.desk_entry(&own, &entry("a")).await.unwrap();
            found.unwrap().hands
        };
        let mut first = revision(&coded("1/QĐ"));
        first.made_by = "lan".to_owned();
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&new_entry("a", "huyen"), &first)
            .await
            .unwrap();
        let sent = Transition {
            number: 0,
            revision: first.id.clone(),
            at: Instant(3),
            actor: "hoa".to_owned(),
            action: "submit".to_owned(),
            from: "draft".to_owned(),
            to: "submitted".to_owned(),
            reason: String::new(),
            reason_kind: String::new(),
        };
        tx.add_transition(&entry("a"), &sent).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(hands().await, ["hoa", "lan"]);
        let mut tx = store.begin_write().await.unwrap();
        let publication = publication("a", &first.id);
        tx.publish(&publication, &note(), today()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(hands().await, Vec::<String>::new());
        republish(&store, "a", coded("2/QĐ")).await;
        assert_eq!(hands().await, Vec::<String>::new());
        let steps = store.transitions(&entry("a")).await.unwrap();
        assert_eq!((steps.len(), steps[0].number), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_address_is_given_once_and_only_before_anybody_has_seen_one() {
    on_each(async |store, _| {
        settle(&store).await;
        let first = revision(&coded("1/QĐ"));
        let mut tx = store.begin_write().await.unwrap();
        tx.create_entry(&new_entry("ban-nhap-a", "huyen"), &first)
            .await
            .unwrap();
        tx.create_entry(&new_entry("taken", "huyen"), &revision(&coded("2/QĐ")))
            .await
            .unwrap();
        let id = entry("ban-nhap-a");
        let taken = tx.set_slug(&id, &slug("taken")).await;
        assert!(
            matches!(taken, Err(StoreError::Conflict(Conflict::Slug))),
            "{taken:?}"
        );
        tx.set_slug(&id, &slug("quyet-dinh-1")).await.unwrap();
        tx.publish(&publication("ban-nhap-a", &first.id), &note(), today())
            .await
            .unwrap();
        let again = tx.set_slug(&id, &slug("quyet-dinh-2")).await;
        assert!(
            matches!(again, Err(StoreError::Conflict(Conflict::Slug))),
            "{again:?}"
        );
        tx.commit().await.unwrap();
        let here = scope(&["huyen"]);
        let found = store
            .entry_by_slug(&here, &site("huyen"), &note_id(), &slug("quyet-dinh-1"))
            .await;
        assert_eq!(found.unwrap().unwrap().id, id);
    })
    .await;
}

/// Every filter of a room.
fn filters() -> Vec<DeskFilter> {
    let lan = account("lan");
    let waiting = |sites: &[&str]| Waiting {
        collection: note_id(),
        sites: sites.iter().map(|id| site(id)).collect(),
        states: vec!["draft".to_owned()],
        is_drafted: false,
    };
    let drafted = |sites: &[&str]| Waiting {
        is_drafted: true,
        ..waiting(sites)
    };
    let held = DeskFilter {
        held_by: Some(lan.clone()),
        ..DeskFilter::default()
    };
    let late = DeskFilter {
        due_before: Some(Instant(5)),
        ..DeskFilter::default()
    };
    let waits = |any: Vec<Waiting>| DeskFilter {
        waiting_for: Some((lan.clone(), any)),
        ..DeskFilter::default()
    };
    let one = DeskFilter {
        site: Some(site(SITES[0])),
        state: Some("draft".to_owned()),
        ..DeskFilter::default()
    };
    let parted = vec![waiting(&SITES[..1]), waiting(&SITES[1..])];
    let all = [
        waits(Vec::new()),
        waits(vec![waiting(&SITES)]),
        waits(parted),
        waits(vec![waiting(&SITES[..1]), drafted(&SITES)]),
    ];
    [DeskFilter::default(), held, late, one]
        .into_iter()
        .chain(all)
        .collect()
}

fn with_more_sites(mut filter: DeskFilter) -> DeskFilter {
    for waiting in filter.waiting_for.iter_mut().flat_map(|(_, any)| any) {
        waiting.sites.extend(more_sites());
    }
    filter
}

#[tokio::test]
async fn a_list_is_the_same_whichever_way_it_is_read() {
    on_each(async |store, _| {
        settle(&store).await;
        for (at, it) in all(&store).await.iter().enumerate() {
            let desk = Desk {
                author: it.author.clone(),
                assignee: [None, None, Some("lan"), Some("hoa")][at % 4].map(account),
                due_at: (at % 3 == 0).then_some(Instant(at as i64 % 11)),
                ..Desk::default()
            };
            let mut tx = store.begin_write().await.unwrap();
            tx.set_desk(&it.id, &desk).await.unwrap();
            tx.commit().await.unwrap();
        }
        // Few enough to be counted and gathered; counted to their end and gathered by what is special of
        // them; too many to be counted.
        let limits = [(1_000, 50), (1_000, 0), (1, 0)].map(|(counted, gathered_sites)| Limits {
            counted,
            gathered_sites,
        });
        for (scope, filter) in scopes()
            .iter()
            .flat_map(|it| filters().into_iter().map(move |f| (it, f)))
        {
            let mut found = Vec::new();
            let wide = (widened(scope.clone()), with_more_sites(filter.clone()));
            let ways = limits.map(|it| (scope, &filter, it));
            let wide_ways = limits.map(|it| (&wide.0, &wide.1, it));
            for (scope, filter, limits) in ways.into_iter().chain(wide_ways) {
                let mut ids = Vec::new();
                let mut has_more = true;
                let mut page = 0;
                while has_more {
                    page += 1;
                    let asked = store
                        .desk_page_within(scope, filter, (page, 3), limits)
                        .await;
                    let shown = asked.unwrap();
                    ids.extend(shown.lines.iter().map(|it| it.id.clone()));
                    let reached = u64::from(page) * 3;
                    has_more = shown.has_more || reached < shown.total;
                    if !has_more {
                        assert_eq!(shown.total, ids.len() as u64, "{filter:?} {scope:?}");
                    }
                }
                found.push(ids);
            }
            for other in &found[1..] {
                assert_eq!(&found[0], other, "{filter:?} {scope:?}");
            }
        }
    })
    .await;
}
