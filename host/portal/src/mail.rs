//! Mail: written into the outbox in the transaction of the act that caused it, and sent by whichever node has its lease.
//!
//! A message holds no address. It says whose it is, and the address is read where it is kept when the message is
//! sent: what was erased, ended or withdrawn meanwhile is not sent.

mod compose;
mod figures;
mod operator;
mod pace;
mod send;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dinh_domain::ids::{EntryId, SiteId};
use dinh_outbound::Mailer;
use dinh_package::Envelope;
use dinh_store::{StoredMail, WriteTx, new_job_id};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::failure::Failure;
use crate::portal::Portal;

pub use operator::MailLine;

/// How the public addresses of a host begin.
pub type Origin = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// How mail is sent.
#[derive(Clone)]
pub struct MailOptions {
    /// Speaks to the server.
    pub mailer: Mailer,
    /// How the links in messages begin.
    pub origin: Origin,
    /// Messages of a minute, of this node.
    pub per_minute: u32,
}

/// What this node has sent since it started.
#[derive(Debug, Default)]
pub(crate) struct Mailing {
    sent: AtomicU64,
    failed: AtomicU64,
    /// Told when something was written here.
    written: Notify,
}

/// To whom a message goes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum To<'a> {
    /// Whoever sent this entry.
    Sender(&'a EntryId),
    /// Whoever has this subscription.
    Subscriber(&'a str),
}

/// What a message says, as it lies sealed until it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Says {
    /// What was sent has come; with the secret of its link.
    Receipt {
        /// The secret.
        token: String,
    },
    /// A step was taken with what was sent.
    Step {
        /// The step.
        what: String,
        /// Why; may be empty.
        reason: String,
        /// When, in milliseconds.
        at: i64,
    },
    /// What was sent is answered to its sender alone. The answer is read when it is sent.
    Answer,
    /// Somebody asked for a subscription; with the secret that confirms it.
    Confirm {
        /// The secret.
        token: String,
    },
    /// Somebody asked for a subscription that there is.
    Known,
    /// Something became public.
    News {
        /// The newest of it.
        entries: Vec<EntryId>,
        /// How many more there are.
        more: u64,
    },
}

impl Says {
    fn kind(&self) -> &'static str {
        match self {
            Self::Receipt { .. } => "receipt",
            Self::Step { .. } => "step",
            Self::Answer => "answer",
            Self::Confirm { .. } => "confirm",
            Self::Known => "known",
            Self::News { .. } => "news",
        }
    }

    /// Whether somebody looks out for it now.
    fn is_urgent(&self) -> bool {
        !matches!(self, Self::News { .. })
    }
}

/// What a message is sealed for.
pub(crate) fn sealed_for(id: &str) -> String {
    format!("mail/{id}")
}

impl Portal {
    /// Whether mail is sent at all. Where it is not, nothing is offered and nothing written.
    pub fn sends_mail(&self) -> bool {
        self.parts().mail.is_some()
    }

    /// Writes a message with the act that caused it; nothing where no mail is sent.
    pub(crate) async fn write_mail(
        &self,
        tx: &mut WriteTx,
        to: (&SiteId, To<'_>),
        says: &Says,
    ) -> Result<(), Failure> {
        if self.sends_mail() {
            self.put_mail(tx, &self.sealed_mail(to, says)?).await?;
        }
        Ok(())
    }

    pub(crate) async fn put_mail(
        &self,
        tx: &mut WriteTx,
        mail: &StoredMail,
    ) -> Result<(), Failure> {
        tx.put_mail(mail).await?;
        // Before the commit: whoever looks too early looks again within a second.
        self.mailing().written.notify_waiters();
        Ok(())
    }

    /// A new message; fails where there is no key to seal with.
    pub(crate) fn sealed_mail(
        &self,
        (site, to): (&SiteId, To<'_>),
        says: &Says,
    ) -> Result<StoredMail, Failure> {
        let (id, now) = (new_job_id(), self.now());
        let content = serde_json::to_string(says).map_err(Failure::internal)?;
        let sealed = self.seal_key().seal_envelope(&sealed_for(&id), &content);
        let Envelope { data_key, sealed } = sealed.map_err(Failure::internal)?;
        let (entry, subscription) = match to {
            To::Sender(entry) => (Some(entry.clone()), None),
            To::Subscriber(id) => (None, Some(id.to_owned())),
        };
        Ok(StoredMail {
            id,
            kind: says.kind().to_owned(),
            site: site.clone(),
            entry,
            subscription,
            data_key,
            sealed,
            is_urgent: says.is_urgent(),
            is_given_up: false,
            due_at: now,
            attempt: 0,
            lease_until: None,
            last_error: String::new(),
            written_at: now,
        })
    }
}
