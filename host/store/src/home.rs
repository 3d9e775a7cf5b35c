//! The order of blocks on home pages.

use std::collections::HashMap;

use dinh_domain::ids::SiteId;
use dinh_domain::site::HomePlace;
use sqlx::AnyConnection;

use crate::error::StoreError;
use crate::sql::{Columns, Sql};
use crate::write::WriteTx;

/// Of every site where somebody placed them.
pub(crate) async fn places(
    on: &mut AnyConnection,
) -> Result<HashMap<SiteId, Vec<HomePlace>>, StoreError> {
    let sql = Sql::new(
        "select site_id, block, is_hidden from home_place order by site_id, position, block",
    );
    let mut found: HashMap<SiteId, Vec<HomePlace>> = HashMap::new();
    for row in sql.all(on).await? {
        let place = HomePlace {
            block: row.text("block")?,
            hidden: row.flag("is_hidden")?,
        };
        found.entry(row.read("site_id")?).or_default().push(place);
    }
    Ok(found)
}

impl WriteTx {
    /// Gives a site's blocks an order; none takes it back.
    pub async fn set_home_places(
        &mut self,
        site: &SiteId,
        places: &[HomePlace],
    ) -> Result<(), StoreError> {
        Sql::new("delete from home_place where site_id = $1")
            .with(site)
            .run(self.on())
            .await?;
        for (position, place) in (0_i64..).zip(places) {
            Sql::new(
                "insert into home_place (site_id, block, position, is_hidden)
                 values ($1, $2, $3, $4)",
            )
            .with(site)
            .with(&place.block)
            .with(position)
            .with(place.hidden)
            .run(self.on())
            .await?;
        }
        Ok(())
    }
}
