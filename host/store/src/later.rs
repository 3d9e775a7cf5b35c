//! Rows that a transaction writes together, a statement for many: at the latest when it ends, and
//! before anything in it that reads them.

use crate::error::StoreError;
use crate::link::{self, NewCode};
use crate::publication::{self, Record};
use crate::write::WriteTx;

/// What is still to be written.
#[derive(Debug, Default)]
pub(crate) struct Later {
    pub(crate) records: Vec<Record>,
    pub(crate) codes: Vec<NewCode>,
}

impl WriteTx {
    /// Writes what was put off.
    pub(crate) async fn write_later(&mut self) -> Result<(), StoreError> {
        let Later { records, codes } = std::mem::take(&mut self.later);
        publication::insert(self.on(), &records).await?;
        link::insert_codes(self, &codes).await
    }
}
