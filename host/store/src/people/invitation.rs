use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Somebody may set a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// For which account.
    pub account: AccountId,
    /// When it was made.
    pub made_at: Instant,
    /// From then on it is void.
    pub expires_at: Instant,
}

impl Store {
    /// The invitation of a token, by the token's SHA-256.
    pub async fn invitation(&self, token_hash: &str) -> Result<Option<Invitation>, StoreError> {
        let sql = Sql::new(
            "select account_id, made_at, expires_at from invitation where token_hash = $1",
        );
        let mut on = self.reader().await?;
        let row = sql.with(token_hash).optional(&mut on).await?;
        let read = row.map(|row| {
            Ok(Invitation {
                account: row.read("account_id")?,
                made_at: row.instant("made_at")?,
                expires_at: row.instant("expires_at")?,
            })
        });
        read.transpose()
    }
}

impl WriteTx {
    /// Invites; an earlier invitation of the account is void from now on.
    pub async fn invite(
        &mut self,
        token_hash: &str,
        it: &Invitation,
        by: &str,
    ) -> Result<(), StoreError> {
        Sql::new(
            "insert into invitation (account_id, token_hash, made_at, expires_at, made_by)
             values ($1, $2, $3, $4, $5)
             on conflict (account_id) do update set token_hash = excluded.token_hash,
             made_at = excluded.made_at, expires_at = excluded.expires_at,
             made_by = excluded.made_by",
        )
        .with(&it.account)
        .with(token_hash)
        .with(it.made_at)
        .with(it.expires_at)
        .with(by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Uses an invitation up; false where it is void by now.
    pub async fn use_invitation(
        &mut self,
        token_hash: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new("delete from invitation where token_hash = $1 and expires_at > $2");
        Ok(sql.with(token_hash).with(now).run(self.on()).await? == 1)
    }

    /// Makes an account's invitation void.
    pub async fn drop_invitation(&mut self, account: &AccountId) -> Result<(), StoreError> {
        let sql = Sql::new("delete from invitation where account_id = $1");
        sql.with(account).run(self.on()).await?;
        Ok(())
    }
}
