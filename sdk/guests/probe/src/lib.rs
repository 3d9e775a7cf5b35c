//! A plugin that behaves or misbehaves on request: the route names what it does.
//!
//! The host's tests load it to try every limit. It is no example; for that see the README of the SDK.

use dinh_sdk::{Draft, Fault, Hooks, Host, Object, Outcome, Pages, Request};

mod behaviour;
mod hostile;

/// The plugin.
pub struct Probe;

impl Pages for Probe {
    fn page(request: &Request, host: &impl Host) -> Result<Outcome, String> {
        match hostile::page(request, host) {
            Some(outcome) => outcome,
            None => behaviour::page(request, host),
        }
    }
}

impl Hooks for Probe {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        match draft.text("ask") {
            Some("complete") => {
                let mut body = draft.body.clone();
                body.insert("seen".into(), draft.event.clone().into());
                Ok(Some(body))
            }
            Some("fault") => Err(vec![
                Fault::new("/ask", "probe.fault").with("today", host.today()),
            ]),
            Some("no-fault") => Err(Vec::new()),
            Some("read") => {
                hostile::read(host, 1);
                Ok(None)
            }
            Some("loop") => hostile::forever(),
            _ => Ok(None),
        }
    }
}

dinh_sdk::export_pages!(Probe);
dinh_sdk::export_hooks!(Probe);

#[cfg(test)]
mod tests;
