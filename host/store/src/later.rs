//! Rows that a transaction writes together, a statement for many: at the latest when it ends, and
//! before anything in it that reads them.

use std::collections::BTreeMap;

use crate::entry::{FirstRevision, insert_first_revisions};
use crate::error::StoreError;
use crate::index::{ListValue, insert_list_values};
use crate::link::{self, NewCode, NewEdge};
use crate::publication::{self, Record};
use crate::write::WriteTx;

/// What is still to be written.
#[derive(Debug, Default)]
pub(crate) struct Later {
    pub(crate) revisions: Vec<FirstRevision>,
    /// By the side table that holds them.
    pub(crate) list_values: BTreeMap<String, Vec<ListValue>>,
    pub(crate) edges: Vec<NewEdge>,
    pub(crate) records: Vec<Record>,
    pub(crate) codes: Vec<NewCode>,
}

impl WriteTx {
    /// Writes what was put off.
    pub(crate) async fn write_later(&mut self) -> Result<(), StoreError> {
        let later = std::mem::take(&mut self.later);
        insert_first_revisions(self.on(), &later.revisions).await?;
        for (table, values) in &later.list_values {
            insert_list_values(self.on(), table, values).await?;
        }
        publication::insert(self.on(), &later.records).await?;
        link::insert_edges(self, &later.edges).await?;
        link::insert_codes(self, &later.codes).await
    }
}
