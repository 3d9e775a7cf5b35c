use dinh_domain::dates::Zone;
use dinh_domain::ids::AccountId;
use dinh_domain::people::sign_in_name;
use dinh_store::{Account, AccountState, WriteTx};
use serde::Serialize;
use serde_json::json;

use super::AccountRefusal;
use super::by::By;
use crate::failure::Failure;
use crate::portal::Portal;

/// An account as operators see it.
#[derive(Debug, Clone, Serialize)]
pub struct AccountLine {
    /// To sign in with.
    pub name: String,
    /// The person.
    pub full_name: String,
    /// May be empty.
    pub email: String,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// When it was last used (RFC 3339).
    pub last_seen: Option<String>,
    /// Until when it is locked at unknown addresses (RFC 3339).
    pub locked_until: Option<String>,
    /// `role@organisation`, with the days between which it holds.
    pub roles: Vec<String>,
}

impl Portal {
    /// All accounts, by name.
    pub async fn account_lines(&self) -> Result<Vec<AccountLine>, Failure> {
        let (accounts, grants) = (self.store().accounts().await?, self.store().grants().await?);
        let (now, zone) = (self.now(), Zone::default());
        let lines = accounts.into_iter().map(|it| {
            let own = grants.iter().filter(|given| given.account == it.id);
            let roles = own.map(|given| {
                let day = |word, date: Option<_>| date.map(|it| format!(" {word} {it}"));
                format!(
                    "{}@{}{}{}",
                    given.grant.role.as_str(),
                    given.grant.organisation,
                    day("from", given.from).unwrap_or_default(),
                    day("until", given.until).unwrap_or_default(),
                )
            });
            let locked = it.tally.locked_until.filter(|_| it.tally.is_locked(now));
            AccountLine {
                roles: roles.collect(),
                name: it.name,
                full_name: it.full_name,
                email: it.email,
                state: it.state.as_str().to_owned(),
                second_factor: it.totp_secret.is_some(),
                last_seen: it.last_seen_at.map(|at| at.rfc3339_in(&zone)),
                locked_until: locked.map(|at| at.rfc3339_in(&zone)),
            }
        });
        Ok(lines.collect())
    }

    /// Disables an account: its sessions end at once, an invitation is void.
    pub async fn disable_account(&self, by: By<'_>, name: &str) -> Result<(), Failure> {
        let account = self.account_called(name).await?;
        self.disable(by, &account).await
    }

    pub(super) async fn disable(&self, by: By<'_>, account: &Account) -> Result<(), Failure> {
        let mut tx = self.begin_people(by).await?;
        self.commands(&mut tx, by, &account.id).await?;
        self.disable_in(&mut tx, by, &account.id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was assigned to a disabled account waits for whoever may do it.
    pub(super) async fn disable_in(
        &self,
        tx: &mut WriteTx,
        by: By<'_>,
        account: &AccountId,
    ) -> Result<(), Failure> {
        let before = self.somebody_looks_after(tx).await?;
        tx.set_account_state(account, AccountState::Disabled)
            .await?;
        self.somebody_is_left(tx, before).await?;
        tx.end_sessions(account, None).await?;
        tx.drop_invitation(account).await?;
        let after = json!({ "unassigned": tx.unassign(account).await? });
        tx.audit(self.account_act(by, "account-disabled", account, Some(after)));
        Ok(())
    }

    /// Signs somebody out on all devices; on how many.
    pub async fn end_sessions_of(&self, by: By<'_>, name: &str) -> Result<u64, Failure> {
        let account = self.account_called(name).await?;
        let mut tx = self.begin_people(by).await?;
        self.commands(&mut tx, by, &account.id).await?;
        let ended = tx.end_sessions(&account.id, None).await?;
        let after = json!({ "sessions": ended });
        tx.audit(self.account_act(by, "signed-out-everywhere", &account.id, Some(after)));
        tx.commit().await?;
        Ok(ended)
    }

    /// Lets an account sign in again, with the password that it had; takes its locks off.
    pub async fn enable_account(&self, by: By<'_>, name: &str) -> Result<(), Failure> {
        let account = self.account_called(name).await?;
        let mut tx = self.begin_people(by).await?;
        self.commands(&mut tx, by, &account.id).await?;
        let current = tx.account(&account.id).await?;
        if current.is_none_or(|it| it.password_hash.is_none()) {
            return Err(AccountRefusal::NoPassword(account.name).into());
        }
        if account.state == AccountState::Disabled {
            tx.set_account_state(&account.id, AccountState::Active)
                .await?;
            // Or the calendar would disable it again at once.
            tx.see_account(&account.id, self.now()).await?;
        }
        tx.unlock_account(&account.id).await?;
        tx.audit(self.account_act(by, "account-enabled", &account.id, None));
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn account_called(&self, name: &str) -> Result<Account, Failure> {
        let folded = sign_in_name(name).map_err(AccountRefusal::Name)?;
        let found = self.store().account_named(&folded).await?;
        found.ok_or_else(|| AccountRefusal::Unknown(folded).into())
    }
}
