//! How many subscriptions there are.

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

impl Store {
    /// How many subscriptions there are: confirmed ones, and those that wait for it.
    pub async fn subscription_count(&self) -> Result<(u64, u64), StoreError> {
        let sql =
            Sql::new("select count(confirmed_at) as confirmed, count(*) as n from subscription");
        let row = sql.optional(&mut *self.reader().await?).await?;
        let Some(row) = row else {
            return Ok((0, 0));
        };
        let number = |name| row.integer(name).map(|it| u64::try_from(it).unwrap_or(0));
        let (confirmed, all) = (number("confirmed")?, number("n")?);
        Ok((confirmed, all - confirmed))
    }
}
