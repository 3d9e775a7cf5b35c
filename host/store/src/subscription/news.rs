//! What became public where somebody had subscribed: noted once, in the order of commits, and found for each subscription.

use std::collections::HashSet;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use super::{COLUMNS, Subscription, subscription};
use crate::error::StoreError;
use crate::log::{last_number, since};
use crate::sql::{Columns, ROWS_PER_STATEMENT, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Kind of the changes by which a text becomes public.
const PUBLISH: &str = "publish";

/// What a subscription is to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsFound {
    /// The newest of it, newest first.
    pub entries: Vec<EntryId>,
    /// Number of the last change of it.
    pub last: i64,
}

impl Store {
    /// Whether there are changes of which no announcements were made yet.
    pub async fn has_unannounced(&self) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "select 1 as one from counter a, counter c
             where a.name = 'announced' and c.name = 'change' and a.value < c.value",
        );
        let row = sql.optional(&mut *self.reader().await?).await?;
        Ok(row.is_some())
    }

    /// Subscriptions that have news and were not told of any since an instant; in the order of their ids, behind one.
    pub async fn due_subscriptions(
        &self,
        (mailed_before, after): (Instant, &str),
        limit: u32,
    ) -> Result<Vec<Subscription>, StoreError> {
        let mut sql = Sql::new(format!(
            "{COLUMNS}s.id > $2 and s.confirmed_at is not null and (s.mailed_at is null or s.mailed_at <= $1)
             and exists (select 1 from announcement a where {MEANT})
             order by s.id"
        ));
        sql.limit(limit);
        let sql = sql.with(mailed_before).with(after);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(subscription).collect()
    }

    /// What a subscription is to be told of, whatever its filter.
    pub async fn news_of(&self, it: &Subscription, limit: u32) -> Result<NewsFound, StoreError> {
        let mut on = self.reader().await?;
        let from = format!("from announcement a, subscription s where s.id = $1 and {MEANT}");
        let row = Sql::new(format!("select max(a.number) as last {from}"));
        let row = row.with(&it.id).optional(&mut on).await?;
        let last = match row {
            Some(row) => row.integer_or_none("last")?.unwrap_or(it.seen),
            None => it.seen,
        };
        let mut sql = Sql::new(format!(
            "select a.entry_id, max(a.number) as number {from} and a.number <= $2
             group by a.entry_id order by 2 desc"
        ));
        sql.limit(limit);
        let rows = sql.with(&it.id).with(last).all(&mut on).await?;
        let entries = rows.iter().map(|row| row.read("entry_id"));
        Ok(NewsFound {
            entries: entries.collect::<Result<_, _>>()?,
            last,
        })
    }
}

/// Which announcements `a` a subscription `s` is told of: of its one entry all since then, and of a list what was never
/// public before it was confirmed.
const MEANT: &str = "a.number > s.seen and a.site_id = s.site_id and a.collection = s.collection
    and ((s.entry_id is null and a.is_new = 1 and a.first_published_at >= s.confirmed_at)
         or a.entry_id = s.entry_id)";

impl WriteTx {
    /// Follows the change log by some changes and notes what became public where somebody has subscribed. What was
    /// first public before `oldest` is nothing new.
    pub async fn announce(&mut self, oldest: Instant, limit: u32) -> Result<(), StoreError> {
        let lock = self.dialect().lock();
        let row = Sql::new(format!(
            "select value from counter where name = 'announced'{lock}"
        ));
        let Some(row) = row.optional(self.on()).await? else {
            return Ok(());
        };
        let known = row.integer("value")?;
        // Read first: who subscribes from here on is told of what comes behind it.
        let last = last_number(self.on()).await?;
        let wanted = self.subscribed_places().await?;
        let end = match wanted.is_empty() {
            true => last,
            false => {
                let mut changes = since(self.on(), known, limit).await?;
                changes.retain(|it| it.number <= last);
                // Nothing at all where a part of the log is gone.
                let end = changes.last().map_or(last, |it| it.number);
                for it in &changes {
                    let (Some(site), Some(collection)) = (&it.site, &it.collection) else {
                        continue;
                    };
                    if it.kind == PUBLISH && wanted.contains(&(site.clone(), collection.clone())) {
                        self.announce_one(it.number, (site, collection), it.entry.as_ref(), oldest)
                            .await?;
                    }
                }
                end
            }
        };
        if end != known {
            let sql = Sql::new("update counter set value = $1 where name = 'announced'");
            sql.with(end).run(self.on()).await?;
        }
        Ok(())
    }

    async fn subscribed_places(&mut self) -> Result<HashSet<(SiteId, CollectionId)>, StoreError> {
        let sql = Sql::new(
            "select distinct site_id, collection from subscription where confirmed_at is not null",
        );
        let rows = sql.all(self.on()).await?;
        let place = |row: &sqlx::any::AnyRow| Ok((row.read("site_id")?, row.read("collection")?));
        rows.iter().map(place).collect()
    }

    async fn announce_one(
        &mut self,
        number: i64,
        (site, collection): (&SiteId, &CollectionId),
        entry: Option<&EntryId>,
        oldest: Instant,
    ) -> Result<(), StoreError> {
        Sql::new(
            "insert into announcement (number, at, site_id, collection, entry_id, first_published_at, is_new)
             select $1, l.at, $2, $3, e.id, e.first_published_at,
             case when e.first_published_at >= $4 and not exists
             (select 1 from announcement a where a.entry_id = e.id) then 1 else 0 end
             from change_log l join entry e on e.id = l.entry_id
             where l.number = $1 and e.id = $5 and e.first_published_at is not null
             on conflict (number) do nothing",
        )
        .with(number)
        .with(site)
        .with(collection)
        .with(oldest)
        .with(entry)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Notes that a subscription was told of everything up to a change; at an instant, where a message was written.
    /// False where somebody else was quicker, or it has ended.
    pub async fn told_subscription(
        &mut self,
        it: &Subscription,
        seen: i64,
        mailed_at: Option<Instant>,
    ) -> Result<bool, StoreError> {
        let mut sql = Sql::new("update subscription set seen = ");
        sql.bind(seen);
        if let Some(at) = mailed_at {
            sql.push(", mailed_at = ").bind(at);
        }
        sql.push(" where id = ").bind(&it.id);
        sql.push(" and seen = ").bind(it.seen);
        Ok(sql.run(self.on()).await? == 1)
    }

    /// Forgets what was announced before an instant: nobody is told of it any more.
    pub async fn forget_announcements(&mut self, before: Instant) -> Result<u64, StoreError> {
        let sql = Sql::new("delete from announcement where at < $1");
        sql.with(before).run(self.on()).await
    }

    /// Ends subscriptions that were ended before and are there again, because an older copy was restored; how many.
    pub async fn end_subscriptions(&mut self, ids: &[String]) -> Result<u64, StoreError> {
        let mut ended = 0;
        for some in ids.chunks(ROWS_PER_STATEMENT) {
            let mut sql = Sql::new("delete from subscription where id in ");
            sql.bind_all(some.iter());
            ended += sql.run(self.on()).await?;
        }
        Ok(ended)
    }
}
