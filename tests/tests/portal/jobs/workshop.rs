//! A portal with the plugin that has jobs, worked off when the test says so.

use dinh::command::Command;
use dinh::plugin::operator::{JobsWork, PluginWork};
use dinh_tests::{TestPortal, Visited, WORKER, copied_bundle, install_worker};
use serde_json::Value;
use tempfile::TempDir;

pub(crate) const SITE: &str = "dong-son";
pub(crate) const HOST: &str = "dong-son.localhost";
pub(crate) const OTHER_SITE: &str = "xuan-luong";
pub(crate) const OTHER_HOST: &str = "xuan-luong.localhost";
/// The same code as another plugin.
pub(crate) const OTHER: &str = "other-worker";
/// A minute of the test's clock.
pub(crate) const MINUTE_MS: i64 = 60_000;

pub(crate) struct Workshop {
    pub(crate) portal: TestPortal,
    pub(crate) bundle: TempDir,
}

impl Workshop {
    pub(crate) async fn open() -> Self {
        Self::with_clock("").await
    }

    /// `clock` says when the job `tick` is due.
    pub(crate) async fn with_clock(clock: &str) -> Self {
        let bundle = copied_bundle();
        install_worker(bundle.path(), WORKER, clock);
        install_worker(bundle.path(), OTHER, "");
        let portal = TestPortal::demo_of_bundle(bundle.path()).await;
        let workshop = Self { portal, bundle };
        for (site, plugin) in [(SITE, WORKER), (OTHER_SITE, WORKER), (SITE, OTHER)] {
            workshop.set(site, plugin, true).await;
        }
        workshop
    }

    pub(crate) async fn set(&self, site: &str, plugin: &str, enabled: bool) {
        let (site, plugin) = (site.to_owned(), plugin.to_owned());
        let command = Command::ModuleSet {
            site,
            plugin,
            enabled,
        };
        self.portal.command(command).await.unwrap();
    }

    /// Fills the form of a plugin on a site.
    pub(crate) async fn ask(&self, host: &str, plugin: &str, fields: &[(&str, &str)]) -> Visited {
        let path = format!("/{plugin}/giao");
        self.portal.visitor().send(host, &path, fields).await
    }

    /// Enqueues a job through the form.
    pub(crate) async fn enqueue(&self, words: &str) {
        self.enqueue_with(words, &[]).await;
    }

    pub(crate) async fn enqueue_with(&self, words: &str, more: &[(&str, &str)]) {
        let mut fields = vec![("what", "work"), ("words", words)];
        fields.extend(more);
        let sent = self.ask(HOST, WORKER, &fields).await;
        sent.assert_status(303);
    }

    /// Runs what is due, step by step; how many steps.
    pub(crate) async fn work(&self) -> u64 {
        self.portal.portal().work_off_jobs().await.unwrap()
    }

    /// The same after a pause.
    pub(crate) async fn work_after(&self, millis: i64) -> u64 {
        self.portal.clock().advance(millis);
        self.work().await
    }

    /// What a plugin has kept on a site; null where it has not.
    pub(crate) async fn value_at(&self, host: &str, plugin: &str, key: &str) -> Value {
        let path = format!("/{plugin}/da-lam");
        let page = self.portal.visitor().get(host, &path).await;
        let items = page.assert_status(200).json();
        let items = items.as_array().unwrap();
        let found = items.iter().find(|it| it[0] == key);
        found.map_or(Value::Null, |it| it[1].clone())
    }

    pub(crate) async fn value(&self, key: &str) -> Value {
        self.value_at(HOST, WORKER, key).await
    }

    /// The jobs of the plugin, as operators list them.
    pub(crate) async fn jobs(&self) -> Vec<Value> {
        let listed = self.operate(JobsWork::List {
            plugin: WORKER.to_owned(),
            site: None,
            json: true,
        });
        serde_json::from_str(&listed.await.unwrap()).unwrap()
    }

    /// The only one.
    pub(crate) async fn only_job(&self) -> Value {
        let jobs = self.jobs().await;
        assert_eq!(jobs.len(), 1, "{jobs:?}");
        jobs[0].clone()
    }

    pub(crate) async fn operate(&self, work: JobsWork) -> Result<String, String> {
        let work = Command::Plugin(PluginWork::Jobs(work));
        self.portal.command(work).await
    }

    pub(crate) async fn decide(&self, retry: &[&str], forget: &[&str]) -> Result<String, String> {
        let owned = |ids: &[&str]| ids.iter().map(|it| (*it).to_owned()).collect();
        self.operate(JobsWork::Decide {
            plugin: WORKER.to_owned(),
            retry: owned(retry),
            forget: owned(forget),
            by: "operator".to_owned(),
        })
        .await
    }
}
