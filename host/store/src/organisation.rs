//! What became so of organisations, append-only; the table `organisation` is what stands today.

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, OrganisationId, SiteId};
use dinh_domain::organisation::{Chronicle, Recorded};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::StoreError;
use crate::sql::{Columns, Sql, damaged, to_json};
use crate::store::Store;
use crate::write::WriteTx;

impl Store {
    /// Everything that is recorded of organisations.
    pub async fn chronicle(&self) -> Result<Chronicle, StoreError> {
        chronicle(&mut *self.reader().await?).await
    }
}

impl WriteTx {
    /// Everything that is recorded, held until the transaction ends: one records at a time, on all nodes.
    pub async fn chronicle(&mut self) -> Result<Chronicle, StoreError> {
        let lock = self.dialect().lock();
        let row = Sql::new(format!(
            "select value from counter where name = 'organisation'{lock}"
        ));
        let row = row.optional(self.on()).await?;
        row.ok_or_else(|| damaged("counter.value", "there is no counter `organisation`"))?;
        chronicle(self.on()).await
    }

    /// Records a change; its number is the next one.
    pub async fn record_change(
        &mut self,
        it: &Recorded,
        at: Instant,
        by: &str,
    ) -> Result<(), StoreError> {
        let row = Sql::new("select coalesce(max(number), 0) as number from organisation_change")
            .optional(self.on())
            .await?;
        let number = row.map_or(Ok(0), |row| row.integer("number"))? + 1;
        Sql::new(
            "insert into organisation_change (number, organisation_id, on_date, change, act,
             recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .with(number)
        .with(&it.of)
        .with(it.on)
        .with(to_json("change", &it.change)?)
        .with(&it.act)
        .with(at)
        .with(by)
        .run(self.on())
        .await?;
        Ok(())
    }

    /// Gives the sites of an organisation, with everything on them, to another: which sites, and the entries
    /// there, each with its state. What was assigned there waits for whoever may do it at the other.
    pub async fn give_sites(
        &mut self,
        from: &OrganisationId,
        to: &OrganisationId,
    ) -> Result<(Vec<SiteId>, Vec<(EntryId, String)>), StoreError> {
        let sites = Sql::new("select id from site where organisation_id = $1 order by id");
        let sites = sites.with(from).all(self.on()).await?;
        let sites = sites.iter().map(|row| row.read("id"));
        let sites: Vec<SiteId> = sites.collect::<Result<_, _>>()?;
        let rows = Sql::new(
            "select e.id, e.state from entry e
             where e.organisation_id = $1 and e.deleted_at is null order by e.id",
        );
        let rows = rows.with(from).all(self.on()).await?;
        let read = |row: &AnyRow| Ok((row.read("id")?, row.text("state")?));
        let entries = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
        let free = Sql::new(
            "update desk set assignee = null where assignee is not null
             and entry_id in (select id from entry where organisation_id = $1)",
        );
        free.with(from).run(self.on()).await?;
        for table in ["site", "entry"] {
            let sql = format!("update {table} set organisation_id = $1 where organisation_id = $2");
            Sql::new(sql).with(to).with(from).run(self.on()).await?;
        }
        Ok((sites, entries))
    }
}

async fn chronicle(on: &mut AnyConnection) -> Result<Chronicle, StoreError> {
    let rows = Sql::new(
        "select number, organisation_id, on_date, change, act from organisation_change
         order by on_date, number",
    );
    let rows = rows.all(on).await?;
    let read = |row: &AnyRow| {
        Ok(Recorded {
            number: row.integer("number")?,
            of: row.read("organisation_id")?,
            on: row.read("on_date")?,
            change: row.json("change")?,
            act: row.text("act")?,
        })
    };
    let recorded: Result<Vec<Recorded>, StoreError> = rows.iter().map(read).collect();
    Ok(Chronicle::new(recorded?))
}
