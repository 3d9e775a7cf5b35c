//! Organisations, sites and the modules enabled on them.

use serde::{Deserialize, Serialize};

use crate::dates::Zone;
use crate::ids::{CollectionId, OrganisationId, PluginId, SiteId, Slug};

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

/// All organisations, sites and modules as they stand: what visibility is decided from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Modules.
    pub modules: Vec<Module>,
    /// Where modules were before.
    pub former_mounts: Vec<FormerMount>,
    /// Collections that some installed plugin declares.
    pub collections: KnownCollections,
}

impl Directory {
    /// A site by its id.
    pub fn site(&self, id: &SiteId) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == *id)
    }

    /// The site that a host name leads to, and whether by an alias. The port is not part of it.
    pub fn site_at(&self, host: &str) -> Option<(&Site, bool)> {
        let direct = self.sites.iter().find(|site| site.host == host);
        let by_alias = || {
            self.sites
                .iter()
                .find(|site| site.aliases.iter().any(|it| it == host))
        };
        direct
            .map(|site| (site, false))
            .or_else(|| by_alias().map(|site| (site, true)))
    }

    /// The first site whose organisation has none above it.
    pub fn first_site(&self) -> Option<&Site> {
        let is_first = |site: &&Site| {
            let organisation = self.organisation_of(site);
            organisation.is_some_and(|it| it.parent.is_none())
        };
        self.sites.iter().find(is_first)
    }

    /// The organisation of a site.
    pub fn organisation_of(&self, site: &Site) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|it| it.id == site.organisation)
    }

    /// Enabled modules of a site whose plugin is known, in menu order.
    pub fn enabled_modules(&self, site: &SiteId) -> Vec<&Module> {
        let known = |plugin: &PluginId| self.collections.iter().any(|it| it.plugin() == plugin);
        let mut modules: Vec<&Module> = self.modules.iter().collect();
        modules.retain(|module| module.site == *site && module.enabled && known(&module.plugin));
        modules.sort_by(|a, b| (a.position, &a.plugin).cmp(&(b.position, &b.plugin)));
        modules
    }

    /// Whether an organisation is another one or stands above it. Cycles end the walk.
    pub fn is_at_or_above(&self, upper: &OrganisationId, lower: &OrganisationId) -> bool {
        let mut at = Some(lower);
        for _ in 0..=self.organisations.len() {
            match at {
                Some(id) if id == upper => return true,
                Some(id) => {
                    let found = self.organisations.iter().find(|it| it.id == *id);
                    at = found.and_then(|it| it.parent.as_ref());
                }
                None => return false,
            }
        }
        false
    }
}
