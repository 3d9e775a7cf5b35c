//! What people do with their own account.

use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use dinh_domain::people::{FORMER_PASSWORDS, PasswordFault};
use dinh_store::{Account, ActorKind, NewAudit, WriteTx};
use serde_json::{Value, json};

use super::SignedIn;
use super::totp::{TotpShown, step_of};
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// A device somebody is signed in on.
#[derive(Debug, Clone)]
pub struct Device {
    /// Names the session; no secret.
    pub id: String,
    /// What its browser calls itself.
    pub agent: String,
    /// From where it was signed in.
    pub address: String,
    /// Since when.
    pub since: Instant,
    /// When something was last done there.
    pub seen: Instant,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// One's own account.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// To sign in with.
    pub name: String,
    /// Whether it has a second factor.
    pub has_totp: bool,
    /// A second factor that was begun.
    pub pending: Option<TotpShown>,
    /// The newest first.
    pub devices: Vec<Device>,
}

/// What became of a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It holds; all other devices are signed out.
    Done,
    /// The present password is another.
    WrongPresent,
    /// The new one is refused.
    Faults(Vec<PasswordFault>),
}

impl Portal {
    /// One's own account as it is now.
    pub async fn own_account(&self, own: &SignedIn) -> Result<OwnAccount, Failure> {
        let account = self.account_of(own).await?;
        let sessions = self.store().sessions_of(&account.id).await?;
        let devices = sessions.into_iter().map(|it| Device {
            is_this: it.id == own.session,
            id: it.id,
            agent: it.agent,
            address: it.address,
            since: it.made_at,
            seen: it.seen_at,
        });
        let pending = account.totp_pending.as_deref();
        let pending = pending.map(|it| self.shown_totp(&account.id, &account.name, it));
        Ok(OwnAccount {
            devices: devices.collect(),
            has_totp: account.totp_secret.is_some(),
            pending: pending.transpose()?,
            name: account.name,
        })
    }

    /// Signs out here.
    pub async fn sign_out(&self, own: &SignedIn) -> Result<(), Failure> {
        self.sign_out_device(own, &own.session).await
    }

    /// Signs one device out.
    pub async fn sign_out_device(&self, own: &SignedIn, session: &str) -> Result<(), Failure> {
        let account = &own.staff.account;
        let mut tx = self.store().begin_write().await?;
        if tx.end_session(account, session).await? {
            let after = json!({ "session": session });
            tx.audit(self.own_act("signed-out", account, Some(after)));
        }
        tx.commit().await?;
        Ok(())
    }

    /// Signs all devices out, this one too.
    pub async fn sign_out_everywhere(&self, own: &SignedIn) -> Result<u64, Failure> {
        let account = &own.staff.account;
        let mut tx = self.store().begin_write().await?;
        let ended = tx.end_sessions(account, None).await?;
        let after = json!({ "sessions": ended });
        tx.audit(self.own_act("signed-out-everywhere", account, Some(after)));
        tx.commit().await?;
        Ok(ended)
    }

    /// Changes the password. A wrong present one counts as a failure to sign in: a device that was
    /// left alone is no place to try passwords at.
    pub async fn change_password(
        &self,
        own: &SignedIn,
        present: &str,
        new: &str,
        address: &str,
    ) -> Result<Changed, Failure> {
        let account = self.account_of(own).await?;
        let now = self.now();
        let locks = dinh_store::Locks {
            account: Some(&account.id),
            address,
        };
        let is_locked = self.store().attempt(locks).await?.is_locked(now);
        let is_right = self.matches(present, account.password_hash.clone()).await?;
        if is_locked || !is_right {
            self.note_failure(Some(&account), address, now).await?;
            return Ok(Changed::WrongPresent);
        }
        let has_totp = account.totp_secret.is_some();
        let faults = self.faults_of(&account, new, has_totp).await?;
        if !faults.is_empty() {
            return Ok(Changed::Faults(faults));
        }
        let hash = self.hashed(new).await?;
        let mut tx = self.store().begin_write().await?;
        let current = tx.account(&account.id).await?;
        if current.is_none_or(|it| it.password_hash != account.password_hash) {
            return Ok(Changed::WrongPresent);
        }
        self.put_password(&mut tx, &account.id, &hash).await?;
        tx.end_sessions(&account.id, Some(&own.session)).await?;
        tx.audit(self.own_act("password-changed", &account.id, None));
        tx.commit().await?;
        Ok(Changed::Done)
    }

    /// Begins with a second factor: it holds once a code proves that it is in use.
    pub async fn begin_totp(&self, own: &SignedIn) -> Result<(), Failure> {
        let account = self.account_of(own).await?;
        if account.totp_secret.is_some() {
            return Ok(());
        }
        let pending = self.new_totp(&account.id)?;
        let mut tx = self.store().begin_write().await?;
        tx.set_totp(&account.id, None, Some(&pending)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes the second factor on; false for a wrong code.
    pub async fn prove_totp(&self, own: &SignedIn, code: &str) -> Result<bool, Failure> {
        let mut tx = self.store().begin_write().await?;
        let account = tx.account(&own.staff.account).await?;
        let Some((id, pending)) = account.and_then(|it| Some((it.id, it.totp_pending?))) else {
            return Ok(false);
        };
        let step = step_of(&self.open_totp(&id, &pending)?, code, self.now());
        let Some(step) = step else {
            return Ok(false);
        };
        if !tx.take_totp_step(&id, step).await? {
            return Ok(false);
        }
        tx.set_totp(&id, Some(&pending), None).await?;
        tx.end_sessions(&id, Some(&own.session)).await?;
        tx.audit(self.own_act("second-factor-taken-on", &id, None));
        tx.commit().await?;
        Ok(true)
    }

    async fn account_of(&self, own: &SignedIn) -> Result<Account, Failure> {
        let found = self.store().account(&own.staff.account).await?;
        found.ok_or_else(|| Failure::internal("a signed-in account is gone"))
    }

    pub(super) async fn put_password(
        &self,
        tx: &mut WriteTx,
        account: &AccountId,
        hash: &str,
    ) -> Result<(), Failure> {
        let now = self.now();
        tx.set_password(account, hash, now, FORMER_PASSWORDS)
            .await?;
        Ok(())
    }

    pub(super) fn own_act(
        &self,
        what: &str,
        account: &AccountId,
        after: Option<Value>,
    ) -> NewAudit {
        let act = Act {
            what,
            kind: "account",
            subject: account.as_str(),
            before: None,
            after,
        };
        self.recorded(ActorKind::Account, account.as_str(), act)
    }
}
