//! Whose turn a message is, and what becomes of it.

use dinh_domain::dates::Instant;

use super::{COLUMNS, StoredMail, mail};
use crate::error::StoreError;
use crate::ids::new_job_id;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A message that is the holder's to send, until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailClaim {
    /// The message as it was claimed.
    pub mail: StoredMail,
    lease: String,
}

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailEnd {
    /// It was sent, or has nobody to go to any more: nothing of it is kept.
    Gone,
    /// It is tried again.
    Later {
        /// When, at the soonest.
        due_at: Instant,
        /// Why.
        error: String,
    },
    /// It is not tried again before an operator says so.
    GivenUp {
        /// Why.
        error: String,
    },
}

/// Due, and nobody's. A lease that ends later than any lease can was given by a clock that was ahead.
const DUE: &str = "state = 'waiting' and due_at <= $1 and (lease_until <= $1 or lease_until > $2)";

impl Store {
    /// Leases the message that is due first; those that somebody waits for come before all others.
    pub async fn claim_mail(
        &self,
        now: Instant,
        lease_ms: i64,
    ) -> Result<Option<MailClaim>, StoreError> {
        let too_late = Instant(now.0.saturating_add(lease_ms.saturating_mul(2)));
        let mut sql = Sql::new(format!("{COLUMNS}{DUE} order by place, due_at, id"));
        sql = sql.with(now).with(too_late);
        sql.limit(1);
        if sql.optional(&mut *self.reader().await?).await?.is_none() {
            return Ok(None);
        }
        let mut tx = self.begin_write().await?;
        let lock = tx.dialect().lock();
        let sql = Sql::new(format!(
            "{COLUMNS}{DUE} order by place, due_at, id limit 1{lock}"
        ));
        let row = sql.with(now).with(too_late).optional(tx.on()).await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let (mail, lease) = (mail(&row)?, new_job_id());
        let claimed = Sql::new(
            "update outbox set leased_by = $1, lease_until = $2
             where id = $3 and state = 'waiting' and lease_until = $4",
        )
        .with(&lease)
        .with(Instant(now.0.saturating_add(lease_ms)))
        .with(&mail.id)
        .with(row.integer("lease_until")?)
        .run(tx.on())
        .await?;
        if claimed == 0 {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(MailClaim { mail, lease }))
    }
}

impl WriteTx {
    /// Ends the sending of a message. False where the lease is somebody else's by now, or the message is gone.
    pub async fn end_mail(&mut self, claim: &MailClaim, end: &MailEnd) -> Result<bool, StoreError> {
        let mut sql = match end {
            MailEnd::Gone => Sql::new("delete from outbox"),
            MailEnd::Later { due_at, error } => {
                let mut sql = Sql::new("update outbox set attempt = attempt + 1, due_at = ");
                sql.bind(*due_at).push(", last_error = ").bind(error);
                sql
            }
            MailEnd::GivenUp { error } => {
                let mut sql = Sql::new(
                    "update outbox set attempt = attempt + 1, state = 'given-up', last_error = ",
                );
                sql.bind(error);
                sql
            }
        };
        if *end != MailEnd::Gone {
            sql.push(", leased_by = '', lease_until = 0");
        }
        sql.push(" where id = ").bind(&claim.mail.id);
        sql.push(" and leased_by = ").bind(&claim.lease);
        Ok(sql.run(self.on()).await? > 0)
    }
}
