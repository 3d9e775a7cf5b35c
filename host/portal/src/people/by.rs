use dinh_domain::dates::Zone;
use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Right, Role};
use dinh_domain::site::Directory;
use dinh_store::{AccountState, ActorKind, Delegation, Given, NewAudit, WriteTx};

use super::{AccountRefusal, SignedIn};
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// Who looks after accounts.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Somebody with the command line: `operator:<name>` or `operator`; may do everything.
    Operator(&'a str),
    /// Somebody who is signed in; their rights decide.
    Account(&'a SignedIn),
    /// The calendar.
    Calendar,
}

impl By<'_> {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Operator(name) => (*name).to_owned(),
            Self::Account(it) => it.staff.account.to_string(),
            Self::Calendar => "system".to_owned(),
        }
    }

    /// Whether they may look after somebody with these roles, or after a role.
    pub(super) fn may_look_after(
        &self,
        directory: &Directory,
        at: impl IntoIterator<Item = OrganisationId>,
    ) -> Result<(), Failure> {
        let Self::Account(it) = self else {
            return Ok(());
        };
        let looks_after_some = it.staff.grants.iter().any(|it| it.is_administrator());
        let may = |at: OrganisationId| it.staff.may(Right::People, directory, &at, None);
        if looks_after_some && at.into_iter().all(may) {
            return Ok(());
        }
        Err(AccountRefusal::NotYours.into())
    }

    /// Whether they may do with an account as they please: whose account one gets into, their rights one
    /// has, so that all of them must be one's own: those of its roles, and of the roles that are lent to it
    /// or will be. Who has no role is looked after from the top.
    pub(super) fn may_command(
        &self,
        directory: &Directory,
        held: &[Given],
        lent: &[Delegation],
    ) -> Result<(), Failure> {
        let held_roles = held.iter().map(|it| &it.grant);
        for it in held_roles.chain(lent.iter().map(|it| &it.grant)) {
            self.may_give(directory, &it.role, &it.organisation)?;
        }
        if held.is_empty() {
            return self.may_look_after(directory, directory.tops().map(|it| it.id.clone()));
        }
        Ok(())
    }

    /// Nobody gives more than they have themselves, or the right to give roles would be every right.
    pub(super) fn may_give(
        &self,
        directory: &Directory,
        role: &Role,
        at: &OrganisationId,
    ) -> Result<(), Failure> {
        self.may_look_after(directory, [at.clone()])?;
        let Self::Account(it) = self else {
            return Ok(());
        };
        if it.staff.covers(role, directory, at) {
            return Ok(());
        }
        Err(AccountRefusal::Beyond(role.clone()).into())
    }
}

impl Portal {
    /// What somebody did to an organisation.
    pub(crate) fn organisation_act(
        &self,
        by: By<'_>,
        what: &str,
        of: &OrganisationId,
        after: serde_json::Value,
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "organisation",
            subject: of.as_str(),
            before: None,
            after: Some(after),
        };
        self.act_by(by, act)
    }

    pub(crate) fn act_by(&self, by: By<'_>, act: Act<'_>) -> NewAudit {
        match by {
            By::Operator(name) => self.act(name, act),
            By::Account(it) => self.recorded(ActorKind::Account, it.staff.account.as_str(), act),
            By::Calendar => self.recorded(ActorKind::System, "calendar", act),
        }
    }

    /// Begins to change accounts or roles. Whoever does has the roles that they had when they asked: of two
    /// administrators at once who take each other's roles, one comes too late.
    pub(super) async fn begin_people(&self, by: By<'_>) -> Result<WriteTx, Failure> {
        let mut tx = self.store().begin_people().await?;
        let By::Account(it) = by else {
            return Ok(tx);
        };
        let account = tx.account(&it.staff.account).await?;
        let is_active = account.is_some_and(|it| it.state == AccountState::Active);
        let today = self.now().date_in(&Zone::default());
        let given = tx.grants_of(&it.staff.account).await?;
        let has = |grant: &Grant| given.iter().any(|it| it.grant == *grant && it.holds(today));
        if is_active && it.staff.grants.iter().all(has) {
            return Ok(tx);
        }
        Err(AccountRefusal::NotYours.into())
    }

    /// Whether somebody may do with an account as they please, by the roles that it has, or will have, as of
    /// this transaction.
    pub(super) async fn commands(
        &self,
        tx: &mut WriteTx,
        by: By<'_>,
        account: &AccountId,
    ) -> Result<(), Failure> {
        let directory = self.directory().await?;
        let today = self.now().date_in(&Zone::default());
        let given = tx.grants_of(account).await?;
        let lent = tx.lent_to(account, today).await?;
        by.may_command(&directory, &given, &lent)
    }

    /// What somebody did to an account.
    pub(super) fn account_act(
        &self,
        by: By<'_>,
        what: &str,
        account: &AccountId,
        after: Option<serde_json::Value>,
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "account",
            subject: account.as_str(),
            before: None,
            after,
        };
        self.act_by(by, act)
    }
}
