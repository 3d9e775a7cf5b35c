//! Meetings of residents: what the declarations cannot say.

pub mod calendar;
pub mod meeting;
pub mod rules;
pub mod series;
pub mod year;

#[cfg(test)]
mod tests;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object, Outcome, Pages, Request};

/// The plugin.
pub struct Plugin;

impl Pages for Plugin {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        match request.route.as_str() {
            "year" => year::page(request, host),
            "next" => calendar::next(host),
            "calendar" => calendar::file(host),
            "series" => series::page(request, host),
            other => Err(format!("the route `{other}` is not of this plugin")),
        }
    }
}

impl Hooks for Plugin {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        rules::validate(draft, host)
    }
}

dinh_sdk::export_pages!(Plugin);
dinh_sdk::export_hooks!(Plugin);
