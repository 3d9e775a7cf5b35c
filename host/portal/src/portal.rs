//! The portal itself: its parts and what they share.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, RwLock};

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::PluginId;
use dinh_domain::site::Directory;
use dinh_files::{Reader, Shelf};
use dinh_runtime::Engine;
use dinh_search::Index;
use dinh_store::{IndexBuild, PluginStanding, PluginState, Store};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::plugins::Plugins;

/// The time. Tests and the demo bring their own.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What a portal is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The search index of this node.
    pub index: Arc<Index>,
    /// Runs plugins.
    pub engine: Engine,
    /// The plugins.
    pub plugins: Plugins,
    /// Attached files.
    pub shelf: Shelf,
    /// Reads their texts.
    pub reader: Reader,
    /// The time.
    pub clock: Clock,
}

/// A portal: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    parts: Parts,
    /// The directory as it was at a number of the change log.
    directory: RwLock<Option<(i64, Arc<Directory>)>>,
    /// Plugins that an operator has parked.
    parked: Mutex<BTreeSet<PluginId>>,
    /// Held while changes are brought into the search index.
    pub(crate) indexing: tokio::sync::Mutex<()>,
    /// Held while attached files are read that nobody waited for.
    reading: tokio::sync::Mutex<()>,
    /// Told when there are such files.
    unread: tokio::sync::Notify,
}

/// Whether the portal can answer.
#[derive(Debug)]
pub struct Readiness {
    /// It can.
    pub ready: bool,
    /// What was looked at, for operators.
    pub detail: Value,
}

impl Portal {
    /// Opens a portal: builds what indexes are missing, brings the search index up to date and
    /// parks what was parked.
    pub async fn open(parts: Parts) -> Result<Self, Failure> {
        let portal = Self(Arc::new(Inner {
            parts,
            directory: RwLock::new(None),
            parked: Mutex::new(BTreeSet::new()),
            indexing: tokio::sync::Mutex::new(()),
            reading: tokio::sync::Mutex::new(()),
            unread: tokio::sync::Notify::new(),
        }));
        let today = portal.now().date_in(&Zone::default());
        for id in portal.plugins().collections() {
            let Some((_, collection)) = portal.plugins().collection(&id) else {
                continue;
            };
            if let IndexBuild::Built { rows } =
                portal.store().ensure_index(&id, collection, today).await?
            {
                tracing::info!(collection = %id, rows, "index tables built");
            }
        }
        portal.directory().await?;
        portal.bind_index().await?;
        portal.catch_up().await?;
        Ok(portal)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.parts.store
    }

    pub(crate) fn index(&self) -> &Arc<Index> {
        &self.0.parts.index
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.0.parts.engine
    }

    /// The plugins of this portal.
    pub fn plugins(&self) -> &Plugins {
        &self.0.parts.plugins
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.0.parts.shelf
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.0.parts.reader
    }

    pub(crate) fn reading(&self) -> &tokio::sync::Mutex<()> {
        &self.0.reading
    }

    pub(crate) fn unread(&self) -> &tokio::sync::Notify {
        &self.0.unread
    }

    pub(crate) fn indexing(&self) -> &tokio::sync::Mutex<()> {
        &self.0.indexing
    }

    /// The time.
    pub fn now(&self) -> Instant {
        (self.0.parts.clock)()
    }

    /// Organisations, sites and modules as of the last change; read anew only after a change.
    pub(crate) async fn directory(&self) -> Result<Arc<Directory>, Failure> {
        let number = self.store().last_change_number().await?;
        let known = self.0.directory.read().ok().and_then(|known| known.clone());
        if let Some((at, directory)) = known
            && at == number
        {
            return Ok(directory);
        }
        let stored = self.store().directory().await?;
        self.follow_standings(&stored.plugins);
        let mut directory = stored.directory;
        directory.collections = self.plugins().collections();
        let directory = Arc::new(directory);
        if let Ok(mut known) = self.0.directory.write() {
            *known = Some((number, directory.clone()));
        }
        Ok(directory)
    }

    /// Parks and unparks what an operator parked or unparked, here or on another node. What the
    /// breaker parked by itself stays as it is.
    fn follow_standings(&self, standings: &[PluginState]) {
        let Ok(mut parked) = self.0.parked.lock() else {
            return;
        };
        let now: BTreeSet<PluginId> = standings
            .iter()
            .filter(|it| it.state == PluginStanding::Parked)
            .map(|it| it.plugin.clone())
            .collect();
        for plugin in now.difference(&parked) {
            self.engine().breaker().park_plugin(plugin.as_str());
        }
        for plugin in parked.difference(&now) {
            self.engine().breaker().unpark_plugin(plugin.as_str());
        }
        *parked = now;
    }

    /// Whether the database answers and the search index keeps up.
    pub async fn readiness(&self) -> Readiness {
        let last = self.store().last_change_number().await;
        let indexed = self.index().number();
        let health = self.engine().health();
        let behind = last.as_ref().map_or(0, |last| last - indexed);
        Readiness {
            ready: last.is_ok(),
            detail: json!({
                "database": self.store().database_name(),
                "database_answers": last.is_ok(),
                "changes_not_yet_indexed": behind,
                "plugin_slots": health.slots,
                "plugin_slots_in_use": health.in_use,
                "plugin_allocator": format!("{:?}", health.allocator),
            }),
        }
    }
}

impl From<dinh_store::StoreError> for Failure {
    fn from(error: dinh_store::StoreError) -> Self {
        if error.is_busy() || matches!(error, dinh_store::StoreError::IndexNotReady { .. }) {
            Self::Unavailable {
                cause: error.to_string(),
            }
        } else {
            Self::internal(error)
        }
    }
}
