//! One person as somebody sees them who looks after them, and what may be done with the account.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::Zone;
use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Right, Role, all};
use dinh_store::{AccountName, Given};

use super::SignedIn;
use super::by::By;
use super::delegate::DelegationLine;
use super::room::{PersonLine, looked_after, name_of};
use crate::failure::Failure;
use crate::portal::Portal;

/// Names that are asked for in one query: databases take some ten thousand values.
const NAMES_AT_ONCE: usize = 1_000;

/// A person's page.
#[derive(Debug, Clone)]
pub struct OpenPerson {
    /// The person.
    pub line: PersonLine,
    /// On how many devices they are signed in.
    pub devices: usize,
    /// Whether who asks may do with the account as they please.
    pub is_yours: bool,
    /// Roles that who asks may give somewhere.
    pub roles: Vec<Role>,
    /// Where they may be given.
    pub places: Vec<Place>,
    /// Roles of the person that can be lent, with the organisation's name.
    pub lendable: Vec<(Grant, String)>,
    /// Colleagues who may act in the person's place.
    pub deputies: Vec<Colleague>,
    /// What is lent by or to the person.
    pub delegations: Vec<DelegationLine>,
    /// How many entries the person has under way.
    pub work: usize,
    /// To whom the work may be handed over.
    pub successors: Vec<Colleague>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}

/// Somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// To sign in with.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
}

impl Portal {
    /// A person whom somebody looks after.
    pub async fn person(
        &self,
        who: &SignedIn,
        id: &AccountId,
    ) -> Result<Option<OpenPerson>, Failure> {
        let directory = self.directory().await?;
        let Some(account) = self.store().account(id).await? else {
            return Ok(None);
        };
        let given = self.store().grants_of(id).await?;
        let line = self.person_line(who, &directory, account, given.clone());
        let Some(line) = line else {
            return Ok(None);
        };
        let by = By::Account(who);
        let today = self.now().date_in(&Zone::default());
        let mut lent = self.store().delegations_of(id, today).await?;
        lent.retain(|it| it.to == *id);
        let places = looked_after(who, &directory);
        let may_give = |role: &Role| {
            let mut places = places.iter();
            places.any(|(at, _)| by.may_give(&directory, role, at).is_ok())
        };
        let (deputies, successors) = self.colleagues(who, id, &given).await?;
        let lendable = lendable(&given).filter(|it| {
            let (role, at) = (&it.role, &it.organisation);
            by.may_give(&directory, role, at).is_ok()
        });
        Ok(Some(OpenPerson {
            devices: self.store().sessions_of(id).await?.len(),
            is_yours: by.may_command(&directory, &given, &lent).is_ok(),
            roles: all().filter(may_give).collect(),
            lendable: lendable
                .map(|it| (it.clone(), name_of(&directory, &it.organisation)))
                .collect(),
            places: places
                .into_iter()
                .map(|(id, name)| Place { id, name })
                .collect(),
            deputies,
            delegations: self.delegation_lines(id).await?,
            work: self.work_under_way(id).await?,
            successors,
            line,
        }))
    }

    /// Roles and organisations that somebody may give to who is invited; none for who looks after nobody.
    pub async fn may_invite(
        &self,
        who: &SignedIn,
    ) -> Result<Option<(Vec<Role>, Vec<Place>)>, Failure> {
        let directory = self.directory().await?;
        let places = looked_after(who, &directory);
        if places.is_empty() {
            return Ok(None);
        }
        let by = By::Account(who);
        let may_give = |role: &Role| {
            let mut places = places.iter();
            places.any(|(at, _)| by.may_give(&directory, role, at).is_ok())
        };
        let roles = all().filter(may_give).collect();
        let places = places.into_iter().map(|(id, name)| Place { id, name });
        Ok(Some((roles, places.collect())))
    }

    /// What somebody can lend of their own roles, and to whom; and what is lent by and to them.
    pub async fn own_delegations(
        &self,
        who: &SignedIn,
    ) -> Result<(Vec<(Grant, String)>, Vec<Colleague>, Vec<DelegationLine>), Failure> {
        let directory = self.directory().await?;
        let id = &who.staff.account;
        let given = self.store().grants_of(id).await?;
        let own = lendable(&given).map(|it| (it.clone(), name_of(&directory, &it.organisation)));
        let own: Vec<_> = own.collect();
        let deputies = match own.is_empty() {
            true => Vec::new(),
            false => self.colleagues(who, id, &given).await?.0,
        };
        Ok((own, deputies, self.delegation_lines(id).await?))
    }

    /// Accounts in short, by name.
    pub(crate) async fn names_among(&self, ids: &[AccountId]) -> Result<Vec<AccountName>, Failure> {
        let mut names = Vec::new();
        for some in ids.chunks(NAMES_AT_ONCE) {
            names.extend(self.store().account_names_among(some).await?);
        }
        names.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(names)
    }

    /// Whoever else uses their account: those at an organisation where the person can lend a role, and
    /// of those whom who asks looks after the ones at the person's organisations or above.
    async fn colleagues(
        &self,
        who: &SignedIn,
        id: &AccountId,
        given: &[Given],
    ) -> Result<(Vec<Colleague>, Vec<Colleague>), Failure> {
        let directory = self.directory().await?;
        let lent_at: BTreeSet<&OrganisationId> =
            lendable(given).map(|it| &it.organisation).collect();
        let today = self.now().date_in(&Zone::default());
        let by = By::Account(who);
        let all = directory.organisations.iter().map(|it| &it.id);
        // Who may work there has a role there, or above.
        let near = all.filter(|at| {
            let mut own = given.iter().map(|it| &it.grant.organisation);
            let is_seen = by.may_look_after(&directory, [OrganisationId::clone(at)]);
            let is_near = given.is_empty() || own.any(|own| directory.is_at_or_above(at, own));
            is_seen.is_ok() && is_near
        });
        let near: BTreeSet<&OrganisationId> = near.collect();
        let at: BTreeSet<&OrganisationId> = near.union(&lent_at).copied().collect();
        let at: Vec<OrganisationId> = at.into_iter().cloned().collect();
        let mut held: BTreeMap<AccountId, Vec<OrganisationId>> = BTreeMap::new();
        let grants = self.store().grants_near(&at).await?;
        for it in grants
            .into_iter()
            .filter(|it| it.holds(today) && it.account != *id)
        {
            held.entry(it.account)
                .or_default()
                .push(it.grant.organisation);
        }
        let accounts: Vec<AccountId> = held.keys().cloned().collect();
        let (mut deputies, mut successors) = (Vec::new(), Vec::new());
        for account in self.names_among(&accounts).await? {
            let Some(at) = held.remove(&account.id) else {
                continue;
            };
            let colleague = Colleague {
                name: account.name,
                full_name: account.full_name,
            };
            if at.iter().any(|at| lent_at.contains(at)) {
                deputies.push(colleague.clone());
            }
            if at.iter().any(|at| near.contains(at)) {
                successors.push(colleague);
            }
        }
        Ok((deputies, successors))
    }
}

fn lendable(given: &[Given]) -> impl Iterator<Item = &Grant> {
    let grants = given.iter().map(|it| &it.grant);
    grants.filter(|it| it.role.gives(Right::Review))
}
