//! Which of many keys and slugs somebody has.

use std::collections::{BTreeSet, HashSet};

use dinh_domain::ids::{CollectionId, SiteId};

use crate::error::StoreError;
use crate::sql::{Columns, ROWS_PER_STATEMENT, Sql};
use crate::write::WriteTx;

impl WriteTx {
    /// Those of some import keys that entries of a collection on a site have.
    pub async fn import_keys_among(
        &mut self,
        site: &SiteId,
        collection: &CollectionId,
        keys: &BTreeSet<&str>,
    ) -> Result<HashSet<String>, StoreError> {
        let select = "select import_key as value from entry where import_key in ";
        self.among(select, site, collection, keys).await
    }

    /// Those of some slugs that somebody has or had, in a collection on a site.
    pub async fn slugs_among(
        &mut self,
        site: &SiteId,
        collection: &CollectionId,
        slugs: &BTreeSet<&str>,
    ) -> Result<HashSet<String>, StoreError> {
        let select = "select slug as value from slug_claim where slug in ";
        self.among(select, site, collection, slugs).await
    }

    async fn among(
        &mut self,
        select: &str,
        site: &SiteId,
        collection: &CollectionId,
        values: &BTreeSet<&str>,
    ) -> Result<HashSet<String>, StoreError> {
        let values: Vec<&str> = values.iter().copied().collect();
        let mut found = HashSet::new();
        for some in values.chunks(ROWS_PER_STATEMENT) {
            let mut sql = Sql::new(select);
            sql.bind_all(some.iter().copied());
            sql.push(" and site_id = ").bind(site);
            sql.push(" and collection = ").bind(collection);
            for row in sql.all(self.on()).await? {
                found.insert(row.text("value")?);
            }
        }
        Ok(found)
    }
}
