//! Webhooks that a manifest names.

use std::collections::BTreeSet;

use super::settings::is_name;
use crate::declaration::webhook::withheld;
use crate::declaration::{
    Capability, Manifest, WEBHOOK_BYTES_MAX, WEBHOOKS_A_MINUTE_MAX, WebhookDeclaration,
};

/// Most webhooks of a plugin: an operator reads them all before he grants them.
const WEBHOOKS_MAX: usize = 16;
/// Most headers of one.
const HEADERS_MAX: usize = 16;

pub(super) fn webhooks(manifest: &Manifest, fault: &mut impl FnMut(String)) {
    let webhooks = &manifest.webhooks;
    let is_asked = manifest.capabilities.contains(&Capability::Webhooks);
    if !webhooks.is_empty() && !is_asked {
        fault("[[webhooks]] names a webhook: ask for the capability `webhooks`".to_owned());
    }
    if is_asked && webhooks.is_empty() {
        fault(
            "the capability `webhooks` is asked for, and no [[webhooks]] names one: add one with its `name`, `path` and `system`"
                .to_owned(),
        );
    }
    if webhooks.len() > WEBHOOKS_MAX {
        let count = webhooks.len();
        fault(format!(
            "[[webhooks]] names {count} webhooks, more than {WEBHOOKS_MAX}"
        ));
    }
    let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for webhook in webhooks {
        let name = &webhook.name;
        if !is_name(name) || !names.insert(name) {
            fault(format!(
                "webhook `{name}`: names are small letters, digits, `-` and `_`, each once"
            ));
        }
        if !paths.insert(webhook.path.as_str()) {
            let path = &webhook.path;
            fault(format!(
                "webhook `{name}`: another one has the path `{path}`"
            ));
        }
        bounds(webhook, fault);
        headers(webhook, fault);
    }
}

fn bounds(webhook: &WebhookDeclaration, fault: &mut impl FnMut(String)) {
    let name = &webhook.name;
    if !(1..=WEBHOOK_BYTES_MAX).contains(&webhook.max_bytes) {
        let asked = webhook.max_bytes;
        fault(format!(
            "webhook `{name}`: `max_bytes` is 1 to {WEBHOOK_BYTES_MAX}, not {asked}"
        ));
    }
    if !(1..=WEBHOOKS_A_MINUTE_MAX).contains(&webhook.per_minute) {
        let asked = webhook.per_minute;
        fault(format!(
            "webhook `{name}`: `per_minute` is 1 to {WEBHOOKS_A_MINUTE_MAX}, not {asked}"
        ));
    }
}

fn headers(webhook: &WebhookDeclaration, fault: &mut impl FnMut(String)) {
    let name = &webhook.name;
    let count = webhook.headers.len();
    if count > HEADERS_MAX {
        fault(format!(
            "webhook `{name}`: {count} headers, more than {HEADERS_MAX}"
        ));
    }
    let mut known = BTreeSet::new();
    for header in &webhook.headers {
        if let Some(why) = withheld(header) {
            fault(format!("webhook `{name}`: header `{header}`: {why}"));
        } else if !known.insert(header) {
            fault(format!(
                "webhook `{name}`: header `{header}`: it is named twice"
            ));
        }
    }
}
