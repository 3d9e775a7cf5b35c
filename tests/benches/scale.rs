//! Fills a database that has the demo to the size that the figures at scale are asked at, signs one person of
//! each kind in, and measures what a permission check costs there. `make bench CASES=scale` runs it, and asks
//! the portal for pages afterwards.
//!
//! ```text
//! BENCH_DATABASE=sqlite://… BENCH_JSON=scale.json cargo bench --workspace --bench scale
//! BENCH_SITES=996 BENCH_ENTRIES=200 BENCH_ONLY=500 BENCH_FILLED=1  (all optional)
//! ```

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that fails should say where"
)]

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{AccountId, CollectionId, OrganisationId, SiteId};
use dinh_domain::people::{Right, Staff};
use dinh_domain::site::Directory;
use dinh_domain::visibility::{Subject, work_on};
use dinh_store::{AccountFilter, Session, Store, StoreOptions};
use dinh_tests::COLLECTION;
use dinh_tests::scale::{Scale, commune, declarations, person};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The commune that is looked at closely.
const COMMUNE: usize = 500;
/// Who looks: name of the row, commune, place of their role.
const PEOPLE: [(&str, Option<usize>, usize); 5] = [
    ("officer", Some(COMMUNE), 1),
    ("unit head", Some(COMMUNE), 0),
    ("site administrator", Some(COMMUNE), 3),
    ("Board", None, 1),
    ("super administrator", None, 0),
];
/// How long a session lasts here without a sign of life.
const SIGNED_IN_MS: i64 = 3 * 3_600_000;
/// Checks of each person.
const CHECKS: u32 = 50_000;

#[tokio::main]
async fn main() {
    let given = |name: &str| std::env::var(name).ok();
    let number = |name: &str, default| given(name).map_or(default, |it| it.parse().unwrap());
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let at = Instant(i64::try_from(since.unwrap().as_millis()).unwrap());
    let scale = Scale {
        sites: number("BENCH_SITES", 996),
        entries: number("BENCH_ENTRIES", 200),
        at,
        only: given("BENCH_ONLY").map(|it| it.parse().unwrap()),
    };
    let url = given("BENCH_DATABASE").unwrap();
    let store = Store::open(&StoreOptions::new(&url)).await.unwrap();
    let began = std::time::Instant::now();
    if given("BENCH_FILLED").is_none() {
        scale.fill(&store).await;
    }
    let fill_s = began.elapsed().as_secs_f64();
    let directory = directory(&store).await;
    let mut people = Vec::new();
    for (name, at_commune, place) in PEOPLE {
        let account = person(at_commune, place);
        let token = sign_in(&store, &account, at).await;
        let given = store.grants_of(&account).await.unwrap();
        let grants = given.into_iter().map(|it| it.grant).collect();
        let staff = Staff::new(account, grants);
        let check = check(&staff, &directory);
        let micros = check.as_secs_f64() * 1e6;
        people.push(json!({ "name": name, "token": token, "check_us": micros }));
    }
    let everybody = AccountFilter {
        or_free: true,
        ..AccountFilter::default()
    };
    let told = json!({
        "commune": commune(COMMUNE),
        "fill_s": fill_s,
        "organisations": directory.organisations.len(),
        "sites": directory.sites.len(),
        "entries": if scale.only.is_some() { 1 } else { scale.sites } * scale.entries,
        "people": people,
        "accounts": store.count_accounts(&everybody).await.unwrap(),
    });
    store.close().await;
    report(&told);
}

fn report(told: &Value) {
    println!("{told:#}");
    if let Ok(place) = std::env::var("BENCH_JSON") {
        std::fs::write(place, told.to_string()).unwrap();
    }
}

async fn directory(store: &Store) -> Directory {
    let stored = store.directory().await.unwrap().directory;
    let declared = declarations();
    let ids = declared.iter().flat_map(|it| {
        let names = it.collections.keys();
        names.map(|name| CollectionId::parse(&format!("{}/{name}", it.manifest.id)).unwrap())
    });
    stored.declaring(ids.collect())
}

/// A session whose token follows from the name.
async fn sign_in(store: &Store, account: &AccountId, at: Instant) -> String {
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|it| format!("{it:02x}")).collect() };
    let token = hex(&Sha256::digest(format!("{account} {}", at.0)));
    let hash = hex(&Sha256::digest(token.as_bytes()));
    let later = Instant(at.0 + SIGNED_IN_MS);
    let session = Session {
        id: String::new(),
        account: account.clone(),
        made_at: at,
        seen_at: later,
        expires_at: later,
        agent: "bench".to_owned(),
        address: "127.0.0.1".to_owned(),
    };
    let mut tx = store.begin_write().await.unwrap();
    tx.begin_session(&hash, &session).await.unwrap();
    tx.commit().await.unwrap();
    token
}

/// What it takes to decide whether somebody sees an entry on the desk, and whether they may approve it: on
/// entries of all sites in turn.
fn check(staff: &Staff, directory: &Directory) -> Duration {
    let collection = CollectionId::parse(COLLECTION).unwrap();
    let sites: Vec<(&SiteId, &OrganisationId)> = directory
        .sites
        .iter()
        .map(|it| (&it.id, &it.organisation))
        .collect();
    let began = std::time::Instant::now();
    for number in 0..CHECKS as usize {
        let (site, organisation) = sites[number * 7 % sites.len()];
        let subject = Subject {
            site,
            collection: &collection,
            published: false,
            deleted: false,
            author: None,
        };
        let sees = work_on(staff, directory, site).allows(subject);
        let may = staff.may(Right::Publish, directory, organisation, None);
        black_box((sees, may));
    }
    began.elapsed() / CHECKS
}
