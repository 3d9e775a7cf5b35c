//! People as those see them who look after them: only as far as their rights reach.

use std::collections::BTreeMap;

use dinh_domain::dates::{Instant, LocalDate, Zone};
use dinh_domain::ids::{AccountId, OrganisationId};
use dinh_domain::people::{Grant, Right};
use dinh_domain::site::Directory;
use dinh_domain::vietnamese::collation_key;
use dinh_store::{Account, AccountFilter, AccountState, Given};

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
        let is_everywhere = organisations.len() == directory.organisations.len();
        let at = organisations.iter().map(|(at, _)| at.clone());
        let filter = AccountFilter {
            at: (!is_everywhere).then(|| at.collect()),
            or_free: By::Account(who).may_command(&directory, &[], &[]).is_ok(),
            also_at: query.organisation.clone(),
        };
        let (shown, total) = self.found_people(&filter, query).await?;
        let mut given: BTreeMap<AccountId, Vec<Given>> = BTreeMap::new();
        for it in self.store().grants_among(&shown).await? {
            given.entry(it.account.clone()).or_default().push(it);
        }
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

    /// The accounts of a page, and how many there are. Words are compared here, so that every name is read
    /// where there are some, and nothing but names.
    async fn found_people(
        &self,
        filter: &AccountFilter,
        query: &PeopleQuery,
    ) -> Result<(Vec<AccountId>, u64), Failure> {
        let before = u64::from(query.page.max(1) - 1) * u64::from(PEOPLE_LINES_MAX);
        let words = query.words.trim().to_lowercase();
        if words.is_empty() {
            let page = Some((before, PEOPLE_LINES_MAX));
            let shown = self.store().account_names_of(filter, page).await?;
            let shown = shown.into_iter().map(|it| it.id).collect();
            return Ok((shown, self.store().count_accounts(filter).await?));
        }
        let fits = |text: &str| text.to_lowercase().contains(&words);
        let mut found = self.store().account_names_of(filter, None).await?;
        found.retain(|it| fits(&it.name) || fits(&it.full_name));
        let total = u64::try_from(found.len()).unwrap_or_default();
        let before = usize::try_from(before).unwrap_or(usize::MAX);
        let shown = found.into_iter().skip(before);
        let shown = shown.take(PEOPLE_LINES_MAX as usize).map(|it| it.id);
        Ok((shown.collect(), total))
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
