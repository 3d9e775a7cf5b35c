use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Attempt, Tally};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Whose failures count for a try to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Locks<'a> {
    /// The account; none of a name that nobody has.
    pub account: Option<&'a AccountId>,
    /// From where.
    pub address: &'a str,
}

impl Store {
    /// What counts for a try to sign in.
    pub async fn attempt(&self, of: Locks<'_>) -> Result<Attempt, StoreError> {
        let mut on = self.reader().await?;
        attempt(&mut on, of).await
    }
}

impl WriteTx {
    /// The same, within the transaction; the account must be held.
    pub async fn attempt(&mut self, of: Locks<'_>) -> Result<Attempt, StoreError> {
        attempt(self.on(), of).await
    }

    /// Writes what has become of it.
    pub async fn note_attempt(
        &mut self,
        of: Locks<'_>,
        before: &Attempt,
        after: &Attempt,
    ) -> Result<(), StoreError> {
        if let (Some(account), true) = (of.account, before.account != after.account) {
            let sql = Sql::new(
                "update account set failures = $1, failed_at = $2, locked_until = $3 where id = $4",
            );
            with(sql, &after.account)
                .with(account)
                .run(self.on())
                .await?;
        }
        if let (Some(account), Some((_, tally))) = (of.account, &after.place)
            && before.place != after.place
        {
            let sql = Sql::new(
                "update account_place set failures = $1, failed_at = $2, locked_until = $3
                 where account_id = $4 and address = $5",
            );
            let sql = with(sql, tally).with(account).with(of.address);
            sql.run(self.on()).await?;
        }
        if before.address != after.address {
            let sql = Sql::new(
                "insert into sign_in_address (failures, failed_at, locked_until, address)
                 values ($1, $2, $3, $4) on conflict (address) do update set
                 failures = excluded.failures, failed_at = excluded.failed_at,
                 locked_until = excluded.locked_until",
            );
            with(sql, &after.address)
                .with(of.address)
                .run(self.on())
                .await?;
        }
        Ok(())
    }

    /// An account was signed in at an address: it is known there from now on, without failures.
    pub async fn note_success(
        &mut self,
        account: &AccountId,
        address: &str,
        at: Instant,
    ) -> Result<(), StoreError> {
        let sql = Sql::new(
            "insert into account_place (account_id, address, succeeded_at, failures)
             values ($1, $2, $3, 0) on conflict (account_id, address) do update set
             succeeded_at = excluded.succeeded_at, failures = 0, failed_at = null,
             locked_until = null",
        );
        sql.with(account)
            .with(address)
            .with(at)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// Takes every lock off an account.
    pub async fn unlock_account(&mut self, account: &AccountId) -> Result<(), StoreError> {
        for sql in [
            "update account set failures = 0, failed_at = null, locked_until = null where id = $1",
            "update account_place set failures = 0, failed_at = null, locked_until = null
             where account_id = $1",
        ] {
            Sql::new(sql).with(account).run(self.on()).await?;
        }
        Ok(())
    }

    /// Forgets addresses that count no longer.
    pub async fn forget_addresses(
        &mut self,
        failed_before: Instant,
        known_before: Instant,
        now: Instant,
    ) -> Result<(), StoreError> {
        let sql = Sql::new(
            "delete from sign_in_address where failed_at < $1
             and coalesce(locked_until, 0) <= $2",
        );
        sql.with(failed_before).with(now).run(self.on()).await?;
        let sql = Sql::new("delete from account_place where succeeded_at < $1");
        sql.with(known_before).run(self.on()).await?;
        Ok(())
    }
}

async fn attempt(on: &mut AnyConnection, of: Locks<'_>) -> Result<Attempt, StoreError> {
    let mut found = Attempt::default();
    if let Some(account) = of.account {
        let sql = Sql::new("select failures, failed_at, locked_until from account where id = $1");
        if let Some(row) = sql.with(account).optional(on).await? {
            found.account = tally(&row)?;
        }
        let sql = Sql::new(
            "select succeeded_at, failures, failed_at, locked_until from account_place
             where account_id = $1 and address = $2",
        );
        if let Some(row) = sql.with(account).with(of.address).optional(on).await? {
            found.place = Some((row.instant("succeeded_at")?, tally(&row)?));
        }
    }
    let sql = Sql::new(
        "select failures, failed_at, locked_until from sign_in_address where address = $1",
    );
    if let Some(row) = sql.with(of.address).optional(on).await? {
        found.address = tally(&row)?;
    }
    Ok(found)
}

fn with(sql: Sql, tally: &Tally) -> Sql {
    let sql = sql.with(tally.failures).with(tally.failed_at);
    sql.with(tally.locked_until)
}

/// Failures as a row has them.
pub(super) fn tally(row: &AnyRow) -> Result<Tally, StoreError> {
    Ok(Tally {
        failures: row.integer("failures")?,
        failed_at: row.instant_or_none("failed_at")?,
        locked_until: row.instant_or_none("locked_until")?,
    })
}
