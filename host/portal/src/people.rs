//! People with an account: how they are invited, sign in and out, what they may do, who looks after
//! them. Secrets are seen here and nowhere else: the database has hashes and sealed texts.

mod by;
mod delegate;
mod elsewhere;
mod former;
mod hand_over;
mod hash;
mod invite;
mod look_after;
mod own;
mod person;
mod refusal;
mod roles;
mod room;
pub(crate) mod secret;
mod sign_in;
mod stuck;
pub(crate) mod totp;
mod upkeep;

use dinh_domain::dates::{Instant, Zone};
use dinh_domain::people::{
    ADMINISTRATOR_PASSWORD_AGE_MS, Grant, SEEN_EVERY_MS, Staff, session_ends,
};
use dinh_store::{AccountState, SignedInRow};

use crate::failure::Failure;
use crate::portal::Portal;

pub use by::By;
pub use delegate::{DELEGATION_DAYS_MAX, DelegationLine, NewDelegation};
pub use hand_over::HandedOver;
pub(crate) use hash::Hashing;
pub use invite::{Accepted, InvitationShown, Invited, NewPerson};
pub use look_after::AccountLine;
pub use own::{Changed, Device, OwnAccount};
pub use person::{Colleague, OpenPerson, Place};
pub use refusal::AccountRefusal;
pub use room::{PEOPLE_LINES_MAX, PeoplePage, PeopleQuery, PersonLine, RoleLine};
pub use sign_in::{SignIn, SignedToken};
pub use totp::TotpShown;

/// What an operator may ease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleOptions {
    /// Whether administrators must have a second factor (TCVN 14423:2026). Only a demo does without.
    pub totp_obligatory: bool,
}

impl Default for PeopleOptions {
    fn default() -> Self {
        Self {
            totp_obligatory: true,
        }
    }
}

/// What somebody must do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owes {
    /// An administrator has no second factor yet.
    SecondFactor,
    /// An administrator's password is two months old.
    NewPassword,
}

/// Somebody who is signed in, with the rights that hold now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who, and what they may do.
    pub staff: Staff,
    /// What colleagues call them.
    pub name: String,
    /// The session's id, which is no secret.
    pub session: String,
    /// What they must do first.
    pub owes: Vec<Owes>,
}

impl Portal {
    /// Who is signed in with a token; none for one that never was, has ended, or whose account is no
    /// longer in use. The roles are those of this moment. Something was done: the session goes on.
    pub async fn signed_in(&self, token: &str, now: Instant) -> Result<Option<SignedIn>, Failure> {
        let Some(hash) = secret::hash_of(token) else {
            return Ok(None);
        };
        match self.store().session(&hash).await? {
            Some(row) => self.going_on(row, now).await,
            None => Ok(None),
        }
    }

    /// Whose a session is, if it goes on.
    async fn going_on(&self, row: SignedInRow, now: Instant) -> Result<Option<SignedIn>, Failure> {
        if row.state != AccountState::Active {
            return Ok(None);
        }
        let session = &row.session;
        let today = now.date_in(&Zone::default());
        let given = self.store().grants_of(&session.account).await?;
        let held = given.into_iter().filter(|it| it.holds(today));
        let grants: Vec<Grant> = held.map(|it| it.grant).collect();
        let is_administrator = grants.iter().any(Grant::is_administrator);
        if session_ends(session.seen_at, session.expires_at, is_administrator) <= now {
            return Ok(None);
        }
        if now.0.saturating_sub(session.seen_at.0) >= SEEN_EVERY_MS {
            let mut tx = self.store().begin_write().await?;
            tx.see_session(session, now).await?;
            tx.commit().await?;
        }
        let acting = self.store().acting(&session.account, today).await?;
        Ok(Some(SignedIn {
            owes: self.owes(&row, is_administrator, now),
            staff: Staff {
                account: row.session.account,
                grants,
                acting,
            },
            name: row.full_name,
            session: row.session.id,
        }))
    }

    fn owes(&self, row: &SignedInRow, is_administrator: bool, now: Instant) -> Vec<Owes> {
        let mut owes = Vec::new();
        if !is_administrator || !self.people_options().totp_obligatory {
            return owes;
        }
        if !row.has_totp {
            owes.push(Owes::SecondFactor);
        }
        let set = row.password_changed_at.map_or(0, |at| at.0);
        if now.0.saturating_sub(set) >= ADMINISTRATOR_PASSWORD_AGE_MS {
            owes.push(Owes::NewPassword);
        }
        owes
    }
}
