//! What a node makes of the installed plugins: at its start, and when somebody has changed them.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::Arc;

use dinh_package::Package;
use dinh_store::{InstalledPlugin, PluginVersion, Store, TrustedKey};
use futures_util::StreamExt;
use semver::Version;

use super::origin::PackageOrigin;
use super::swap::off_thread;
use crate::failure::Failure;
use crate::plugins::{LoadedPlugin, Missing, Plugins};
use crate::portal::{Parts, Portal};

/// What the database says of installed plugins.
pub(super) struct Stored {
    pub(super) installed: Vec<InstalledPlugin>,
    versions: Vec<PluginVersion>,
    keys: Vec<TrustedKey>,
}

impl Stored {
    pub(super) async fn read(store: &Store) -> Result<Self, Failure> {
        Ok(Self {
            installed: store.installed_plugins().await?,
            versions: store.plugin_versions().await?,
            keys: store.plugin_keys().await?,
        })
    }

    pub(super) fn version(&self, it: &InstalledPlugin, version: &str) -> Option<&PluginVersion> {
        let mut versions = self.versions.iter();
        versions.find(|row| row.plugin == it.plugin && row.version == version)
    }

    pub(super) fn key(&self, version: &PluginVersion) -> Option<&TrustedKey> {
        self.keys.iter().find(|it| it.id == version.publisher_key)
    }
}

/// The bundled plugins and those that were installed. One that cannot be loaded is missing, with
/// the reason: the portal serves without it.
pub(crate) async fn load_installed(parts: &Parts) -> Result<Plugins, Failure> {
    let stored = Stored::read(&parts.store).await?;
    let mut plugins = parts.plugins.clone();
    for plugin in plugins.all() {
        told(plugin);
    }
    if let Err(error) = sweep(parts).await {
        tracing::warn!(%error, "what nobody uses stays in the folder of plugins");
    }
    let (all, from) = (stored.installed.iter(), &stored);
    let loading = all.map(|it| async move { (it, load(parts, from, it, &it.version).await) });
    // In the order of their ids, whoever is done first.
    let mut loading = futures_util::stream::iter(loading).buffered(at_once());
    while let Some((it, loaded)) = loading.next().await {
        plugins = match loaded {
            Ok(plugin) => {
                told(&plugin);
                plugins.and(Arc::new(plugin))
            }
            Err(why) => {
                tracing::error!(plugin = %it.plugin, why, "an installed plugin is not there");
                if plugins.get(&it.plugin).is_some() {
                    continue;
                }
                let step = it.step;
                plugins.without(&it.plugin, Missing { why, step })
            }
        };
    }
    Ok(plugins)
}

/// Plugins loaded at once: as many as there are cores.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Loads one version, from this disk or, where it was never here, from the package that all nodes
/// share. A damaged one is loaded from the package as well, and held: what it declares still shows.
pub(super) async fn load(
    parts: &Parts,
    stored: &Stored,
    it: &InstalledPlugin,
    version: &str,
) -> Result<LoadedPlugin, String> {
    if parts.plugins.get(&it.plugin).is_some() {
        return Err("a plugin of this id comes with the host now".to_owned());
    }
    let row = stored.version(it, version);
    let row = row.ok_or("its version is not in the database")?;
    let number = Version::parse(version).map_err(|error| error.to_string())?;
    let (folder, id) = (parts.plugin_folder.clone(), it.plugin.clone());
    let place = folder.place(&id, &number);
    let was_here = place.exists();
    let hash = row.manifest_hash.clone();
    let found = off_thread(move || folder.verify(&id, &number, &hash));
    let (files, damage) = match found.await.map_err(|error| error.to_string())? {
        Ok(files) => (files, None),
        Err(faults) => {
            let faults = faults.iter().map(|it| format!("{}/{it}", place.display()));
            let damage = faults.collect::<Vec<_>>().join("; ");
            let package = fetch(parts, row)
                .await
                .map_err(|why| format!("{damage}; its package cannot be read either: {why}"))?;
            let files = package.files.clone();
            if !was_here {
                unpack(parts, package).await;
            }
            (files, was_here.then_some(damage))
        }
    };
    let (engine, name) = (parts.engine.clone(), it.plugin.to_string());
    let loaded = off_thread(move || LoadedPlugin::load(&engine, &name, files)).await;
    let mut loaded = loaded
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())?;
    let asked = super::consent::asked(&loaded.declaration.manifest);
    let mut ungranted = asked.iter().filter(|one| !row.grants.contains(one));
    if let Some(one) = ungranted.next() {
        return Err(format!("it asks for `{one}`, which was not granted"));
    }
    loaded.origin = Some(PackageOrigin::new(row, stored.key(row), it.state, damage));
    Ok(loaded)
}

/// The package, as it was when it was installed.
async fn fetch(parts: &Parts, row: &PluginVersion) -> Result<Package, String> {
    let size = u64::try_from(row.package_bytes).unwrap_or_default();
    let contents = parts.shelf.read(&row.package_hash, size, 0..size).await;
    let bytes = contents.map_err(|error| error.to_string())?.bytes().await;
    let bytes = bytes.map_err(|error| error.to_string())?;
    let read = off_thread(move || Package::read(&bytes)).await;
    let read = read.map_err(|error| error.to_string())?;
    let package = read.map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        faults.join("; ")
    })?;
    if package.manifest_hash() == row.manifest_hash {
        Ok(package)
    } else {
        Err("it is another package".to_owned())
    }
}

/// A copy on this disk; without one the next start fetches the package again.
async fn unpack(parts: &Parts, package: Package) {
    let (folder, id) = (parts.plugin_folder.clone(), package.manifest.plugin.clone());
    let kept = off_thread(move || folder.stage(&package).and_then(dinh_package::Staged::keep));
    match kept.await {
        Ok(Ok(())) => {
            tracing::info!(plugin = %id, "a plugin was fetched that another node installed")
        }
        Ok(Err(error)) => {
            tracing::error!(plugin = %id, %error, "a plugin cannot be kept on this disk")
        }
        Err(error) => tracing::error!(plugin = %id, %error, "a plugin cannot be kept on this disk"),
    }
}

/// Removes from this disk what is neither in use nor the version before.
pub(super) async fn sweep(parts: &Parts) -> Result<(), Failure> {
    let installed = parts.store.installed_plugins().await?;
    let versions = installed.iter().flat_map(|it| {
        let both = std::iter::once(&it.version).chain(&it.former);
        both.filter_map(|version| Some((it.plugin.clone(), Version::parse(version).ok()?)))
    });
    let keep: BTreeSet<_> = versions.collect();
    let folder = parts.plugin_folder.clone();
    Ok(off_thread(move || folder.sweep(&keep)).await??)
}

fn told(plugin: &LoadedPlugin) {
    if let Some(why) = plugin.hold() {
        let id = &plugin.declaration.manifest.id;
        tracing::error!(plugin = %id, why, "a plugin is parked");
    }
}

impl Portal {
    /// Takes over what other nodes installed, took back, removed or revoked. Not while an operator
    /// of this node is at it.
    pub(crate) async fn follow_plugins(&self) -> Result<Self, Failure> {
        match self.installing().try_lock() {
            Ok(_alone) => self.follow_plugins_alone().await,
            Err(_) => Ok(self.current()),
        }
    }

    pub(super) async fn follow_plugins_alone(&self) -> Result<Self, Failure> {
        let stored = Stored::read(self.store()).await?;
        let mut portal = self.current();
        for it in &stored.installed {
            if portal.is_as_stored(&stored, it) {
                continue;
            }
            match load(self.parts(), &stored, it, &it.version).await {
                Ok(plugin) => {
                    told(&plugin);
                    portal.build_indexes(&plugin).await?;
                    portal = portal.put_in_place(plugin).await?;
                }
                Err(why) => {
                    tracing::error!(plugin = %it.plugin, why, "a plugin that was installed is not there");
                    let plugins = (*portal.newest()).clone();
                    let step = it.step;
                    portal = portal.swap(plugins.without(&it.plugin, Missing { why, step }));
                }
            }
        }
        Ok(portal)
    }

    /// Whether this node runs what the database says. One that cannot be loaded is not tried again
    /// before somebody changes it.
    fn is_as_stored(&self, stored: &Stored, it: &InstalledPlugin) -> bool {
        let row = stored.version(it, &it.version);
        let (Some(row), Some(known)) = (row, self.plugins().get(&it.plugin)) else {
            let missing = self.plugins().missing().get(&it.plugin);
            return missing.is_some_and(|missing| missing.step == it.step);
        };
        // One that comes with the host stays what it is.
        known.origin.as_ref().is_none_or(|known| {
            let damage = known.damage.clone();
            *known == PackageOrigin::new(row, stored.key(row), it.state, damage)
        })
    }
}
