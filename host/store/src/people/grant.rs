use dinh_domain::dates::{Instant, LocalDate};
use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Role};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::AccountState;
use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A role that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// To whom.
    pub account: AccountId,
    /// Which role, where.
    pub grant: Grant,
    /// From this day on; none = from the beginning.
    pub from: Option<LocalDate>,
    /// To the end of this day; none = until it is taken back.
    pub until: Option<LocalDate>,
}

impl Given {
    /// Whether it holds on a day.
    pub fn holds(&self, today: LocalDate) -> bool {
        self.from.is_none_or(|from| from <= today) && self.until.is_none_or(|it| today <= it)
    }
}

const SELECT: &str = "select g.account_id, g.role, g.organisation_id, g.from_date, g.until_date
    from role_grant g";

impl Store {
    /// Roles of an account, whether they hold today or not.
    pub async fn grants_of(&self, account: &AccountId) -> Result<Vec<Given>, StoreError> {
        let mut on = self.reader().await?;
        of(&mut on, account).await
    }

    /// Roles of some accounts.
    pub async fn grants_among(&self, accounts: &[AccountId]) -> Result<Vec<Given>, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new(format!("{SELECT} where g.account_id in "));
        sql.bind_all(accounts)
            .push(" order by g.account_id, g.organisation_id, g.role");
        given(&sql.all(&mut on).await?)
    }

    /// All roles of the accounts in use that have a role at one of some organisations.
    pub async fn grants_near(&self, at: &[OrganisationId]) -> Result<Vec<Given>, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new(format!(
            "{SELECT} where g.account_id in (select n.account_id from role_grant n
             join account a on a.id = n.account_id
             where a.state = 'active' and n.organisation_id in "
        ));
        sql.bind_all(at)
            .push(") order by g.account_id, g.organisation_id, g.role");
        given(&sql.all(&mut on).await?)
    }

    /// All roles of all accounts.
    pub async fn grants(&self) -> Result<Vec<Given>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new(format!(
            "{SELECT} order by g.account_id, g.organisation_id, g.role"
        ));
        given(&sql.all(&mut on).await?)
    }
}

impl WriteTx {
    /// Roles of an account, whether they hold today or not.
    pub async fn grants_of(&mut self, account: &AccountId) -> Result<Vec<Given>, StoreError> {
        of(self.on(), account).await
    }

    /// Some of the roles of all accounts in a state.
    pub async fn grants_in(
        &mut self,
        state: AccountState,
        roles: &[Role],
    ) -> Result<Vec<Given>, StoreError> {
        let mut sql = Sql::new(format!(
            "{SELECT} join account a on a.id = g.account_id where a.state = "
        ));
        sql.bind(state.as_str()).push(" and g.role in ");
        sql.bind_all(roles.iter().map(Role::as_str));
        given(&sql.all(self.on()).await?)
    }

    /// Gives a role, or gives it with other dates.
    pub async fn give_role(&mut self, it: &Given, at: Instant, by: &str) -> Result<(), StoreError> {
        Sql::new(
            "insert into role_grant (account_id, role, organisation_id, from_date, until_date,
             given_at, given_by) values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (account_id, role, organisation_id) do update set
             from_date = excluded.from_date, until_date = excluded.until_date,
             given_at = excluded.given_at, given_by = excluded.given_by",
        )
        .with(&it.account)
        .with(it.grant.role.as_str())
        .with(&it.grant.organisation)
        .with(it.from)
        .with(it.until)
        .with(at)
        .with(by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Takes a role back; false where the account did not have it.
    pub async fn take_role(
        &mut self,
        account: &AccountId,
        grant: &Grant,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "delete from role_grant where account_id = $1 and role = $2 and organisation_id = $3",
        );
        let sql = sql.with(account).with(grant.role.as_str());
        Ok(sql.with(&grant.organisation).run(self.on()).await? == 1)
    }
}

async fn of(on: &mut AnyConnection, account: &AccountId) -> Result<Vec<Given>, StoreError> {
    let sql = Sql::new(format!(
        "{SELECT} where g.account_id = $1 order by g.organisation_id, g.role"
    ));
    given(&sql.with(account).all(on).await?)
}

/// Roles that the table no longer has give nothing.
fn given(rows: &[AnyRow]) -> Result<Vec<Given>, StoreError> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(role) = Role::new(&row.text("role")?) else {
            continue;
        };
        all.push(Given {
            account: row.read("account_id")?,
            grant: Grant {
                role,
                organisation: row.read("organisation_id")?,
            },
            from: row.read_or_none("from_date")?,
            until: row.read_or_none("until_date")?,
        });
    }
    Ok(all)
}
