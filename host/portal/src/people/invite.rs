use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use dinh_domain::people::{Grant, INVITATION_MS, PasswordFault, sign_in_name};
use dinh_store::{Account, AccountState, Given, Invitation, NewAccount, WriteTx, new_account_id};
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use super::secret;
use super::totp::{TotpShown, step_of};
use crate::failure::Failure;
use crate::portal::Portal;

/// Longest name of a person and e-mail address, in characters.
pub(super) const TEXT_CHARS: usize = 200;

/// Somebody to invite.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// To sign in with.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
    /// May be empty.
    pub email: String,
    /// Roles from the first day.
    pub grants: Vec<Grant>,
}

impl NewPerson {
    /// What is wrong with the name to sign in with, the full name and the address: all of it.
    pub fn faults(&self) -> Vec<AccountRefusal> {
        let is_odd =
            |text: &str| text.chars().count() > TEXT_CHARS || text.chars().any(char::is_control);
        let full_name = self.full_name.trim();
        let name = sign_in_name(&self.name).err().map(AccountRefusal::Name);
        let full = full_name.is_empty() || is_odd(full_name);
        let full = full.then_some(AccountRefusal::FullName);
        let email = is_odd(&self.email).then_some(AccountRefusal::Email);
        name.into_iter().chain(full).chain(email).collect()
    }
}

/// An invitation that was made.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The account.
    pub account: AccountId,
    /// A secret: whoever has it first sets the password.
    pub token: String,
    /// From then on it is void.
    pub expires_at: Instant,
}

/// What somebody who was invited is shown.
#[derive(Debug, Clone)]
pub struct InvitationShown {
    /// To sign in with.
    pub name: String,
    /// The person.
    pub full_name: String,
    /// Whether the second factor is obligatory.
    pub needs_totp: bool,
    /// The second factor that may be taken on.
    pub totp: TotpShown,
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// The account is ready.
    Ready,
    /// The invitation was used, replaced, or has expired.
    Void,
    /// Something is wrong; the invitation stays.
    Faults {
        /// With the password.
        password: Vec<PasswordFault>,
        /// With the code: none where it is obligatory, or a wrong one.
        code: bool,
    },
}

impl Portal {
    /// Invites somebody.
    pub async fn invite(&self, by: By<'_>, it: &NewPerson) -> Result<Invited, Failure> {
        if let Some(first) = it.faults().into_iter().next() {
            return Err(first.into());
        }
        let name = sign_in_name(&it.name).map_err(AccountRefusal::Name)?;
        let directory = self.directory().await?;
        by.may_look_after(&directory, [])?;
        for grant in &it.grants {
            super::roles::known(&directory, grant)?;
            by.may_give(&directory, &grant.role, &grant.organisation)?;
        }
        let now = self.now();
        let account = NewAccount {
            id: new_account_id(),
            name,
            full_name: it.full_name.trim().to_owned(),
            email: it.email.trim().to_owned(),
            at: now,
        };
        let mut tx = self.begin_people(by).await?;
        if !tx.make_account(&account).await? {
            return Err(AccountRefusal::NameTaken(account.name).into());
        }
        for grant in &it.grants {
            let given = Given {
                account: account.id.clone(),
                grant: grant.clone(),
                from: None,
                until: None,
            };
            tx.give_role(&given, now, &by.name()).await?;
        }
        let made = self.make_invitation(&mut tx, &account.id, by).await?;
        let after = json!({ "name": account.name, "grants": it.grants });
        tx.audit(self.account_act(by, "account-invited", &account.id, Some(after)));
        tx.commit().await?;
        Ok(made)
    }

    /// A new link for an account: its password and second factor hold no longer, its sessions end.
    pub async fn reset_account(&self, by: By<'_>, name: &str) -> Result<Invited, Failure> {
        let account = self.account_called(name).await?;
        let mut tx = self.begin_people(by).await?;
        self.commands(&mut tx, by, &account.id).await?;
        let before = self.somebody_looks_after(&mut tx).await?;
        tx.end_sessions(&account.id, None).await?;
        tx.forget_password(&account.id).await?;
        tx.unlock_account(&account.id).await?;
        tx.set_account_state(&account.id, AccountState::Invited)
            .await?;
        if matches!(by, By::Account(_)) {
            // An operator gives the link to the right person; nobody else can.
            self.somebody_is_left(&mut tx, before).await?;
        }
        let made = self.make_invitation(&mut tx, &account.id, by).await?;
        tx.audit(self.account_act(by, "account-reset", &account.id, None));
        tx.commit().await?;
        Ok(made)
    }

    async fn make_invitation(
        &self,
        tx: &mut WriteTx,
        account: &AccountId,
        by: By<'_>,
    ) -> Result<Invited, Failure> {
        let (token, hash) = secret::token()?;
        let now = self.now();
        let invitation = Invitation {
            account: account.clone(),
            made_at: now,
            expires_at: Instant(now.0.saturating_add(INVITATION_MS)),
        };
        tx.invite(&hash, &invitation, &by.name()).await?;
        let pending = self.new_totp(account)?;
        tx.set_totp(account, None, Some(&pending)).await?;
        Ok(Invited {
            account: account.clone(),
            token,
            expires_at: invitation.expires_at,
        })
    }

    /// The invitation of a token; none where it is void.
    pub async fn invitation(&self, token: &str) -> Result<Option<InvitationShown>, Failure> {
        let Some((account, _)) = self.invited(token).await? else {
            return Ok(None);
        };
        let sealed = account.totp_pending.as_deref().unwrap_or_default();
        Ok(Some(InvitationShown {
            totp: self.shown_totp(&account.id, &account.name, sealed)?,
            needs_totp: self.needs_totp(&account.id).await?,
            name: account.name,
            full_name: account.full_name,
        }))
    }

    async fn invited(&self, token: &str) -> Result<Option<(Account, String)>, Failure> {
        let Some(hash) = secret::hash_of(token) else {
            return Ok(None);
        };
        let now = self.now();
        let found = self.store().invitation(&hash).await?;
        let Some(found) = found.filter(|it| it.expires_at > now) else {
            return Ok(None);
        };
        let account = self.store().account(&found.account).await?;
        let account = account.filter(|it| it.state == AccountState::Invited);
        Ok(account.map(|it| (it, hash)))
    }

    /// Whether an account must have a second factor, for roles of today or of another day.
    pub(super) async fn needs_totp(&self, account: &AccountId) -> Result<bool, Failure> {
        let given = self.store().grants_of(account).await?;
        let is_administrator = given.iter().any(|it| it.grant.is_administrator());
        Ok(is_administrator && self.people_options().totp_obligatory)
    }

    /// Sets the first password, and the second factor where a code proves that it is in use.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: &str,
        code: &str,
    ) -> Result<Accepted, Failure> {
        let Some((account, hash)) = self.invited(token).await? else {
            return Ok(Accepted::Void);
        };
        let now = self.now();
        let pending = account.totp_pending.clone().unwrap_or_default();
        let wants_totp = !code.trim().is_empty();
        let step = match wants_totp {
            true => step_of(&self.open_totp(&account.id, &pending)?, code, now),
            false => None,
        };
        let is_bad_code = match wants_totp {
            true => step.is_none(),
            false => self.needs_totp(&account.id).await?,
        };
        // A code that is still to come counts for the length that the password needs.
        let faults = self.faults_of(&account, password, wants_totp || is_bad_code);
        let faults = faults.await?;
        if is_bad_code || !faults.is_empty() {
            return Ok(Accepted::Faults {
                password: faults,
                code: is_bad_code,
            });
        }
        let password = self.hashed(password).await?;
        let mut tx = self.store().begin_people().await?;
        let current = tx.account(&account.id).await?;
        let stands = current.is_some_and(|it| it.state == AccountState::Invited);
        if !stands || !tx.use_invitation(&hash, now).await? {
            return Ok(Accepted::Void);
        }
        self.put_password(&mut tx, &account.id, &password).await?;
        let taken = step.is_some().then_some(&pending);
        tx.set_totp(&account.id, taken, None).await?;
        if let Some(step) = step {
            tx.take_totp_step(&account.id, step).await?;
        }
        tx.set_account_state(&account.id, AccountState::Active)
            .await?;
        let after = json!({ "second_factor": step.is_some() });
        let recorded = self.own_act("invitation-accepted", &account.id, Some(after));
        tx.audit(recorded);
        tx.commit().await?;
        Ok(Accepted::Ready)
    }
}
