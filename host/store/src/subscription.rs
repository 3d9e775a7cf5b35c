//! Who wants to be told by mail of what becomes public, and what they are to be told of.

mod count;
mod news;
mod row;
mod write;

use dinh_domain::dates::Instant;
use dinh_domain::ids::{CollectionId, EntryId, SiteId};

use crate::error::StoreError;
use crate::sql::Sql;
use crate::store::Store;

use row::{COLUMNS, subscription};

pub use news::NewsFound;

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// The site.
    pub site: SiteId,
    /// The type of the entries.
    pub collection: CollectionId,
    /// Which entries of the list: parameters with their values.
    pub filter: Vec<(String, String)>,
    /// The one entry that it is about; none where it is about a list.
    pub entry: Option<EntryId>,
    /// Names what it is about, the same for everybody who wants the same.
    pub target: String,
    /// Finds the same address again; keyed.
    pub address_hash: String,
    /// The key of `sealed`, sealed.
    pub data_key: String,
    /// The address and the secret of the link that ends it.
    pub sealed: String,
    /// SHA-256 of that secret.
    pub end_hash: String,
    /// SHA-256 of the secret by which it is confirmed; none once it was.
    pub confirm_hash: Option<String>,
    /// What whoever subscribed agreed to.
    pub consent: String,
    /// When it was last asked for.
    pub asked_at: Instant,
    /// When it was confirmed.
    pub confirmed_at: Option<Instant>,
    /// Number of the last change that it was told of.
    pub seen: i64,
    /// When a message about news was last written.
    pub mailed_at: Option<Instant>,
}

/// Which of the secrets of a subscription somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionSecret {
    /// That by which it is confirmed.
    Confirm,
    /// That by which it ends.
    End,
}

impl Store {
    /// A subscription.
    pub async fn subscription(&self, id: &str) -> Result<Option<Subscription>, StoreError> {
        let sql = Sql::new(format!("{COLUMNS}s.id = $1")).with(id);
        let row = sql.optional(&mut *self.reader().await?).await?;
        row.as_ref().map(subscription).transpose()
    }

    /// The subscription on a site whose secret has this hash.
    pub async fn subscription_by(
        &self,
        site: &SiteId,
        (which, hash): (SubscriptionSecret, &str),
    ) -> Result<Option<Subscription>, StoreError> {
        let column = match which {
            SubscriptionSecret::Confirm => "confirm_hash",
            SubscriptionSecret::End => "end_hash",
        };
        let sql = Sql::new(format!("{COLUMNS}s.site_id = $1 and s.{column} = $2"));
        let sql = sql.with(site).with(hash);
        let row = sql.optional(&mut *self.reader().await?).await?;
        row.as_ref().map(subscription).transpose()
    }
}
