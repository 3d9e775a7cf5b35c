//! A head who is away lends a role to a colleague of the same organisation, from a day to a day.

use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Grant, Right};
use dinh_store::{Account, AccountState, Delegation, WriteTx, new_delegation_id};
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// Longest time for which a role is lent, in days: half a year. Who is away for longer hands the role over.
pub const DELEGATION_DAYS_MAX: i64 = 183;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A role to lend.
#[derive(Debug, Clone)]
pub struct NewDelegation {
    /// Whose role it is: the name to sign in with.
    pub from: String,
    /// Who shall act in their place.
    pub to: String,
    /// The role.
    pub grant: Grant,
    /// First day; none where it was not given.
    pub first: Option<LocalDate>,
    /// Last day.
    pub last: Option<LocalDate>,
}

/// A role that is lent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationLine {
    /// Names it.
    pub id: String,
    /// Whose role it is, as colleagues call the person.
    pub from: String,
    /// Who acts in their place.
    pub to: String,
    /// Whether it is lent by the account that was asked about.
    pub is_lent: bool,
    /// The role, in Vietnamese.
    pub role: String,
    /// The organisation's name.
    pub organisation: String,
    /// First day.
    pub first: LocalDate,
    /// Last day.
    pub last: LocalDate,
    /// Whether it runs today.
    pub runs: bool,
}

impl Portal {
    /// Lends a role: its owner does, or whoever could give it.
    pub async fn delegate(&self, by: By<'_>, it: &NewDelegation) -> Result<(), Failure> {
        let (from, to) = (
            self.account_called(&it.from).await?,
            self.account_called(&it.to).await?,
        );
        self.may_lend(by, &from.id, &it.grant).await?;
        if !it.grant.role.gives(Right::Review) {
            return Err(AccountRefusal::NotLent(it.grant.role.clone()).into());
        }
        let today = self.now().date_in(&Zone::default());
        let (first, last) = days(it, today)?;
        let lent = Delegation {
            id: new_delegation_id(),
            from: from.id.clone(),
            to: to.id.clone(),
            grant: it.grant.clone(),
            first,
            last,
        };
        let mut tx = self.begin_people(by).await?;
        self.is_lent_among_colleagues(&mut tx, &lent, &from, &to)
            .await?;
        tx.lend(&lent, self.now(), &by.name()).await?;
        let after = json!({
            "delegation": lent.id,
            "role": lent.grant,
            "to": lent.to,
            "from": first,
            "until": last,
        });
        tx.audit(self.account_act(by, "role-lent", &lent.from, Some(after)));
        tx.commit().await?;
        Ok(())
    }

    /// The lender has the role, the other one works at the same organisation, and it is lent once.
    async fn is_lent_among_colleagues(
        &self,
        tx: &mut WriteTx,
        it: &Delegation,
        from: &Account,
        to: &Account,
    ) -> Result<(), Failure> {
        let at = &it.grant.organisation;
        let held = tx.grants_of(&it.from).await?;
        if !held.iter().any(|given| given.grant == it.grant) {
            return Err(AccountRefusal::NotHeld {
                name: from.name.clone(),
                role: it.grant.role.clone(),
                at: at.clone(),
            }
            .into());
        }
        let today = self.now().date_in(&Zone::default());
        let works_there = tx.grants_of(&it.to).await?;
        let mut works_there = works_there.iter().filter(|it| it.holds(today));
        let works_there = works_there.any(|it| it.grant.organisation == *at);
        let is_active = tx.account(&it.to).await?;
        let is_active = is_active.is_some_and(|it| it.state == AccountState::Active);
        if it.from == it.to || !is_active || !works_there {
            return Err(AccountRefusal::NoColleague {
                name: to.name.clone(),
                at: at.clone(),
            }
            .into());
        }
        let others = tx.lent_by(&it.from, today).await?;
        let is_twice = others.iter().any(|other| {
            other.to == it.to
                && other.grant == it.grant
                && other.first <= it.last
                && it.first <= other.last
        });
        if is_twice {
            return Err(AccountRefusal::LentTwice(to.name.clone()).into());
        }
        Ok(())
    }

    /// Ends a delegation before its last day.
    pub async fn end_delegation(&self, by: By<'_>, id: &str) -> Result<(), Failure> {
        let mut tx = self.begin_people(by).await?;
        let Some(lent) = tx.delegation(id).await? else {
            return Err(AccountRefusal::NoDelegation.into());
        };
        self.may_lend(by, &lent.from, &lent.grant).await?;
        if !tx.end_delegation(id, self.now(), &by.name()).await? {
            return Err(AccountRefusal::NoDelegation.into());
        }
        let after = json!({ "delegation": lent.id, "role": lent.grant, "to": lent.to });
        tx.audit(self.account_act(by, "role-lent-no-more", &lent.from, Some(after)));
        tx.commit().await?;
        Ok(())
    }

    async fn may_lend(&self, by: By<'_>, owner: &AccountId, grant: &Grant) -> Result<(), Failure> {
        match by {
            By::Account(it) if it.staff.account == *owner => Ok(()),
            _ => by.may_give(&*self.directory().await?, &grant.role, &grant.organisation),
        }
    }

    /// What is lent by or to an account, and is not over.
    pub async fn delegation_lines(
        &self,
        account: &AccountId,
    ) -> Result<Vec<DelegationLine>, Failure> {
        let today = self.now().date_in(&Zone::default());
        let directory = self.directory().await?;
        let mut lines = Vec::new();
        for it in self.store().delegations_of(account, today).await? {
            let at = &it.grant.organisation;
            let organisation = directory.organisation(at);
            lines.push(DelegationLine {
                is_lent: it.from == *account,
                from: self.full_name(&it.from).await?,
                to: self.full_name(&it.to).await?,
                role: it.grant.role.name().to_owned(),
                organisation: organisation.map_or_else(|| at.to_string(), |it| it.name.clone()),
                runs: it.first <= today,
                id: it.id,
                first: it.first,
                last: it.last,
            });
        }
        Ok(lines)
    }

    async fn full_name(&self, account: &AccountId) -> Result<String, Failure> {
        let known = self.store().account(account).await?;
        Ok(known.map_or_else(|| account.to_string(), |it| it.full_name))
    }
}

/// Both days, where they are days of a delegation.
fn days(it: &NewDelegation, today: LocalDate) -> Result<(LocalDate, LocalDate), AccountRefusal> {
    let (Some(first), Some(last)) = (it.first, it.last) else {
        return Err(AccountRefusal::LentDays);
    };
    let zone = Zone::default();
    let longest = zone.start_of(first).0 + DELEGATION_DAYS_MAX * DAY_MS;
    if last < first || last < today || zone.start_of(last).0 >= longest {
        return Err(AccountRefusal::LentDays);
    }
    Ok((first, last))
}
