use dinh_domain::dates::{Instant, LocalDate};
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Acting, Grant, Role};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// A role that is lent for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Names it.
    pub id: String,
    /// Whose role it is.
    pub from: AccountId,
    /// Who acts in their place.
    pub to: AccountId,
    /// The role.
    pub grant: Grant,
    /// First day.
    pub first: LocalDate,
    /// Last day.
    pub last: LocalDate,
}

const SELECT: &str = "select d.id, d.from_account, d.to_account, d.role, d.organisation_id,
    d.from_date, d.until_date from delegation d";

impl Store {
    /// What is lent to or by an account and is not over on a day, the first to begin first.
    pub async fn delegations_of(
        &self,
        account: &AccountId,
        today: LocalDate,
    ) -> Result<Vec<Delegation>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new(format!(
            "{SELECT} where (d.from_account = $1 or d.to_account = $1) and d.until_date >= $2
             and d.ended_at is null order by d.from_date, d.id"
        ));
        read_all(&sql.with(account).with(today).all(&mut on).await?)
    }

    /// Roles in which an account acts for others on a day: as long as those have them, and use their
    /// account.
    pub async fn acting(
        &self,
        account: &AccountId,
        today: LocalDate,
    ) -> Result<Vec<Acting>, StoreError> {
        let mut on = self.reader().await?;
        acting(&mut on, account, today).await
    }
}

impl WriteTx {
    /// Roles in which an account acts for others on a day.
    pub async fn acting(
        &mut self,
        account: &AccountId,
        today: LocalDate,
    ) -> Result<Vec<Acting>, StoreError> {
        acting(self.on(), account, today).await
    }

    /// Lends a role.
    pub async fn lend(&mut self, it: &Delegation, at: Instant, by: &str) -> Result<(), StoreError> {
        Sql::new(
            "insert into delegation (id, from_account, to_account, role, organisation_id, from_date,
             until_date, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(&it.id)
        .with(&it.from)
        .with(&it.to)
        .with(it.grant.role.as_str())
        .with(&it.grant.organisation)
        .with(it.first)
        .with(it.last)
        .with(at)
        .with(by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// A delegation that nobody has ended.
    pub async fn delegation(&mut self, id: &str) -> Result<Option<Delegation>, StoreError> {
        let sql = Sql::new(format!("{SELECT} where d.id = $1 and d.ended_at is null"));
        let rows = sql.with(id).all(self.on()).await?;
        Ok(read_all(&rows)?.pop())
    }

    /// What is lent by an account and is not over on a day.
    pub async fn lent_by(
        &mut self,
        account: &AccountId,
        today: LocalDate,
    ) -> Result<Vec<Delegation>, StoreError> {
        let sql = Sql::new(format!(
            "{SELECT} where d.from_account = $1 and d.until_date >= $2 and d.ended_at is null
             order by d.id"
        ));
        read_all(&sql.with(account).with(today).all(self.on()).await?)
    }

    /// What is lent to an account and is not over on a day: what is still to begin, too.
    pub async fn lent_to(
        &mut self,
        account: &AccountId,
        today: LocalDate,
    ) -> Result<Vec<Delegation>, StoreError> {
        let sql = Sql::new(format!(
            "{SELECT} where d.to_account = $1 and d.until_date >= $2 and d.ended_at is null
             order by d.id"
        ));
        read_all(&sql.with(account).with(today).all(self.on()).await?)
    }

    /// Ends a delegation; false where it was ended before.
    pub async fn end_delegation(
        &mut self,
        id: &str,
        at: Instant,
        by: &str,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "update delegation set ended_at = $1, ended_by = $2 where id = $3 and ended_at is null",
        );
        Ok(sql.with(at).with(by).with(id).run(self.on()).await? == 1)
    }
}

async fn acting(
    on: &mut AnyConnection,
    account: &AccountId,
    today: LocalDate,
) -> Result<Vec<Acting>, StoreError> {
    let sql = Sql::new(format!(
        "{SELECT} join account a on a.id = d.from_account
         join role_grant g on g.account_id = d.from_account and g.role = d.role
         and g.organisation_id = d.organisation_id
         where d.to_account = $1 and d.until_date >= $2 and d.from_date <= $2
         and d.ended_at is null and a.state = 'active'
         and (g.from_date is null or g.from_date <= $2)
         and (g.until_date is null or g.until_date >= $2) order by d.from_date, d.id"
    ));
    let lent = read_all(&sql.with(account).with(today).all(on).await?)?;
    let acting = lent.into_iter().map(|it| Acting {
        of: it.from,
        grant: it.grant,
    });
    Ok(acting.collect())
}

/// Roles that the table no longer has give nothing.
fn read_all(rows: &[AnyRow]) -> Result<Vec<Delegation>, StoreError> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(role) = Role::new(&row.text("role")?) else {
            continue;
        };
        all.push(Delegation {
            id: row.text("id")?,
            from: row.read("from_account")?,
            to: row.read("to_account")?,
            grant: Grant {
                role,
                organisation: row.read("organisation_id")?,
            },
            first: row.read("from_date")?,
            last: row.read("until_date")?,
        });
    }
    Ok(all)
}
