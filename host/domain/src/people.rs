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
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, OrganisationId};
use crate::site::Directory;

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

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub account: AccountId,
    /// Its roles that hold now.
    pub grants: Vec<Grant>,
}

/// How far a right reaches at an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// On entries that the person wrote.
    Wrote,
    /// On all.
    All,
}

impl Staff {
    /// How far a right of theirs reaches at an organisation; none where they do not have it.
    pub fn reach(&self, right: Right, directory: &Directory, at: &OrganisationId) -> Option<Reach> {
        let reaches = self.grants.iter().filter_map(|grant| {
            let line = grant.role.line()?;
            let is_own = grant.organisation == *at;
            let below =
                line.below.contains(&right) && directory.is_at_or_above(&grant.organisation, at);
            if below || is_own && line.own.contains(&right) {
                return Some(Reach::All);
            }
            (is_own && line.wrote.contains(&right)).then_some(Reach::Wrote)
        });
        reaches.max()
    }

    /// Whether they have every right that a role would give at an organisation, as far as it would reach:
    /// a right that goes below, at every organisation below.
    pub fn covers(&self, role: &Role, directory: &Directory, at: &OrganisationId) -> bool {
        let Some(line) = role.line() else {
            return false;
        };
        let has = |right: &Right, at: &OrganisationId| self.may(*right, directory, at, None);
        let below = directory.organisations.iter().map(|it| &it.id);
        let mut below = below
            .filter(|it| directory.is_at_or_above(at, it))
            .chain([at]);
        let here = line.own.iter().chain(&line.wrote);
        let has_here = here.clone().all(|right| has(right, at));
        has_here && below.all(|at| line.below.iter().all(|right| has(right, at)))
    }

    /// Whether they have a right at an organisation on what somebody wrote; none for what nobody in
    /// particular wrote.
    pub fn may(
        &self,
        right: Right,
        directory: &Directory,
        at: &OrganisationId,
        author: Option<&AccountId>,
    ) -> bool {
        match self.reach(right, directory, at) {
            Some(Reach::All) => true,
            Some(Reach::Wrote) => author == Some(&self.account),
            None => false,
        }
    }
}
