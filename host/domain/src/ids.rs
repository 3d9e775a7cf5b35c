//! Identifiers. Each is checked once, by its constructor; after that the type is the proof.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest identifier taken from outside, in bytes: a UUID has 36, a plugin id stays readable.
pub const MAX_ID_BYTES: usize = 64;
/// Every identifier, as a pattern for editors.
pub const ID_PATTERN: &str = "^[a-z0-9-]{1,64}$";

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {what}: use 1 to {MAX_ID_BYTES} of a-z, 0-9 and `-`")]
pub struct BadId {
    what: &'static str,
    text: String,
}

fn checked(what: &'static str, text: &str) -> Result<String, BadId> {
    let fits = !text.is_empty()
        && text.len() <= MAX_ID_BYTES
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        Ok(text.to_owned())
    } else {
        let text = text.chars().take(MAX_ID_BYTES).collect();
        Err(BadId { what, text })
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text: 1 to 64 of `a-z`, `0-9`, `-`.
            pub fn new(text: &str) -> Result<Self, BadId> {
                checked($what, text).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An organisation (UUIDv7, or a chosen word in demo data).
    OrganisationId, "organisation id"
);
id!(
    /// A site: the short word that operators type (`yen-the`, `dong-son`).
    SiteId, "site id"
);
id!(
    /// A plugin: `legal-documents`.
    PluginId, "plugin id"
);
id!(
    /// An entry (UUIDv7).
    EntryId, "entry id"
);
id!(
    /// A revision of an entry (UUIDv7).
    RevisionId, "revision id"
);
id!(
    /// A stored file (UUIDv7); several may share one content.
    FileId, "file id"
);
id!(
    /// A person's account (UUIDv7).
    AccountId, "account id"
);
id!(
    /// A proposed edge (UUIDv7).
    ProposalId, "proposal id"
);
id!(
    /// The last part of an address, unique per site and collection, never used again.
    Slug, "slug"
);

/// A collection's full name: `<plugin>/<collection>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CollectionId {
    plugin: PluginId,
    name: String,
}

impl CollectionId {
    /// Puts the two checked parts together.
    pub fn new(plugin: &PluginId, name: &str) -> Result<Self, BadId> {
        Ok(Self {
            plugin: plugin.clone(),
            name: checked("collection name", name)?,
        })
    }

    /// Reads `<plugin>/<collection>`.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let (plugin, name) = text.split_once('/').ok_or_else(|| BadId {
            what: "collection (`<plugin>/<collection>`)",
            text: text.chars().take(MAX_ID_BYTES).collect(),
        })?;
        Self::new(&PluginId::new(plugin)?, name)
    }

    /// The plugin that declares it.
    pub fn plugin(&self) -> &PluginId {
        &self.plugin
    }

    /// Its name within the plugin.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl TryFrom<String> for CollectionId {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<CollectionId> for String {
    fn from(id: CollectionId) -> String {
        id.to_string()
    }
}

impl fmt::Display for CollectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.plugin, self.name)
    }
}
