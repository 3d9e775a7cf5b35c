//! How a plugin's functions become exports of its component.

use crate::{Delivery, Draft, Fault, Host, Job, Object, Outcome, Reply, Request, Step, Submission};

/// A plugin with computed pages; ordinary lists and details need none.
pub trait Pages {
    /// Answers one request, usually by a `match` on [`Request::route`].
    ///
    /// # Errors
    /// Words for the operator; the reader sees the host's own page.
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String>;
}

/// A plugin with rules that its declaration cannot say.
pub trait Hooks {
    /// The completed body, or none to keep it as it is.
    ///
    /// # Errors
    /// Everything that is wrong with the entry, at once.
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>>;
}

/// A plugin with forms: routes of the kind `form`. It may write, as [`Jobs`] and
/// [`Webhooks`] may.
pub trait Forms {
    /// Takes what a citizen sent. A view or a redirect answers; what was written is kept then.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once; the form is shown again with what was typed, and
    /// nothing that was written is kept.
    fn submit(submission: &Submission, host: &impl Host) -> Result<Outcome, Vec<Fault>>;
}

/// A plugin with work that nobody waits for: what `[[jobs]]` of plugin.toml names.
pub trait Jobs {
    /// Does one step, usually by a `match` on [`Job::name`]. A step has two seconds of a core: do a
    /// part, and answer [`Step::More`] with where it ended.
    ///
    /// # Errors
    /// Words for the operator. Nothing that was written is kept, and the step is run again later.
    fn run(job: &Job, host: &impl Host) -> Result<Step, String>;
}

/// A plugin that takes what other systems send: what `[[webhooks]]` of plugin.toml names.
pub trait Webhooks {
    /// Takes one delivery, usually by a `match` on [`Delivery::name`]. Whoever knows the address may
    /// send: check the signature first, and that it was not taken before. What was written is kept
    /// when [`Reply::is_taken`].
    ///
    /// # Errors
    /// Words for the operator: your own fault, not the sender's. He is told to send it again.
    fn receive(delivery: &Delivery, host: &impl Host) -> Result<Reply, String>;
}

/// Exports a type's [`Pages`]; nothing off wasm32, so that the plugin also links natively.
#[macro_export]
macro_rules! export_pages {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type PagesOfPlugin = $crate::guest::PagesExport<$plugin>;
            $crate::guest::bindings::pages::export_pages_world!(PagesOfPlugin with_types_in $crate::guest::bindings::pages);
        };
    };
}

/// Exports a type's [`Hooks`]; nothing off wasm32, so that the plugin also links natively.
#[macro_export]
macro_rules! export_hooks {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type HooksOfPlugin = $crate::guest::HooksExport<$plugin>;
            $crate::guest::bindings::hooks::export_hooks_world!(HooksOfPlugin with_types_in $crate::guest::bindings::hooks);
        };
    };
}

/// Exports a type's [`Forms`]; nothing off wasm32, so that the plugin also links natively.
#[macro_export]
macro_rules! export_forms {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type FormsOfPlugin = $crate::guest::FormsExport<$plugin>;
            $crate::guest::bindings::forms::export_forms_world!(FormsOfPlugin with_types_in $crate::guest::bindings::forms);
        };
    };
}

/// Exports a type's [`Jobs`]; nothing off wasm32, so that the plugin also links natively.
#[macro_export]
macro_rules! export_jobs {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type JobsOfPlugin = $crate::guest::JobsExport<$plugin>;
            $crate::guest::bindings::jobs::export_jobs_world!(JobsOfPlugin with_types_in $crate::guest::bindings::jobs);
        };
    };
}

/// Exports a type's [`Webhooks`]; nothing off wasm32, so that the plugin also links natively.
#[macro_export]
macro_rules! export_webhooks {
    ($plugin:ty) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type WebhooksOfPlugin = $crate::guest::WebhooksExport<$plugin>;
            $crate::guest::bindings::webhooks::export_webhooks_world!(WebhooksOfPlugin with_types_in $crate::guest::bindings::webhooks);
        };
    };
}
