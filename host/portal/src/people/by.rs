use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Right, Role};
use dinh_domain::site::Directory;
use dinh_store::{ActorKind, Given, NewAudit};

use super::SignedIn;
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
    pub(super) fn name(&self) -> String {
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
        Err(Failure::BadRequest {
            detail: "Bạn không có quyền quản lý tài khoản này.".to_owned(),
        })
    }

    /// Whether they may do with an account as they please: whose account one gets into, their rights one
    /// has, so that all of them must be one's own. Who has no role is looked after from the top.
    pub(super) fn may_command(&self, directory: &Directory, held: &[Given]) -> Result<(), Failure> {
        for it in held {
            self.may_give(directory, &it.grant.role, &it.grant.organisation)?;
        }
        if held.is_empty() {
            let tops = directory.organisations.iter();
            let tops = tops.filter(|it| it.parent.is_none());
            return self.may_look_after(directory, tops.map(|it| it.id.clone()));
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
        Err(Failure::BadRequest {
            detail: format!("Vai trò “{}” có quyền mà bạn không có.", role.name()),
        })
    }
}

impl Portal {
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
        match by {
            By::Operator(name) => self.act(name, act),
            By::Account(it) => self.recorded(ActorKind::Account, it.staff.account.as_str(), act),
            By::Calendar => self.recorded(ActorKind::System, "calendar", act),
        }
    }
}
