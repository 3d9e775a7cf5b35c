//! How a subscription lies.

use sqlx::any::AnyRow;

use super::Subscription;
use crate::error::StoreError;
use crate::sql::Columns;

pub(super) const COLUMNS: &str =
    "select s.id, s.site_id, s.collection, s.filter, s.entry_id, s.target, s.address_hash, s.data_key,
    s.sealed, s.end_hash, s.confirm_hash, s.consent, s.asked_at, s.confirmed_at, s.seen, s.mailed_at
    from subscription s where ";

pub(super) fn subscription(row: &AnyRow) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        id: row.text("id")?,
        site: row.read("site_id")?,
        collection: row.read("collection")?,
        filter: row.json("filter")?,
        entry: row.read_or_none("entry_id")?,
        target: row.text("target")?,
        address_hash: row.text("address_hash")?,
        data_key: row.text("data_key")?,
        sealed: row.text("sealed")?,
        end_hash: row.text("end_hash")?,
        confirm_hash: row.text_or_none("confirm_hash")?,
        consent: row.text("consent")?,
        asked_at: row.instant("asked_at")?,
        confirmed_at: row.instant_or_none("confirmed_at")?,
        seen: row.integer("seen")?,
        mailed_at: row.instant_or_none("mailed_at")?,
    })
}
