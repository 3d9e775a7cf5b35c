//! Opening the data, and the connections to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::AnyConnection;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, ConnectOptions, Connection};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::dialect::{Dialect, Role};
use crate::error::StoreError;
use crate::index::Answering;
use crate::migration;
use crate::options::StoreOptions;
use crate::readers::{Kept, Reader};
use crate::signal::Signal;
use crate::sql::{Sql, damaged};
use crate::write::WriteTx;

/// The data of one portal. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: AnyPool,
    /// Those of SQLite; none where the pool itself hands them out.
    kept: Option<Arc<Kept>>,
    writers: AnyPool,
    dialect: Dialect,
    building: Arc<Mutex<()>>,
    /// Highest number of a change that this process has committed.
    committed: Arc<AtomicI64>,
    url: Arc<str>,
    signal: Arc<Signal>,
    answering: Arc<Answering>,
}

/// Keeps everybody else, on every node, from building tables until it is dropped.
#[derive(Debug)]
pub(crate) struct SchemaLock {
    _here: OwnedMutexGuard<()>,
    _everywhere: Option<PoolConnection<Any>>,
}

/// Snapshots of SQLite at once, beside the connections that read.
const SNAPSHOTS_MAX: u32 = 4;
/// On PostgreSQL a build holds one connection and writes with another.
const FEWEST_SHARED_CONNECTIONS: u32 = 2;

impl Store {
    /// Opens the data and brings it to this program's schema.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        Self::open_until(options, None).await
    }

    /// Opens the data and brings it no further than to a version of the schema: what was written at
    /// that version goes in there before it is brought forward.
    pub async fn open_at(options: &StoreOptions, version: i64) -> Result<Self, StoreError> {
        Self::open_until(options, Some(version)).await
    }

    async fn open_until(options: &StoreOptions, until: Option<i64>) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of_url(&options.url);
        let failed = |source| StoreError::opening(options.shown_url(), source);
        let address: AnyConnectOptions = options.url.parse().map_err(failed)?;
        let address = address.disable_statement_logging();
        // A pool hides why a connection fails behind its own timeout; a single one says it.
        let mut first = AnyConnection::connect_with(&address)
            .await
            .map_err(failed)?;
        dialect
            .set_up(&mut first, Role::Write, options)
            .await
            .map_err(failed)?;
        let migrated = migration::run(&mut first, dialect, until).await;
        let closed = first.close().await;
        migrated.map_err(|error| error.while_opening(options.shown_url()))?;
        closed.map_err(failed)?;
        let mut kept = None;
        let (writers, readers) = if dialect.writes_alone() {
            kept = Some(Arc::new(Kept::new(
                options.connections.max(1),
                options.wait,
            )));
            let connections = options.connections.max(1) + SNAPSHOTS_MAX;
            (
                pool(&address, dialect, Role::Write, options, 1),
                pool(&address, dialect, Role::Read, options, connections),
            )
        } else {
            let connections = options.connections.max(FEWEST_SHARED_CONNECTIONS);
            let shared = pool(&address, dialect, Role::Write, options, connections);
            (shared.clone(), shared)
        };
        let store = Self {
            readers,
            kept,
            writers,
            dialect,
            building: Arc::default(),
            committed: Arc::default(),
            url: options.url.as_str().into(),
            signal: Arc::default(),
            answering: Arc::default(),
        };
        store.ping().await?;
        Ok(store)
    }

    /// Ends all connections; what was committed stays.
    pub async fn close(&self) {
        if let Some(kept) = &self.kept {
            kept.close();
        }
        self.readers.close().await;
        self.writers.close().await;
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut on = self.reader().await?;
        Sql::new("select value from counter where name = 'change'")
            .optional(&mut on)
            .await?;
        Ok(())
    }

    /// `SQLite` or `PostgreSQL`.
    pub fn database_name(&self) -> &'static str {
        self.dialect.name()
    }

    /// Version of the schema in the data.
    pub async fn schema_version(&self) -> Result<i64, StoreError> {
        let mut on = self.reader().await?;
        migration::version(&mut on).await
    }

    /// Whether the schema in the data is one that this program works with: another node may have
    /// brought it further since this one was started.
    pub async fn schema_is_usable(&self) -> Result<bool, StoreError> {
        Ok(self.schema_version().await? <= migration::newest_usable())
    }

    /// Tells this database from every other: when its first table was made, in milliseconds.
    pub async fn identity(&self) -> Result<String, StoreError> {
        let mut on = self.reader().await?;
        migration::made_at(&mut on).await
    }

    /// Begins a transaction. Dropped without [`WriteTx::commit`], nothing of it remains.
    pub async fn begin_write(&self) -> Result<WriteTx, StoreError> {
        let tx = self.writers.begin_with(self.dialect.begin()).await?;
        Ok(WriteTx::new(tx, self.dialect, self.committed.clone()))
    }

    /// Highest number of a change that this process has committed since it opened the data; 0
    /// before the first. Known without asking the database: whoever keeps what it has read compares
    /// it with the number up to which he has followed.
    pub fn last_committed(&self) -> i64 {
        self.committed.load(Ordering::SeqCst)
    }

    /// Begins a transaction that changes what is public. There is one at a time on all nodes, so
    /// that what it finds (a free slug, no twin, who is meant by a number) still holds when it is
    /// committed; see ADR 0010.
    pub async fn begin_publishing(&self) -> Result<WriteTx, StoreError> {
        let mut tx = self.begin_write().await?;
        let dialect = tx.dialect();
        if !dialect.writes_alone() {
            dialect.wait_to_publish(tx.on()).await?;
            let lock = dialect.lock();
            let row = Sql::new(format!(
                "select value from counter where name = 'publishing'{lock}"
            ));
            let row = row.optional(tx.on()).await?;
            row.ok_or_else(|| damaged("counter.value", "there is no counter `publishing`"))?;
        }
        Ok(tx)
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn signal(&self) -> &Signal {
        &self.signal
    }

    pub(crate) fn answering(&self) -> &Answering {
        &self.answering
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(crate) async fn reader(&self) -> Result<Reader, StoreError> {
        match &self.kept {
            Some(kept) => kept.reader(&self.readers).await,
            None => Ok(Reader::Pooled(self.readers.acquire().await?)),
        }
    }

    pub(crate) async fn schema_lock(&self) -> Result<SchemaLock, StoreError> {
        let here = self.building.clone().lock_owned().await;
        let everywhere = if self.dialect.writes_alone() {
            None
        } else {
            let mut on = self.writers.acquire().await?;
            on.close_on_drop();
            self.dialect.lock_schema(&mut on).await?;
            Some(on)
        };
        Ok(SchemaLock {
            _here: here,
            _everywhere: everywhere,
        })
    }
}

fn pool(
    address: &AnyConnectOptions,
    dialect: Dialect,
    role: Role,
    options: &StoreOptions,
    connections: u32,
) -> AnyPool {
    let own = options.clone();
    AnyPoolOptions::new()
        .max_connections(connections.max(1))
        .acquire_timeout(options.wait)
        .test_before_acquire(!dialect.writes_alone())
        // SQLite ends a transaction by itself when its disk is full; what remains of it in the
        // driver would refuse the next one.
        .before_acquire(|connection, _| {
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
        .after_connect(move |connection, _| {
            let options = own.clone();
            Box::pin(async move { dialect.set_up(connection, role, &options).await })
        })
        .connect_lazy_with(address.clone())
}
