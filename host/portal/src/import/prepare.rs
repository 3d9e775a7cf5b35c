//! From rows of a file to what may be written, or to the faults for which it may not.

use dinh_domain::fault::Fault;
use dinh_domain::table::layout::Given;
use serde_json::Value;

use super::{
    GivenRow, ImportPreparer, ImportRow, PreparedRow, RowFaults, TextFault, attached, mapping,
    message,
};
use crate::failure::Failure;
use crate::post::Draft;

impl ImportPreparer {
    /// Maps and checks rows; the plugin is asked, and nothing is written.
    pub async fn prepare(&self, rows: Vec<ImportRow>) -> Result<Vec<PreparedRow>, Failure> {
        let (mut prepared, mut places, mut drafts) = (Vec::new(), Vec::new(), Vec::new());
        for ImportRow { line, row } in rows {
            let (row, draft) = match row {
                Ok(GivenRow::Value(row)) => {
                    let draft = self.draft(&row, &[], Vec::new());
                    (row, draft)
                }
                Ok(GivenRow::Cells(cells)) => {
                    let object = self.columns.as_ref().map(|it| it.object(&cells));
                    let (row, faults) = object.unwrap_or_default();
                    let draft = self.draft(&row, &cells, faults);
                    (row, draft)
                }
                Err(reason) => {
                    let fault = Fault::new("", "fault.row").with("reason", reason);
                    (Value::Null, Err(vec![fault]))
                }
            };
            let checked = draft.map(|draft| {
                places.push(prepared.len());
                drafts.push(draft);
            });
            prepared.push((line, row, checked.err().unwrap_or_default()));
        }
        let mut checked = places.into_iter().zip(self.portal.checked(drafts).await?);
        let mut next = checked.next();
        let prepared = prepared
            .into_iter()
            .enumerate()
            .map(|(at, (line, row, faults))| {
                let own = match &next {
                    Some((place, _)) if *place == at => {
                        std::mem::replace(&mut next, checked.next())
                    }
                    _ => None,
                };
                let checked = own.map_or(Err(faults), |(_, checked)| checked);
                PreparedRow { line, row, checked }
            });
        Ok(prepared.collect())
    }

    /// `cells` are those that the row was made of; `faults` what is wrong with them.
    fn draft(
        &self,
        row: &Value,
        cells: &[Given],
        mut faults: Vec<Fault>,
    ) -> Result<Draft, Vec<Fault>> {
        let missing = || vec![Fault::new("", "fault.collection")];
        let (plugin, collection) = self
            .portal
            .plugins()
            .collection(&self.collection)
            .ok_or_else(missing)?;
        let mapping = self.mapping.as_deref();
        let mapped = mapping::map(&plugin.declaration, collection, mapping, row);
        let mut mapped = match (mapped, &self.columns) {
            (Ok(mapped), _) => mapped,
            (Err(missing), Some(_)) => {
                faults.extend(missing);
                return Err(faults);
            }
            (Err(missing), None) => return Err(missing),
        };
        if let Some(columns) = &self.columns {
            columns.typed(collection, cells, &mut mapped.body, &mut faults);
        }
        faults.append(&mut mapped.faults);
        let folder = self.files.as_deref();
        let files = attached::take(folder, collection, &mut mapped.body)?;
        Ok(Draft {
            site: self.site.clone(),
            collection: self.collection.clone(),
            import_key: Some(mapped.key),
            body: mapped.body,
            source: mapped.source,
            lifted: mapped.lifted,
            files,
            published_at: None,
            faults,
        })
    }

    pub(super) fn told(&self, line: u64, row: Value, faults: Vec<Fault>) -> RowFaults {
        let plugin = self.portal.plugins().get(self.collection.plugin());
        let faults = faults.into_iter().map(|fault| TextFault {
            message: message(plugin.map(AsRef::as_ref), &fault),
            column: self.heading(&fault.path),
            path: fault.path,
            message_key: fault.message_key,
        });
        RowFaults {
            line,
            row,
            faults: faults.collect(),
        }
    }

    fn heading(&self, path: &str) -> Option<String> {
        let columns = self.columns.as_ref()?;
        columns.heading(path).map(str::to_owned)
    }
}
