//! The wasm32 side: generated bindings and the adapters around a plugin's pure functions.

use std::marker::PhantomData;

use bindings::hooks::exports::dinh::module::hooks;
use bindings::pages::exports::dinh::module::pages;

use crate::{Draft, Fault, Hooks, Outcome, Pages, Request};
use portal::Portal;

pub mod bindings;
mod desk;
mod fetch;
mod forms;
mod jobs;
mod kept;
mod portal;
mod table;
mod webhooks;

pub use forms::FormsExport;
pub use jobs::JobsExport;
pub use webhooks::WebhooksExport;

/// What `export_pages!` exports.
pub struct PagesExport<P>(PhantomData<P>);

/// What `export_hooks!` exports.
pub struct HooksExport<P>(PhantomData<P>);

impl<P: Pages> pages::Guest for PagesExport<P> {
    fn page(request: pages::Request) -> Result<pages::Outcome, String> {
        let request = Request {
            route: request.route,
            params: request.params,
            query: request.query,
            locale: request.locale,
            site: request.site,
            viewer: request.viewer,
        };
        Ok(match P::page(&request, &Portal)? {
            Outcome::View(view) => {
                pages::Outcome::View(bindings::pages::dinh::module::types::View {
                    status: view.status,
                    template: view.template,
                    model: view.model.to_string(),
                    max_age_s: view.max_age_s,
                })
            }
            Outcome::Redirect(path) => pages::Outcome::Redirect(path),
            Outcome::NotFound => pages::Outcome::NotFound,
            Outcome::Data { media_type, bytes } => pages::Outcome::Data((media_type, bytes)),
        })
    }
}

impl<P: Hooks> hooks::Guest for HooksExport<P> {
    fn validate(
        event: String,
        collection: String,
        entry: String,
    ) -> Result<Option<String>, Vec<hooks::Fault>> {
        let draft = Draft::read(event, collection, &entry).map_err(|detail| {
            vec![written(
                Fault::new("", "host.entry-unreadable").with("detail", detail),
            )]
        })?;
        match P::validate(&draft, &Portal) {
            Ok(body) => Ok(body.map(|body| text(&body))),
            Err(faults) => Err(faults.into_iter().map(written).collect()),
        }
    }
}

fn written(fault: Fault) -> hooks::Fault {
    hooks::Fault {
        path: fault.path,
        message_key: fault.message_key,
        args: text(&fault.args),
    }
}

/// JSON text of an object; writing a `serde_json` map to memory cannot fail.
fn text(object: &crate::Object) -> String {
    serde_json::to_string(object).unwrap_or_default()
}
