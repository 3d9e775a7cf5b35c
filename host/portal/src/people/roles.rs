use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::people::Grant;
use dinh_domain::site::Directory;
use dinh_store::{AccountState, Given, WriteTx};
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// A role of an organisation that there is.
pub(super) fn known(directory: &Directory, grant: &Grant) -> Result<(), Failure> {
    let at = &grant.organisation;
    if directory.organisations.iter().any(|it| it.id == *at) {
        return Ok(());
    }
    let all: Vec<&str> = directory
        .organisations
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let all = all.join(", ");
    Err(AccountRefusal::Organisation {
        at: at.clone(),
        known: all,
    }
    .into())
}

impl Portal {
    /// Gives an account a role, from a day on and to the end of another.
    pub async fn give_role(
        &self,
        by: By<'_>,
        name: &str,
        grant: &Grant,
        (from, until): (Option<LocalDate>, Option<LocalDate>),
    ) -> Result<(), Failure> {
        let directory = self.directory().await?;
        known(&directory, grant)?;
        by.may_give(&directory, &grant.role, &grant.organisation)?;
        if matches!((from, until), (Some(from), Some(until)) if until < from) {
            return Err(AccountRefusal::Days.into());
        }
        let account = self.account_called(name).await?;
        let given = Given {
            account: account.id.clone(),
            grant: grant.clone(),
            from,
            until,
        };
        let mut tx = self.begin_people(by).await?;
        let before = self.somebody_looks_after(&mut tx).await?;
        tx.give_role(&given, self.now(), &by.name()).await?;
        // With other dates it may be over.
        self.somebody_is_left(&mut tx, before).await?;
        let after = json!({ "role": grant, "from": from, "until": until });
        tx.audit(self.account_act(by, "role-given", &account.id, Some(after)));
        tx.commit().await?;
        Ok(())
    }

    /// Takes a role back, at once.
    pub async fn take_role(&self, by: By<'_>, name: &str, grant: &Grant) -> Result<(), Failure> {
        let directory = self.directory().await?;
        by.may_give(&directory, &grant.role, &grant.organisation)?;
        let account = self.account_called(name).await?;
        let mut tx = self.begin_people(by).await?;
        let before = self.somebody_looks_after(&mut tx).await?;
        if !tx.take_role(&account.id, grant).await? {
            return Err(AccountRefusal::NotHeld {
                name: account.name,
                role: grant.role.clone(),
                at: grant.organisation.clone(),
            }
            .into());
        }
        self.somebody_is_left(&mut tx, before).await?;
        // What was assigned for the role's sake waits for whoever may do it.
        let unassigned = tx.unassign(&account.id).await?;
        let after = json!({ "role": grant, "unassigned": unassigned });
        tx.audit(self.account_act(by, "role-taken", &account.id, Some(after)));
        tx.commit().await?;
        Ok(())
    }

    /// Whether somebody can sign in who looks after accounts.
    pub(super) async fn somebody_looks_after(&self, tx: &mut WriteTx) -> Result<bool, Failure> {
        let today = self.now().date_in(&Zone::default());
        let given = tx.grants_in(AccountState::Active).await?;
        let mut given = given.iter();
        Ok(given.any(|it| it.grant.is_administrator() && it.holds(today)))
    }

    /// Refuses what leaves nobody who looks after accounts, where there was somebody before.
    pub(super) async fn somebody_is_left(
        &self,
        tx: &mut WriteTx,
        before: bool,
    ) -> Result<(), Failure> {
        if !before || self.somebody_looks_after(tx).await? {
            return Ok(());
        }
        Err(AccountRefusal::LastAdministrator.into())
    }
}
