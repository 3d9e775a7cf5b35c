//! The catalogue of public services: what its declarations cannot say.
//!
//! What somebody's own case needs ([`checklist`]), and rules before a procedure is stored ([`rules`]).

pub mod cases;
pub mod checklist;
pub mod procedure;
pub mod rules;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object, Outcome, Pages, Request};

/// The plugin.
pub struct PublicServices;

impl Pages for PublicServices {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        match request.route.as_str() {
            "checklist" => checklist::page(request, host),
            other => Err(format!("the route `{other}` is not of this plugin")),
        }
    }
}

impl Hooks for PublicServices {
    fn validate(draft: &Draft, _: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        rules::check(draft).map(|()| None)
    }
}

dinh_sdk::export_pages!(PublicServices);
dinh_sdk::export_hooks!(PublicServices);
