//! Accounts in short: what choosing among all of them takes.

use dinh_domain::ids::AccountId;

use super::account::{AccountState, state};
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;

/// Somebody's account, without what only its owner and those who look after it need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountName {
    /// For ever the same.
    pub id: AccountId,
    /// To sign in with, folded.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
    /// Whether it can sign in.
    pub state: AccountState,
}

impl Store {
    /// All accounts in short, by name.
    pub async fn account_names(&self) -> Result<Vec<AccountName>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new("select id, name, full_name, state from account order by name");
        let rows = sql.all(&mut on).await?;
        let read = rows.iter().map(|row| {
            Ok(AccountName {
                id: row.read("id")?,
                name: row.text("name")?,
                full_name: row.text("full_name")?,
                state: state(row)?,
            })
        });
        read.collect()
    }
}
