//! Why a module is not changed.

use crate::failure::Failure;

/// Why a module is not changed; in English, for the command line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModuleRefusal {
    /// No such plugin.
    #[error("there is no plugin `{plugin}`; there are: {known}")]
    NoPlugin {
        /// What was named.
        plugin: String,
        /// What there is.
        known: String,
    },
    /// No such site.
    #[error("there is no site `{site}`; there are: {known}")]
    NoSite {
        /// What was named.
        site: String,
        /// What there is.
        known: String,
    },
    /// The plugin is not on the site.
    #[error("{plugin} is not a module of {site} yet: enable it first")]
    NotThere {
        /// The plugin.
        plugin: String,
        /// The site.
        site: String,
    },
    /// There is no such block, or its section is switched off.
    #[error("there is no block `{0}` on that home page")]
    NoBlock(String),
    /// The site may not have it.
    #[error("{0}")]
    NotForThis(String),
    /// The path is another section's.
    #[error("/{mount} on {site} is taken by {by}")]
    Taken {
        /// The path.
        mount: String,
        /// The site.
        site: String,
        /// Whose it is.
        by: String,
    },
    /// The path is the host's own.
    #[error("/{0} is a word of the host: choose another path")]
    Reserved(String),
    /// The regulation asks for it.
    #[error("{site} must have {plugin} ({clause}): it cannot be switched off")]
    Owed {
        /// The plugin.
        plugin: String,
        /// The site.
        site: String,
        /// The clause of the regulation.
        clause: String,
    },
    /// Nobody is told why it vanishes.
    #[error("say why: a reason is obligatory")]
    NoReason,
    /// Whoever tries has no right to.
    #[error("you have no right to change the modules of {0}")]
    NotYours(String),
}

impl From<ModuleRefusal> for Failure {
    fn from(refusal: ModuleRefusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}
