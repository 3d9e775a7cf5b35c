//! What operators do with packages and keys, carried out where the portal is.

use std::path::{Path, PathBuf};

use dinh_package::{KeyId, PublicKeyFile};
use dinh_portal::{Consent, Failure, Installed, Portal, SettingChange};
use dinh_store::KeyRole;
use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt;

pub use super::jobs::JobsWork;
use super::vendor::package::lines;
use super::{jobs, settings};
use crate::command::{Asks, Said, printed};

/// Largest file of a key, a grant or a list of revocations, in bytes.
const SMALL_FILE_BYTES_MAX: u64 = 256 * 1024;

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum PluginWork {
    /// Install a package.
    Install {
        /// The package, where the server finds it.
        file: PathBuf,
        /// What was granted.
        consent: Consent,
        /// By whom.
        by: String,
    },
    /// Go back to the version before.
    Rollback {
        /// The plugin.
        plugin: String,
        /// Who says so.
        by: String,
    },
    /// Remove a plugin.
    Remove {
        /// The plugin.
        plugin: String,
        /// Who says so.
        by: String,
    },
    /// Trust a key.
    Trust {
        /// Name of its file, for faults.
        path: String,
        /// The file.
        text: String,
        /// As a reviewer's.
        reviewer: bool,
        /// Who says so.
        by: String,
    },
    /// Trust keys no longer.
    Revoke {
        /// Which, and why.
        keys: Vec<(KeyId, String)>,
        /// Who says so.
        by: String,
    },
    /// List or decide about jobs.
    Jobs(JobsWork),
    /// List keys.
    Keys {
        /// As JSON.
        json: bool,
    },
    /// List settings.
    SettingsList {
        /// The plugin.
        plugin: String,
        /// The site; all of them without it.
        site: Option<String>,
        /// As JSON.
        json: bool,
    },
    /// Set or take back settings.
    SettingsSet {
        /// The plugin.
        plugin: String,
        /// The site.
        site: String,
        /// What.
        changes: Vec<SettingChange>,
        /// Who says so.
        by: String,
    },
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: PluginWork) -> Result<Said, String> {
    let told = |failure: Failure| failure.to_string();
    match work {
        PluginWork::Install { file, consent, by } => {
            let most = dinh_package::PACKAGE_BYTES_MAX as u64;
            let bytes = read(&file, most).await?;
            match portal.install(bytes, consent, &by).await.map_err(told)? {
                Installed::Done(text) => Ok(Said::done(text)),
                Installed::Asks {
                    told,
                    manifest,
                    capabilities,
                } => Ok(Said {
                    asks: Some(Asks {
                        manifest,
                        capabilities,
                    }),
                    ..Said::done(told)
                }),
            }
        }
        PluginWork::Rollback { plugin, by } => {
            let done = portal.rollback_plugin(&plugin, &by).await;
            done.map(Said::done).map_err(told)
        }
        PluginWork::Remove { plugin, by } => {
            let done = portal.remove_plugin(&plugin, &by).await;
            done.map(Said::done).map_err(told)
        }
        PluginWork::Trust {
            path,
            text,
            reviewer,
            by,
        } => {
            let file = PublicKeyFile::parse(&path, text.as_bytes()).map_err(|it| lines(&it))?;
            let role = if reviewer {
                KeyRole::Reviewer
            } else {
                KeyRole::Publisher
            };
            let done = portal.trust_key(&file, role, &by).await;
            done.map(Said::done).map_err(told)
        }
        PluginWork::Revoke { keys, by } => {
            let done = portal.revoke_keys(&keys, &by).await;
            done.map(Said::done).map_err(told)
        }
        PluginWork::SettingsList { plugin, site, json } => {
            settings::list(portal, &plugin, site.as_deref(), json).await
        }
        PluginWork::SettingsSet {
            plugin,
            site,
            changes,
            by,
        } => settings::set(portal, (&plugin, &site), &changes, &by).await,
        PluginWork::Jobs(work) => jobs::execute(portal, work).await,
        PluginWork::Keys { json } => {
            let keys = portal.keys().await.map_err(told)?;
            printed(json, &keys, |it| {
                format!(
                    "{} {:9} {:8} {} {}",
                    it.key, it.role, it.state, it.name, it.reason
                )
            })
        }
    }
}

/// A file of at most so many bytes.
async fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    let file = tokio::fs::File::open(path).await.map_err(told)?;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .await
        .map_err(told)?;
    if bytes.len() as u64 > most {
        let shown = path.display();
        return Err(format!(
            "{shown}: more than {most} bytes, which is the most that is taken"
        ));
    }
    Ok(bytes)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantFile {
    plugin: String,
    capabilities: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevocationFile {
    revoked: Vec<Revocation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revocation {
    key: KeyId,
    reason: String,
}

/// A file that grants something.
pub(crate) async fn grant(path: &Path) -> Result<Consent, String> {
    let file: GrantFile = parsed(path).await?;
    Ok(Consent::Given {
        plugin: Some(file.plugin),
        manifest: None,
        capabilities: file.capabilities,
    })
}

/// A list of keys that are trusted no longer.
pub(crate) async fn revocations(path: &Path) -> Result<Vec<(KeyId, String)>, String> {
    let file: RevocationFile = parsed(path).await?;
    Ok(file
        .revoked
        .into_iter()
        .map(|it| (it.key, it.reason))
        .collect())
}

/// A small file as text, with its name for faults.
pub(crate) async fn small(path: &Path) -> Result<(String, String), String> {
    let shown = path.display().to_string();
    let text = String::from_utf8(read(path, SMALL_FILE_BYTES_MAX).await?);
    let text = text.map_err(|_| format!("{shown}: the file is not UTF-8: save it as UTF-8"))?;
    Ok((shown, text))
}

async fn parsed<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let (shown, text) = small(path).await?;
    let mut faults = Vec::new();
    let read = dinh_domain::declaration::one_file(&shown, text.as_bytes(), &mut faults);
    read.ok_or_else(|| lines(&faults))
}
