//! Consultations: what their declarations cannot say, which are rules before one is stored ([`rules`]).

pub mod days;
pub mod rules;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object};

/// The plugin.
pub struct Consultations;

impl Hooks for Consultations {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        let shortest = |kind: &str| {
            let days = host.setting(&format!("days-{kind}"));
            days.ok().flatten().and_then(|it| it.parse().ok())
        };
        match rules::faults(draft, shortest) {
            faults if faults.is_empty() => Ok(None),
            faults => Err(faults),
        }
    }
}

dinh_sdk::export_hooks!(Consultations);
