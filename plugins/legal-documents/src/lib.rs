//! The register of legal documents: what its declarations cannot say.
//!
//! Rules before an entry is stored ([`validate`]) and two computed pages: a document as it stands
//! on a day ([`standing`]), and what replaced what by year ([`replacements`]).

pub mod dates;
pub mod document;
pub mod effect;
pub mod fold;
pub mod graph;
pub mod number;
pub mod relations;
pub mod replacements;
pub mod standing;
pub mod validate;

#[cfg(test)]
mod texts;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object, Outcome, Pages, Request};

/// The plugin.
pub struct LegalDocuments;

impl Pages for LegalDocuments {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        match request.route.as_str() {
            "standing" => standing::page(request, host),
            "replacements" => replacements::page(request, host),
            other => Err(format!("the route `{other}` is not of this plugin")),
        }
    }
}

impl Hooks for LegalDocuments {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        validate::validate(draft, host)
    }
}

dinh_sdk::export_pages!(LegalDocuments);
dinh_sdk::export_hooks!(LegalDocuments);
