//! What a package must be before anybody is asked about it. Nothing of it runs here.

use dinh_domain::declaration::{Declaration, PluginFiles};
use dinh_package::Package;
use dinh_runtime::{Compiler, Engine};
use dinh_store::{InstalledPlugin, KeyRole, TrustedKey};
use semver::Version;

use crate::failure::Failure;
use crate::plugins::{COMPONENT, LoadedPlugin};
use crate::portal::Portal;

/// A package that may be installed, and what it takes the place of.
pub(super) struct Plan {
    pub(super) package: Package,
    pub(super) bytes: Vec<u8>,
    pub(super) loaded: LoadedPlugin,
    pub(super) publisher: TrustedKey,
    /// The reviewer, where he is known here.
    pub(super) reviewer: Option<TrustedKey>,
    pub(super) before: Option<InstalledPlugin>,
    /// What the version before was granted; none where it may be called anew only with consent.
    pub(super) granted: Option<Vec<String>>,
}

/// Everything about a package that needs no portal: its shape, its declarations and its code, which
/// is compiled and not run.
pub async fn check_package(
    engine: &Engine,
    compiler: &Compiler,
    bytes: &[u8],
) -> Result<(Package, LoadedPlugin), Vec<String>> {
    let package = Package::read(bytes)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let id = package.manifest.plugin.as_str();
    let loaded = check_files(engine, compiler, id, &package.files).await?;
    Ok((package, loaded))
}

/// Everything about a plugin's files that needs neither a package nor a portal; `id` stands for it in
/// messages while its own cannot be read.
pub async fn check_files(
    engine: &Engine,
    compiler: &Compiler,
    id: &str,
    files: &PluginFiles,
) -> Result<LoadedPlugin, Vec<String>> {
    if let Some(wasm) = files.get(COMPONENT)
        && let Err(why) = compiler.try_out(id, wasm).await
    {
        // Its declarations are told of all the same; what breaks a compiler is not compiled here.
        let mut faults = vec![format!("{COMPONENT}: {why}")];
        let declared = Declaration::parse(files);
        let told = declared.err().unwrap_or_default();
        faults.extend(told.iter().map(ToString::to_string));
        return Err(faults);
    }
    let (engine, files, folder) = (engine.clone(), files.clone(), id.to_owned());
    let load = move || LoadedPlugin::load(&engine, &folder, files);
    let loaded = tokio::task::spawn_blocking(load).await;
    let loaded = loaded.map_err(|error| vec![error.to_string()])?;
    let loaded = loaded.map_err(|refused| refused.faults)?;
    let loose = loaded.loose_ends();
    if loose.is_empty() {
        Ok(loaded)
    } else {
        Err(loose)
    }
}

impl Portal {
    pub(super) async fn plan(&self, bytes: Vec<u8>) -> Result<Plan, Failure> {
        let refused = |faults: Vec<String>| {
            Failure::Refused(format!("the package is refused:\n{}", faults.join("\n")))
        };
        let parts = self.parts();
        // The shape first: whose key it is cannot be asked of what is no package.
        let package = Package::read(&bytes)
            .map_err(|faults| refused(faults.iter().map(ToString::to_string).collect()))?;
        let keys = self.store().plugin_keys().await?;
        let mut faults = Vec::new();
        let publisher = publisher(&keys, &package)
            .map_err(|why| faults.push(why))
            .ok();
        let reviewer = reviewer(&keys, &package).unwrap_or_else(|why| {
            faults.push(why);
            None
        });
        let before = self.store().installed_plugins().await?;
        let before = before
            .into_iter()
            .find(|it| it.plugin == package.manifest.plugin);
        faults.extend(
            self.place_faults(&package, publisher.as_ref(), before.as_ref())
                .await?,
        );
        let versions = self.store().plugin_versions().await?;
        let mut versions = versions
            .into_iter()
            .filter(|it| it.plugin == package.manifest.plugin);
        let highest = versions.clone().find(|it| {
            before
                .as_ref()
                .is_some_and(|before| before.highest == it.version)
        });
        let hash = highest.map(|it| it.manifest_hash);
        faults.extend(version_fault(&package, before.as_ref(), hash.as_deref()));
        // Strangers' code is not even compiled.
        if publisher.is_none() {
            return Err(refused(faults));
        }
        let checked = check_package(&parts.engine, &parts.compiler, &bytes).await;
        let loaded = checked.map_err(|told| faults.extend(told)).ok();
        match (publisher, loaded) {
            (Some(publisher), Some((package, loaded))) if faults.is_empty() => Ok(Plan {
                granted: before
                    .as_ref()
                    .filter(|it| it.state == dinh_store::Installation::Installed)
                    .and_then(|before| versions.find(|it| it.version == before.version))
                    .map(|it| it.grants),
                package,
                bytes,
                loaded,
                publisher,
                reviewer,
                before,
            }),
            _ => Err(refused(faults)),
        }
    }

    /// Whether the place that it wants is its own.
    async fn place_faults(
        &self,
        package: &Package,
        publisher: Option<&TrustedKey>,
        before: Option<&InstalledPlugin>,
    ) -> Result<Vec<String>, Failure> {
        let (id, hosts) = (&package.manifest.plugin, &package.manifest.hosts);
        let mut faults = Vec::new();
        if self.parts().plugins.get(id).is_some() {
            faults.push(format!(
                "the plugin `{id}` comes with the host and belongs to its publisher"
            ));
        } else if let Some(before) = before {
            if let Some(key) = publisher.filter(|key| key.line != before.line) {
                let (owner, id_of) = (&before.line, &key.id);
                faults.push(format!(
                    "the plugin `{id}` and its collections belong to the publisher of the key {owner}; {id_of} does not follow it"
                ));
            }
        } else if self.store().has_entries_of(id).await? {
            faults.push(format!(
                "there are entries in collections of `{id}`, which belong to the plugin that made them"
            ));
        }
        let directory = self.directory().await?;
        let mut known = directory
            .sites
            .iter()
            .flat_map(|site| std::iter::once(&site.host).chain(&site.aliases));
        if !hosts.is_empty() && !known.any(|host| hosts.contains(host)) {
            let hosts = hosts.join(", ");
            faults.push(format!(
                "the package is bound to {hosts}, which is no site of this portal"
            ));
        }
        Ok(faults)
    }
}

fn publisher(keys: &[TrustedKey], package: &Package) -> Result<TrustedKey, String> {
    let key = package.publisher();
    let id = key.id();
    match keys.iter().find(|it| it.id == id.as_str()) {
        Some(it) if it.revoked.is_some() => {
            let reason = it.revoked.as_ref().map_or("", |it| it.reason.as_str());
            Err(format!(
                "the key of its publisher, {id}, was revoked: {reason}"
            ))
        }
        Some(it) if it.role == KeyRole::Publisher && it.public_key == key.to_string() => {
            Ok(it.clone())
        }
        Some(_) => Err(format!("the key {id} is not trusted as a publisher")),
        None => Err(format!(
            "it is signed by the key {id}, which is not trusted here: take it in with `dinh plugin trust KEYFILE` if you know whose it is"
        )),
    }
}

/// A reviewer who is not known here counts for nothing; one who was revoked is a warning.
fn reviewer(keys: &[TrustedKey], package: &Package) -> Result<Option<TrustedKey>, String> {
    let Some(key) = package.reviewer() else {
        return Ok(None);
    };
    let id = key.id();
    let known = keys.iter().find(|it| it.id == id.as_str());
    match known.and_then(|it| it.revoked.as_ref()) {
        Some(revoked) => {
            let reason = &revoked.reason;
            Err(format!(
                "the key of its reviewer, {id}, was revoked: {reason}"
            ))
        }
        None => Ok(known.filter(|it| it.role == KeyRole::Reviewer).cloned()),
    }
}

/// `hash` is of the manifest of the highest version.
fn version_fault(
    package: &Package,
    before: Option<&InstalledPlugin>,
    hash: Option<&str>,
) -> Option<String> {
    let version = &package.manifest.version;
    let highest = Version::parse(&before?.highest).ok()?;
    if *version < highest {
        return Some(format!(
            "version {version} is lower than {highest}, which was installed: versions only rise (`dinh plugin rollback` goes back to the former one)"
        ));
    }
    let is_other = *version == highest && hash.is_some_and(|hash| hash != package.manifest_hash());
    is_other.then(|| {
        format!("version {version} was installed with other content: another content is a higher version")
    })
}
