//! What other systems send to a plugin: the host checks where it goes, how often and how much; the plugin's
//! code decides, and what it wrote lasts when it says that it took it.

use std::sync::Arc;
use std::time::Instant;

use dinh_domain::declaration::WebhookDeclaration;
use dinh_domain::ids::PluginId;
use dinh_runtime::{Budget, Call, CallError, Delivery, Received};

use crate::failure::Failure;
use crate::host_calls::GuestHost;
use crate::portal::Portal;
use crate::values::Keeping;
use crate::visit::Visit;

/// How often a delivery is tried anew because another call changed what it had read.
const TRIES_MAX: usize = 3;
/// When to send again, in seconds, where nothing says how long it takes.
const LATER_S: u32 = 120;
/// The same where there was no slot for the code, or a failure that may be over.
const SOON_S: u32 = 30;

/// What is at an address of a site.
#[derive(Debug, Clone, Copy)]
pub enum WebhookAt<'a> {
    /// Nothing, or nothing any more.
    Nothing,
    /// Something of a plugin that cannot be loaded now.
    Away,
    /// A webhook.
    Here(Webhook<'a>),
}

/// A declared webhook of an enabled plugin.
#[derive(Debug, Clone, Copy)]
pub struct Webhook<'a> {
    plugin: &'a PluginId,
    /// What is declared of it.
    pub declared: &'a WebhookDeclaration,
}

/// What the sender is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What the code answered.
    Reply(Received),
    /// It was not taken: send it again after so many seconds.
    Later(u32),
}

impl Portal {
    /// What is at `/moc/<plugin>/<path>` of the visited site.
    pub fn webhook<'a>(&'a self, visit: &'a Visit, plugin: &str, path: &str) -> WebhookAt<'a> {
        let modules = visit.directory.enabled_modules(&visit.site.id);
        let module = modules.into_iter().find(|it| it.plugin.as_str() == plugin);
        let Some(module) = module else {
            return WebhookAt::Nothing;
        };
        let Some(loaded) = self.plugins().get(&module.plugin) else {
            return match self.plugins().missing().contains_key(&module.plugin) {
                true => WebhookAt::Away,
                false => WebhookAt::Nothing,
            };
        };
        let mut declared = loaded.declaration.manifest.webhooks.iter();
        let found = declared.find(|it| it.path.as_str() == path);
        found.map_or(WebhookAt::Nothing, |declared| {
            WebhookAt::Here(Webhook {
                plugin: &loaded.declaration.manifest.id,
                declared,
            })
        })
    }

    /// Counts a delivery; the seconds until the next may come where there were too many.
    pub fn admit_delivery(&self, visit: &Visit, webhook: &Webhook<'_>) -> Result<(), u32> {
        let (name, most) = (&webhook.declared.name, webhook.declared.per_minute);
        let (plugin, site) = (webhook.plugin, &visit.site.id);
        self.allowances()
            .may_receive(plugin, site, (name.as_str(), most), self.now())
    }

    /// Gives a delivery to the plugin. Every one is in the log, without what it says.
    pub async fn deliver(
        &self,
        visit: &Visit,
        webhook: &Webhook<'_>,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<Told, Failure> {
        visit.passing();
        let (began, bytes) = (Instant::now(), body.len());
        let delivery = Delivery {
            name: webhook.declared.name.clone(),
            headers,
            body,
        };
        let told = self.delivered(visit, webhook, &delivery).await?;
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = match &told {
            Told::Reply(reply) => reply.status,
            Told::Later(_) => 503,
        };
        let (plugin, site, name) = (webhook.plugin, &visit.site.id, &delivery.name);
        tracing::info!(%plugin, %site, webhook = name, status, bytes, ms, "a delivery was answered");
        Ok(told)
    }

    async fn delivered(
        &self,
        visit: &Visit,
        webhook: &Webhook<'_>,
        delivery: &Delivery,
    ) -> Result<Told, Failure> {
        let failed = |reason: &str| {
            let (plugin, site, name) = (webhook.plugin, &visit.site.id, &delivery.name);
            tracing::warn!(%plugin, %site, webhook = name, reason, "a delivery was not taken");
            Ok(Told::Later(SOON_S))
        };
        let loaded = self.plugins().get(webhook.plugin);
        let code = loaded.and_then(|it| it.code_on(&visit.site));
        let Some(code) = code else {
            return Ok(Told::Later(LATER_S));
        };
        for _ in 0..TRIES_MAX {
            let host = GuestHost::receiving(self.clone(), visit.clone(), webhook.plugin.clone());
            let host = Arc::new(host);
            let call = Call {
                site: visit.site.id.to_string(),
                host: host.clone(),
                now_ms: u64::try_from(visit.now.0).unwrap_or_default(),
                today: visit.today.to_string(),
                budget: Budget::RECEIVE,
            };
            let reply = match code.receive(call, delivery.clone()).await {
                Ok(reply) if reply.is_taken() => reply,
                Ok(reply) => return Ok(Told::Reply(reply)),
                Err(CallError::Parked { until_ms }) => {
                    return Ok(Told::Later(self.until(until_ms)));
                }
                Err(CallError::Busy) => return Ok(Told::Later(SOON_S)),
                Err(error) => return failed(&error.to_string()),
            };
            match self.keep_writes(&host, None).await? {
                Keeping::Kept => return Ok(Told::Reply(reply)),
                Keeping::TooMuch => return failed("it keeps or enqueues more than it may"),
                Keeping::Changed | Keeping::Lost => {}
            }
        }
        failed("other calls changed what it had read, again and again")
    }

    /// Seconds until code is called again that is not called now.
    fn until(&self, until_ms: Option<u64>) -> u32 {
        let now = u64::try_from(self.now().0).unwrap_or_default();
        let seconds = until_ms.map(|it| it.saturating_sub(now).div_ceil(1_000));
        let seconds = seconds.and_then(|it| u32::try_from(it).ok());
        seconds.map_or(LATER_S, |it| it.clamp(1, LATER_S))
    }
}
