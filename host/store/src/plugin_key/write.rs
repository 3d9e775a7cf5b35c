//! Taking keys in, and trusting them no longer.

use super::{Revoked, TrustedKey};
use crate::error::StoreError;
use crate::sql::Sql;
use crate::write::WriteTx;

impl WriteTx {
    /// Takes a key in. One that is known stays as it is: what was revoked stays revoked.
    pub async fn add_plugin_key(&mut self, it: &TrustedKey) -> Result<(), StoreError> {
        Sql::new(
            "insert into plugin_key (id, public_key, name, role, line, trusted_at, trusted_by,
             revoked_at, revoked_reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (id) do nothing",
        )
        .with(&it.id)
        .with(&it.public_key)
        .with(&it.name)
        .with(it.role.as_str())
        .with(&it.line)
        .with(it.trusted_at)
        .with(&it.trusted_by)
        .with(it.revoked.as_ref().map(|it| it.at))
        .with(it.revoked.as_ref().map_or("", |it| it.reason.as_str()))
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Revokes a key for ever; one that is revoked keeps its first reason.
    pub async fn revoke_plugin_key(&mut self, id: &str, it: &Revoked) -> Result<(), StoreError> {
        Sql::new(
            "update plugin_key set revoked_at = $1, revoked_reason = $2
             where id = $3 and revoked_at is null",
        )
        .with(it.at)
        .with(&it.reason)
        .with(id)
        .run(self.on())
        .await?;
        Ok(())
    }
}
