//! Consultations: what their declarations cannot say, which are rules before one is stored ([`rules`]).

pub mod days;
pub mod rules;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object};

/// The plugin.
pub struct Consultations;

impl Hooks for Consultations {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        let days = draft.text("kind").map(|kind| format!("days-{kind}"));
        let days = days.map_or(Ok(None), |name| host.setting(&name));
        let shortest = match days.map(|days| days.map(|it| it.parse()).transpose()) {
            Ok(Ok(days)) => days,
            // What cannot be read is no rule that is met.
            Ok(Err(_)) | Err(_) => return Err(vec![Fault::new("/closes", "fault.unread")]),
        };
        match rules::faults(draft, |_| shortest) {
            faults if faults.is_empty() => Ok(None),
            faults => Err(faults),
        }
    }
}

dinh_sdk::export_hooks!(Consultations);

#[cfg(test)]
mod tests;
