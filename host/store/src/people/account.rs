use dinh_domain::dates::Instant;
use dinh_domain::ids::AccountId;
use dinh_domain::people::Tally;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

const COLUMNS: &str = "a.id, a.name, a.full_name, a.email, a.state, a.password_hash,
    a.password_changed_at, a.totp_secret, a.totp_pending, a.made_at, a.last_seen_at,
    a.failures, a.failed_at, a.locked_until";

/// Whether an account can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// It has no password yet.
    Invited,
    /// It can.
    Active,
    /// Somebody, or the calendar, has taken it out of use.
    Disabled,
}

/// Somebody's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// For ever the same.
    pub id: AccountId,
    /// To sign in with, folded.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
    /// May be empty.
    pub email: String,
    /// Whether it can sign in.
    pub state: AccountState,
    /// Argon2id; none before the first.
    pub password_hash: Option<String>,
    /// When the password was set.
    pub password_changed_at: Option<Instant>,
    /// Sealed; none without a second factor.
    pub totp_secret: Option<String>,
    /// Sealed; shown and not yet proved.
    pub totp_pending: Option<String>,
    /// When it was made.
    pub made_at: Instant,
    /// When it was last used.
    pub last_seen_at: Option<Instant>,
    /// Failures at unknown addresses.
    pub tally: Tally,
}

/// An account to make; it has no password.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// Folded.
    pub name: String,
    /// As colleagues call the person.
    pub full_name: String,
    /// May be empty.
    pub email: String,
    /// Now.
    pub at: Instant,
}

impl AccountState {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

impl Store {
    /// The account of a name, folded.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let mut on = self.reader().await?;
        one(&mut on, "a.name", name, "").await
    }

    /// An account.
    pub async fn account(&self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        let mut on = self.reader().await?;
        one(&mut on, "a.id", id.as_str(), "").await
    }

    /// All accounts, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut on = self.reader().await?;
        let sql = Sql::new(format!("select {COLUMNS} from account a order by a.name"));
        sql.all(&mut on).await?.iter().map(read).collect()
    }

    /// Some accounts, by name.
    pub async fn accounts_among(&self, ids: &[AccountId]) -> Result<Vec<Account>, StoreError> {
        let mut on = self.reader().await?;
        let mut sql = Sql::new(format!("select {COLUMNS} from account a where a.id in "));
        sql.bind_all(ids).push(" order by a.name");
        sql.all(&mut on).await?.iter().map(read).collect()
    }

    /// Active accounts that nobody has used since then, oldest first.
    pub async fn idle_accounts(
        &self,
        since: Instant,
        limit: u32,
    ) -> Result<Vec<AccountId>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(
            "select id from account where state = 'active'
             and coalesce(last_seen_at, password_changed_at, made_at) < $1
             and coalesce(password_changed_at, made_at) < $1 order by id limit $2",
        );
        let rows = rows.with(since).with(i64::from(limit));
        rows.all(&mut on)
            .await?
            .iter()
            .map(|it| it.read("id"))
            .collect()
    }

    /// Hashes of former passwords, the last first.
    pub async fn former_passwords(
        &self,
        id: &AccountId,
        most: usize,
    ) -> Result<Vec<String>, StoreError> {
        let mut on = self.reader().await?;
        let rows = Sql::new(
            "select password_hash from account_former_password where account_id = $1
             order by set_at desc, password_hash limit $2",
        );
        let rows = rows.with(id).with(i64::try_from(most).unwrap_or(i64::MAX));
        let rows = rows.all(&mut on).await?;
        rows.iter().map(|it| it.text("password_hash")).collect()
    }
}

impl WriteTx {
    /// An account, held until the transaction ends.
    pub async fn account(&mut self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        let lock = self.dialect().lock();
        one(self.on(), "a.id", id.as_str(), lock).await
    }

    /// Makes an account; false where there is one of that name.
    pub async fn make_account(&mut self, it: &NewAccount) -> Result<bool, StoreError> {
        let made = Sql::new(
            "insert into account (id, name, full_name, email, state, totp_step, made_at, failures)
             values ($1, $2, $3, $4, 'invited', 0, $5, 0) on conflict (name) do nothing",
        );
        let made = made.with(&it.id).with(&it.name).with(&it.full_name);
        Ok(made.with(&it.email).with(it.at).run(self.on()).await? == 1)
    }

    /// Sets whether an account can sign in.
    pub async fn set_account_state(
        &mut self,
        id: &AccountId,
        state: AccountState,
    ) -> Result<(), StoreError> {
        let sql = Sql::new("update account set state = $1 where id = $2");
        sql.with(state.as_str()).with(id).run(self.on()).await?;
        Ok(())
    }

    /// Gives an account a password, and forgets all former ones but the last `kept`.
    pub async fn set_password(
        &mut self,
        id: &AccountId,
        hash: &str,
        at: Instant,
        kept: usize,
    ) -> Result<(), StoreError> {
        let sql = Sql::new(
            "update account set password_hash = $1, password_changed_at = $2 where id = $3",
        );
        sql.with(hash).with(at).with(id).run(self.on()).await?;
        Sql::new(
            "insert into account_former_password (account_id, password_hash, set_at)
             values ($1, $2, $3) on conflict (account_id, password_hash) do nothing",
        )
        .with(id)
        .with(hash)
        .with(at)
        .run(self.on())
        .await?;
        Sql::new(
            "delete from account_former_password where account_id = $1 and password_hash not in
             (select password_hash from account_former_password where account_id = $1
              order by set_at desc, password_hash limit $2)",
        )
        .with(id)
        .with(i64::try_from(kept).unwrap_or(i64::MAX))
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Takes the password away; it still counts as a former one.
    pub async fn forget_password(&mut self, id: &AccountId) -> Result<(), StoreError> {
        let sql = Sql::new("update account set password_hash = null where id = $1");
        sql.with(id).run(self.on()).await?;
        Ok(())
    }

    /// Sets the second factor (sealed), and the one that is shown and not yet proved.
    pub async fn set_totp(
        &mut self,
        id: &AccountId,
        secret: Option<&String>,
        pending: Option<&String>,
    ) -> Result<(), StoreError> {
        Sql::new("update account set totp_secret = $1, totp_pending = $2 where id = $3")
            .with(secret)
            .with(pending)
            .with(id)
            .run(self.on())
            .await?;
        Ok(())
    }

    /// Takes the code of a step; false where it, or a later one, was taken before.
    pub async fn take_totp_step(&mut self, id: &AccountId, step: i64) -> Result<bool, StoreError> {
        let sql = Sql::new("update account set totp_step = $1 where id = $2 and totp_step < $1");
        Ok(sql.with(step).with(id).run(self.on()).await? == 1)
    }
}

async fn one(
    on: &mut AnyConnection,
    column: &str,
    value: &str,
    lock: &str,
) -> Result<Option<Account>, StoreError> {
    let sql = Sql::new(format!(
        "select {COLUMNS} from account a where {column} = $1{lock}"
    ));
    let row = sql.with(value).optional(on).await?;
    row.as_ref().map(read).transpose()
}

pub(super) fn state(text: &str) -> Result<AccountState, StoreError> {
    Ok(match text {
        "invited" => AccountState::Invited,
        "active" => AccountState::Active,
        "disabled" => AccountState::Disabled,
        other => return Err(damaged("account.state", format!("`{other}`"))),
    })
}

fn read(row: &AnyRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.read("id")?,
        name: row.text("name")?,
        full_name: row.text("full_name")?,
        email: row.text("email")?,
        state: state(&row.text("state")?)?,
        password_hash: row.text_or_none("password_hash")?,
        password_changed_at: row.instant_or_none("password_changed_at")?,
        totp_secret: row.text_or_none("totp_secret")?,
        totp_pending: row.text_or_none("totp_pending")?,
        made_at: row.instant("made_at")?,
        last_seen_at: row.instant_or_none("last_seen_at")?,
        tally: super::lock::tally(row)?,
    })
}
