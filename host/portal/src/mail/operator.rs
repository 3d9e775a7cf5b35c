//! The outbox as operators see it, and what they decide about it.

use dinh_domain::dates::{Instant, Zone};
use dinh_store::{NewAudit, StoredMail};
use serde::Serialize;
use serde_json::json;

use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// Most messages of one list.
const SHOWN_MAX: u32 = 500;

/// A message that waits or was given up; its address and its text are nobody's to list.
#[derive(Debug, Clone, Serialize)]
pub struct MailLine {
    /// Its id.
    pub id: String,
    /// `receipt`, `step`, `confirm`, `known` or `news`.
    pub kind: String,
    /// The site.
    pub site: String,
    /// The entry whose sender it goes to.
    pub entry: Option<String>,
    /// The subscription that it goes to.
    pub subscription: Option<String>,
    /// `waiting`, `sending` or `given-up`.
    pub state: &'static str,
    /// How often it was tried in vain.
    pub attempt: i64,
    /// It is sent no sooner (RFC 3339).
    pub due_at: String,
    /// When it was written (RFC 3339).
    pub written_at: String,
    /// Why it was not sent; empty where it was not tried.
    pub last_error: String,
}

impl Portal {
    /// The first messages: those given up, then those due first.
    pub async fn mail_lines(&self) -> Result<Vec<MailLine>, Failure> {
        let (found, now) = (self.store().mails(SHOWN_MAX).await?, self.now());
        Ok(found.into_iter().map(|it| line(it, now)).collect())
    }

    /// Lets messages be tried again now, also those that were given up: all of them, or none.
    pub async fn retry_mail(&self, ids: &[String], by: &str) -> Result<(), Failure> {
        let (mut tx, now) = (self.store().begin_write().await?, self.now());
        for id in ids {
            let found = tx.retry_mail(id, now).await?;
            tx.audit(self.decided(by, "mail-retried", id, found)?);
        }
        tx.commit().await?;
        self.mailing().written.notify_waiters();
        Ok(())
    }

    /// Drops messages: all of them, or none.
    pub async fn forget_mail(&self, ids: &[String], by: &str) -> Result<(), Failure> {
        let mut tx = self.store().begin_write().await?;
        for id in ids {
            let found = tx.forget_mail(id).await?;
            tx.audit(self.decided(by, "mail-forgotten", id, found)?);
        }
        tx.commit().await?;
        Ok(())
    }

    fn decided(
        &self,
        by: &str,
        what: &str,
        id: &str,
        found: Option<StoredMail>,
    ) -> Result<NewAudit, Failure> {
        let missing =
            || Failure::Refused(format!("there is no message `{id}`; see `dinh mail list`"));
        let found = found.ok_or_else(missing)?;
        let was = json!({"kind": found.kind, "attempt": found.attempt});
        let act = Act {
            what,
            kind: "mail",
            subject: id,
            before: Some(was),
            after: None,
        };
        Ok(NewAudit {
            site: Some(found.site),
            ..self.act(by, act)
        })
    }
}

fn line(mail: StoredMail, now: Instant) -> MailLine {
    let is_leased = mail.lease_until.is_some_and(|until| until > now);
    let time = |at: Instant| at.rfc3339_in(&Zone::default());
    MailLine {
        state: match (mail.is_given_up, is_leased) {
            (true, _) => "given-up",
            (false, true) => "sending",
            (false, false) => "waiting",
        },
        id: mail.id,
        kind: mail.kind,
        site: mail.site.to_string(),
        entry: mail.entry.map(|it| it.to_string()),
        subscription: mail.subscription,
        attempt: mail.attempt,
        due_at: time(mail.due_at),
        written_at: time(mail.written_at),
        last_error: mail.last_error,
    }
}
