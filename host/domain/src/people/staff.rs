//! Somebody who is signed in, and how far their rights reach.

use super::{Grant, Right, Role};
use crate::ids::{AccountId, OrganisationId};
use crate::site::Directory;

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub account: AccountId,
    /// Its roles that hold now.
    pub grants: Vec<Grant>,
    /// Roles of others in whose place they act now.
    pub acting: Vec<Acting>,
}

/// A role of somebody who is away, lent for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Whose it is.
    pub of: AccountId,
    /// The role.
    pub grant: Grant,
}

/// How far a right reaches at an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// On entries that the person wrote.
    Wrote,
    /// On all.
    All,
}

impl Right {
    /// Whether it goes with a role that is lent. Who may give roles for a week could give them for good.
    fn is_lent(self) -> bool {
        self != Self::People
    }
}

impl Grant {
    /// Whether it gives a right at an organisation and at all below it.
    fn reaches_below(&self, right: Right, directory: &Directory, at: &OrganisationId) -> bool {
        let gives = self.role.line().is_some_and(|it| it.below.contains(&right));
        gives && directory.is_at_or_above(&self.organisation, at)
    }

    fn reach(&self, right: Right, directory: &Directory, at: &OrganisationId) -> Option<Reach> {
        let line = self.role.line()?;
        let is_own = self.organisation == *at;
        if self.reaches_below(right, directory, at) || is_own && line.own.contains(&right) {
            return Some(Reach::All);
        }
        (is_own && line.wrote.contains(&right)).then_some(Reach::Wrote)
    }
}

impl Staff {
    /// Somebody with these roles who acts for nobody else.
    pub fn new(account: AccountId, grants: Vec<Grant>) -> Self {
        Self {
            account,
            grants,
            acting: Vec::new(),
        }
    }

    /// How far a right of theirs reaches at an organisation; none where they do not have it.
    pub fn reach(&self, right: Right, directory: &Directory, at: &OrganisationId) -> Option<Reach> {
        let lent = self.lent(right, directory, at).map(|(_, reach)| reach);
        self.own_reach(right, directory, at).max(lent.max())
    }

    fn own_reach(&self, right: Right, directory: &Directory, at: &OrganisationId) -> Option<Reach> {
        let reaches = self.grants.iter();
        let reaches = reaches.filter_map(|grant| grant.reach(right, directory, at));
        reaches.max()
    }

    fn lent(
        &self,
        right: Right,
        directory: &Directory,
        at: &OrganisationId,
    ) -> impl Iterator<Item = (&AccountId, Reach)> {
        let lent = self.acting.iter().filter(move |_| right.is_lent());
        lent.filter_map(move |it| Some((&it.of, it.grant.reach(right, directory, at)?)))
    }

    /// In whose place they use a right at an organisation on what somebody wrote: of several, one whose
    /// hand is not in it. None where they have the right themselves, or not at all.
    pub fn acts_for(
        &self,
        right: Right,
        directory: &Directory,
        at: &OrganisationId,
        (author, hands): (Option<&AccountId>, &[String]),
    ) -> Option<&AccountId> {
        let may = |reach| self.covers_text(reach, author);
        if may(self.own_reach(right, directory, at)) {
            return None;
        }
        let lent = self.lent(right, directory, at);
        let lent: Vec<&AccountId> = lent
            .filter(|(_, reach)| may(Some(*reach)))
            .map(|(of, _)| of)
            .collect();
        let is_free = |of: &&&AccountId| !hands.iter().any(|hand| hand == of.as_str());
        lent.iter().find(is_free).or(lent.first()).copied()
    }

    /// Whether they have every right that a role would give at an organisation, as far as it would reach:
    /// a right that goes below, at every organisation below. What is lent to them does not count.
    pub fn covers(&self, role: &Role, directory: &Directory, at: &OrganisationId) -> bool {
        let Some(line) = role.line() else {
            return false;
        };
        let has = |right: &Right, at: &OrganisationId| {
            self.own_reach(*right, directory, at) == Some(Reach::All)
        };
        let mut here = line.own.iter().chain(&line.wrote).chain(&line.below);
        // A right that reaches below from here, or from further up, is had at every organisation below.
        let reaches_below = |right: &&Right| {
            let mut grants = self.grants.iter();
            grants.any(|it| it.reaches_below(**right, directory, at))
        };
        let mut single = line.below.iter().filter(|it| !reaches_below(it));
        here.all(|right| has(right, at))
            && single.all(|right| directory.below(at).all(|it| has(right, &it.id)))
    }

    /// Whether they have a right at an organisation on what somebody wrote; none for what nobody in
    /// particular wrote.
    pub fn may(
        &self,
        right: Right,
        directory: &Directory,
        at: &OrganisationId,
        author: Option<&AccountId>,
    ) -> bool {
        self.covers_text(self.reach(right, directory, at), author)
    }

    fn covers_text(&self, reach: Option<Reach>, author: Option<&AccountId>) -> bool {
        match reach {
            Some(Reach::All) => true,
            Some(Reach::Wrote) => author == Some(&self.account),
            None => false,
        }
    }
}
