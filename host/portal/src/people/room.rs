//! People as those see them who look after them: only as far as their rights reach.

use std::collections::{BTreeMap, BTreeSet};

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Right};
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::collation_key;
use dinh_store::{Account, AccountState, Given};

use super::SignedIn;
use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// Lines of a page.
pub const PEOPLE_LINES_MAX: u32 = 50;

/// What a list of people is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// With a role at this organisation.
    pub organisation: Option<OrganisationId>,
    /// Whose name to sign in with, or full name, holds this.
    pub words: String,
    /// From 1.
    pub page: u32,
}

/// A page of people.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// The lines.
    pub lines: Vec<PersonLine>,
    /// How many there are in all.
    pub total: u64,
    /// Organisations whose people are looked after, with their names.
    pub organisations: Vec<(OrganisationId, String)>,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The account.
    pub id: AccountId,
    /// To sign in with.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
    /// May be empty.
    pub email: String,
    /// Whether the account can sign in.
    pub state: AccountState,
    /// Whether it has a second factor.
    pub has_totp: bool,
    /// When it was last used.
    pub last_seen: Option<Instant>,
    /// Until when it is locked at unknown addresses.
    pub locked_until: Option<Instant>,
    /// Roles, as far as they are seen.
    pub roles: Vec<RoleLine>,
    /// How many roles there are at other organisations.
    pub elsewhere: usize,
}

/// A role of somebody.
#[derive(Debug, Clone)]
pub struct RoleLine {
    /// Which, where.
    pub grant: Grant,
    /// The organisation's name.
    pub organisation: String,
    /// First day.
    pub from: Option<LocalDate>,
    /// Last day.
    pub until: Option<LocalDate>,
    /// Whether it holds today.
    pub holds: bool,
    /// Whether who asks may take it back.
    pub is_yours: bool,
}

impl Portal {
    /// A page of the people whom somebody looks after, by name; none for who looks after nobody.
    pub async fn people(
        &self,
        who: &SignedIn,
        query: &PeopleQuery,
    ) -> Result<Option<PeoplePage>, Failure> {
        let directory = self.directory().await?;
        let organisations = looked_after(who, &directory);
        if organisations.is_empty() {
            return Ok(None);
        }
        let mut given: BTreeMap<AccountId, Vec<Given>> = BTreeMap::new();
        for it in self.store().grants().await? {
            given.entry(it.account.clone()).or_default().push(it);
        }
        let mine: BTreeSet<&OrganisationId> = organisations.iter().map(|(at, _)| at).collect();
        let sees_free = By::Account(who).may_command(&directory, &[], &[]).is_ok();
        let words = query.words.trim().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&words);
        let mut found: Vec<AccountId> = Vec::new();
        for account in self.store().account_names().await? {
            if !fits(&account.name) && !fits(&account.full_name) {
                continue;
            }
            let own = given
                .get(&account.id)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let mut at = own.iter().map(|it| &it.grant.organisation);
            let is_asked = match &query.organisation {
                Some(asked) => at.clone().any(|at| at == asked),
                None => true,
            };
            let is_seen = at.any(|at| mine.contains(at)) || (own.is_empty() && sees_free);
            if is_asked && is_seen {
                found.push(account.id);
            }
        }
        let total = u64::try_from(found.len()).unwrap_or_default();
        let per_page = PEOPLE_LINES_MAX as usize;
        let before = (query.page.max(1) as usize - 1).saturating_mul(per_page);
        let shown: Vec<AccountId> = found.into_iter().skip(before).take(per_page).collect();
        let mut lines = Vec::new();
        for account in self.store().accounts_among(&shown).await? {
            let own = given.remove(&account.id).unwrap_or_default();
            lines.extend(self.person_line(who, &directory, account, own));
        }
        Ok(Some(PeoplePage {
            lines,
            total,
            organisations,
        }))
    }

    /// Somebody as another sees them; none where the other looks after none of their roles.
    pub(super) fn person_line(
        &self,
        who: &SignedIn,
        directory: &Directory,
        account: Account,
        given: Vec<Given>,
    ) -> Option<PersonLine> {
        let by = By::Account(who);
        let (now, today) = (self.now(), self.now().date_in(&Zone::default()));
        let held = given.len();
        let is_seen = |it: &Given| {
            let at = it.grant.organisation.clone();
            by.may_look_after(directory, [at]).is_ok()
        };
        let seen: Vec<Given> = given.into_iter().filter(is_seen).collect();
        let is_free = held == 0 && by.may_command(directory, &[], &[]).is_ok();
        if seen.is_empty() && !is_free {
            return None;
        }
        let elsewhere = held - seen.len();
        let roles = seen.into_iter().map(|it| {
            let Grant { role, organisation } = &it.grant;
            RoleLine {
                organisation: name_of(directory, organisation),
                holds: it.holds(today),
                is_yours: by.may_give(directory, role, organisation).is_ok(),
                from: it.from,
                until: it.until,
                grant: it.grant,
            }
        });
        Some(PersonLine {
            roles: roles.collect(),
            elsewhere,
            has_totp: account.totp_secret.is_some(),
            locked_until: account
                .tally
                .locked_until
                .filter(|_| account.tally.is_locked(now)),
            id: account.id,
            name: account.name,
            full_name: account.full_name,
            email: account.email,
            state: account.state,
            last_seen: account.last_seen_at,
        })
    }
}

/// Organisations whose people somebody looks after, with their names, by name.
pub(super) fn looked_after(who: &SignedIn, directory: &Directory) -> Vec<(OrganisationId, String)> {
    let all = directory.organisations.iter();
    let mine = all.filter(|it| who.staff.may(Right::People, directory, &it.id, None));
    let mut mine: Vec<_> = mine.map(|it| (it.id.clone(), it.name.clone())).collect();
    mine.sort_by_cached_key(|(_, name)| collation_key(name));
    mine
}

pub(super) fn name_of(directory: &Directory, at: &OrganisationId) -> String {
    let known = directory.organisation(at);
    known.map_or_else(|| at.to_string(), |it| it.name.clone())
}
