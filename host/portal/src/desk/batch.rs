//! Many drafts from a spreadsheet: a file is uploaded once, its sender says which column is which, sees what would become
//! of every row, and has the rows written as drafts, all of them or none. Nothing is published by this.

mod field;
mod form;
mod guess;
mod identity;
mod keep;
mod look;
mod plan;
mod planned;
mod proposed;
mod row;
mod sheet;
mod told;

use dinh_domain::fault::Fault;
use dinh_domain::ids::{CollectionId, FileId, SiteId};
use dinh_domain::people::Staff;

use dinh_files::{Sheet, SheetCell};

use super::form::{FormOf, Place};
use super::{Done, Undone};
use crate::failure::Failure;
use crate::import::message;
use crate::portal::Portal;
pub use field::BatchField;
pub use form::{
    BatchColumn, BatchCount, BatchForm, BatchLayout, BatchLine, BatchPlan, BatchRow,
    BatchRowBecomes, BatchSheet,
};
use identity::Identity;

/// Largest file, in bytes. What is larger an operator brings in, by `dinh import`.
pub const BATCH_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most rows below the headings: they are written while somebody waits, in one transaction.
pub const BATCH_ROWS_MAX: usize = 2_000;
/// Most columns: each is asked about.
pub const BATCH_COLUMNS_MAX: usize = 100;
/// Rows that are shown as they would stand.
pub const BATCH_ROWS_SHOWN: usize = 10;
/// Faults that are shown; all of them are in the list that is taken away.
pub const BATCH_LINES_SHOWN: usize = 100;

/// Where a batch goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchOf {
    /// The site.
    pub site: SiteId,
    /// The type of its entries.
    pub collection: CollectionId,
}

/// What somebody sent to the pages of a batch.
#[derive(Debug, Clone)]
pub struct SentBatch {
    /// Where it goes.
    pub of: BatchOf,
    /// A spreadsheet that came now, with its name.
    pub upload: Option<(String, Vec<u8>)>,
    /// One that came before.
    pub file: Option<FileId>,
    /// How it is read.
    pub layout: BatchLayout,
    /// What is wanted.
    pub act: BatchAct,
}

/// What is wanted with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchAct {
    /// Ask which column is which.
    Ask,
    /// Show what would become of its rows.
    Look,
    /// Write them, where that is what was seen.
    Keep {
        /// What was seen.
        seen: String,
        /// Leave out the rows that are not right.
        leaves_out: bool,
    },
}

/// What became of it.
#[derive(Debug)]
pub enum BatchSent {
    /// A page again.
    Again(Box<BatchForm>),
    /// The drafts are written.
    Kept(BatchCount),
}

impl Portal {
    /// The first page of a batch, for somebody who may write there.
    pub async fn batch_form(
        &self,
        staff: &Staff,
        of: &BatchOf,
    ) -> Result<Done<BatchForm>, Failure> {
        let place = self.batch_place(staff, of).await?;
        Ok(place.map(|place| BatchForm::empty(&place)))
    }

    /// Takes what was sent to the pages of a batch, for somebody who may write there.
    pub async fn send_batch(
        &self,
        staff: &Staff,
        sent: SentBatch,
    ) -> Result<Done<BatchSent>, Failure> {
        let place = match self.batch_place(staff, &sent.of).await? {
            Ok(place) => place,
            Err(undone) => return Ok(Err(undone)),
        };
        let mut form = BatchForm::empty(&place);
        let told = |fault: &Fault| message(Some(place.plugin), fault);
        let again = |form: BatchForm| Ok(Ok(BatchSent::Again(Box::new(form))));
        let came = (sent.upload, sent.file);
        let opened = match self.batch_opened(staff, &place, came, &sent.layout).await? {
            Ok(Some(opened)) => opened,
            Ok(None) => return again(form),
            Err(Undone::Faults(faults)) => {
                form.faults.extend(faults.iter().map(told));
                return again(form);
            }
            Err(undone) => return Ok(Err(undone)),
        };
        form.sheet = Some(opened.sheet.clone());
        let faults = opened.faults(&place);
        if sent.act == BatchAct::Ask {
            return again(form);
        }
        if !faults.is_empty() {
            form.faults.extend(faults.iter().map(told));
            return again(form);
        }
        let done = match &sent.act {
            BatchAct::Keep { seen, leaves_out } => {
                let agreed = (seen.as_str(), *leaves_out);
                self.keep_batch(staff, &place, &opened, agreed).await?
            }
            _ => Ok(Err(Vec::new())),
        };
        let faults = match done {
            Ok(Ok(count)) => return Ok(Ok(BatchSent::Kept(count))),
            Ok(Err(faults)) => faults,
            Err(undone) => return Ok(Err(undone)),
        };
        form.faults.extend(faults.iter().map(told));
        match self.batch_plan(staff, &place, &opened).await? {
            Ok(plan) => form.plan = Some(plan),
            Err(fault) => form.faults.push(told(&fault)),
        }
        again(form)
    }

    async fn batch_place(&self, staff: &Staff, of: &BatchOf) -> Result<Done<Place<'_>>, Failure> {
        let new = FormOf::New {
            site: of.site.clone(),
            collection: of.collection.clone(),
        };
        let place = self.form_place(staff, &new).await?;
        Ok(place.map(|(place, _)| place))
    }
}

impl BatchForm {
    /// A spreadsheet to be filled in: the headings, and below them what each column wants.
    ///
    /// # Errors
    /// The archive cannot be made.
    pub fn template(&self) -> std::io::Result<Vec<u8>> {
        let mut sheet = Sheet::begin(&self.kind)?;
        let headings = self.fields.iter();
        let headings = headings.map(|it| SheetCell::Heading(it.label.clone()));
        sheet.row(&headings.collect::<Vec<_>>())?;
        let guides = self.fields.iter();
        let guides = guides.map(|it| SheetCell::Text(it.guide.clone()));
        sheet.row(&guides.collect::<Vec<_>>())?;
        sheet.finish()
    }

    fn empty(place: &Place<'_>) -> Self {
        let label = |name: &&str| {
            let field = place.collection.schema.get(*name);
            field.map_or_else(
                || (*name).to_owned(),
                |it| place.plugin.text("vi", &it.label),
            )
        };
        let known_by = Identity::of(place).fields();
        Self {
            site: place.site.name.clone(),
            kind: place.plugin.text("vi", &place.collection.label),
            fields: field::fields(place.plugin, place.collection),
            others: field::others(place.plugin, place.collection),
            known_by: known_by.iter().map(label).collect(),
            faults: Vec::new(),
            sheet: None,
            plan: None,
        }
    }
}
