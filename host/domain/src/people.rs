//! People with an account: their roles, and what the roles let them do (Đ10 to Đ15).
//!
//! The table is `people/permissions.toml`. Everything that it does not name is refused.

mod administrator;
mod lockout;
mod name;
mod password;
#[cfg(test)]
mod rules;
mod session;
mod staff;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::ids::OrganisationId;

pub use lockout::{
    ACCOUNT_FAILURES, ADDRESS_FAILURES, Attempt, FAILURES_FADE_MS, KNOWN_PLACE_MS, LOCK_MS, Tally,
};
pub use name::{BadName, MAX_NAME_CHARS, sign_in_name};
pub use password::{
    ADMINISTRATOR_PASSWORD_AGE_MS, FORMER_PASSWORDS, LONG_PASSWORD, MAX_PASSWORD_BYTES,
    PasswordFault, SHORT_PASSWORD, composed_password, password_faults,
};
pub use session::{
    ADMINISTRATOR_IDLE_MS, IDLE_ACCOUNT_MS, INVITATION_MS, SEEN_EVERY_MS, SESSION_MS,
    STAFF_IDLE_MS, session_ends,
};
pub use staff::{Acting, Reach, Staff};

/// What a right is for; the meaning of each stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Read what is not public.
    See,
    /// Write entries and send them on.
    Write,
    /// Return, refuse, and approve on a component site.
    Review,
    /// Approve for the Board.
    Publish,
    /// Withdraw and let back.
    TakeDown,
    /// Accounts and roles.
    People,
    /// The tree of organisations.
    Organisations,
    /// Sections and their settings.
    Modules,
    /// Who did what.
    Audit,
    /// What citizens told of themselves.
    Personal,
}

/// A role by its id in the table: `unit-officer`. Only roles of the table can be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Role(String);

/// Why a text is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no role `{text}`: use one of {}", all().map(|it| it.0).collect::<Vec<_>>().join(", "))]
pub struct BadRole {
    text: String,
}

/// One line of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    #[serde(default)]
    own: Vec<Right>,
    #[serde(default)]
    below: Vec<Right>,
    #[serde(default)]
    wrote: Vec<Right>,
}

/// The table as it is compiled in; a test reads it, so that it cannot be empty.
static TABLE: LazyLock<BTreeMap<String, Line>> =
    LazyLock::new(|| toml::from_str(include_str!("people/permissions.toml")).unwrap_or_default());

/// All roles, by id.
pub fn all() -> impl Iterator<Item = Role> {
    TABLE.keys().cloned().map(Role)
}

impl Role {
    /// A role of the table.
    ///
    /// # Errors
    /// [`BadRole`] names those that there are.
    pub fn new(text: &str) -> Result<Self, BadRole> {
        let known = TABLE.get_key_value(text);
        known
            .map(|(id, _)| Self(id.clone()))
            .ok_or_else(|| BadRole {
                text: text.chars().take(crate::ids::MAX_ID_BYTES).collect(),
            })
    }

    /// Its id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is called, in Vietnamese.
    pub fn name(&self) -> &str {
        self.line().map_or(&self.0, |line| &line.name)
    }

    fn line(&self) -> Option<&'static Line> {
        TABLE.get(&self.0)
    }
}

impl TryFrom<String> for Role {
    type Error = BadRole;
    fn try_from(text: String) -> Result<Self, BadRole> {
        Self::new(&text)
    }
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        role.0
    }
}

/// A role that somebody has at an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where.
    pub organisation: OrganisationId,
}
