//! A database for each portal, gone with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use dinh_store::sqlite_url;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Column, Connection, Row, raw_sql};

/// Names a superuser of a PostgreSQL cluster.
const SERVER: &str = "DINH_TEST_DATABASE_URL";
/// How every database of ours begins; the number of the process follows.
const PREFIX: &str = "dinh_test";

/// The cluster, if these tests run on PostgreSQL.
pub(crate) fn server() -> Option<String> {
    std::env::var(SERVER).ok().filter(|url| !url.is_empty())
}

/// A database that lives as long as this value.
#[derive(Debug)]
pub struct Database {
    url: String,
    /// Cluster and name, on PostgreSQL; a SQLite file goes with its folder.
    to_drop: Option<(String, String)>,
}

impl Database {
    /// An empty one; on SQLite in a folder.
    pub async fn new(folder: &Path) -> Self {
        Self::made(folder, None).await
    }

    /// An empty SQLite file, whatever the other portals have.
    pub(crate) fn sqlite(folder: &Path) -> Self {
        let url = sqlite_url(&folder.join("dinh.sqlite"));
        Self { url, to_drop: None }
    }

    /// A copy of another one; on SQLite the file in the folder is already one.
    pub(crate) async fn copy_of(folder: &Path, original: &Self) -> Self {
        Self::made(
            folder,
            original.to_drop.as_ref().map(|(_, name)| name.as_str()),
        )
        .await
    }

    async fn made(folder: &Path, original: Option<&str>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let Some(server) = server() else {
            let url = sqlite_url(&folder.join("dinh.sqlite"));
            return Self { url, to_drop: None };
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}_{}_{number}", std::process::id());
        let like = original
            .map(|it| format!(" template {it}"))
            .unwrap_or_default();
        run(&server, &format!("create database {name}{like}")).await;
        let url = renamed(&server, &name);
        Self {
            url,
            to_drop: Some((server, name)),
        }
    }

    /// The same database for another node; it is dropped with this value and not with that one.
    pub(crate) fn shared(&self) -> Self {
        let url = self.url.clone();
        Self { url, to_drop: None }
    }

    /// Whether it is PostgreSQL. Several nodes need that; where it is not, a test says so and ends.
    pub fn is_shared_by_nodes(&self) -> bool {
        let is_postgres = server().is_some();
        if !is_postgres {
            eprintln!("SKIPPED: several nodes need PostgreSQL; these tests run on SQLite");
        }
        is_postgres
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What a query finds, a line for each row: all columns but `entry_id`, which differs from one
    /// portal to the next.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        let mut on = connect(&self.url).await;
        let rows = sqlx::query(AssertSqlSafe(query.to_owned()))
            .fetch_all(&mut on)
            .await;
        let rows = rows.unwrap_or_else(|error| panic!("{query}: {error}"));
        on.close().await.unwrap();
        let line = |row: &AnyRow| {
            let columns = row.columns().iter().map(Column::name);
            let columns = columns.filter(|name| *name != "entry_id");
            let values = columns.map(|name| {
                let text: Result<Option<String>, _> = row.try_get(name);
                let value = text.or_else(|_| {
                    let number: Option<i64> = row.try_get(name)?;
                    Ok::<_, sqlx::Error>(number.map(|it| it.to_string()))
                });
                value.unwrap().unwrap_or_else(|| "-".to_owned())
            });
            values.collect::<Vec<_>>().join(" | ")
        };
        rows.iter().map(line).collect()
    }

    /// Every table with its rows, in an order of their own.
    pub async fn everything(&self) -> BTreeMap<String, Vec<String>> {
        let list = match self.url.starts_with("sqlite") {
            true => "select name from sqlite_master where type = 'table' order by name",
            false => {
                "select tablename::text as name from pg_catalog.pg_tables where schemaname = current_schema()"
            }
        };
        let mut all = BTreeMap::new();
        for table in self.lines(list).await {
            // `lines` leaves a column of that name out.
            let has_entry = match self.url.starts_with("sqlite") {
                true => {
                    format!("select name from pragma_table_info('{table}') where name = 'entry_id'")
                }
                false => format!(
                    "select column_name::text as name from information_schema.columns where table_name = '{table}' and column_name = 'entry_id'"
                ),
            };
            let more = match self.lines(&has_entry).await.is_empty() {
                true => "",
                false => "t.entry_id as of_entry, ",
            };
            let mut rows = self
                .lines(&format!("select {more}t.* from {table} t"))
                .await;
            rows.sort();
            all.insert(table, rows);
        }
        all
    }

    /// Runs a statement on it.
    pub async fn run(&self, statement: &str) {
        run(&self.url, statement).await;
    }
}

/// The database while nobody else publishes or, on SQLite, writes.
pub struct Held(AnyConnection);

impl Database {
    /// Lets nobody publish before [`Held::go_on_after`], which first does what somebody else does meanwhile.
    pub async fn hold(&self) -> Held {
        let mut on = connect(&self.url).await;
        let hold = match self.url.starts_with("sqlite") {
            true => "begin immediate",
            false => "begin; select value from counter where name = 'publishing' for update",
        };
        raw_sql(hold).execute(&mut on).await.unwrap();
        Held(on)
    }
}

impl Held {
    /// Runs a statement and lets others go on.
    pub async fn go_on_after(mut self, statement: &str) {
        let ends = AssertSqlSafe(format!("{statement}; commit"));
        let done = raw_sql(ends).execute(&mut self.0).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        self.0.close().await.unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((server, name)) = self.to_drop.take() else {
            return;
        };
        // Not on the test's own runtime: it may be ending.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(run(
                &server,
                &format!("drop database if exists {name} with (force)"),
            ));
        });
        if dropped.join().is_err() {
            eprintln!("a database of a test is left behind");
        }
    }
}

/// Drops what tests that were killed have left on the cluster.
pub(crate) async fn sweep() {
    let Some(server) = server() else {
        return;
    };
    let mut on = connect(&server).await;
    let left = format!(
        "select datname::text as name from pg_database where datname like '{PREFIX}!_%' escape '!'"
    );
    let rows = raw_sql(AssertSqlSafe(left))
        .fetch_all(&mut on)
        .await
        .unwrap();
    for row in rows {
        let name: String = row.get("name");
        let owner = name
            .split('_')
            .nth(2)
            .and_then(|text| text.parse::<u32>().ok());
        if owner.is_some_and(|pid| !is_running(pid)) {
            run(
                &server,
                &format!("drop database if exists {name} with (force)"),
            )
            .await;
        }
    }
    on.close().await.unwrap();
}

/// Whether a process of that number runs.
pub(crate) fn is_running(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}

async fn run(url: &str, statement: &str) {
    let mut on = connect(url).await;
    let done = raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut on)
        .await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    on.close().await.unwrap();
}

async fn connect(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url)
        .await
        .unwrap_or_else(|error| panic!("{url}: {error}"))
}

/// The address with another database's name.
fn renamed(url: &str, name: &str) -> String {
    let (address, options) = url
        .split_once('?')
        .map_or((url, None), |(a, o)| (a, Some(o)));
    let (server, _) = address.rsplit_once('/').unwrap();
    let options = options
        .map(|options| format!("?{options}"))
        .unwrap_or_default();
    format!("{server}/{name}{options}")
}
