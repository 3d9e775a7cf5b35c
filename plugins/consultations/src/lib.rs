//! Consultations: what their declarations cannot say, which are rules before one is stored ([`rules`]).

pub mod days;
pub mod rules;

use dinh_sdk::{Draft, Fault, Hooks, Host, Object};

/// The plugin.
pub struct Consultations;

impl Hooks for Consultations {
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        let kind = draft.text("kind").unwrap_or_default();
        let shortest = match host.setting(&format!("days-{kind}")) {
            Ok(days) => days.and_then(|it| it.parse().ok()),
            // What cannot be read now is no rule that is met.
            Err(_) if !kind.is_empty() => return Err(vec![Fault::new("/closes", "fault.unread")]),
            Err(_) => None,
        };
        match rules::faults(draft, |_| shortest) {
            faults if faults.is_empty() => Ok(None),
            faults => Err(faults),
        }
    }
}

dinh_sdk::export_hooks!(Consultations);
