//! Filters, sorts, pages, totals and counts of both databases equal those of the oracle in memory.

use std::collections::BTreeMap;

use dinh_domain::dates::Instant;
use dinh_domain::entry::Withdrawal;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::index::{self, IndexRow, IndexValue};
use dinh_domain::query::{Among, Filter, Place, Query, Sort, after, answer};
use dinh_domain::visibility::{Clause, Face, Scope, Subject};
use serde_json::{Value, json};

use super::support::{
    SITES, entry, new_entry, note, note_id, on_each, publication, revision, scope, settle, site,
    today, widened,
};
use crate::path::bounded;
use crate::{Count, MAX_COUNTS, Store};

/// Printed by a failing run; change it to try other cases.
const SEED: u64 = 20_141_003;
/// Entries.
const ENTRIES: usize = 120;
/// Questions.
const QUESTIONS: usize = 250;

/// SplitMix64: the same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

const TEXTS: [&str; 16] = [
    "Đất đai",
    "đất đai",
    "dat dai",
    "ĐẤT ĐAI",
    "Y tế",
    "Giáo dục",
    "Ủy ban",
    "Uỷ ban",
    "ăn",
    "an",
    "Ân",
    "Zalo",
    "10 điều",
    "9 điều",
    "a' or 1=1 --",
    "…",
];
const CODES: [&str; 8] = [
    "06/2014/QĐ-UBND",
    "6/2014/qd-ubnd",
    "10/2014/QĐ-UBND",
    "9/2014/QĐ-UBND",
    "1/CT",
    "01/CT-UBND",
    "84/2015/QH13",
    "x",
];
const DAYS: [&str; 6] = [
    "2014-01-31",
    "2014-10-03",
    "2019-12-31",
    "2020-06-15",
    "2020-06-16",
    "2025-02-28",
];
const STATES: [&str; 3] = ["open", "planned", "over"];
const INDEXES: [&str; 7] = [
    "code",
    "subject",
    "tags",
    "written_on",
    "year",
    "state",
    "size",
];

fn long_text() -> String {
    "Quyết định về đất đai ".repeat(100)
}

fn body(chance: &mut Chance) -> Value {
    let mut body = json!({});
    if !chance.one_in(5) {
        body["code"] = json!(chance.pick(&CODES));
    }
    if !chance.one_in(5) {
        body["subject"] = json!(chance.pick(&TEXTS));
    }
    if chance.one_in(15) {
        body["subject"] = json!(long_text());
    }
    let tags: Vec<&str> = (0..chance.below(4)).map(|_| *chance.pick(&TEXTS)).collect();
    body["tags"] = json!(tags);
    for field in ["written_on", "ends_on"] {
        if !chance.one_in(4) {
            body[field] = json!(chance.pick(&DAYS));
        }
    }
    if !chance.one_in(3) {
        body["size"] = json!(i64::try_from(chance.below(7)).unwrap() - 3);
    }
    if !chance.one_in(6) {
        body["state"] = json!(chance.pick(&STATES));
    }
    body
}

/// What the oracle knows of an entry.
struct Known {
    id: EntryId,
    site: SiteId,
    published: bool,
    row: IndexRow,
}

/// Makes one entry in some state: public, a draft, withdrawn, deleted.
async fn make(store: &Store, chance: &mut Chance, at: usize) -> Known {
    // Ids in another order than that of making.
    let id = format!("e{:03}", (at * 37) % 1000);
    let on = *chance.pick(&SITES);
    let revision = revision(&body(chance));
    let fate = chance.below(8);
    let mut tx = store.begin_write().await.unwrap();
    tx.create_entry(&new_entry(&id, on), &revision)
        .await
        .unwrap();
    if fate != 0 {
        let publication = publication(&id, &revision.id);
        tx.publish(&publication, &note(), today()).await.unwrap();
    }
    if fate == 1 {
        let why = Withdrawal {
            reason: "sai số".to_owned(),
            successor: None,
            at: Instant(9),
        };
        tx.withdraw(&entry(&id), &why, "withdrawn").await.unwrap();
    }
    if fate == 2 {
        tx.delete_entry(&entry(&id), Instant(9)).await.unwrap();
    }
    tx.commit().await.unwrap();
    Known {
        id: entry(&id),
        site: site(on),
        published: fate > 2,
        row: index::row(&note(), &revision.body, today()),
    }
}

fn filter(chance: &mut Chance) -> Option<Filter> {
    let collection = note();
    let name = *chance.pick(&INDEXES);
    let mut value = || match name {
        "code" => (*chance.pick(&CODES)).to_owned(),
        "subject" if chance.one_in(6) => long_text(),
        "subject" | "tags" => (*chance.pick(&TEXTS)).to_owned(),
        "written_on" => (*chance.pick(&DAYS)).to_owned(),
        "year" => chance.pick(&["2014", "2019", "2020", "1999"]).to_string(),
        "state" => (*chance.pick(&STATES)).to_owned(),
        _ => (i64::try_from(chance.below(7)).unwrap() - 3).to_string(),
    };
    let given = [value(), value(), value()];
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let ordered = matches!(name, "written_on" | "year" | "size");
    let made = match chance.below(if ordered { 4 } else { 2 }) {
        0 => Filter::any_of(&collection, name, &given[..1]),
        1 => Filter::any_of(&collection, name, &given[..chance.below(4)]),
        2 => Filter::from(&collection, name, given[0]),
        _ => Filter::to(&collection, name, given[0]),
    };
    made.ok()
}

fn question(chance: &mut Chance, known: &[Known]) -> (Scope, Query) {
    let sites: Vec<&str> = SITES.into_iter().filter(|_| !chance.one_in(3)).collect();
    // One clause, one for each site, or none; another collection's clause adds nothing.
    let mut scope = match chance.below(3) {
        _ if sites.is_empty() => Scope::default(),
        0 => Scope {
            any: sites.iter().flat_map(|id| scope(&[*id]).any).collect(),
        },
        _ => scope(&sites),
    };
    if chance.one_in(3) {
        scope = widened(scope);
    }
    if chance.one_in(2) {
        scope.any.push(Clause {
            collection: CollectionId::parse("town-notes/other").unwrap(),
            sites: SITES.iter().map(|id| site(id)).collect(),
            face: Face::Published,
        });
    }
    let sorts = ["code", "subject", "written_on", "year", "state", "size"];
    let direction = *chance.pick(&["", "-"]);
    let sort = format!("{direction}{}", chance.pick(&sorts));
    let count = chance.below(3);
    let among = chance.one_in(4).then(|| {
        let some = known.iter().filter(|_| chance.one_in(2));
        let mut some: Vec<EntryId> = some.map(|it| it.id.clone()).collect();
        some.reverse();
        if chance.one_in(2) {
            Among::Ranked(some)
        } else {
            Among::Sorted(some)
        }
    });
    let query = Query {
        among,
        filters: (0..count).filter_map(|_| filter(chance)).collect(),
        sort: Sort::parse(&note(), &sort).unwrap(),
        page: u32::try_from(1 + chance.below(4)).unwrap(),
        per_page: *chance.pick(&[1, 3, 10, 100]),
    };
    (scope, query)
}

fn visible(scope: &Scope, known: &[Known]) -> Vec<(EntryId, IndexRow)> {
    let allowed = known.iter().filter(|it| {
        scope.allows(Subject {
            site: &it.site,
            collection: &note_id(),
            published: it.published,
            deleted: false,
            author: None,
        })
    });
    allowed.map(|it| (it.id.clone(), it.row.clone())).collect()
}

fn key_and_shown(value: &IndexValue) -> (String, String) {
    match value {
        IndexValue::Text { key, shown, .. } => (bounded(key), shown.clone()),
        IndexValue::Integer(number) => (number.to_string(), number.to_string()),
    }
}

fn counted(query: &Query, index: &str, rows: &[(EntryId, IndexRow)]) -> Vec<Count> {
    let mut all = query.clone();
    all.filters.retain(|filter| filter.index != index);
    (all.page, all.per_page) = (1, u32::MAX);
    let (ids, _) = answer(&all, rows);
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (_, row) in rows.iter().filter(|(id, _)| ids.contains(id)) {
        for (key, shown) in row.get(index).iter().map(key_and_shown) {
            let count = counts.entry(key.clone()).or_insert_with(|| Count {
                key,
                shown: shown.clone(),
                count: 0,
            });
            count.count += 1;
            count.shown = shown.min(count.shown.clone());
        }
    }
    let mut counts: Vec<Count> = counts.into_values().collect();
    if matches!(index, "year" | "size") {
        counts.sort_by_key(|it| it.key.parse::<i64>().unwrap());
    }
    counts.sort_by_key(|it| std::cmp::Reverse(it.count));
    counts
}

/// Reads on from a place that some row had, and then from where each stretch ends, to the end.
async fn walk(
    store: &Store,
    chance: &mut Chance,
    scope: &Scope,
    query: &Query,
    rows: &[(EntryId, IndexRow)],
) {
    let start = (!rows.is_empty() && chance.one_in(2)).then(|| chance.pick(rows));
    let mut place = start.map(|(id, row)| Place::behind(&query.sort, row, id));
    let wanted = after(query, rows, place.as_ref(), rows.len());
    let all = (place.as_ref(), u32::try_from(rows.len() + 1).unwrap());
    let read = store
        .ids_after(scope, &note_id(), &note(), query, all)
        .await;
    assert_eq!(
        read.unwrap(),
        (wanted.clone(), None),
        "seed {SEED}: {query:?}"
    );
    let limit = *chance.pick(&[1, 2, 7, 50]);
    let mut got = Vec::new();
    loop {
        let read = (place.as_ref(), limit);
        let stretch = store.after(scope, &note_id(), &note(), query, read).await;
        let stretch = stretch.unwrap_or_else(|error| panic!("seed {SEED}: {error}: {query:?}"));
        assert!(stretch.entries.len() <= limit as usize);
        got.extend(stretch.entries.into_iter().map(|it| it.headline.id));
        assert!(
            got.len() <= rows.len(),
            "seed {SEED}: it has no end: {query:?}"
        );
        place = stretch.next;
        if place.is_none() {
            break;
        }
    }
    assert_eq!(got, wanted, "seed {SEED}: {limit} at once: {query:?}");
    let total = store
        .total(scope, &note_id(), &note(), query)
        .await
        .unwrap();
    assert_eq!(total, answer(query, rows).1, "seed {SEED}: {query:?}");
}

async fn ask_everything(store: &Store, chance: &mut Chance, known: &[Known]) {
    let mut found = 0;
    for _ in 0..QUESTIONS {
        let (scope, query) = question(chance, known);
        let rows = visible(&scope, known);
        let (ids, total) = answer(&query, &rows);
        let page = store.list(&scope, &note_id(), &note(), &query).await;
        let page = page.unwrap_or_else(|error| panic!("seed {SEED}: {error}: {query:?}"));
        let got: Vec<EntryId> = page
            .entries
            .iter()
            .map(|it| it.headline.id.clone())
            .collect();
        assert_eq!((&got, page.total), (&ids, total), "seed {SEED}: {query:?}");
        for summary in &page.entries {
            let (_, row) = rows
                .iter()
                .find(|(id, _)| *id == summary.headline.id)
                .unwrap();
            for (name, values) in &row.values {
                let got = summary.row.get(name).iter().map(key_and_shown);
                let wanted = values.iter().map(key_and_shown);
                let got: Vec<String> = got.map(|(_, shown)| shown).collect();
                let wanted: Vec<String> = wanted.map(|(_, shown)| shown).collect();
                assert_eq!(got, wanted, "seed {SEED}: {name}");
            }
            assert_eq!(summary.row.stale_on, row.stale_on, "seed {SEED}");
        }
        found += got.len();
        walk(store, chance, &scope, &query, &rows).await;
        let all: Vec<EntryId> = known.iter().map(|it| it.id.clone()).collect();
        let seen = store.headlines(&scope, &all).await.unwrap();
        let seen: Vec<&EntryId> = seen.iter().map(|it| &it.id).collect();
        let allowed: Vec<&EntryId> = rows.iter().map(|(id, _)| id).collect();
        assert_eq!(seen, allowed, "seed {SEED}: {scope:?}");
        let index = *chance.pick(&INDEXES);
        let counts = store
            .counts(&scope, &note_id(), &note(), &query, index)
            .await;
        let wanted = counted(&query, index, &rows);
        assert!(wanted.len() < MAX_COUNTS as usize);
        assert_eq!(counts.unwrap(), wanted, "seed {SEED}: {index} {query:?}");
    }
    assert!(
        found > QUESTIONS,
        "the questions find too little to prove anything: {found}"
    );
}

#[tokio::test]
async fn every_question_has_the_same_answer_as_in_memory() {
    on_each(async |store, _| {
        settle(&store).await;
        let mut chance = Chance(SEED);
        let mut known = Vec::new();
        for at in 1..=ENTRIES {
            known.push(make(&store, &mut chance, at).await);
        }
        ask_everything(&store, &mut chance, &known).await;
        let rebuilt = store.rebuild_index(&note_id(), &note(), today()).await;
        let public = known.iter().filter(|it| it.published).count();
        assert_eq!(
            rebuilt.unwrap(),
            crate::IndexBuild::Built {
                rows: public as u64
            }
        );
        ask_everything(&store, &mut chance, &known).await;
    })
    .await;
}
