//! A database of its own for each test, a small plugin, and builders.

use std::panic::AssertUnwindSafe;

use dinh_domain::dates::{Instant, LocalDate, LocalTime};
use dinh_domain::declaration::{Collection, Declaration, PluginFiles};
use dinh_domain::ids::{CollectionId, EntryId, OrganisationId, RevisionId, SiteId, Slug};
use dinh_domain::query::{Filter, Query, Sort};
use dinh_domain::site::{Contact, Organisation, Site, SiteState};
use dinh_domain::visibility::{Clause, Face, Scope};
use futures_util::FutureExt;
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, raw_sql};

use crate::{NewEntry, NewRevision, Publication, Store, StoreOptions, new_revision_id, sqlite_url};

/// Address of any database of a PostgreSQL cluster, of a role that may make databases.
const POSTGRES: &str = "DINH_TEST_DATABASE_URL";

/// Runs a test on a new SQLite database and, if [`POSTGRES`] is set, on a new one there. The
/// second argument is the address, to open it once more.
pub(crate) async fn on_each(test: impl AsyncFn(Store, StoreOptions)) {
    let folder = tempfile::tempdir().unwrap();
    let options = StoreOptions::new(sqlite_url(&folder.path().join("dinh.db")));
    test(Store::open(&options).await.unwrap(), options).await;
    let Ok(admin) = std::env::var(POSTGRES) else {
        return;
    };
    let name = format!("dinh_test_{}", uuid::Uuid::now_v7().simple());
    administer(
        &admin,
        &format!("create database {name} template template0"),
    )
    .await;
    let mut options = StoreOptions::new(sibling(&admin, &name));
    options.connections = 4;
    let store = Store::open(&options).await.unwrap();
    let ran = AssertUnwindSafe(test(store.clone(), options))
        .catch_unwind()
        .await;
    store.close().await;
    administer(&admin, &format!("drop database {name} with (force)")).await;
    if let Err(panic) = ran {
        std::panic::resume_unwind(panic);
    }
}

async fn administer(admin: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut on = AnyConnection::connect(admin).await.unwrap();
    let statement = AssertSqlSafe(statement.to_owned());
    raw_sql(statement).execute(&mut on).await.unwrap();
    on.close().await.unwrap();
}

fn sibling(admin: &str, name: &str) -> String {
    let (address, parameters) = admin.split_once('?').unwrap_or((admin, ""));
    let (server, _) = address.rsplit_once('/').unwrap();
    format!("{server}/{name}?{parameters}")
}

const MANIFEST: &str = r#"
id = "town-notes"
version = "1.0.0"
contract = "0.1"
name = "plugin.name"
description = "plugin.description"
clause = "Đ4.8"
mount = "ghi-chep"
[publisher]
name = "Town"
contact = "https://town.example"
security_contact = "security@town.example"
"#;

pub(crate) const NOTE: &str = r#"
label = "note.label"
plural = "note.plural"
unique = ["code", "written_on"]
[schema]
code = { kind = "code", label = "note.code" }
subject = { kind = "text", label = "note.subject" }
tags = { kind = "texts", label = "note.tags" }
written_on = { kind = "date", label = "note.written_on" }
ends_on = { kind = "date", label = "note.ends_on" }
size = { kind = "integer", label = "note.size" }
relations = { kind = "relations", list = "edges", label = "note.relations", target = "note", target_field = "code" }
files = { kind = "files", label = "note.files", media_types = ["application/pdf"] }
[schema.state]
kind = "choice"
list = "states"
label = "note.state"
default = "open"
by_date = [
    { when = ["open"], before = "written_on", then = "planned" },
    { when = ["open", "planned"], from = "ends_on", then = "over" },
]
[index]
code = { type = "code" }
subject = { type = "text" }
tags = { type = "texts" }
written_on = { type = "date" }
year = { type = "year", from = "written_on" }
state = { type = "choice" }
size = { type = "integer" }
[workflow]
id = "register"
[view]
title = "{code} {subject}"
summary = "subject"
slug = "{code}"
[view.list]
columns = ["code"]
filters = ["state"]
sorts = ["written_on"]
default_sort = "-written_on"
[view.detail]
facts = ["code"]
[search]
title = ["@title"]
"#;

const STATES: &str = r#"
value = [
    { id = "open", vi = "Đang mở", en = "Open" },
    { id = "planned", vi = "Dự kiến", en = "Planned" },
    { id = "over", vi = "Đã xong", en = "Over" },
]
"#;

const EDGES: &str = r#"
value = [
    { id = "amends", vi = "Sửa đổi", en = "Amends", inverse_vi = "Được sửa đổi bởi", inverse_en = "Amended by" },
]
"#;

/// The collection of a declaration such as [`NOTE`].
pub(crate) fn declared(note: &str) -> Collection {
    let files = [
        ("plugin.toml", MANIFEST),
        ("collections/note.toml", note),
        ("lists/states.toml", STATES),
        ("lists/edges.toml", EDGES),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let parsed = Declaration::parse(&PluginFiles::from(files));
    let declaration = parsed.unwrap_or_else(|faults| panic!("{faults:?}"));
    declaration.collections["note"].clone()
}

pub(crate) fn note() -> Collection {
    declared(NOTE)
}

pub(crate) fn note_id() -> CollectionId {
    CollectionId::parse("town-notes/note").unwrap()
}

pub(crate) fn site(id: &str) -> SiteId {
    SiteId::new(id).unwrap()
}

pub(crate) fn entry(id: &str) -> EntryId {
    EntryId::new(id).unwrap()
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

pub(crate) fn day(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap()
}

pub(crate) fn today() -> LocalTime {
    day("2020-06-15").into()
}

/// Published notes of some sites.
pub(crate) fn scope(sites: &[&str]) -> Scope {
    let clause = Clause {
        collection: note_id(),
        sites: sites.iter().map(|id| site(id)).collect(),
        face: Face::Published,
    };
    Scope { any: vec![clause] }
}

/// As many more sites as a statement takes in another way; nothing is on them.
pub(crate) fn more_sites() -> impl Iterator<Item = SiteId> {
    (0..60).map(|number| site(&format!("khong-co-{number}")))
}

/// The same with [`more_sites`].
pub(crate) fn widened(mut scope: Scope) -> Scope {
    for clause in &mut scope.any {
        clause.sites.extend(more_sites());
    }
    scope
}

pub(crate) fn query(filters: Vec<Filter>, sort: &str) -> Query {
    Query {
        among: None,
        filters,
        sort: Sort::parse(&note(), sort).unwrap(),
        page: 1,
        per_page: 100,
    }
}

/// The sites of the tests, and the index of notes.
pub(crate) const SITES: [&str; 3] = ["huyen", "xa-mot", "xa-hai"];

/// Adds the sites and builds the index.
pub(crate) async fn settle(store: &Store) {
    let mut tx = store.begin_write().await.unwrap();
    for id in SITES {
        let organisation = organisation(id);
        tx.put_organisation(&organisation).await.unwrap();
        tx.put_site(&a_site(id)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let built = store.ensure_index(&note_id(), &note(), today()).await;
    built.unwrap();
}

pub(crate) fn organisation(id: &str) -> Organisation {
    Organisation {
        id: OrganisationId::new(id).unwrap(),
        parent: (id != SITES[0]).then(|| OrganisationId::new(SITES[0]).unwrap()),
        kind: "commune".to_owned(),
        name: format!("Ủy ban nhân dân {id}"),
    }
}

pub(crate) fn a_site(id: &str) -> Site {
    Site {
        id: site(id),
        organisation: OrganisationId::new(id).unwrap(),
        name: format!("Cổng {id}"),
        upper_line: String::new(),
        introduction: "Đồng Sơn".to_owned(),
        state: SiteState::Live,
        host: format!("{id}.localhost"),
        aliases: vec![format!("www.{id}.localhost"), format!("a.{id}.localhost")],
        time_zone: "Asia/Ho_Chi_Minh".to_owned(),
        contact: Contact {
            phone: "0240".to_owned(),
            ..Contact::default()
        },
    }
}

pub(crate) fn new_entry(id: &str, on: &str) -> NewEntry {
    NewEntry {
        id: entry(id),
        site: site(on),
        collection: note_id(),
        slug: slug(id),
        language: "vi".to_owned(),
        translation_of: None,
        import_key: None,
        organisation: OrganisationId::new(on).unwrap(),
        created_at: Instant(1),
    }
}

pub(crate) fn revision(body: &Value) -> NewRevision {
    NewRevision {
        id: new_revision_id(),
        state: "draft".to_owned(),
        title: body["code"].as_str().unwrap_or("Không số").to_owned(),
        author: "Nguyễn Thị A".to_owned(),
        source: "UBND".to_owned(),
        lifted_gates: vec!["files".to_owned()],
        body: body.as_object().unwrap().clone(),
        files: Vec::new(),
        made_at: Instant(2),
        made_by: "system".to_owned(),
    }
}

pub(crate) fn publication(id: &str, revision: &RevisionId) -> Publication {
    Publication {
        entry: entry(id),
        revision: revision.clone(),
        state: "published".to_owned(),
        at: Instant(3),
        by: "system".to_owned(),
        clock_started_on: None,
    }
}

/// Makes a public note whose slug is its id.
pub(crate) async fn publish(store: &Store, id: &str, on: &str, body: Value) {
    let revision = revision(&body);
    let mut tx = store.begin_write().await.unwrap();
    tx.create_entry(&new_entry(id, on), &revision)
        .await
        .unwrap();
    tx.publish(&publication(id, &revision.id), &note(), today())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Gives a public note another public text.
pub(crate) async fn republish(store: &Store, id: &str, body: Value) {
    let revision = revision(&body);
    let mut tx = store.begin_write().await.unwrap();
    tx.add_revision(&entry(id), &revision).await.unwrap();
    tx.publish(&publication(id, &revision.id), &note(), today())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Ids of a list, in order.
pub(crate) async fn listed(store: &Store, sites: &[&str], query: &Query) -> Vec<String> {
    let page = store
        .list(&scope(sites), &note_id(), &note(), query)
        .await
        .unwrap();
    let ids = page.entries.iter().map(|it| it.headline.id.to_string());
    ids.collect()
}

/// A note with a code.
pub(crate) fn coded(code: &str) -> Value {
    json!({ "code": code })
}

/// A note with an edge to a code.
pub(crate) fn amending(code: &str, target: &str) -> Value {
    json!({ "code": code, "relations": [{ "kind": "amends", "target": target, "label": "" }] })
}
