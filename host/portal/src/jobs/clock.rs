//! Enqueuing what the clock says is due.

use std::collections::BTreeMap;

use dinh_domain::declaration::Schedule;
use dinh_domain::ids::SiteId;
use dinh_domain::site::{Directory, Site, SiteState};
use dinh_store::{KvOwner, NewAudit, Scheduled};
use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::plugins::LoadedPlugin;
use crate::portal::Portal;

impl Portal {
    /// Enqueues every job whose instant has come since this was last looked at, here or on another node.
    pub(super) async fn follow_clock(&self) -> Result<(), Failure> {
        let plugins = self.plugins().all();
        let scheduled: Vec<_> = plugins.flat_map(|it| schedules(it)).collect();
        if scheduled.is_empty() {
            return Ok(());
        }
        let (directory, now) = (self.directory().await?, self.now());
        let known = self.store().scheduled().await?.into_iter();
        let known: BTreeMap<_, _> = known
            .map(|it| ((it.of.plugin, it.of.site, it.name), it.due_at))
            .collect();
        for (plugin, name, schedule) in scheduled {
            let id = &plugin.declaration.manifest.id;
            for site in live_sites(&directory, plugin) {
                let due_at = schedule.last_due(now, &site.zone());
                let key = (id.clone(), site.id.clone(), name.to_owned());
                if known.get(&key) == Some(&due_at) {
                    continue;
                }
                let (plugin, site, name) = key;
                let of = KvOwner { plugin, site };
                let it = Scheduled { of, name, due_at };
                self.store().follow_schedule(&it, now).await?;
            }
        }
        Ok(())
    }
}

fn schedules(plugin: &LoadedPlugin) -> impl Iterator<Item = (&LoadedPlugin, &str, Schedule)> {
    let jobs = plugin.declaration.manifest.jobs.iter();
    jobs.filter_map(move |job| {
        // A declaration that was taken has a good schedule or none.
        let schedule = job.schedule().ok().flatten()?;
        Some((plugin, job.name.as_str(), schedule))
    })
}

impl Portal {
    /// Lets a job of the clock run now, on one site or on all that have its plugin: once, and its own times stay. On how many it was
    /// enqueued: where it waits or is under way already, nothing changes.
    ///
    /// # Errors
    /// [`Failure::Refused`] where the plugin has no such job, or no such site has it.
    pub async fn run_job(
        &self,
        plugin: &str,
        (name, site): (&str, Option<&str>),
        by: &str,
    ) -> Result<usize, Failure> {
        let loaded = self.known_plugin(plugin)?;
        let mut names = schedules(loaded).map(|(_, name, _)| name);
        if !names.any(|it| it == name) {
            let known: Vec<&str> = schedules(loaded).map(|(_, name, _)| name).collect();
            let known = match known.is_empty() {
                true => "there is none".to_owned(),
                false => format!("there are: {}", known.join(", ")),
            };
            let told = format!("{plugin} has no job `{name}` of the clock: {known}");
            return Err(Failure::Refused(told));
        }
        let site = match site {
            Some(site) => Some(self.known_site(site).await?),
            None => None,
        };
        let directory = self.directory().await?;
        let sites = live_sites(&directory, loaded).map(|it| it.id.clone());
        let sites: Vec<SiteId> = sites
            .filter(|it| site.as_ref().is_none_or(|one| one == it))
            .collect();
        if sites.is_empty() {
            let told = format!("{plugin} is enabled on no such site, so that nothing runs");
            return Err(Failure::Refused(told));
        }
        let (mut tx, now) = (self.store().begin_write().await?, self.now());
        let mut enqueued = 0;
        for site in &sites {
            let of = KvOwner {
                plugin: loaded.declaration.manifest.id.clone(),
                site: site.clone(),
            };
            // One that waits already runs without this.
            if !tx.enqueue_scheduled(&of, name, now).await? {
                continue;
            }
            enqueued += 1;
            let act = Act {
                what: "plugin-job-run",
                kind: "plugin",
                subject: plugin,
                before: None,
                after: Some(json!({ "job": name })),
            };
            tx.audit(NewAudit {
                site: Some(site.clone()),
                ..self.act(by, act)
            });
        }
        tx.commit().await?;
        self.working().enqueued.notify_waiters();
        Ok(enqueued)
    }
}

/// The sites that answer and have a plugin enabled.
fn live_sites<'a>(
    directory: &'a Directory,
    plugin: &LoadedPlugin,
) -> impl Iterator<Item = &'a Site> {
    let id = &plugin.declaration.manifest.id;
    let modules = directory.modules.iter();
    let enabled = modules.filter(move |it| it.enabled && it.plugin == *id);
    enabled.filter_map(|it| live_site(directory, &it.site))
}

/// A site, if it answers.
pub(crate) fn live_site<'a>(directory: &'a Directory, site: &SiteId) -> Option<&'a Site> {
    let site = directory.site(site);
    site.filter(|it| it.state == SiteState::Live)
}
