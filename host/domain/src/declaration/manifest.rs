//! `plugin.toml`: identity, wishes and routes.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::fetch::FetchPlace;
use super::form::FormField;
use super::job::JobDeclaration;
use super::setting::Setting;
use super::webhook::WebhookDeclaration;
use crate::ids::{ID_PATTERN, PluginId};
use crate::site::Share;

/// Paths below every section that are the host's own. They win over declared routes, and no entry's
/// address can be one: a slug holds no dot.
pub const FIXED_WORDS: [&str; 5] = [
    "feed.atom",
    "calendar.ics",
    "export.csv",
    "export.ods",
    super::TOTALS_CSV,
];

/// The manifest of a plugin.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// English, hyphenated, for ever.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub id: PluginId,
    /// Semantic version; it only rises.
    pub version: semver::Version,
    /// Version of the contract it was built against: `0.1`.
    pub contract: String,
    /// Locale key of the section's name.
    pub name: String,
    /// Locale key of one sentence about the section.
    pub description: String,
    /// The clause of the regulation that demands the section: `Đ4.4.e`.
    pub clause: String,
    /// Default path of the section on a site: `van-ban`.
    #[schemars(with = "String", extend("pattern" = ID_PATTERN))]
    pub mount: crate::ids::Slug,
    /// How far a newly enabled section is seen from the sites of organisations above.
    #[serde(default)]
    pub share: Share,
    /// What the code wants to call; all of it must be granted.
    #[serde(default)]
    pub capabilities: Vec<Capability>,
    /// Who answers for it.
    pub publisher: Publisher,
    /// Computed pages.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Calls before a change of an entry is committed.
    #[serde(default)]
    pub hooks: Vec<Hook>,
    /// Other systems that the code may send requests to.
    #[serde(default)]
    pub fetch: Vec<FetchPlace>,
    /// Work that the code does by itself.
    #[serde(default)]
    pub jobs: Vec<JobDeclaration>,
    /// What other systems may send to the code.
    #[serde(default)]
    pub webhooks: Vec<WebhookDeclaration>,
    /// Collections of this plugin whose entries the code drafts.
    #[serde(default)]
    pub writes: Vec<String>,
    /// What the operator sets for each site.
    #[serde(default)]
    pub settings: IndexMap<String, Setting>,
}

impl Manifest {
    /// Whether anything is declared that only code can answer. Without it a plugin has no component.
    pub fn needs_code(&self) -> bool {
        !(self.capabilities.is_empty()
            && self.routes.is_empty()
            && self.hooks.is_empty()
            && self.jobs.is_empty()
            && self.webhooks.is_empty())
    }
}

/// Who publishes a plugin, and where to report a hole in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Name for people.
    pub name: String,
    /// Address of a page or a mailbox.
    pub contact: String,
    /// Where holes are reported.
    pub security_contact: String,
}

/// Something of the host that a plugin may call when it was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Capability {
    /// Read entries of its own collections, as the caller may see them.
    #[serde(rename = "content.read")]
    ContentRead,
    /// Write entries of the collections that it names as drafts of the desk.
    #[serde(rename = "content.write")]
    ContentWrite,
    /// Ask for the time.
    #[serde(rename = "clock")]
    Clock,
    /// Write to the operator's log, bounded.
    #[serde(rename = "log")]
    Log,
    /// Keep small values by key, for itself on each site.
    #[serde(rename = "kv")]
    Kv,
    /// Ask what the operator has set for it.
    #[serde(rename = "settings")]
    Settings,
    /// Take what citizens send by its forms.
    #[serde(rename = "forms")]
    Forms,
    /// Send requests to the systems that it names.
    #[serde(rename = "fetch")]
    Fetch,
    /// Work for later: when the clock says so, or when it was enqueued.
    #[serde(rename = "jobs")]
    Jobs,
    /// Take what the systems send that it names.
    #[serde(rename = "webhooks")]
    Webhooks,
}

impl Capability {
    /// The name in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ContentRead => "content.read",
            Self::ContentWrite => "content.write",
            Self::Clock => "clock",
            Self::Log => "log",
            Self::Kv => "kv",
            Self::Settings => "settings",
            Self::Forms => "forms",
            Self::Fetch => "fetch",
            Self::Jobs => "jobs",
            Self::Webhooks => "webhooks",
        }
    }
}

/// A computed page below the section's mount.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Name given to the code.
    pub name: String,
    /// Path pattern: fixed words and `{parameters}`, e.g. `{slug}/hieu-luc`.
    pub path: String,
    /// Locale key of the page's title.
    pub title: String,
    /// Query parameters it reads; others are not passed on.
    #[serde(default)]
    pub query: Vec<String>,
    /// What the host shows while the code is parked or fails.
    pub fallback: Fallback,
    /// Where the host links to it.
    #[serde(default)]
    pub offered_on: Option<OfferedOn>,
    /// What it is.
    #[serde(default)]
    pub kind: RouteKind,
    /// Fields of a form, in their order.
    #[serde(default)]
    pub fields: Vec<FormField>,
    /// Locale key of the words on a form's button.
    #[serde(default)]
    pub button: Option<String>,
}

/// What a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RouteKind {
    /// A page to read.
    #[default]
    Page,
    /// A page with a form below it, whose sendings the code is given.
    Form,
}

/// The host's own view that stands in for a computed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// The entry named by `{slug}`.
    Detail,
    /// The section's list.
    List,
}

/// The host's view that carries a link to a computed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfferedOn {
    /// Each entry's page, above everything else: what most readers of it want.
    DetailHead,
    /// Each entry's page.
    Detail,
    /// The section's list.
    List,
}

/// A call into the code before an event is committed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// `validate`: checks and completes an entry's body.
    pub event: HookEvent,
    /// Collection of this plugin.
    pub collection: String,
}

/// When a hook is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HookEvent {
    /// Before an entry is saved or published.
    Validate,
}
