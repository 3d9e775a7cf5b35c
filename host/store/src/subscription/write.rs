//! Subscriptions asked for, confirmed and ended.

use dinh_domain::dates::Instant;
use dinh_domain::ids::SiteId;

use super::{COLUMNS, Subscription, subscription};
use crate::error::StoreError;
use crate::log::last_number;
use crate::sql::{Columns, Sql, to_json};
use crate::write::WriteTx;

impl WriteTx {
    /// The subscription of an address to a target on a site.
    pub async fn subscription_of(
        &mut self,
        site: &SiteId,
        (target, address_hash): (&str, &str),
    ) -> Result<Option<Subscription>, StoreError> {
        let lock = self.dialect().lock();
        let row = Sql::new(format!(
            "{COLUMNS}s.site_id = $1 and s.target = $2 and s.address_hash = $3{lock}"
        ))
        .with(site)
        .with(target)
        .with(address_hash)
        .optional(self.on())
        .await?;
        row.as_ref().map(subscription).transpose()
    }

    /// How many subscriptions an address has, and how many it has asked for since an instant without confirming them.
    pub async fn subscriptions_of_address(
        &mut self,
        address_hash: &str,
        since: Instant,
    ) -> Result<(u64, u64), StoreError> {
        let sql = Sql::new(
            "select count(*) as n, coalesce(sum(case when asked_at > $1 then 1 else 0 end), 0) as asked
             from subscription where address_hash = $2",
        );
        let row = sql
            .with(since)
            .with(address_hash)
            .optional(self.on())
            .await?;
        let Some(row) = row else {
            return Ok((0, 0));
        };
        let number = |name| row.integer(name).map(|it| u64::try_from(it).unwrap_or(0));
        Ok((number("n")?, number("asked")?))
    }

    /// Keeps a new subscription; false where the address has one to the same already.
    pub async fn put_subscription(&mut self, new: &Subscription) -> Result<bool, StoreError> {
        let kept = Sql::new(
            "insert into subscription (id, site_id, collection, filter, entry_id, target, address_hash,
             data_key, sealed, end_hash, confirm_hash, consent, asked_at, seen)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
             on conflict (site_id, target, address_hash) do nothing",
        )
        .with(&new.id)
        .with(&new.site)
        .with(&new.collection)
        .with(to_json("filter", &new.filter)?)
        .with(new.entry.as_ref())
        .with(&new.target)
        .with(&new.address_hash)
        .with(&new.data_key)
        .with(&new.sealed)
        .with(&new.end_hash)
        .with(new.confirm_hash.as_ref())
        .with(&new.consent)
        .with(new.asked_at)
        .run(self.on())
        .await?;
        Ok(kept == 1)
    }

    /// Notes that a subscription was asked for again; one that waits is confirmed by this secret from now on.
    pub async fn ask_subscription_again(
        &mut self,
        id: &str,
        confirm_hash: Option<&String>,
        at: Instant,
    ) -> Result<(), StoreError> {
        let mut sql = Sql::new("update subscription set asked_at = ");
        sql.bind(at);
        if let Some(hash) = confirm_hash {
            sql.push(", confirm_hash = ").bind(hash);
        }
        sql.push(" where id = ").bind(id);
        sql.run(self.on()).await?;
        Ok(())
    }

    /// Confirms a subscription that waits for it: from now on it is told of what becomes public. False where there is
    /// none any more.
    pub async fn confirm_subscription(
        &mut self,
        id: &str,
        at: Instant,
    ) -> Result<bool, StoreError> {
        let seen = last_number(self.on()).await?;
        let confirmed = Sql::new(
            "update subscription set confirmed_at = $1, confirm_hash = null, seen = $2
             where id = $3 and confirmed_at is null",
        )
        .with(at)
        .with(seen)
        .with(id)
        .run(self.on())
        .await?;
        Ok(confirmed == 1)
    }

    /// Ends a subscription with everything that waits for it; nothing of it is kept. False where it is gone already.
    pub async fn end_subscription(&mut self, id: &str) -> Result<bool, StoreError> {
        let sql = Sql::new("delete from outbox where subscription_id = $1");
        sql.with(id).run(self.on()).await?;
        let sql = Sql::new("delete from subscription where id = $1");
        Ok(sql.with(id).run(self.on()).await? > 0)
    }

    /// Forgets subscriptions that nobody confirmed and that were last asked for before an instant; how many.
    pub async fn forget_unconfirmed(&mut self, before: Instant) -> Result<u64, StoreError> {
        let stale = "select id from subscription where confirmed_at is null and asked_at < $1";
        let sql = Sql::new(format!(
            "delete from outbox where subscription_id in ({stale})"
        ));
        sql.with(before).run(self.on()).await?;
        let sql = Sql::new("delete from subscription where confirmed_at is null and asked_at < $1");
        sql.with(before).run(self.on()).await
    }
}
