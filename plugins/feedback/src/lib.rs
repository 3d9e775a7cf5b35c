//! Remarks of readers on the portal: what the declarations cannot say.

use dinh_sdk::{Draft, Fault, Hooks, Host, Object};

/// The topic of proposals about the regulation.
const REGULATION: &str = "regulation";

/// The plugin.
pub struct Plugin;

impl Hooks for Plugin {
    /// A proposal about the regulation names the point that it is about (Đ18.3): the Board hands it on by that.
    /// Lists begin with the newest, so each carries its day.
    fn validate(draft: &Draft, host: &impl Host) -> Result<Option<Object>, Vec<Fault>> {
        let clause = draft.text("clause").unwrap_or_default();
        let names_one = clause.chars().any(|it| it.is_ascii_digit());
        if draft.text("topic") == Some(REGULATION) && !names_one {
            return Err(vec![Fault::new("/clause", "fault.clause")]);
        }
        if draft.text("received_on").is_some() {
            return Ok(None);
        }
        let mut body = draft.body.clone();
        body.insert("received_on".to_owned(), host.today().into());
        Ok(Some(body))
    }
}

dinh_sdk::export_hooks!(Plugin);

#[cfg(test)]
mod tests;
