//! A plugin with pages alone that asks the host nothing: its component imports nothing of it.

use dinh_sdk::{Host, Outcome, Pages, Request};

/// The plugin.
pub struct Quiet;

impl Pages for Quiet {
    fn page(request: &Request, _host: &impl Host) -> Result<Outcome, String> {
        Ok(Outcome::Data {
            media_type: "text/plain".into(),
            bytes: request.route.clone().into_bytes(),
        })
    }
}

dinh_sdk::export_pages!(Quiet);
