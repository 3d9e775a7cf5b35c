//! What whoever holds a link of a message does: confirm, look, end. What was ended is noted beside the key of secrets,
//! so that an older copy of the database does not bring it back to life.

use dinh_domain::ids::SiteId;
use dinh_store::{ActorKind, NewAudit, Subscription, SubscriptionSecret};

use super::{CONFIRM_WITHIN_H, END_PATH, HOUR_MS, SUBSCRIBER};
use crate::audit::Act;
use crate::failure::Failure;
use crate::people::secret;
use crate::portal::Portal;
use crate::visit::Visit;

/// The word of a note.
const ENDED: &str = "unsubscribed";

/// A subscription, for whoever has a link of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionShown {
    /// What it is about, in words; none where that is not there any more.
    pub about: Option<String>,
    /// Where that is read.
    pub path: Option<String>,
    /// Whether it is confirmed.
    pub is_confirmed: bool,
}

/// A subscription that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    /// Path of its own page, with the slash before it.
    pub path: String,
}

impl Portal {
    /// The subscription that a link would confirm: looking at it confirms nothing, since programs that look for
    /// dangerous links do so. None where the link is too old, or was used.
    pub async fn subscription_to_confirm(
        &self,
        visit: &Visit,
        token: &str,
    ) -> Result<Option<SubscriptionShown>, Failure> {
        match self.held(visit, SubscriptionSecret::Confirm, token).await? {
            Some(it) => self.subscription_shown(visit, &it).await.map(Some),
            None => Ok(None),
        }
    }

    /// Confirms a subscription; none where the link is too old, or was used.
    pub async fn confirm_subscription(
        &self,
        visit: &Visit,
        token: &str,
    ) -> Result<Option<Subscribed>, Failure> {
        let Some(it) = self.held(visit, SubscriptionSecret::Confirm, token).await? else {
            return Ok(None);
        };
        let mut tx = self.store().begin_write().await?;
        if !tx.confirm_subscription(&it.id, self.now()).await? {
            return Ok(None);
        }
        tx.audit(self.subscriber_act(&it, "subscription-confirmed"));
        tx.commit().await?;
        let path = format!("{END_PATH}{}", self.subscriber(&it)?.end);
        Ok(Some(Subscribed { path }))
    }

    /// The subscription that a link of a message leads to; none where it has ended.
    pub async fn subscription_held(
        &self,
        visit: &Visit,
        token: &str,
    ) -> Result<Option<SubscriptionShown>, Failure> {
        match self.held(visit, SubscriptionSecret::End, token).await? {
            Some(it) => self.subscription_shown(visit, &it).await.map(Some),
            None => Ok(None),
        }
    }

    /// Ends a subscription, at once and for good. False where no link looks so; one that has ended stays so.
    pub async fn end_subscription(&self, visit: &Visit, token: &str) -> Result<bool, Failure> {
        if secret::hash_of(token).is_none() {
            return Ok(false);
        }
        let Some(it) = self.held(visit, SubscriptionSecret::End, token).await? else {
            return Ok(true);
        };
        let mut tx = self.store().begin_write().await?;
        if tx.end_subscription(&it.id).await? {
            tx.audit(self.subscriber_act(&it, "subscription-ended"));
            tx.commit().await?;
            self.note_ended(&it.id).await;
        }
        Ok(true)
    }

    async fn held(
        &self,
        visit: &Visit,
        which: SubscriptionSecret,
        token: &str,
    ) -> Result<Option<Subscription>, Failure> {
        visit.passing();
        let Some(hash) = secret::hash_of(token) else {
            return Ok(None);
        };
        let site: &SiteId = &visit.site.id;
        let found = self.store().subscription_by(site, (which, &hash)).await?;
        let oldest = self.now().0 - CONFIRM_WITHIN_H * HOUR_MS;
        let is_good = |it: &Subscription| match which {
            SubscriptionSecret::Confirm => it.confirmed_at.is_none() && it.asked_at.0 >= oldest,
            SubscriptionSecret::End => true,
        };
        Ok(found.filter(is_good))
    }

    async fn subscription_shown(
        &self,
        visit: &Visit,
        it: &Subscription,
    ) -> Result<SubscriptionShown, Failure> {
        let about = self.subscribed_to(visit, it).await?;
        Ok(SubscriptionShown {
            path: about.as_ref().map(|it| it.path.clone()),
            about: about.map(|it| it.label),
            is_confirmed: it.confirmed_at.is_some(),
        })
    }

    /// By the subscription's id; the address stands nowhere.
    fn subscriber_act(&self, it: &Subscription, what: &str) -> NewAudit {
        let act = Act {
            what,
            kind: "subscription",
            subject: &it.id,
            before: None,
            after: None,
        };
        NewAudit {
            site: Some(it.site.clone()),
            origin: String::new(),
            ..self.recorded(ActorKind::Sender, SUBSCRIBER, act)
        }
    }

    async fn note_ended(&self, id: &str) {
        let (file, line) = (self.seal_key().clone(), format!("{id} {ENDED}"));
        let noted = tokio::task::spawn_blocking(move || file.note(&line)).await;
        if !matches!(noted, Ok(Ok(()))) {
            tracing::error!(
                "the end of a subscription is not noted beside the key: a restored copy would bring it back"
            );
        }
    }

    /// Ends again what was ended and is there again, because an older copy was restored; how many.
    ///
    /// # Errors
    /// What was noted cannot be read, or the store fails: nothing may be sent then.
    pub async fn replay_ended_subscriptions(&self) -> Result<u64, Failure> {
        let noted = self.seal_key().noted().map_err(Failure::internal)?;
        let ended = noted.iter().filter_map(|line| {
            let (id, word) = line.split_once(' ')?;
            (word == ENDED).then(|| id.to_owned())
        });
        let ended: Vec<String> = ended.collect();
        if ended.is_empty() {
            return Ok(0);
        }
        let mut tx = self.store().begin_write().await?;
        let count = tx.end_subscriptions(&ended).await?;
        tx.commit().await?;
        Ok(count)
    }
}
