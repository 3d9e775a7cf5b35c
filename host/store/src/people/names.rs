//! Accounts in short: what choosing among them takes, and pages of them.

use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::all;
use sqlx::any::AnyRow;

use super::account::{AccountState, state};
use crate::error::StoreError;
use crate::sql::{Columns, Packed, Sql};
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

/// Whose accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// With a role at one of these organisations; none for at any.
    pub at: Option<Vec<OrganisationId>>,
    /// And those that have no role at all.
    pub or_free: bool,
    /// Of these, with a role here.
    pub also_at: Option<OrganisationId>,
}

impl AccountFilter {
    fn narrow(&self, sql: &mut Sql) {
        sql.push(" from account a where 1 = 1");
        match (self.at.as_deref(), self.or_free) {
            // Who has a role and who has none: everybody.
            (None, true) => {}
            (at, is_free_too) => {
                sql.push(" and (a.id in ");
                with_role(at, sql);
                if is_free_too {
                    sql.push(" or a.id not in ");
                    with_role(None, sql);
                }
                sql.push(")");
            }
        }
        if let Some(at) = &self.also_at {
            sql.push(" and a.id in ");
            with_role(Some(std::slice::from_ref(at)), sql);
        }
    }
}

/// Accounts with a role that the table of permissions still has.
fn with_role(at: Option<&[OrganisationId]>, sql: &mut Sql) {
    sql.push("(select g.account_id from role_grant g where g.role in ");
    let roles: Vec<String> = all().map(String::from).collect();
    sql.bind_all(roles);
    if let Some(at) = at {
        sql.push(" and g.organisation_id in ").bind_all(at);
    }
    sql.push(")");
}

impl Store {
    /// Some accounts in short, by name.
    pub async fn account_names_among(
        &self,
        ids: &[AccountId],
    ) -> Result<Vec<AccountName>, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new("select id, name, full_name, state from account where id in ");
        sql.bind_all(ids).push(" order by name");
        sql.all(&mut on).await?.iter().map(read).collect()
    }

    /// Accounts in short, by name: a page of `per_page` of them, or all where none is given.
    pub async fn account_names_of(
        &self,
        filter: &AccountFilter,
        page: Option<(u64, u32)>,
    ) -> Result<Vec<AccountName>, StoreError> {
        let columns = ["id", "name", "full_name", "state"].map(str::to_owned);
        let (before, after) = self.dialect().packing(&columns);
        let mut sql = Sql::new(format!(
            "select {before}select a.id, a.name, a.full_name, a.state"
        ));
        filter.narrow(&mut sql);
        sql.push(" order by a.name");
        if let Some((before, per_page)) = page {
            sql.limit(per_page).push(&format!(" offset {before}"));
        }
        sql.push(after).push(" as names");
        let mut on = self.reader().await?;
        let row = sql.optional(&mut on).await?;
        let names = row.map_or(Ok(None), |row| row.text_or_none("names"))?;
        let read = Packed::rows(names)?.map(|mut row| {
            Ok(AccountName {
                id: row.read()?,
                name: row.text()?,
                full_name: row.text()?,
                state: state(&row.text()?)?,
            })
        });
        read.collect()
    }

    /// How many there are.
    pub async fn count_accounts(&self, filter: &AccountFilter) -> Result<u64, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new("select count(*) as n");
        filter.narrow(&mut sql);
        let row = sql.optional(&mut on).await?;
        let n = row.map_or(Ok(0), |row| row.integer("n"))?;
        Ok(u64::try_from(n).unwrap_or_default())
    }
}

fn read(row: &AnyRow) -> Result<AccountName, StoreError> {
    Ok(AccountName {
        id: row.read("id")?,
        name: row.text("name")?,
        full_name: row.text("full_name")?,
        state: state(&row.text("state")?)?,
    })
}
