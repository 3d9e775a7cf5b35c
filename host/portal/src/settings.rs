//! What operators set for plugins, site by site; secrets are sealed before they are stored.

use std::fmt;

use dinh_domain::dates::Zone;
use dinh_domain::declaration::{Setting as Declared, SettingKind};
use dinh_domain::ids::{PluginId, SiteId};
use dinh_runtime::{Setting, SettingError};
use dinh_store::{NewAudit, NewChange, StoredSetting};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;
use crate::sites::may_change;

/// What an operator sets. Its `Debug` names it and does not show the value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingChange {
    /// The setting.
    pub name: String,
    /// Its value; none takes it back, so that the default holds again.
    pub value: Option<String>,
    /// Whether the value came where nobody else reads it: a secret must.
    pub is_hidden: bool,
}

impl fmt::Debug for SettingChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.value.is_some() { "set" } else { "unset" };
        write!(out, "{what} {}", self.name)
    }
}

/// A setting on a site, as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct SettingLine {
    /// The site.
    pub site: String,
    /// The setting.
    pub name: String,
    /// What it is for, in the portal's language.
    pub label: String,
    /// `text`, `number`, `flag`, `choice` or `secret`.
    pub kind: String,
    /// What holds; none where nothing was set and nothing is declared, and never a secret.
    pub value: Option<String>,
    /// Whether an operator has set it.
    pub is_set: bool,
    /// When (RFC 3339).
    pub set_at: Option<String>,
    /// By whom.
    pub set_by: Option<String>,
}

impl Portal {
    /// A setting for the plugin that declares it.
    pub(crate) async fn setting_for(
        &self,
        plugin: &PluginId,
        site: &SiteId,
        name: &str,
    ) -> Result<Option<Setting>, SettingError> {
        let declared = self.plugins().get(plugin);
        let declared = declared.and_then(|it| it.declaration.manifest.settings.get(name));
        let Some(declared) = declared else {
            let shown: String = name.chars().take(80).collect();
            let told = format!("plugin.toml declares no setting `{shown}`");
            return Err(SettingError::Undeclared(told));
        };
        let away = || SettingError::Unavailable("the portal cannot read this now".to_owned());
        let is_secret = declared.kind == SettingKind::Secret;
        let stored = self.store().plugin_setting(plugin, site, name).await;
        let stored = stored.map_err(|error| {
            tracing::error!(%error, %plugin, %site, name, "a setting cannot be read");
            away()
        })?;
        // A setting that was a secret in another version is nothing else in this one.
        let Some(stored) = stored.filter(|it| it.is_sealed == is_secret) else {
            let value = declared.default_text();
            return Ok(value.map(|value| Setting { value, is_secret }));
        };
        if is_secret {
            let opened = self
                .seal_key()
                .open(&place(plugin, site, name), &stored.value);
            let value = opened.map_err(|error| {
                tracing::error!(%error, %plugin, %site, name, "a secret cannot be opened");
                away()
            })?;
            return Ok(Some(Setting { value, is_secret }));
        }
        let value = declared.read(&stored.value).ok();
        let value = value.or_else(|| declared.default_text());
        Ok(value.map(|value| Setting { value, is_secret }))
    }

    /// The settings of a plugin on one site, or on all where it is enabled.
    pub async fn plugin_settings(
        &self,
        plugin: &str,
        site: Option<&str>,
    ) -> Result<Vec<SettingLine>, Failure> {
        let loaded = self.known_plugin(plugin)?;
        let manifest = &loaded.declaration.manifest;
        let directory = self.directory().await?;
        let sites = match site {
            Some(site) => vec![self.known_site(site).await?],
            None => {
                let modules = directory.modules.iter();
                let own = modules.filter(|it| it.plugin == manifest.id && it.enabled);
                own.map(|it| it.site.clone()).collect()
            }
        };
        let stored = self.store().plugin_settings(&manifest.id).await?;
        let mut lines = Vec::new();
        for site in &sites {
            for (name, declared) in &manifest.settings {
                let own = stored
                    .iter()
                    .find(|it| it.site == *site && it.name == *name);
                lines.push(line(loaded, site, (name, declared), own));
            }
        }
        Ok(lines)
    }

    /// Sets or takes back settings of a plugin on a site: all of them, or none and every reason.
    pub async fn set_plugin_settings(
        &self,
        plugin: &str,
        site: &str,
        changes: &[SettingChange],
        by: &str,
    ) -> Result<(), Failure> {
        self.put_settings(By::Operator(by), (plugin, site), changes)
            .await
    }

    /// The same by somebody who looks after the modules of the site; else each setting that is not what
    /// it takes, with its kind.
    pub async fn set_module_settings(
        &self,
        by: By<'_>,
        (site, plugin): (&str, &str),
        changes: &[SettingChange],
    ) -> Result<Result<(), Vec<(String, String)>>, Failure> {
        let declared = &self.known_plugin(plugin)?.declaration.manifest.settings;
        let wrong = changes.iter().filter_map(|it| {
            let declared = declared.get(&it.name);
            let is_good = match (declared, &it.value) {
                (Some(declared), Some(value)) => declared.read(value).is_ok(),
                (declared, _) => declared.is_some(),
            };
            let kind = declared.map_or("text", |it| it.kind.as_str());
            (!is_good).then(|| (it.name.clone(), kind.to_owned()))
        });
        let wrong: Vec<_> = wrong.collect();
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let id = self.known_site(site).await?;
        may_change(by, &*self.directory().await?, &id)?;
        if !changes.is_empty() {
            self.put_settings(by, (plugin, site), changes).await?;
        }
        Ok(Ok(()))
    }

    async fn put_settings(
        &self,
        by: By<'_>,
        (plugin, site): (&str, &str),
        changes: &[SettingChange],
    ) -> Result<(), Failure> {
        let loaded = self.known_plugin(plugin)?;
        let id = &loaded.declaration.manifest.id;
        let site = self.known_site(site).await?;
        let (mut faults, mut ready) = (Vec::new(), Vec::new());
        for change in changes {
            match checked(loaded, change) {
                Ok(value) => ready.push((change.name.as_str(), value)),
                Err(why) => faults.push(why),
            }
        }
        if !faults.is_empty() {
            return Err(Failure::Refused(faults.join("\n")));
        }
        let now = self.now();
        let stored = self.to_store(id, &site, ready, &by.name())?;
        let act = Act {
            what: "plugin-settings",
            kind: "plugin",
            subject: id.as_str(),
            before: Some(self.settings_before(id, &site, &stored).await?),
            after: Some(
                stored
                    .iter()
                    .map(|(name, it)| told(name, it.as_ref()))
                    .collect(),
            ),
        };
        let mut tx = self.store().begin_write().await?;
        tx.audit(NewAudit {
            site: Some(site.clone()),
            ..self.act_by(by, act)
        });
        for (name, setting) in &stored {
            match setting {
                Some(setting) => tx.put_plugin_setting(setting).await?,
                None => tx.drop_plugin_setting(id, &site, name).await?,
            }
        }
        let names: Vec<&str> = stored.iter().map(|(name, _)| *name).collect();
        tx.log_change(NewChange {
            at: now,
            kind: "plugin-settings".to_owned(),
            site: Some(site.clone()),
            entry: None,
            actor: by.name(),
            detail: format!("{id}: {}", names.join(", ")),
        });
        self.commit(tx).await?;
        Ok(())
    }

    /// The rows of what was checked, secrets sealed; none for what is taken back.
    fn to_store<'a>(
        &self,
        id: &PluginId,
        site: &SiteId,
        ready: Vec<(&'a str, Option<(String, bool)>)>,
        by: &str,
    ) -> Result<Vec<(&'a str, Option<StoredSetting>)>, Failure> {
        let mut stored = Vec::new();
        for (name, value) in ready {
            let Some((value, is_sealed)) = value else {
                stored.push((name, None));
                continue;
            };
            let sealed = match is_sealed {
                true => self.seal_key().seal(&place(id, site, name), &value),
                false => Ok(value),
            };
            let value = sealed.map_err(|error| {
                Failure::Refused(format!("the secret `{name}` cannot be kept: {error}"))
            })?;
            let setting = StoredSetting {
                plugin: id.clone(),
                site: site.clone(),
                name: name.to_owned(),
                value,
                is_sealed,
                set_at: self.now(),
                set_by: by.to_owned(),
            };
            stored.push((name, Some(setting)));
        }
        Ok(stored)
    }

    async fn settings_before(
        &self,
        id: &PluginId,
        site: &SiteId,
        changed: &[(&str, Option<StoredSetting>)],
    ) -> Result<Value, Failure> {
        let known = self.store().plugin_settings(id).await?;
        let on_site = |name: &str| known.iter().find(|it| it.site == *site && it.name == name);
        Ok(changed
            .iter()
            .map(|(name, _)| told(name, on_site(name)))
            .collect())
    }

    pub(crate) fn known_plugin(&self, plugin: &str) -> Result<&LoadedPlugin, Failure> {
        let id = PluginId::new(plugin).ok();
        let found = id.as_ref().and_then(|id| self.plugins().get(id));
        found.map(AsRef::as_ref).ok_or_else(|| {
            let known = self.plugin_ids().join(", ");
            Failure::Refused(format!("there is no plugin `{plugin}`; there are: {known}"))
        })
    }

    pub(crate) async fn known_site(&self, site: &str) -> Result<SiteId, Failure> {
        let directory = self.directory().await?;
        let id = SiteId::new(site).ok();
        let found = id.filter(|id| directory.site(id).is_some());
        found.ok_or_else(|| {
            let known: Vec<&str> = directory.sites.iter().map(|it| it.id.as_str()).collect();
            let known = known.join(", ");
            Failure::Refused(format!("there is no site `{site}`; there are: {known}"))
        })
    }
}

/// A setting as the audit has it: of a secret that there is one, and no more.
fn told(name: &str, setting: Option<&StoredSetting>) -> (String, Value) {
    let value = setting.map(|it| match it.is_sealed {
        true => json!("(secret)"),
        false => json!(it.value),
    });
    (name.to_owned(), value.unwrap_or(Value::Null))
}

/// Where a secret belongs: sealed for another place it does not open.
pub(crate) fn place(plugin: &PluginId, site: &SiteId, name: &str) -> String {
    format!("setting\n{plugin}\n{site}\n{name}")
}

/// The value to store and whether it is sealed; none takes the setting back.
fn checked(
    plugin: &LoadedPlugin,
    change: &SettingChange,
) -> Result<Option<(String, bool)>, String> {
    let (name, manifest) = (&change.name, &plugin.declaration.manifest);
    let Some(declared) = manifest.settings.get(name) else {
        let known: Vec<String> = manifest
            .settings
            .iter()
            .map(|(name, it)| format!("{name} ({})", it.kind.as_str()))
            .collect();
        return Err(match known.as_slice() {
            [] => format!("{} has no settings", manifest.id),
            known => format!(
                "there is no setting `{name}`; there are: {}",
                known.join(", ")
            ),
        });
    };
    let Some(value) = &change.value else {
        return Ok(None);
    };
    let is_secret = declared.kind == SettingKind::Secret;
    if is_secret && !change.is_hidden {
        return Err(format!(
            "`{name}` is a secret, and command lines are read by others: use --secret {name}=FILE, or --secret {name}=- to type it in; choose a new one, since this one was seen"
        ));
    }
    let value = declared
        .read(value)
        .map_err(|why| format!("`{name}`: {why}"))?;
    Ok(Some((value, is_secret)))
}

fn line(
    plugin: &LoadedPlugin,
    site: &SiteId,
    (name, declared): (&String, &Declared),
    stored: Option<&StoredSetting>,
) -> SettingLine {
    let is_secret = declared.kind == SettingKind::Secret;
    let stored = stored.filter(|it| it.is_sealed == is_secret);
    let shown = stored.filter(|it| !it.is_sealed);
    let value = shown.and_then(|it| declared.read(&it.value).ok());
    SettingLine {
        site: site.to_string(),
        name: name.clone(),
        label: plugin.text("vi", &declared.label),
        kind: declared.kind.as_str().to_owned(),
        value: value.or_else(|| declared.default_text()),
        is_set: stored.is_some(),
        set_at: stored.map(|it| it.set_at.rfc3339_in(&Zone::default())),
        set_by: stored.map(|it| it.set_by.clone()),
    }
}
