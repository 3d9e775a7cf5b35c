//! How many messages there are.

use super::is_given_up;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// How many messages there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailCount {
    /// Those that wait or are being sent.
    pub waiting: u64,
    /// Those that were given up.
    pub given_up: u64,
}

impl Store {
    /// How many messages wait and were given up.
    pub async fn mail_count(&self) -> Result<MailCount, StoreError> {
        let sql = Sql::new("select state, count(*) as n from outbox group by state");
        let mut count = MailCount::default();
        for row in sql.all(&mut *self.reader().await?).await? {
            let number = u64::try_from(row.integer("n")?).unwrap_or_default();
            match is_given_up(&row)? {
                true => count.given_up = number,
                false => count.waiting = number,
            }
        }
        Ok(count)
    }
}
