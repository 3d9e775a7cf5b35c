//! Everything that is sealed with the key of secrets, for a new key.

use dinh_domain::ids::{AccountId, EntryId, PluginId, SiteId};
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged};
use crate::store::Store;
use crate::write::WriteTx;

/// A sealed text, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Where.
    pub place: SealedPlace,
    /// The text.
    pub text: String,
}

/// Where a sealed text lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedPlace {
    /// A setting of a plugin on a site.
    Setting(PluginId, SiteId, String),
    /// The second factor of an account.
    SecondFactor(AccountId),
    /// One that was shown and not proved yet.
    PendingFactor(AccountId),
    /// The key of an entry's private fields.
    Private(EntryId),
    /// The key of what a message says.
    Mail(String),
    /// The key of a subscriber's address.
    Subscription(String),
}

/// All of them, with the name of their key: the 16 letters behind the version of a sealed text.
const ALL: &str = "select * from (
     select 'setting' as kind, plugin as a, site_id as b, name as c, value as text
     from plugin_setting where is_sealed = 1
     union all select 'factor', id, '', '', totp_secret from account where totp_secret is not null
     union all select 'pending', id, '', '', totp_pending from account where totp_pending is not null
     union all select 'private', entry_id, '', '', data_key from entry_private
     union all select 'mail', id, '', '', data_key from outbox where data_key <> ''
     union all select 'subscription', id, '', '', data_key from subscription) s";

impl Store {
    /// Some of those that another key than this one sealed, behind the first so many.
    pub async fn sealed_by_others(
        &self,
        key: &str,
        (passed, limit): (usize, u32),
    ) -> Result<Vec<Sealed>, StoreError> {
        let mut sql = Sql::new(format!("{ALL} where substr(s.text, 3, 16) <> "));
        sql.bind(key).push(" order by kind, a, b, c").limit(limit);
        sql.push(&format!(" offset {passed}"));
        let rows = sql.all(&mut *self.reader().await?).await?;
        rows.iter().map(sealed).collect()
    }

    /// How many each key sealed, by its name.
    pub async fn sealed_counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = format!(
            "select k, count(*) as n from (select substr(text, 3, 16) as k from ({ALL}) t) u
             group by k order by k"
        );
        let rows = Sql::new(sql).all(&mut *self.reader().await?).await?;
        let count = |row: &AnyRow| {
            let number = u64::try_from(row.integer("n")?).unwrap_or_default();
            Ok((row.text("k")?, number))
        };
        rows.iter().map(count).collect()
    }
}

impl WriteTx {
    /// Puts a text in the place of one that was sealed before, where that still stands.
    pub async fn seal_anew(&mut self, former: &Sealed, text: &str) -> Result<(), StoreError> {
        let sql = match &former.place {
            SealedPlace::Setting(plugin, site, name) => Sql::new(
                "update plugin_setting set value = $1
                 where value = $2 and plugin = $3 and site_id = $4 and name = $5",
            )
            .with(text)
            .with(&former.text)
            .with(plugin)
            .with(site)
            .with(name),
            SealedPlace::SecondFactor(account) => {
                Sql::new("update account set totp_secret = $1 where totp_secret = $2 and id = $3")
                    .with(text)
                    .with(&former.text)
                    .with(account)
            }
            SealedPlace::PendingFactor(account) => {
                Sql::new("update account set totp_pending = $1 where totp_pending = $2 and id = $3")
                    .with(text)
                    .with(&former.text)
                    .with(account)
            }
            SealedPlace::Private(entry) => Sql::new(
                "update entry_private set data_key = $1 where data_key = $2 and entry_id = $3",
            )
            .with(text)
            .with(&former.text)
            .with(entry),
            SealedPlace::Mail(id) => {
                Sql::new("update outbox set data_key = $1 where data_key = $2 and id = $3")
                    .with(text)
                    .with(&former.text)
                    .with(id)
            }
            SealedPlace::Subscription(id) => {
                Sql::new("update subscription set data_key = $1 where data_key = $2 and id = $3")
                    .with(text)
                    .with(&former.text)
                    .with(id)
            }
        };
        sql.run(self.on()).await?;
        Ok(())
    }
}

fn sealed(row: &AnyRow) -> Result<Sealed, StoreError> {
    let place = match row.text("kind")?.as_str() {
        "setting" => SealedPlace::Setting(row.read("a")?, row.read("b")?, row.text("c")?),
        "factor" => SealedPlace::SecondFactor(row.read("a")?),
        "pending" => SealedPlace::PendingFactor(row.read("a")?),
        "private" => SealedPlace::Private(row.read("a")?),
        "mail" => SealedPlace::Mail(row.text("a")?),
        "subscription" => SealedPlace::Subscription(row.text("a")?),
        other => return Err(damaged("kind", format!("`{other}`"))),
    };
    Ok(Sealed {
        place,
        text: row.text("text")?,
    })
}
