//! What other systems may send to a plugin's code.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::ids::{ID_PATTERN, Slug};

/// Longest body of a delivery that a manifest may ask for, in bytes: a payment's or a form's whole record, and no file.
pub const WEBHOOK_BYTES_MAX: u32 = 256 << 10;
/// The same where it says nothing.
const WEBHOOK_BYTES: u32 = 64 << 10;
/// Most deliveries a minute on one site that a manifest may ask for: ten a second.
pub const WEBHOOKS_A_MINUTE_MAX: u32 = 600;
/// The same where it says nothing.
const WEBHOOKS_A_MINUTE: u32 = 60;

/// Headers that are the host's: they frame the message, name a person, or say where it came from.
const WITHHELD: [&str; 20] = [
    "cf-connecting-ip",
    "connection",
    "content-length",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "true-client-ip",
    "upgrade",
    "via",
    "x-client-ip",
    "x-original-url",
    "x-real-ip",
];
/// Beginnings of such.
const WITHHELD_BEGINNINGS: [&str; 3] = ["proxy-", "sec-", "x-forwarded-"];
/// Longest name of a header, in bytes.
const HEADER_NAME_BYTES_MAX: usize = 64;

/// `[[webhooks]]` of a manifest: one address of each site where the plugin is enabled.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookDeclaration {
    /// Name given to the code.
    pub name: String,
    /// Last part of its address, `/moc/<plugin>/<path>`.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub path: Slug,
    /// Locale key of who sends: `webhook.payments`.
    pub system: String,
    /// Longest body, in bytes.
    #[serde(default = "bytes")]
    pub max_bytes: u32,
    /// Deliveries a minute on one site.
    #[serde(default = "a_minute")]
    pub per_minute: u32,
    /// Headers that the code is given, in small letters; no others are.
    #[serde(default)]
    pub headers: Vec<String>,
}

fn bytes() -> u32 {
    WEBHOOK_BYTES
}

fn a_minute() -> u32 {
    WEBHOOKS_A_MINUTE
}

impl WebhookDeclaration {
    /// Its address on every site.
    pub fn address(&self, plugin: &crate::ids::PluginId) -> String {
        format!("/{WEBHOOK_MOUNT}/{plugin}/{}", self.path)
    }
}

/// First part of every such address; no section stands there.
pub const WEBHOOK_MOUNT: &str = "moc";

/// Why a header cannot be given to the code; none where it can.
pub(super) fn withheld(name: &str) -> Option<&'static str> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(1..=HEADER_NAME_BYTES_MAX).contains(&name.len()) || !name.bytes().all(fits) {
        return Some("write a header's name in small letters, digits and `-`");
    }
    let begins = |start: &&str| name.starts_with(*start);
    let is_ours = WITHHELD.contains(&name) || WITHHELD_BEGINNINGS.iter().any(begins);
    is_ours.then_some("the host gives it to no code")
}
