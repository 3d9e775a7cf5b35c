//! Telling subscribers what became public: the change log is followed, and each subscription gets one message a day.

use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_domain::ids::EntryId;
use dinh_domain::query::Among;
use dinh_domain::visibility::{Actor, Purpose};
use dinh_store::{NewsFound, Subscription};

use super::{CONFIRM_WITHIN_H, HOUR_MS};
use crate::ask;
use crate::failure::Failure;
use crate::jobs::live_site;
use crate::mail::{Says, To};
use crate::portal::Portal;

/// How often the log is followed.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// How often what is no longer needed is forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);
/// Changes read in one transaction.
const CHANGES_AT_ONCE: u32 = 500;
/// What was first public before this is nothing new, in milliseconds: an archive that is imported is no news.
const NEWS_FOR_MS: i64 = 7 * 24 * HOUR_MS;
/// Least time between two messages of one subscription, in milliseconds. What becomes public meanwhile stands in the next.
pub(crate) const MAILED_EVERY_MS: i64 = 24 * HOUR_MS;
/// Entries that one message names; of the rest it says how many.
const NAMED_MAX: u32 = 20;
/// News of one subscription that are looked at; older ones of a day with more are left out.
const NEWS_MAX: u32 = 1_000;
/// Subscriptions looked at in one go.
const SUBSCRIPTIONS_AT_ONCE: u32 = 100;
/// How long messages that were given up and announcements are kept, in milliseconds.
const KEPT_FOR_MS: i64 = 30 * 24 * HOUR_MS;

impl Portal {
    /// Follows the change log until it is dropped. Failures are logged and tried again.
    pub(crate) async fn keep_news(&self) {
        let mut tidied_at = None::<tokio::time::Instant>;
        loop {
            let portal = self.current();
            match portal.work_off_news().await {
                Ok(0) => {}
                Ok(written) => tracing::info!(written, "messages about news are written"),
                Err(error) => tracing::error!(%error, "subscribers are not told of news"),
            }
            if tidied_at.is_none_or(|at| at.elapsed() >= TIDY_EVERY) {
                tidied_at = Some(tokio::time::Instant::now());
                if let Err(error) = portal.tidy_mail().await {
                    tracing::error!(%error, "what mail no longer needs is not forgotten");
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Follows the log to its end, and writes to every subscriber who has news and was not written to for a day; to how
    /// many.
    pub async fn work_off_news(&self) -> Result<u64, Failure> {
        if !self.sends_mail() {
            return Ok(0);
        }
        let now = self.now();
        while self.store().has_unannounced().await? {
            let mut tx = self.store().begin_write().await?;
            let oldest = Instant(now.0 - NEWS_FOR_MS);
            tx.announce(oldest, CHANGES_AT_ONCE).await?;
            tx.commit().await?;
        }
        let (mut written, mut after) = (0, String::new());
        let mailed_before = Instant(now.0 - MAILED_EVERY_MS);
        loop {
            let from = (mailed_before, after.as_str());
            let due = self.store().due_subscriptions(from, SUBSCRIPTIONS_AT_ONCE);
            let due = due.await?;
            let Some(last) = due.last() else {
                break;
            };
            after = last.id.clone();
            for it in &due {
                written += u64::from(self.write_news(it).await?);
            }
        }
        Ok(written)
    }

    /// Writes to one subscriber; false where nothing of it is for them, or their site does not answer now.
    async fn write_news(&self, it: &Subscription) -> Result<bool, Failure> {
        let directory = self.directory().await?;
        if live_site(&directory, &it.site).is_none() {
            return Ok(false);
        }
        let found = self.store().news_of(it, NEWS_MAX).await?;
        let (meant, total) = self.meant(it, &found).await?;
        let mut tx = self.store().begin_write().await?;
        let at = (!meant.is_empty()).then(|| self.now());
        if !tx.told_subscription(it, found.last, at).await? {
            return Ok(false);
        }
        if !meant.is_empty() {
            let says = Says::News {
                more: total.saturating_sub(meant.len() as u64),
                entries: meant,
            };
            let to = (&it.site, To::Subscriber(it.id.as_str()));
            self.write_mail(&mut tx, to, &says).await?;
        }
        tx.commit().await?;
        Ok(at.is_some())
    }

    /// Those news that everybody may read in the list, and that fit the subscription's filter: the newest
    /// [`NAMED_MAX`], and how many there are.
    async fn meant(
        &self,
        it: &Subscription,
        found: &NewsFound,
    ) -> Result<(Vec<EntryId>, u64), Failure> {
        let directory = self.directory().await?;
        let Some(site) = directory.site(&it.site).cloned() else {
            return Ok((Vec::new(), 0));
        };
        let visit = self.visit(&directory, site, Actor::Visitor)?;
        let Some(here) = self.here_in(&visit, &it.collection) else {
            return Ok((Vec::new(), 0));
        };
        let ids = found.entries.clone();
        let scope = visit.scope(Purpose::List);
        let scope = scope.only(&it.collection).only_site(&it.site);
        if it.entry.is_some() {
            let found = self.store().headlines(&scope, &ids).await?;
            let ids: Vec<EntryId> = found.into_iter().map(|it| it.id).collect();
            let total = ids.len() as u64;
            return Ok((ids, total));
        }
        let mut asked = ask::list(here.collection, &it.filter, &here);
        if asked.params.len() < it.filter.len() {
            // The section does not know this filter any more: better nothing than everything.
            return Ok((Vec::new(), 0));
        }
        asked.query.among = Some(Among::Ranked(ids));
        asked.query.page = 1;
        asked.query.per_page = NAMED_MAX;
        let page = self
            .store()
            .list(&scope, &here.id, here.collection, &asked.query)
            .await?;
        let entries = page.entries.into_iter();
        Ok((entries.map(|it| it.headline.id).collect(), page.total))
    }

    /// Forgets what nobody needs any more: subscriptions that nobody confirmed, messages that were given up a month ago.
    pub async fn tidy_mail(&self) -> Result<(), Failure> {
        let now = self.now();
        let mut tx = self.store().begin_write().await?;
        let oldest = Instant(now.0 - KEPT_FOR_MS);
        tx.forget_mail_before(oldest).await?;
        tx.forget_announcements(oldest).await?;
        let unconfirmed = Instant(now.0 - CONFIRM_WITHIN_H * HOUR_MS);
        tx.forget_unconfirmed(unconfirmed).await?;
        tx.commit().await?;
        Ok(())
    }
}
