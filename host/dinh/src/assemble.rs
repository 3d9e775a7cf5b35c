//! Builds a portal out of its parts.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use dinh_domain::dates::Instant;
use dinh_files::{Reader, Shelf};
use dinh_portal::{Clock, LoadedPlugin, Parts, Plugins, Portal};
use dinh_render::Theme;
use dinh_runtime::{Engine, EngineOptions};
use dinh_search::{Index, Opened};
use dinh_store::{Store, StoreOptions};

use crate::bundle::Bundle;
use crate::config::Config;
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
    Ok(Plugins::new(loaded.map_err(|error| error.to_string())?))
}

/// Opens the portal of an owned data folder.
pub async fn portal(
    folder: &DataFolder,
    database: &StoreOptions,
    plugins: Plugins,
    engine: Engine,
    clock: Clock,
) -> Result<Portal, String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let store = Store::open(database).await.map_err(|error| told(&error))?;
    let index = Index::open(&folder.index()).map_err(|error| told(&error))?;
    if let Opened::Rebuilt { why } = index.opened() {
        tracing::warn!(why, "the search index is built anew");
    }
    let shelf = Shelf::open(&folder.files()).map_err(|error| told(&error))?;
    let index = Arc::new(index);
    let parts = Parts {
        store,
        index,
        engine,
        plugins,
        shelf,
        reader: Reader::of_this_program(),
        clock,
    };
    Portal::open(parts).await.map_err(|error| told(&error))
}

/// The engine that runs plugins.
pub fn engine() -> Result<Engine, String> {
    Engine::new(EngineOptions::default()).map_err(|error| error.to_string())
}

/// The theme of a bundle.
pub fn theme(bundle: &Bundle) -> Result<Arc<Theme>, String> {
    let theme = Theme::load(THEME, bundle.theme(THEME)).map_err(|error| error.to_string())?;
    Ok(Arc::new(theme))
}
