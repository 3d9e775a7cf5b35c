use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::people::{Grant, Right, Role, Staff, all};
use dinh_domain::site::Directory;
use dinh_store::{AccountState, Given, WriteTx};
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// Who looks after accounts, and can sign in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Left {
    /// Somebody, somewhere, today.
    somebody: bool,
    /// Somebody at a top of the tree, by a role that does not end by itself: not even tomorrow is nobody left.
    for_good: bool,
}

/// A role of an organisation that there is.
pub(super) fn known(directory: &Directory, grant: &Grant) -> Result<(), Failure> {
    let at = &grant.organisation;
    if directory.organisation(at).is_some() {
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
        let mut after = json!({ "role": grant, "from": from, "until": until });
        if !given.holds(self.now().date_in(&Zone::default())) {
            after["unassigned"] = json!(tx.unassign(&account.id).await?);
        }
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

    /// Who can sign in and looks after accounts.
    pub(super) async fn somebody_looks_after(&self, tx: &mut WriteTx) -> Result<Left, Failure> {
        let today = self.now().date_in(&Zone::default());
        let directory = self.directory().await?;
        let roles: Vec<Role> = all().filter(Role::is_administrator).collect();
        let administrators = tx.grants_in(AccountState::Active, &roles).await?;
        let mut left = Left::default();
        for it in administrators.into_iter().filter(|it| it.holds(today)) {
            left.somebody = true;
            let staff = Staff::new(it.account, vec![it.grant]);
            let may = |at| staff.may(Right::People, &directory, at, None);
            let at_top = directory.tops().any(|top| may(&top.id));
            left.for_good |= at_top && it.until.is_none();
        }
        Ok(left)
    }

    /// Refuses what leaves nobody who looks after accounts, where there was somebody before.
    pub(super) async fn somebody_is_left(
        &self,
        tx: &mut WriteTx,
        before: Left,
    ) -> Result<(), Failure> {
        let left = self.somebody_looks_after(tx).await?;
        let is_kept = |before: bool, left: bool| left || !before;
        if is_kept(before.somebody, left.somebody) && is_kept(before.for_good, left.for_good) {
            return Ok(());
        }
        Err(AccountRefusal::LastAdministrator.into())
    }
}
