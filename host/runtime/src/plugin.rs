//! One version of a plugin, compiled, linked with what it was granted, ready to be called.

use std::sync::Arc;

use crate::bindings::forms::WithFormsPre;
use crate::bindings::hooks::WithHooksPre;
use crate::bindings::jobs::WithJobsPre;
use crate::bindings::pages::WithPagesPre;
use crate::bindings::pages::exports::dinh::module::pages;
use crate::bindings::webhooks::WithWebhooksPre;
use crate::breaker::Export;
use crate::state::CallState;
use crate::tally::Tally;
use crate::{
    Call, CallError, Capability, CodeSource, Engine, Outcome, Request, RuntimeError, Validated,
    answer,
};
pub use component::Compiled;
pub(crate) use component::look_at;
use running::Running;

mod component;
mod link;
mod receive;
mod running;
mod step;
mod submit;

/// What the host found the component to export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// Computed pages.
    pub pages: bool,
    /// The validate hook.
    pub hooks: bool,
    /// What citizens send.
    pub forms: bool,
    /// Steps of jobs.
    pub jobs: bool,
    /// What other systems send.
    pub webhooks: bool,
}

/// A loaded plugin; a cheap handle.
#[derive(Clone)]
pub struct Plugin {
    version: Arc<Version>,
}

struct Version {
    engine: Engine,
    id: Arc<str>,
    source: CodeSource,
    imports: Vec<Capability>,
    pages: Option<WithPagesPre<CallState>>,
    hooks: Option<WithHooksPre<CallState>>,
    forms: Option<WithFormsPre<CallState>>,
    jobs: Option<WithJobsPre<CallState>>,
    webhooks: Option<WithWebhooksPre<CallState>>,
    tallies: Tallies,
}

/// What is counted of each export; none where nobody watches.
struct Tallies {
    pages: Option<Arc<Tally>>,
    hooks: Option<Arc<Tally>>,
    forms: Option<Arc<Tally>>,
    jobs: Option<Arc<Tally>>,
    webhooks: Option<Arc<Tally>>,
}

impl Plugin {
    /// Compiles a component and links it with what was granted and nothing else.
    ///
    /// Takes some hundred milliseconds of CPU: call it off the async threads.
    ///
    /// # Errors
    /// [`RuntimeError`] names what is wrong with the component, an ungranted import among others.
    pub fn load(
        engine: &Engine,
        id: &str,
        wasm: &[u8],
        grants: &[Capability],
    ) -> Result<Self, RuntimeError> {
        Self::link(&Compiled::new(engine, id, wasm)?, grants)
    }

    /// Links a compiled component with what was granted and nothing else.
    ///
    /// # Errors
    /// [`RuntimeError`] names an ungranted or unknown import, or one of another shape.
    pub fn link(compiled: &Compiled, grants: &[Capability]) -> Result<Self, RuntimeError> {
        let (engine, id, component) = compiled.parts();
        let mut imports = component::granted_imports(engine, id, component, grants)?;
        let mut found = compiled.exports();
        found.forms &= grants.contains(&Capability::Forms);
        found.jobs &= grants.contains(&Capability::Jobs);
        found.webhooks &= grants.contains(&Capability::Webhooks);
        let opened = [
            (found.forms, Capability::Forms),
            (found.jobs, Capability::Jobs),
            (found.webhooks, Capability::Webhooks),
        ];
        for (is_there, one) in opened {
            if is_there && !imports.contains(&one) {
                imports.push(one);
            }
        }
        let pre = link::link(engine, id, component, &imports)?;
        let mismatch = |error: wasmtime::Error| RuntimeError::Mismatch {
            plugin: id.to_owned(),
            cause: format!("{error:#}"),
        };
        let pages = found.pages.then(|| WithPagesPre::new(pre.clone()));
        let hooks = found.hooks.then(|| WithHooksPre::new(pre.clone()));
        let forms = found.forms.then(|| WithFormsPre::new(pre.clone()));
        let jobs = found.jobs.then(|| WithJobsPre::new(pre.clone()));
        let webhooks = found.webhooks.then(|| WithWebhooksPre::new(pre.clone()));
        let tally = |is_there: bool, export| is_there.then(|| engine.tally(id, export)).flatten();
        Ok(Self {
            version: Arc::new(Version {
                engine: engine.clone(),
                id: id.into(),
                source: compiled.source(),
                imports,
                pages: pages.transpose().map_err(mismatch)?,
                hooks: hooks.transpose().map_err(mismatch)?,
                forms: forms.transpose().map_err(mismatch)?,
                jobs: jobs.transpose().map_err(mismatch)?,
                webhooks: webhooks.transpose().map_err(mismatch)?,
                tallies: Tallies {
                    pages: tally(found.pages, Export::Pages),
                    hooks: tally(found.hooks, Export::Hooks),
                    forms: tally(found.forms, Export::Forms),
                    jobs: tally(found.jobs, Export::Jobs),
                    webhooks: tally(found.webhooks, Export::Webhooks),
                },
            }),
        })
    }

    /// The plugin's id.
    pub fn id(&self) -> &str {
        &self.version.id
    }

    /// Where its code came from.
    pub fn source(&self) -> CodeSource {
        self.version.source
    }

    /// Which exports it has that may be called.
    pub fn exports(&self) -> Exports {
        Exports {
            pages: self.version.pages.is_some(),
            hooks: self.version.hooks.is_some(),
            forms: self.version.forms.is_some(),
            jobs: self.version.jobs.is_some(),
            webhooks: self.version.webhooks.is_some(),
        }
    }

    /// The capabilities that it uses, each granted; never more than was granted.
    pub fn imports(&self) -> &[Capability] {
        &self.version.imports
    }

    /// Calls the page export in a fresh instance.
    ///
    /// # Errors
    /// [`CallError`]; the host and the next call are unharmed by every one of them.
    pub async fn page(&self, call: Call, request: Request) -> Result<Outcome, CallError> {
        let pages = self.version.pages.as_ref();
        let pages = pages.ok_or(CallError::NotExported(Export::Pages))?;
        let request = pages::Request {
            route: request.route,
            params: request.params,
            query: request.query,
            locale: request.locale,
            site: call.site.clone(),
            viewer: request.viewer,
        };
        let mut running = self.start(call, Export::Pages).await?;
        let ran = running::run(running.wall(), async {
            let instance = pages.instantiate_async(&mut running.store).await?;
            let guest = instance.dinh_module_pages();
            guest.call_page(&mut running.store, &request).await
        });
        let ran = ran.await;
        running.end(ran, |answer| {
            answer.map_err(answer::failure).and_then(answer::outcome)
        })
    }

    /// Calls the validate hook in a fresh instance. `entry_json` is
    /// `{"id", "key", "site", "state", "title", "body": {…}}`.
    ///
    /// # Errors
    /// [`CallError`]; a regulated collection fails closed on every one of them.
    pub async fn validate(
        &self,
        call: Call,
        event: &str,
        collection: &str,
        entry_json: &str,
    ) -> Result<Validated, CallError> {
        let hooks = self.version.hooks.as_ref();
        let hooks = hooks.ok_or(CallError::NotExported(Export::Hooks))?;
        let mut running = self.start(call, Export::Hooks).await?;
        let ran = running::run(running.wall(), async {
            let instance = hooks.instantiate_async(&mut running.store).await?;
            let guest = instance.dinh_module_hooks();
            guest
                .call_validate(&mut running.store, event, collection, entry_json)
                .await
        });
        let ran = ran.await;
        running.end(ran, answer::validated)
    }

    async fn start(&self, call: Call, export: Export) -> Result<Running, CallError> {
        let version = &self.version;
        let tally = match export {
            Export::Pages => version.tallies.pages.clone(),
            Export::Hooks => version.tallies.hooks.clone(),
            Export::Forms => version.tallies.forms.clone(),
            Export::Jobs => version.tallies.jobs.clone(),
            Export::Webhooks => version.tallies.webhooks.clone(),
        };
        Running::start(&version.engine, &version.id, call, export, tally).await
    }
}
