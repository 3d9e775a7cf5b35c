//! Organisations, sites and the modules enabled on them.

mod directory;
mod home;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::dates::Zone;
use crate::ids::{CollectionId, OrganisationId, PluginId, SiteId, Slug};

pub use directory::{Directory, Places};
pub use home::{HomeChange, HomePlace, arranged, changed};

/// An organisation: an authority, a commune, a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// For ever the same.
    pub id: OrganisationId,
    /// The organisation above it.
    pub parent: Option<OrganisationId>,
    /// Kind as data: `district`, `commune`, `union`.
    pub kind: String,
    /// Full name.
    pub name: String,
}

/// Whether a site answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SiteState {
    /// Prepared, not yet public.
    Trial,
    /// Public.
    Live,
    /// Answers nobody for a time.
    Suspended,
    /// Ended.
    Closed,
}

/// What a portal says of itself (Đ4.4.i). Empty texts are not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// Postal address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// Official e-mail.
    pub email: String,
    /// Who is responsible for the content.
    pub responsible: String,
}

/// A portal or sub-site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// For ever the same.
    pub id: SiteId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Full name in the header.
    pub name: String,
    /// The authority above, in the header; may be empty.
    pub upper_line: String,
    /// One or two sentences on the home page.
    pub introduction: String,
    /// Whether it answers.
    pub state: SiteState,
    /// The one host name of its addresses.
    pub host: String,
    /// Host names that redirect to it.
    pub aliases: Vec<String>,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Footer.
    pub contact: Contact,
}

impl Site {
    /// Its time zone.
    pub fn zone(&self) -> Zone {
        Zone::named(&self.time_zone).unwrap_or_default()
    }
}

/// How far a module's entries are seen from the sites of organisations above.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// Only on its own site.
    None,
    /// Found by searches there.
    #[default]
    Search,
    /// Also in lists there.
    List,
}

/// A plugin on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// The site.
    pub site: SiteId,
    /// The plugin.
    pub plugin: PluginId,
    /// Its section's path there.
    pub mount: Slug,
    /// Disabled modules leave no trace; their entries stay.
    pub enabled: bool,
    /// How far its entries are seen.
    pub share: Share,
    /// Place in the menu, ascending.
    pub position: i64,
}

/// A path that a section had on a site before it moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerMount {
    /// The site.
    pub site: SiteId,
    /// The path.
    pub mount: Slug,
    /// Whose it was.
    pub plugin: PluginId,
}

/// A collection with the plugin that declares it being installed.
pub type KnownCollections = Vec<CollectionId>;
