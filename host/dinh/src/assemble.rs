//! Builds a portal out of its parts.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dinh_domain::dates::Instant;
use dinh_files::{Reader, Shelf};
use dinh_portal::{Clock, LoadedPlugin, MailOptions, Parts, Plugins, Portal, Rehearsal};
use dinh_render::Theme;
use dinh_runtime::{CodeCache, Compiler, Engine, EngineOptions};
use dinh_search::{Index, Opened};
use dinh_store::{Store, StoreOptions};
use dinh_web::HttpOptions;

use crate::bundle::Bundle;
use crate::config::{Config, FileStore};
use crate::data_folder::DataFolder;

/// The theme that comes with the binary.
const THEME: &str = "dinh";

/// The database that a configuration names: SQLite in the data folder unless it says otherwise.
pub fn database(config: &Config, folder: &Path) -> StoreOptions {
    match &config.database_url {
        Some(url) => StoreOptions::new(url),
        None => StoreOptions::new(dinh_store::sqlite_url(&folder.join("dinh.sqlite"))),
    }
}

/// The clock on the wall.
pub fn wall_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    })
}

/// Checks and compiles all plugins of a bundle, off the async threads. One that is refused is an
/// error that lists every fault.
pub async fn plugins(engine: &Engine, bundle: &Bundle) -> Result<Plugins, String> {
    let (engine, folders) = (engine.clone(), bundle.plugins());
    let loaded = tokio::task::spawn_blocking(move || {
        let loaded = folders
            .into_iter()
            .map(|(folder, files)| LoadedPlugin::load(&engine, &folder, files));
        loaded.collect::<Result<Vec<_>, _>>()
    });
    let loaded = loaded.await.map_err(|error| error.to_string())?;
    let words = bundle.search_words().map_err(|error| error.to_string())?;
    let loaded = loaded.map_err(|error| error.to_string())?;
    Ok(Plugins::new(loaded).with_search_words(words))
}

/// The same for a portal that serves: one that is refused is held or missing, and the others serve.
pub async fn plugins_or_reasons(engine: &Engine, bundle: &Bundle) -> Result<Plugins, String> {
    let (engine, folders) = (engine.clone(), bundle.plugins());
    let loaded = tokio::task::spawn_blocking(move || {
        let loaded = folders
            .into_iter()
            .map(|(folder, files)| LoadedPlugin::load_or_hold(&engine, &folder, files));
        loaded.partition::<Vec<_>, _>(Result::is_ok)
    });
    let (loaded, refused) = loaded.await.map_err(|error| error.to_string())?;
    for one in refused.iter().filter_map(|it| it.as_ref().err()) {
        tracing::error!("{one}");
    }
    let refused = refused.into_iter().filter_map(Result::err);
    let words = bundle.search_words().map_err(|error| error.to_string())?;
    let plugins = Plugins::new(loaded.into_iter().flatten()).without_refused(refused);
    Ok(plugins.with_search_words(words))
}

/// The shelf that a configuration names.
pub fn shelf(config: &Config, folder: &DataFolder) -> Result<Shelf, String> {
    let shelf = match config.files.store()? {
        FileStore::Folder => Shelf::open(&folder.files()),
        FileStore::S3(options) => Shelf::on_s3(&options),
    };
    shelf.map_err(|error| error.to_string())
}

/// Where files lie. An object store is tried: wrong keys are better found now than at the first
/// decision's annex.
pub async fn try_files(config: &Config) -> Result<String, String> {
    let store = config.files.store()?;
    if let FileStore::S3(options) = &store {
        let shelf = Shelf::on_s3(options).map_err(|error| error.to_string())?;
        shelf.try_out().await.map_err(|error| error.to_string())?;
    }
    Ok(store.shown())
}

/// Opens the portal of an owned data folder.
pub async fn portal(
    folder: &DataFolder,
    database: &StoreOptions,
    shelf: Shelf,
    plugins: Plugins,
    engine: Engine,
    clock: Clock,
    config: &Config,
) -> Result<Portal, String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let plugins = match DataFolder::search_words(folder.path())? {
        Some(words) => plugins.with_search_words(words),
        None => plugins,
    };
    let store = Store::open(database).await.map_err(|error| told(&error))?;
    let index = Index::open(&folder.index()).map_err(|error| told(&error))?;
    if let Opened::Rebuilt { why } = index.opened() {
        tracing::warn!(why, "the search index is built anew");
    }
    let index = Arc::new(index);
    let parts = Parts {
        store,
        index,
        engine,
        plugins,
        shelf,
        plugin_folder: folder.plugins(),
        seal_key: folder.seal_key(),
        compiler: Compiler::of_this_program(),
        rehearsal: rehearsal(config.file.as_deref(), config.bundle.as_deref()),
        reader: Reader::of_this_program(),
        outbound: match config.sends_requests {
            true => dinh_outbound::Client::new(config.in_house_networks.clone()),
            false => dinh_outbound::Client::closed(),
        },
        mail: mail(config)?,
        people: config.people,
        profile: config.profile.clone(),
        clock,
    };
    let portal = Portal::open(parts).await.map_err(|error| told(&error))?;
    // An older copy of the database may have been put in its place.
    let erased = portal.replay_erasures().await;
    let erased = erased.map_err(|error| told(&error))?;
    if erased > 0 {
        tracing::warn!(
            erased,
            "what was erased on request and was there again is erased"
        );
    }
    let ended = portal.replay_ended_subscriptions().await;
    let ended = ended.map_err(|error| told(&error))?;
    if ended > 0 {
        tracing::warn!(
            ended,
            "subscriptions that had ended and were there again are ended"
        );
    }
    Ok(portal)
}

/// How mail is sent; none where the operator named no server, or nothing may leave a rehearsal.
fn mail(config: &Config) -> Result<Option<MailOptions>, String> {
    let mailer = config.mail.mailer()?.filter(|_| config.sends_requests);
    let public = HttpOptions {
        public_scheme: config
            .public_scheme
            .parse()
            .map_err(|error: dinh_web::UnknownScheme| error.to_string())?,
        public_port: config.public_port,
        ..HttpOptions::default()
    };
    Ok(mailer.map(|(mailer, per_minute)| MailOptions {
        mailer,
        origin: Arc::new(move |host| public.origin(host)),
        per_minute,
    }))
}

/// Longest run of a plugin's cases: a hundred of them take some seconds.
const REHEARSAL_MAX: Duration = Duration::from_secs(300);

/// Runs a plugin's cases as `dinh plugin test` does, in a process of its own.
/// It reads the same configuration, and has data of its own.
pub fn rehearsal(config: Option<&Path>, bundle: Option<&Path>) -> Rehearsal {
    let (config, bundle) = (config.map(Path::to_owned), bundle.map(Path::to_owned));
    Arc::new(move |folder| Box::pin(rehearse(config.clone(), bundle.clone(), folder)))
}

async fn rehearse(
    config: Option<PathBuf>,
    bundle: Option<PathBuf>,
    folder: PathBuf,
) -> Result<(), String> {
    let own = Reader::of_this_program().program().to_owned();
    let mut command = tokio::process::Command::new(own);
    command.args(["plugin", "test"]).arg(folder);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    if let Some(bundle) = bundle {
        command.env("DINH_BUNDLE_FOLDER", bundle);
    }
    command.stdin(Stdio::null()).kill_on_drop(true);
    let ended = tokio::time::timeout(REHEARSAL_MAX, command.output()).await;
    let seconds = REHEARSAL_MAX.as_secs();
    let ended = ended.map_err(|_| format!("they were not done in {seconds} s"))?;
    let ended = ended.map_err(|error| error.to_string())?;
    if ended.status.success() {
        return Ok(());
    }
    let told = [ended.stdout, ended.stderr].concat();
    let told = String::from_utf8_lossy(&told).into_owned();
    let good = |line: &&str| !line.starts_with("ok ");
    Err(told.lines().filter(good).collect::<Vec<_>>().join("\n"))
}

/// The engine that runs plugins, with compiled code kept for the next start. A folder that cannot be
/// trusted costs a compilation of each plugin, and no more.
pub fn keeping_engine(config: &Config, folder: &DataFolder) -> Result<Engine, String> {
    let place = match &config.code_cache {
        Some(named) if named.as_os_str().is_empty() => return engine(),
        Some(named) => named.clone(),
        None => folder.compiled(),
    };
    let cache = CodeCache::open(&place, &folder.compiled_key()).map_err(|error| {
        tracing::error!(%error, "compiled code is not kept: every plugin is compiled at every start");
    });
    let engine = Engine::keeping(EngineOptions::default(), cache.ok());
    engine.map_err(|error| error.to_string())
}

/// The engine that runs plugins, which compiles them all.
pub fn engine() -> Result<Engine, String> {
    Engine::new(EngineOptions::default()).map_err(|error| error.to_string())
}

/// The same, in which two runs of a plugin's tests come to the same figures. Compiled code is kept for the next run in
/// the user's own cache: a test has no data folder, and what a server keeps is sealed with another key.
pub fn repeatable_engine(config: &Config) -> Result<Engine, String> {
    let options = EngineOptions {
        repeatable: true,
        ..EngineOptions::default()
    };
    let is_off = config
        .code_cache
        .as_ref()
        .is_some_and(|named| named.as_os_str().is_empty());
    let place = user_cache().filter(|_| !is_off);
    let engine = Engine::keeping(options, place.and_then(|place| test_cache(&place)));
    engine.map_err(|error| error.to_string())
}

/// Where this user's programs keep what they can make again (XDG Base Directory Specification 0.8).
fn user_cache() -> Option<PathBuf> {
    let named = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let place = named("XDG_CACHE_HOME").or_else(|| Some(named("HOME")?.join(".cache")));
    Some(place?.join("dinh"))
}

fn test_cache(place: &Path) -> Option<CodeCache> {
    let opened = std::fs::create_dir_all(place)
        .map_err(|error| error.to_string())
        .and_then(|()| {
            let cache = CodeCache::open(&place.join("tested"), &place.join("tested.key"));
            cache.map_err(|error| error.to_string())
        });
    opened
        .inspect_err(|error| tracing::debug!(%error, "compiled code of tests is not kept"))
        .ok()
}

/// The theme of a bundle.
pub fn theme(bundle: &Bundle) -> Result<Arc<Theme>, String> {
    let theme = Theme::load(THEME, bundle.theme(THEME)).map_err(|error| error.to_string())?;
    Ok(Arc::new(theme))
}
