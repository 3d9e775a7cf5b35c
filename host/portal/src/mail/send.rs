//! Working the outbox off.

use std::sync::atomic::Ordering;
use std::time::Duration;

use dinh_domain::dates::Instant;
use dinh_outbound::MailError;
use dinh_render::Theme;
use dinh_store::{MailClaim, MailEnd};

use super::compose::Composed;
use super::pace::Pace;
use crate::failure::Failure;
use crate::portal::Portal;

/// How long a message is its node's, in milliseconds: longer than the longest sending.
const LEASE_MS: i64 = 150_000;
/// How often a message is tried: with the pauses between, about a day.
pub(crate) const ATTEMPTS_MAX: i64 = 12;
/// The first pause after a failure, in milliseconds; each is twice the one before.
const PAUSE_FIRST_MS: i64 = 60_000;
/// The longest one: six hours.
const PAUSE_MAX_MS: i64 = 6 * 60 * 60 * 1_000;
/// How often the outbox is looked at when nothing was written here: other nodes write too.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A pause after the store did not answer.
const AWAY_PAUSE: Duration = Duration::from_secs(5);

impl Portal {
    /// Sends mail in the words of a theme, until it is dropped. For ever idle where no mail is sent.
    pub async fn keep_mailing(&self, theme: &Theme) {
        if !self.sends_mail() {
            return std::future::pending().await;
        }
        tokio::join!(self.keep_sending(theme), self.keep_news());
    }

    async fn keep_sending(&self, theme: &Theme) {
        let mut pace = Pace::default();
        let most = self.parts().mail.as_ref().map_or(1, |it| it.per_minute);
        loop {
            tokio::time::sleep(pace.wait(most, tokio::time::Instant::now())).await;
            match self.current().send_next(theme).await {
                Ok(true) => pace.sent(tokio::time::Instant::now()),
                Ok(false) => {
                    let written = self.mailing().written.notified();
                    // Either is a reason to look again.
                    let _look = tokio::time::timeout(LOOK_EVERY, written).await;
                }
                Err(error) => {
                    tracing::error!(%error, "mail is not sent");
                    tokio::time::sleep(AWAY_PAUSE).await;
                }
            }
        }
    }

    /// Sends what is due until nothing is; how many were tried.
    pub async fn work_off_mail(&self, theme: &Theme) -> Result<u64, Failure> {
        let mut tried = 0;
        while self.current().send_next(theme).await? {
            tried += 1;
        }
        Ok(tried)
    }

    /// Sends the message whose turn it is; false where none is due.
    async fn send_next(&self, theme: &Theme) -> Result<bool, Failure> {
        let Some(options) = &self.parts().mail else {
            return Ok(false);
        };
        let claim = self.store().claim_mail(self.now(), LEASE_MS).await?;
        let Some(claim) = claim else {
            return Ok(false);
        };
        let (kind, id) = (claim.mail.kind.as_str(), claim.mail.id.as_str());
        let end = match self.composed(theme, &claim.mail).await {
            Ok(Composed::Letter(letter)) => {
                let sent = options.mailer.send(&letter).await;
                self.mailing().count(sent.is_ok());
                match sent {
                    Ok(()) => MailEnd::Gone,
                    Err(MailError::Later(why)) => self.mail_later(&claim, why),
                    Err(MailError::Never(error)) => MailEnd::GivenUp { error },
                }
            }
            Ok(Composed::Nobody) => {
                tracing::info!(kind, id, "a message has nobody to go to any more");
                MailEnd::Gone
            }
            Ok(Composed::NotNow) => self.mail_later(&claim, "its site does not answer".to_owned()),
            Err(error) => {
                tracing::error!(%error, kind, id, "a message cannot be composed");
                self.mailing().count(false);
                self.mail_later(&claim, "it cannot be composed".to_owned())
            }
        };
        match &end {
            MailEnd::GivenUp { error } => {
                tracing::error!(kind, id, reason = error, "a message is given up");
            }
            MailEnd::Later { error, .. } => {
                tracing::warn!(kind, id, reason = error, "a message is tried again later");
            }
            MailEnd::Gone => {}
        }
        let mut tx = self.store().begin_write().await?;
        if tx.end_mail(&claim, &end).await? {
            tx.commit().await?;
        } else {
            tracing::warn!(
                kind,
                id,
                "a message took longer than its lease, or was dropped meanwhile"
            );
        }
        Ok(true)
    }

    fn mail_later(&self, claim: &MailClaim, error: String) -> MailEnd {
        let tried = claim.mail.attempt;
        if tried + 1 >= ATTEMPTS_MAX {
            return MailEnd::GivenUp { error };
        }
        let doublings = u32::try_from(tried.clamp(0, 30)).unwrap_or_default();
        let pause = PAUSE_FIRST_MS
            .saturating_mul(1 << doublings)
            .min(PAUSE_MAX_MS);
        MailEnd::Later {
            due_at: Instant(self.now().0.saturating_add(pause)),
            error,
        }
    }
}

impl super::Mailing {
    fn count(&self, is_sent: bool) {
        let counter = if is_sent { &self.sent } else { &self.failed };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}
