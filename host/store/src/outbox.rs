//! Messages that wait to be sent: written with the act that caused them, leased to one node, and gone when sent.

mod claim;
mod count;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, SiteId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;

pub use claim::{MailClaim, MailEnd};
pub use count::MailCount;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// Its id.
    pub id: String,
    /// What kind of message.
    pub kind: String,
    /// The site in whose name it is sent.
    pub site: SiteId,
    /// To whoever sent this entry.
    pub entry: Option<EntryId>,
    /// To whoever has this subscription.
    pub subscription: Option<String>,
    /// The key of what it says, sealed; empty where it says no more than its kind.
    pub data_key: String,
    /// What it says, sealed with it.
    pub sealed: String,
    /// Whether somebody waits for it.
    pub is_urgent: bool,
    /// Whether it was given up.
    pub is_given_up: bool,
    /// It is sent no sooner.
    pub due_at: Instant,
    /// How often it was tried in vain.
    pub attempt: i64,
    /// Whose it is until when.
    pub lease_until: Option<Instant>,
    /// Why it was not sent; empty where it was not tried.
    pub last_error: String,
    /// When it was written.
    pub written_at: Instant,
}

const COLUMNS: &str =
    "select id, kind, site_id, entry_id, subscription_id, data_key, sealed, place, state,
    due_at, attempt, lease_until, last_error, written_at from outbox where ";

impl Store {
    /// The first messages: those given up, then those due first.
    pub async fn mails(&self, limit: u32) -> Result<Vec<StoredMail>, StoreError> {
        let mut sql = Sql::new(format!("{COLUMNS}1 = 1 order by state, place, due_at, id"));
        sql.limit(limit);
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(mail).collect()
    }
}

fn is_given_up(row: &AnyRow) -> Result<bool, StoreError> {
    match row.text("state")?.as_str() {
        "waiting" => Ok(false),
        "given-up" => Ok(true),
        other => Err(damaged("state", format!("`{other}`"))),
    }
}

fn mail(row: &AnyRow) -> Result<StoredMail, StoreError> {
    let lease_until = row.instant("lease_until")?;
    Ok(StoredMail {
        id: row.text("id")?,
        kind: row.text("kind")?,
        site: row.read("site_id")?,
        entry: row.read_or_none("entry_id")?,
        subscription: row.text_or_none("subscription_id")?,
        data_key: row.text("data_key")?,
        sealed: row.text("sealed")?,
        is_urgent: row.integer("place")? == 0,
        is_given_up: is_given_up(row)?,
        due_at: row.instant("due_at")?,
        attempt: row.integer("attempt")?,
        lease_until: Some(lease_until).filter(|it| it.0 > 0),
        last_error: row.text("last_error")?,
        written_at: row.instant("written_at")?,
    })
}
