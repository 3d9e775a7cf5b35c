//! Versions that wait until somebody with the right to agrees to what they ask for.

use dinh_package::Package;
use dinh_store::{NewAudit, WaitingVersion};
use serde_json::{Value, json};

use super::consent::{never, sentences};
use super::door::Plan;
use super::{Consent, Installed};
use crate::audit::Act;
use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

/// A version that waits, with what is agreed to.
#[derive(Debug, Clone)]
pub struct WaitingLine {
    /// The plugin.
    pub plugin: String,
    /// Its name.
    pub name: String,
    /// The version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// SHA-256 of its manifest: what is agreed to is what was shown.
    pub manifest: String,
    /// What it may do, in Vietnamese, and whether that is new.
    pub may: Vec<(bool, String)>,
    /// Why it can not be installed any more.
    pub refused: Option<String>,
}

impl Portal {
    /// Lays a package down: nothing of it runs before somebody agrees.
    pub(super) async fn lay_down(&self, plan: Plan, by: By<'_>) -> Result<Installed, Failure> {
        let (id, version) = (
            plan.package.manifest.plugin.clone(),
            plan.package.manifest.version.to_string(),
        );
        let package_bytes = i64::try_from(plan.bytes.len()).unwrap_or(i64::MAX);
        let manifest_hash = plan.package.manifest_hash();
        let waiting = WaitingVersion {
            plugin: id.clone(),
            package_hash: self.shelf().put(plan.bytes).await?,
            package_bytes,
            manifest_hash,
            at: self.now(),
            by: by.name(),
            version,
        };
        let mut tx = self.store().begin_write().await?;
        let told = json!({ "version": waiting.version, "manifest": waiting.manifest_hash });
        tx.audit(self.waiting_act(by, "plugin-waiting", id.as_str(), told));
        tx.put_waiting_version(&waiting).await?;
        tx.commit().await?;
        Ok(Installed::Done(format!(
            "{id} {} waits until somebody agrees to it in the back office",
            waiting.version
        )))
    }

    /// Versions that wait, each with what it may do.
    pub(crate) async fn waiting_lines(&self) -> Result<Vec<WaitingLine>, Failure> {
        let mut lines = Vec::new();
        for it in self.store().waiting_versions().await? {
            lines.push(self.waiting_line(&it).await);
        }
        Ok(lines)
    }

    async fn waiting_line(&self, it: &WaitingVersion) -> WaitingLine {
        let bare = WaitingLine {
            plugin: it.plugin.to_string(),
            name: it.plugin.to_string(),
            version: it.version.clone(),
            publisher: String::new(),
            manifest: it.manifest_hash.clone(),
            may: Vec::new(),
            refused: None,
        };
        let planned = match self.waiting_package(it).await {
            Ok(bytes) => self.plan(bytes).await,
            Err(failure) => Err(failure),
        };
        match planned {
            Err(failure) => WaitingLine {
                refused: Some(failure.to_string()),
                ..bare
            },
            Ok(plan) => {
                let known = plan.granted.as_deref();
                let may = sentences(&plan.loaded, known);
                let mut may: Vec<_> = may.into_iter().map(|(new, vi, _)| (new, vi)).collect();
                may.push((false, never(&plan.loaded.declaration.manifest).0.to_owned()));
                WaitingLine {
                    name: plan
                        .loaded
                        .text("vi", &plan.loaded.declaration.manifest.name),
                    publisher: plan.publisher.name,
                    may,
                    ..bare
                }
            }
        }
    }

    /// Installs what waits: exactly what was shown. None where it waits no longer, or is another one.
    pub(crate) async fn agree_to(
        &self,
        by: By<'_>,
        plugin: &str,
        manifest: &str,
    ) -> Result<Option<String>, Failure> {
        let waiting = self.store().waiting_versions().await?;
        let waiting = waiting.into_iter().find(|it| it.plugin.as_str() == plugin);
        let Some(waiting) = waiting.filter(|it| it.manifest_hash == manifest) else {
            return Ok(None);
        };
        let bytes = self.waiting_package(&waiting).await?;
        let package = Package::read(&bytes).map_err(|faults| {
            Failure::Refused(
                faults
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            )
        })?;
        let asked = self.plan(bytes.clone()).await?.asked();
        let consent = Consent::Given {
            plugin: Some(plugin.to_owned()),
            manifest: Some(package.manifest_hash()),
            capabilities: asked,
        };
        let installed = self.install_by(bytes, consent, by).await?;
        let told = json!({ "version": waiting.version, "manifest": waiting.manifest_hash });
        self.wait_no_longer(by, &waiting, "plugin-agreed-to", told)
            .await?;
        match installed {
            Installed::Done(told) => Ok(Some(told)),
            Installed::Asks { .. } => Ok(None),
        }
    }

    /// Refuses what waits, with a reason: exactly what was shown.
    pub(crate) async fn refuse_waiting(
        &self,
        by: By<'_>,
        plugin: &str,
        (manifest, reason): (&str, &str),
    ) -> Result<bool, Failure> {
        let waiting = self.store().waiting_versions().await?;
        let mut waiting = waiting.iter();
        let shown =
            |it: &&WaitingVersion| it.plugin.as_str() == plugin && it.manifest_hash == manifest;
        let Some(waiting) = waiting.find(shown) else {
            return Ok(false);
        };
        let told = json!({ "version": waiting.version, "reason": reason });
        self.wait_no_longer(by, waiting, "plugin-refused", told)
            .await?;
        Ok(true)
    }

    async fn wait_no_longer(
        &self,
        by: By<'_>,
        it: &WaitingVersion,
        act: &str,
        told: Value,
    ) -> Result<(), Failure> {
        let mut tx = self.store().begin_write().await?;
        tx.audit(self.waiting_act(by, act, it.plugin.as_str(), told));
        tx.drop_waiting_version(&it.plugin, &it.manifest_hash)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn waiting_package(&self, it: &WaitingVersion) -> Result<Vec<u8>, Failure> {
        let size = u64::try_from(it.package_bytes).unwrap_or_default();
        let contents = self.shelf().read(&it.package_hash, size, 0..size).await?;
        contents.bytes().await.map_err(Failure::internal)
    }

    fn waiting_act(&self, by: By<'_>, what: &str, plugin: &str, after: Value) -> NewAudit {
        let act = Act {
            what,
            kind: "plugin",
            subject: plugin,
            before: None,
            after: Some(after),
        };
        self.act_by(by, act)
    }
}
