//! Keys of publishers and reviewers that the operator trusts, or no longer does.

mod write;

use dinh_domain::dates::Instant;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

/// What a key's signature is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRole {
    /// It publishes packages.
    Publisher,
    /// It reviews what others publish.
    Reviewer,
}

/// That a key is no longer trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Since when.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// A key that was taken in once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// Its short name.
    pub id: String,
    /// The key.
    pub public_key: String,
    /// Whose it is, for people.
    pub name: String,
    /// What for.
    pub role: KeyRole,
    /// Id of the first key of those that follow one another: plugins belong to the line.
    pub line: String,
    /// When it was taken in.
    pub trusted_at: Instant,
    /// By whom.
    pub trusted_by: String,
    /// Whether it is no longer trusted.
    pub revoked: Option<Revoked>,
}

impl KeyRole {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Reviewer => "reviewer",
        }
    }
}

impl Store {
    /// All keys, in the order in which they were taken in.
    pub async fn plugin_keys(&self) -> Result<Vec<TrustedKey>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(
            "select id, public_key, name, role, line, trusted_at, trusted_by, revoked_at, revoked_reason
             from plugin_key order by trusted_at, id",
        );
        rows.all(&mut on).await?.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<TrustedKey, StoreError> {
    let role = match row.text("role")?.as_str() {
        "publisher" => KeyRole::Publisher,
        "reviewer" => KeyRole::Reviewer,
        other => return Err(damaged("plugin_key.role", format!("`{other}` is no role"))),
    };
    let reason = row.text("revoked_reason")?;
    let revoked = row.instant_or_none("revoked_at")?;
    Ok(TrustedKey {
        id: row.text("id")?,
        public_key: row.text("public_key")?,
        name: row.text("name")?,
        role,
        line: row.text("line")?,
        trusted_at: row.instant("trusted_at")?,
        trusted_by: row.text("trusted_by")?,
        revoked: revoked.map(|at| Revoked { at, reason }),
    })
}
