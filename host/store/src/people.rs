//! People with an account: accounts, their roles, sessions, invitations, and failures to sign in.

mod account;
mod delegation;
mod elsewhere;
mod grant;
mod invitation;
mod lock;
mod names;
mod session;

pub use account::{Account, AccountState, NewAccount};
pub use delegation::Delegation;
pub use grant::Given;
pub use invitation::Invitation;
pub use lock::Locks;
pub use names::{AccountFilter, AccountName};
pub use session::{Session, SignedInRow};

use crate::error::StoreError;
use crate::sql::{Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Begins a transaction that changes accounts or roles. There is one at a time on all nodes, so
    /// that whom it finds (the last who may give roles) is still the one when it is committed.
    pub async fn begin_people(&self) -> Result<WriteTx, StoreError> {
        let mut tx = self.begin_write().await?;
        let lock = tx.dialect().lock();
        let row = Sql::new(format!(
            "select value from counter where name = 'people'{lock}"
        ));
        let row = row.optional(tx.on()).await?;
        row.ok_or_else(|| damaged("counter.value", "there is no counter `people`"))?;
        Ok(tx)
    }
}
