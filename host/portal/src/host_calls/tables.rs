//! Tables of figures, as a plugin asks for them: those of its own entries, by the same rule as the entries.

use std::sync::Arc;

use dinh_domain::declaration::FieldKind;
use dinh_domain::entry::Entry;
use dinh_domain::ids::EntryId;
use dinh_domain::table::number::written;
use dinh_domain::table::{Dimension, Role, StoredTable, Table};
use dinh_runtime::{
    HostError, TableCell, TableDescription, TableDimension, TablePicks, TablePlace, TableRole,
};

use super::GuestHost;
use crate::failure::Failure;

impl GuestHost {
    pub(super) async fn described(
        &self,
        place: TablePlace<'_>,
    ) -> Result<TableDescription, HostError> {
        let (table, version) = self.table(place).await?;
        Ok(TableDescription {
            title: table.title.clone(),
            unit: table.unit.clone(),
            decimals: table.decimals,
            notes: table.notes.clone(),
            version,
            dimensions: table.dimensions().iter().map(dimension).collect(),
            cells: table.cell_count() as u64,
        })
    }

    pub(super) async fn sliced(
        &self,
        place: TablePlace<'_>,
        picks: TablePicks,
    ) -> Result<Vec<TableCell>, HostError> {
        let (table, _) = self.table(place).await?;
        let cells = table.picked(&picks);
        let cells = cells.map_err(|fault| HostError::Invalid(fault.to_string()))?;
        let cells = cells.into_iter().map(|cell| TableCell {
            number: cell.scaled.map(|it| written(it, table.decimals, '.', None)),
            sign: cell.mark.sign(),
        });
        Ok(cells.collect())
    }

    /// The table, and the hash of the file that holds it.
    async fn table(&self, place: TablePlace<'_>) -> Result<(Arc<Table>, String), HostError> {
        let (own, declared) = self.own(place.collection)?;
        let kind = declared.schema.get(place.field).map(|it| &it.kind);
        if !matches!(kind, Some(FieldKind::Table {})) {
            let (field, collection) = (place.field, place.collection);
            return Err(HostError::Invalid(format!(
                "`{field}` is no field of the kind `table` of {collection}"
            )));
        }
        let id = EntryId::new(place.id).map_err(|_| HostError::NotFound)?;
        let scope = self.scope().only(&own);
        let store = self.portal.store();
        let found: Arc<Entry> = match &self.about {
            Some(about) if about.id == id && about.collection == own => about.clone(),
            _ => {
                let found = store.entries_by_ids(&scope, &[id]).await;
                let found = found.map_err(|error| self.unavailable(error))?;
                Arc::new(found.into_iter().next().ok_or(HostError::NotFound)?)
            }
        };
        let stored = found.body.get(place.field).and_then(StoredTable::of);
        let stored = stored.ok_or(HostError::NotFound)?;
        let file = store.file(&scope, &stored.file).await;
        let file = file.map_err(|error| self.unavailable(error))?;
        let file = file.ok_or(HostError::NotFound)?;
        let table = self.portal.table_in(&file).await;
        let table = table.map_err(|failure| self.unread(&failure))?;
        Ok((table, file.hash))
    }

    /// Vendors never read the portal's own words.
    fn unread(&self, failure: &Failure) -> HostError {
        self.visit.passing();
        tracing::error!(?failure, "a plugin's table cannot be read");
        HostError::Unavailable("the portal cannot read this now".to_owned())
    }
}

fn dimension(it: &Dimension) -> TableDimension {
    let codes = it.codes.iter();
    TableDimension {
        id: it.id.clone(),
        label: it.label.clone(),
        role: match it.role {
            Role::Time => TableRole::Time,
            Role::Geo => TableRole::Geo,
            Role::Metric => TableRole::Metric,
            Role::Other => TableRole::Other,
        },
        codes: codes.map(|it| (it.id.clone(), it.label.clone())).collect(),
    }
}
