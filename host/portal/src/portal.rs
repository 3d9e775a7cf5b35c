//! The portal itself: its parts and what they share.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::ids::{PluginId, SiteId};
use dinh_domain::profile::Profile;
use dinh_domain::site::Directory;
use dinh_files::{Reader, Shelf};
use dinh_package::{PluginFolder, SealKeyFile};
use dinh_runtime::{Compiler, Engine};
use dinh_search::Index;
use dinh_store::{IndexBuild, Listening, PluginStanding, PluginState, Store};
use serde_json::{Value, json};

use crate::allowance::Allowances;
use crate::failure::Failure;
use crate::follow::Followed;
use crate::freshness::Generations;
use crate::install::{self, Rehearsal};
use crate::jobs::Working;
use crate::mail::{MailOptions, Mailing};
use crate::operate::held_on;
use crate::people::{Hashing, PeopleOptions};
use crate::plugins::Plugins;
use crate::table::Tables;
use crate::usage::Usage;
use crate::visit::Visit;

/// The time. Tests and the demo bring their own.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// Where what nobody asked for comes from.
const ITSELF: &str = "the program itself";

/// What a portal is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The search index of this node.
    pub index: Arc<Index>,
    /// Runs plugins.
    pub engine: Engine,
    /// The plugins that come with the program.
    pub plugins: Plugins,
    /// Where installed plugins lie unpacked.
    pub plugin_folder: PluginFolder,
    /// Sends the requests of plugins to other systems.
    pub outbound: dinh_outbound::Client,
    /// How mail is sent; none is where there is none.
    pub mail: Option<MailOptions>,
    /// The key that seals plugins' secrets.
    pub seal_key: SealKeyFile,
    /// Tries strangers' code.
    pub compiler: Compiler,
    /// Runs the cases of a plugin before it takes another's place.
    pub rehearsal: Rehearsal,
    /// Attached files.
    pub shelf: Shelf,
    /// Reads their texts.
    pub reader: Reader,
    /// What holds for people with an account.
    pub people: PeopleOptions,
    /// The regulation that holds for all sites.
    pub profile: Profile,
    /// The time.
    pub clock: Clock,
}

/// A portal: cheap to clone, shared by all requests. One of its clones sees the same plugins for as
/// long as it lives; [`Portal::current`] gives the newest.
#[derive(Clone)]
pub struct Portal {
    inner: Arc<Inner>,
    plugins: Arc<Plugins>,
    /// From where this clone is asked, for the audit.
    pub(crate) origin: Arc<str>,
}

struct Inner {
    parts: Parts,
    /// The plugins for whoever comes next.
    plugins: RwLock<Arc<Plugins>>,
    /// Held by the operator who looks after plugins.
    operating: Arc<tokio::sync::Mutex<()>>,
    /// Held while plugins change, on whoever's word.
    installing: Arc<tokio::sync::Mutex<()>>,
    /// The directory as it was at a step of the generations.
    directory: RwLock<Option<(u64, Arc<Directory>)>>,
    /// What this node knows to have changed since it started.
    generations: Arc<Generations>,
    /// How far it has followed the change log.
    followed: Followed,
    /// Plugins that an operator has parked.
    parked: Mutex<BTreeSet<PluginId>>,
    /// How much plugins have done in the last minute.
    allowances: Allowances,
    /// Jobs that this node works on.
    working: Working,
    /// Mail that this node has sent.
    mailing: Mailing,
    /// Where plugins are held, as far as the log has told.
    held: Mutex<BTreeSet<(PluginId, SiteId)>>,
    /// Held while changes are brought into the search index.
    pub(crate) indexing: tokio::sync::Mutex<()>,
    /// Whether the search index is made anew: what it held before is searched meanwhile.
    pub(crate) rebuilding: AtomicBool,
    /// Held while attached files are read that nobody waited for.
    reading: tokio::sync::Mutex<()>,
    /// Told when there are such files.
    unread: tokio::sync::Notify,
    /// Turns for hashing passwords.
    hashing: Hashing,
    /// What readers have read since it was last written.
    usage: Usage,
    /// Tables that were read a moment ago.
    tables: Tables,
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
        let plugins = Arc::new(install::load_installed(&parts).await?);
        let inner = Inner {
            parts,
            plugins: RwLock::new(plugins.clone()),
            operating: Arc::default(),
            installing: Arc::default(),
            directory: RwLock::new(None),
            generations: Arc::default(),
            followed,
            parked: Mutex::new(BTreeSet::new()),
            allowances: Allowances::default(),
            working: Working::default(),
            mailing: Mailing::default(),
            held: Mutex::new(BTreeSet::new()),
            indexing: tokio::sync::Mutex::new(()),
            rebuilding: AtomicBool::new(false),
            reading: tokio::sync::Mutex::new(()),
            unread: tokio::sync::Notify::new(),
            hashing: Hashing::default(),
            usage: Usage::default(),
            tables: Tables::default(),
        };
        let portal = Self {
            inner: Arc::new(inner),
            plugins,
            origin: Arc::from(ITSELF),
        };
        portal
            .own_index()
            .use_words(&portal.plugins().search_words());
        let now = portal.now().local_in(&Zone::default());
        for id in portal.plugins().collections() {
            let Some((_, collection)) = portal.plugins().collection(&id) else {
                continue;
            };
            if let IndexBuild::Built { rows } =
                portal.store().ensure_index(&id, collection, now).await?
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

    pub(crate) fn tables(&self) -> &Tables {
        &self.inner.tables
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.parts.store
    }

    /// The search index, for an answer to a visit: it is old when the index goes on.
    pub(crate) fn index_for(&self, visit: &Visit) -> &Arc<Index> {
        visit.reads.search_index();
        &self.inner.parts.index
    }

    /// The search index, for keeping it.
    pub(crate) fn own_index(&self) -> &Arc<Index> {
        &self.inner.parts.index
    }

    /// The last change that the search index knows of.
    pub(crate) fn index_number(&self) -> i64 {
        self.inner.parts.index.number()
    }

    pub(crate) fn generations(&self) -> &Arc<Generations> {
        &self.inner.generations
    }

    pub(crate) fn followed(&self) -> &Followed {
        &self.inner.followed
    }

    pub(crate) fn allowances(&self) -> &Allowances {
        &self.inner.allowances
    }

    pub(crate) fn working(&self) -> &Working {
        &self.inner.working
    }

    pub(crate) fn mailing(&self) -> &Mailing {
        &self.inner.mailing
    }

    pub(crate) fn seal_key(&self) -> &SealKeyFile {
        &self.inner.parts.seal_key
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.inner.parts.engine
    }

    /// The plugins of this portal, as this clone of it sees them.
    pub fn plugins(&self) -> &Plugins {
        &self.plugins
    }

    /// This portal with the plugins that there are now.
    pub fn current(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            plugins: self.newest(),
            origin: self.origin.clone(),
        }
    }

    /// Whether this clone sees the plugins that there are now.
    pub fn sees_the_newest(&self) -> bool {
        Arc::ptr_eq(&self.plugins, &self.newest())
    }

    pub(crate) fn newest(&self) -> Arc<Plugins> {
        let newest = self.inner.plugins.read();
        newest.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives whoever comes next these plugins. Requests under way end with those they began with,
    /// and nothing that they made is kept.
    pub(crate) fn swap(&self, plugins: Plugins) -> Self {
        let plugins = Arc::new(plugins);
        let newest = self.inner.plugins.write();
        *newest.unwrap_or_else(PoisonError::into_inner) = plugins.clone();
        self.generations().forget_everything();
        self.own_index().use_words(&plugins.search_words());
        Self {
            inner: self.inner.clone(),
            plugins,
            origin: self.origin.clone(),
        }
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.inner.parts
    }

    pub(crate) fn operating(&self) -> &Arc<tokio::sync::Mutex<()>> {
        &self.inner.operating
    }

    pub(crate) fn installing(&self) -> &Arc<tokio::sync::Mutex<()>> {
        &self.inner.installing
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.inner.parts.shelf
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.inner.parts.reader
    }

    pub(crate) fn reading(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.reading
    }

    pub(crate) fn unread(&self) -> &tokio::sync::Notify {
        &self.inner.unread
    }

    pub(crate) fn hashing_turns(&self) -> &Hashing {
        &self.inner.hashing
    }

    pub(crate) fn usage(&self) -> &Usage {
        &self.inner.usage
    }

    pub(crate) fn people_options(&self) -> PeopleOptions {
        self.inner.parts.people
    }

    pub(crate) fn indexing(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.indexing
    }

    /// The time.
    pub fn now(&self) -> Instant {
        (self.inner.parts.clock)()
    }

    /// Organisations, sites and modules as of the last change; read anew only after a change.
    pub(crate) async fn directory(&self) -> Result<Arc<Directory>, Failure> {
        self.confirmed(self.now()).await?;
        let since = self.generations().latest();
        if let Some(directory) = self.known_directory() {
            return Ok(directory);
        }
        let stored = self.store().directory().await?;
        // Whoever asks: the directory is shared by all clones.
        let directory = stored.directory.declaring(self.newest().collections());
        let directory = Arc::new(directory);
        if let Ok(mut known) = self.inner.directory.write()
            && known.as_ref().is_none_or(|(at, _)| *at <= since)
        {
            self.follow_standings(&stored.plugins);
            self.tell_held(&directory);
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
        let known = self.inner.directory.read().ok()?;
        let (at, directory) = known.as_ref()?;
        self.generations()
            .stands(*at, &[])
            .then(|| directory.clone())
    }

    /// Parks and unparks what an operator parked or unparked, here or on another node. What the
    /// breaker parked by itself stays as it is.
    fn follow_standings(&self, standings: &[PluginState]) {
        let Ok(mut parked) = self.inner.parked.lock() else {
            return;
        };
        let now: BTreeSet<PluginId> = standings
            .iter()
            .filter(|it| it.state == PluginStanding::Parked)
            .map(|it| it.plugin.clone())
            .chain(self.newest().held())
            .collect();
        for plugin in now.difference(&parked) {
            self.engine().breaker().park_plugin(plugin.as_str());
        }
        for plugin in parked.difference(&now) {
            self.engine().breaker().unpark_plugin(plugin.as_str());
        }
        *parked = now;
    }

    /// Tells once of each plugin that is bound to other hosts than those a site has now.
    fn tell_held(&self, directory: &Directory) {
        let Ok(mut known) = self.inner.held.lock() else {
            return;
        };
        let mut now = BTreeSet::new();
        for plugin in self.newest().all() {
            for (site, why) in held_on(plugin, directory) {
                let key = (plugin.declaration.manifest.id.clone(), site.clone());
                if !known.contains(&key) {
                    tracing::error!(plugin = %key.0, %site, why, "a plugin is parked on a site");
                }
                now.insert(key);
            }
        }
        *known = now;
    }

    pub(crate) fn rebuilding(&self) -> &AtomicBool {
        &self.inner.rebuilding
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

impl From<dinh_package::FolderError> for Failure {
    fn from(error: dinh_package::FolderError) -> Self {
        if error.is_full() {
            let what = format!("the folder of the plugin, {}", error.path.display());
            return Self::NoSpace { what };
        }
        Self::Refused(error.to_string())
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
