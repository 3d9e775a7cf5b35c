use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use sqlx::any::AnyRow;

use super::AccountState;
use crate::error::StoreError;
use crate::ids::new_session_id;
use crate::sql::{Columns, Sql};
use crate::store::Store;
use crate::write::WriteTx;

/// Somebody signed in somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Names it; no secret.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub made_at: Instant,
    /// When something was last done in it, to the minute.
    pub seen_at: Instant,
    /// When it ends however busy it is.
    pub expires_at: Instant,
    /// What the browser calls itself, shortened.
    pub agent: String,
    /// From where it began.
    pub address: String,
}

/// A session with what must be known of its account.
#[derive(Debug, Clone)]
pub struct SignedInRow {
    /// The session.
    pub session: Session,
    /// The account's full name.
    pub full_name: String,
    /// The account's state.
    pub state: AccountState,
    /// Whether the account has a second factor.
    pub has_totp: bool,
    /// When its password was set.
    pub password_changed_at: Option<Instant>,
}

pub(super) const COLUMNS: &str =
    "s.id, s.account_id, s.made_at, s.seen_at, s.expires_at, s.agent, s.address";

impl Store {
    /// The session of a token, by the token's SHA-256.
    pub async fn session(&self, token_hash: &str) -> Result<Option<SignedInRow>, StoreError> {
        let mut on = self.reader().await?;
        let row = Sql::new(format!(
            "select {COLUMNS}, a.full_name, a.state, a.totp_secret, a.password_changed_at
             from session s join account a on a.id = s.account_id where s.token_hash = $1"
        ));
        let row = row.with(token_hash).optional(&mut on).await?;
        row.as_ref().map(signed_in).transpose()
    }

    /// Sessions of an account, the newest first.
    pub async fn sessions_of(&self, account: &AccountId) -> Result<Vec<Session>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(format!(
            "select {COLUMNS} from session s where s.account_id = $1
             order by s.made_at desc, s.id"
        ));
        rows.with(account)
            .all(&mut on)
            .await?
            .iter()
            .map(read)
            .collect()
    }
}

impl WriteTx {
    /// Begins a session; its id is made here.
    pub async fn begin_session(
        &mut self,
        token_hash: &str,
        it: &Session,
    ) -> Result<String, StoreError> {
        let id = new_session_id();
        Sql::new(
            "insert into session (id, token_hash, account_id, made_at, seen_at, expires_at, agent,
             address) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .with(&id)
        .with(token_hash)
        .with(&it.account)
        .with(it.made_at)
        .with(it.seen_at)
        .with(it.expires_at)
        .with(&it.agent)
        .with(&it.address)
        .run(self.on())
        .await?;
        self.see_account(&it.account, it.made_at).await?;
        Ok(id)
    }

    /// Notes that something was done in a session. One that has ended stays ended.
    pub async fn see_session(&mut self, it: &Session, at: Instant) -> Result<(), StoreError> {
        let sql = Sql::new("update session set seen_at = $1 where id = $2 and seen_at < $1");
        sql.with(at).with(&it.id).run(self.on()).await?;
        self.see_account(&it.account, at).await
    }

    /// Notes that an account was used.
    pub async fn see_account(&mut self, id: &AccountId, at: Instant) -> Result<(), StoreError> {
        let sql = Sql::new("update account set last_seen_at = $1 where id = $2");
        sql.with(at).with(id).run(self.on()).await?;
        Ok(())
    }

    /// Ends a session of an account; false where there is none such.
    pub async fn end_session(&mut self, account: &AccountId, id: &str) -> Result<bool, StoreError> {
        let sql = Sql::new("delete from session where id = $1 and account_id = $2");
        Ok(sql.with(id).with(account).run(self.on()).await? == 1)
    }

    /// Ends all sessions of an account but one; how many.
    pub async fn end_sessions(
        &mut self,
        account: &AccountId,
        but: Option<&str>,
    ) -> Result<u64, StoreError> {
        let sql = Sql::new("delete from session where account_id = $1 and id <> $2");
        sql.with(account)
            .with(but.unwrap_or_default())
            .run(self.on())
            .await
    }

    /// Forgets sessions that have ended by the clock, and invitations; how many.
    pub async fn forget_ended(
        &mut self,
        idle_since: Instant,
        now: Instant,
    ) -> Result<u64, StoreError> {
        let sql = Sql::new("delete from session where seen_at < $1 or expires_at <= $2");
        let sessions = sql.with(idle_since).with(now).run(self.on()).await?;
        let gone = "delete from session_elsewhere where code_until <= $1
            or session_id not in (select id from session)";
        Sql::new(gone).with(now).run(self.on()).await?;
        let sql = Sql::new("delete from invitation where expires_at <= $1");
        Ok(sessions + sql.with(now).run(self.on()).await?)
    }
}

pub(super) fn signed_in(row: &AnyRow) -> Result<SignedInRow, StoreError> {
    let state = match row.text("state")?.as_str() {
        "active" => AccountState::Active,
        "invited" => AccountState::Invited,
        _ => AccountState::Disabled,
    };
    Ok(SignedInRow {
        session: read(row)?,
        full_name: row.text("full_name")?,
        state,
        has_totp: row.text_or_none("totp_secret")?.is_some(),
        password_changed_at: row.instant_or_none("password_changed_at")?,
    })
}

fn read(row: &AnyRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.text("id")?,
        account: row.read("account_id")?,
        made_at: row.instant("made_at")?,
        seen_at: row.instant("seen_at")?,
        expires_at: row.instant("expires_at")?,
        agent: row.text("agent")?,
        address: row.text("address")?,
    })
}
