//! The portal itself: its parts and what they share.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::PluginId;
use dinh_domain::site::Directory;
use dinh_files::{Reader, Shelf};
use dinh_runtime::Engine;
use dinh_search::Index;
use dinh_store::{IndexBuild, Listening, PluginStanding, PluginState, Store};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::follow::Followed;
use crate::freshness::Generations;
use crate::plugins::Plugins;
use crate::visit::Visit;

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
    /// The directory as it was at a step of the generations.
    directory: RwLock<Option<(u64, Arc<Directory>)>>,
    /// What this node knows to have changed since it started.
    generations: Arc<Generations>,
    /// How far it has followed the change log.
    followed: Followed,
    /// Plugins that an operator has parked.
    parked: Mutex<BTreeSet<PluginId>>,
    /// Held while changes are brought into the search index.
    pub(crate) indexing: tokio::sync::Mutex<()>,
    /// Whether the search index is made anew: what it held before is searched meanwhile.
    pub(crate) rebuilding: AtomicBool,
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
        let number = parts.store.last_change_number().await?;
        let followed = Followed::from(number, (parts.clock)());
        let portal = Self(Arc::new(Inner {
            parts,
            directory: RwLock::new(None),
            generations: Arc::default(),
            followed,
            parked: Mutex::new(BTreeSet::new()),
            indexing: tokio::sync::Mutex::new(()),
            rebuilding: AtomicBool::new(false),
            reading: tokio::sync::Mutex::new(()),
            unread: tokio::sync::Notify::new(),
        }));
        portal
            .own_index()
            .use_words(&portal.plugins().search_words());
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
        portal.record_publications().await?;
        portal.directory().await?;
        portal.bind_index().await?;
        portal.catch_up().await?;
        Ok(portal)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.parts.store
    }

    /// The search index, for an answer to a visit: it is old when the index goes on.
    pub(crate) fn index_for(&self, visit: &Visit) -> &Arc<Index> {
        visit.reads.search_index();
        &self.0.parts.index
    }

    /// The search index, for keeping it.
    pub(crate) fn own_index(&self) -> &Arc<Index> {
        &self.0.parts.index
    }

    /// The last change that the search index knows of.
    pub(crate) fn index_number(&self) -> i64 {
        self.0.parts.index.number()
    }

    pub(crate) fn generations(&self) -> &Arc<Generations> {
        &self.0.generations
    }

    pub(crate) fn followed(&self) -> &Followed {
        &self.0.followed
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
        self.confirmed(self.now()).await?;
        let since = self.generations().latest();
        if let Some(directory) = self.known_directory() {
            return Ok(directory);
        }
        let stored = self.store().directory().await?;
        let mut directory = stored.directory;
        directory.collections = self.plugins().collections();
        let directory = Arc::new(directory);
        if let Ok(mut known) = self.0.directory.write()
            && known.as_ref().is_none_or(|(at, _)| *at <= since)
        {
            self.follow_standings(&stored.plugins);
            *known = Some((since, directory.clone()));
        }
        Ok(directory)
    }

    /// Reads the directory, so that the portal can say without waiting what there is.
    pub async fn look_around(&self) -> Result<(), Failure> {
        self.directory().await.map(drop)
    }

    /// The directory, if it was read since it last changed.
    pub(crate) fn known_directory(&self) -> Option<Arc<Directory>> {
        let known = self.0.directory.read().ok()?;
        let (at, directory) = known.as_ref()?;
        self.generations()
            .stands(*at, &[])
            .then(|| directory.clone())
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

    pub(crate) fn rebuilding(&self) -> &AtomicBool {
        &self.0.rebuilding
    }

    /// Whether the database answers, is of a schema that this program knows, and the search index
    /// is not being made anew.
    pub async fn readiness(&self) -> Readiness {
        let last = self.store().last_change_number().await;
        let indexed = self.index_number();
        let health = self.engine().health();
        let behind = last.as_ref().map_or(0, |last| last - indexed);
        let schema_is_usable =
            last.is_ok() && self.store().schema_is_usable().await.unwrap_or(false);
        let rebuilding = self.rebuilding().load(Ordering::Relaxed);
        let listening = match self.store().listening() {
            Listening::NotNeeded => "not needed",
            Listening::Yes => "yes",
            Listening::No => "no",
        };
        Readiness {
            ready: last.is_ok() && schema_is_usable && !rebuilding,
            detail: json!({
                "database": self.store().database_name(),
                "database_answers": last.is_ok(),
                "schema_is_usable": schema_is_usable,
                "changes_not_yet_indexed": behind,
                "rebuilding_index": rebuilding,
                "listening": listening,
                "plugin_slots": health.slots,
                "plugin_slots_in_use": health.in_use,
                "plugin_slots_waited": health.waited,
                "plugin_slots_refused": health.refused,
                "plugin_allocator": format!("{:?}", health.allocator),
            }),
        }
    }
}

impl From<dinh_files::FileError> for Failure {
    fn from(error: dinh_files::FileError) -> Self {
        match error {
            dinh_files::FileError::Full(path) => Self::NoSpace {
                what: format!("the file {}", path.display()),
            },
            error if error.is_away() => Self::Unavailable {
                cause: error.to_string(),
            },
            error => Self::internal(error),
        }
    }
}

impl From<dinh_search::SearchError> for Failure {
    fn from(error: dinh_search::SearchError) -> Self {
        match error {
            dinh_search::SearchError::Full { path } => Self::NoSpace {
                what: format!("the search index in {}", path.display()),
            },
            error => Self::internal(error),
        }
    }
}

impl From<dinh_store::StoreError> for Failure {
    fn from(error: dinh_store::StoreError) -> Self {
        if error.is_full() {
            tracing::error!(%error, "the database cannot grow");
            Self::NoSpace {
                what: "the database".to_owned(),
            }
        } else if error.is_busy() || matches!(error, dinh_store::StoreError::IndexNotReady { .. }) {
            Self::Unavailable {
                cause: error.to_string(),
            }
        } else {
            Self::internal(error)
        }
    }
}
