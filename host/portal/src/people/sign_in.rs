use std::time::{Duration, Instant as Timer};

use dinh_domain::dates::Instant;
use dinh_domain::people::{Attempt, MAX_PASSWORD_BYTES, SESSION_MS, sign_in_name};
use dinh_store::{Account, AccountState, ActorKind, Locks, Session};
use serde_json::json;

use super::secret;
use super::totp::step_of;
use crate::audit::Act;
use crate::failure::Failure;
use crate::portal::Portal;

/// A refusal takes at least so long, so that its time does not tell which account there is.
const REFUSAL: Duration = Duration::from_millis(250);
/// Longest name of a browser that is kept, in characters.
const AGENT_CHARS: usize = 160;

/// Somebody who wants to sign in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// As typed.
    pub name: &'a str,
    /// As typed.
    pub password: &'a str,
    /// Code of the second factor; empty where there is none.
    pub code: &'a str,
    /// From where.
    pub address: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
}

/// A new session's token: for the browser's cookie, and nobody else.
pub struct SignedToken(pub String);

impl Portal {
    /// Signs somebody in; none where that is refused. Why is not said, and takes as long for a name
    /// that nobody has, a wrong password, a wrong code, and an account that is locked or disabled.
    pub async fn sign_in(&self, it: SignIn<'_>) -> Result<Option<SignedToken>, Failure> {
        let began = Timer::now();
        let signed = self.try_sign_in(it).await?;
        if signed.is_none() {
            tokio::time::sleep(REFUSAL.saturating_sub(began.elapsed())).await;
        }
        Ok(signed)
    }

    async fn try_sign_in(&self, it: SignIn<'_>) -> Result<Option<SignedToken>, Failure> {
        let now = self.now();
        let account = match sign_in_name(it.name) {
            Ok(name) => self.store().account_named(&name).await?,
            Err(_) => None,
        };
        let hash = account.as_ref().and_then(|it| it.password_hash.clone());
        let fits = it.password.len() <= MAX_PASSWORD_BYTES;
        let password = if fits { it.password } else { "" };
        let is_right = self.matches(password, hash).await? && fits;
        let step = match &account {
            Some(account) => self.totp_step(account, it.code, now)?,
            None => Some(None),
        };
        match (account, step) {
            (Some(account), Some(step)) if is_right => self.begin(it, &account, step, now).await,
            (account, _) => {
                self.note_failure(account.as_ref(), it.address, now).await?;
                Ok(None)
            }
        }
    }

    /// Whether a code is right, and its step; the inner one is none where no code is needed.
    pub(super) fn totp_step(
        &self,
        account: &Account,
        code: &str,
        now: Instant,
    ) -> Result<Option<Option<i64>>, Failure> {
        let Some(sealed) = &account.totp_secret else {
            return Ok(Some(None));
        };
        let secret = self.open_totp(&account.id, sealed)?;
        Ok(step_of(&secret, code, now).map(Some))
    }

    /// Everything is right; what was read is read again, held.
    async fn begin(
        &self,
        it: SignIn<'_>,
        read: &Account,
        step: Option<i64>,
        now: Instant,
    ) -> Result<Option<SignedToken>, Failure> {
        let (token, hash) = secret::token()?;
        let locks = Locks {
            account: Some(&read.id),
            address: it.address,
        };
        let mut tx = self.store().begin_write().await?;
        let account = tx.account(&read.id).await?;
        let attempt = tx.attempt(locks).await?;
        let stands = account.is_some_and(|it| {
            it.state == AccountState::Active
                && it.password_hash == read.password_hash
                && it.totp_secret == read.totp_secret
        });
        if !stands || attempt.is_locked(now) {
            return Ok(None);
        }
        if let Some(step) = step
            && !tx.take_totp_step(&read.id, step).await?
        {
            drop(tx);
            self.note_failure(Some(read), it.address, now).await?;
            return Ok(None);
        }
        tx.note_success(&read.id, it.address, now).await?;
        let agent = it.agent.chars().filter(|it| !it.is_control());
        let session = Session {
            id: String::new(),
            account: read.id.clone(),
            made_at: now,
            seen_at: now,
            expires_at: Instant(now.0.saturating_add(SESSION_MS)),
            agent: agent.take(AGENT_CHARS).collect(),
            address: it.address.to_owned(),
        };
        let id = tx.begin_session(&hash, &session).await?;
        let act = Act {
            what: "signed-in",
            kind: "account",
            subject: read.id.as_str(),
            before: None,
            after: Some(json!({ "session": id, "second_factor": step.is_some() })),
        };
        let recorded = self.recorded(ActorKind::Account, read.id.as_str(), act);
        tx.audit(recorded);
        tx.commit().await?;
        Ok(Some(SignedToken(token)))
    }

    /// One more failure. What is locked stays as it is, and is not recorded again and again.
    pub(super) async fn note_failure(
        &self,
        account: Option<&Account>,
        address: &str,
        now: Instant,
    ) -> Result<(), Failure> {
        let locks = Locks {
            account: account.map(|it| &it.id),
            address,
        };
        let mut tx = self.store().begin_write().await?;
        if let Some(account) = account {
            tx.account(&account.id).await?;
        }
        let before = tx.attempt(locks).await?;
        let after = before.failed(now);
        if before == after {
            return Ok(());
        }
        tx.note_attempt(locks, &before, &after).await?;
        if let Some(account) = account {
            let act = Act {
                what: if locked(&before, &after) {
                    "sign-in-locked"
                } else {
                    "sign-in-failed"
                },
                kind: "account",
                subject: account.id.as_str(),
                before: None,
                after: Some(json!({ "known_address": before.is_known(now) })),
            };
            tx.audit(self.recorded(ActorKind::System, "sign-in", act));
        }
        tx.commit().await?;
        tracing::info!(known = account.is_some(), "a sign-in failed");
        Ok(())
    }
}

/// Whether an account has become locked, here or at all unknown addresses.
fn locked(before: &Attempt, after: &Attempt) -> bool {
    let place = |it: &Attempt| it.place.and_then(|(_, tally)| tally.locked_until);
    before.account.locked_until != after.account.locked_until || place(before) != place(after)
}
