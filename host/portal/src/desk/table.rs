//! A table of figures on the desk: a spreadsheet is uploaded, its sender says how it is laid out, and every cell that
//! does not fit is shown before anything is kept.

mod form;

use std::sync::Arc;

use dinh_domain::fault::Fault;
use dinh_domain::ids::{EntryId, FileId, RevisionId};
use dinh_domain::people::Staff;
use dinh_domain::table::StoredTable;
use dinh_domain::table::layout::{Layout, SheetFaults};
use dinh_domain::visibility::Actor;
use dinh_store::StoredFile;

use super::form::{FormOf, Place};
use super::{Done, Text, Undone, Written};
use crate::failure::Failure;
use crate::import::message;
use crate::portal::Portal;
use crate::post::{NewContent, NewFile};
use crate::table::{self, laid_out, sheet_fault};
use crate::visit::Visit;
pub use form::TableForm;

/// Most rows and columns of a sheet that are shown before it is kept.
pub const PREVIEW_ROWS: usize = 40;
/// The same for columns.
pub const PREVIEW_COLUMNS: usize = 16;

/// What somebody sent to the page of a table.
#[derive(Debug, Clone)]
pub struct SentTable {
    /// The entry.
    pub entry: EntryId,
    /// A spreadsheet that came now, with its name.
    pub upload: Option<(String, Vec<u8>)>,
    /// One that came before.
    pub file: Option<FileId>,
    /// How it is laid out, where that was said.
    pub layout: Option<Layout>,
    /// The revision that the page began from, where the table is to be kept.
    pub keep: Option<RevisionId>,
}

/// What became of it.
#[derive(Debug)]
pub enum TableSent {
    /// The table is kept.
    Kept(Written),
    /// The page again.
    Again(Box<TableForm>),
}

impl Portal {
    /// Takes what was sent to the page of a table, for somebody who may write its entry now.
    pub async fn send_table(
        &self,
        staff: &Staff,
        sent: SentTable,
    ) -> Result<Done<TableSent>, Failure> {
        let of = FormOf::Known(sent.entry.clone());
        let place = match self.form_place(staff, &of).await? {
            Ok((place, Ok(()))) => place,
            Ok((_, Err(undone))) | Err(undone) => return Ok(Err(undone)),
        };
        let (Some(field), Some(known)) = (table::field_of(place.collection), &place.known) else {
            return Ok(Err(Undone::NotFound));
        };
        let working = &known.working.entry;
        let mut form = TableForm::empty(&place, working, sent.layout.clone());
        let told = |fault: &Fault| message(Some(place.plugin), fault);
        let directory = self.directory().await?;
        let visit = self.visit(&directory, place.site.clone(), Actor::Staff(staff.clone()))?;
        let came = (sent.upload, sent.file);
        let (file, bytes) = match self.came(staff, (&visit, &sent.entry, field), came).await? {
            Ok(Some(came)) => came,
            Ok(None) => return Ok(Ok(TableSent::Again(Box::new(form)))),
            Err(Undone::Faults(faults)) => {
                form.faults.extend(faults.iter().map(told));
                return Ok(Ok(TableSent::Again(Box::new(form))));
            }
            Err(undone) => return Ok(Err(undone)),
        };
        let number = sent.layout.as_ref().map_or(0, |it| it.sheet);
        form.file = Some((file.id.to_string(), file.name.clone()));
        let rows = match self.sheet(field, &bytes, number).await? {
            Ok(sheet) => form.read(sheet),
            Err(fault) => {
                form.faults.push(told(&fault));
                return Ok(Ok(TableSent::Again(Box::new(form))));
            }
        };
        let Some(layout) = sent.layout else {
            // A table of the same kind was here before: its layout is the first thing to try.
            let before = working.body.get(field).and_then(StoredTable::of);
            form.layout = before.and_then(|it| it.layout);
            return Ok(Ok(TableSent::Again(Box::new(form))));
        };
        match laid_out(layout.clone(), rows).await? {
            Ok(table) => form.table = Some(table::shown(Arc::new(table), &[])),
            Err(faults) => {
                wrong(&mut form, &faults, field, &told);
                return Ok(Ok(TableSent::Again(Box::new(form))));
            }
        }
        let Some(began_from) = sent.keep else {
            return Ok(Ok(TableSent::Again(Box::new(form))));
        };
        let file = NewFile {
            field: field.to_owned(),
            name: file.name,
            label: String::new(),
            content: NewContent::Bytes(bytes),
            layout: Some(Box::new(layout)),
        };
        Ok(
            match self.keep_table(staff, &place, began_from, file).await? {
                Ok(written) => Ok(TableSent::Kept(written)),
                Err(Undone::Faults(faults)) => {
                    form.faults.extend(faults.iter().map(told));
                    Ok(TableSent::Again(Box::new(form)))
                }
                Err(undone) => Err(undone),
            },
        )
    }

    /// Writes the text that there is anew, with another table.
    async fn keep_table(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        began_from: RevisionId,
        file: NewFile,
    ) -> Result<Done<Written>, Failure> {
        let Some(known) = &place.known else {
            return Ok(Err(Undone::NotFound));
        };
        let entry = &known.working.entry;
        let text = Text {
            of: Some((entry.id.clone(), began_from)),
            site: place.site.id.clone(),
            collection: place.id.clone(),
            body: place.body(),
            source: Some(entry.source.clone()).filter(|it| !it.is_empty()),
            files: vec![file],
        };
        self.write_text(staff, text).await
    }

    /// The spreadsheet that came now or before, with its bytes; none where none did. What cannot be read is told at once,
    /// and not kept.
    async fn came(
        &self,
        staff: &Staff,
        (visit, entry, field): (&Visit, &EntryId, &str),
        came: (Option<(String, Vec<u8>)>, Option<FileId>),
    ) -> Result<Done<Option<(StoredFile, Vec<u8>)>>, Failure> {
        match came {
            (Some((name, bytes)), _) => {
                if let Err(fault) = self.sheet(field, &bytes, 0).await? {
                    return Ok(Err(Undone::Faults(vec![fault])));
                }
                let file = self.sheet_kept(staff, visit, name, bytes.clone()).await?;
                Ok(Ok(Some((file, bytes))))
            }
            (None, Some(id)) => {
                let ids = std::slice::from_ref(&id);
                let whose = (staff.account.as_str(), &visit.site.id);
                let mut known = self.store().uploads(whose, ids).await?;
                known.extend(self.store().entry_files(entry, ids).await?);
                let Some(file) = known.into_iter().next() else {
                    return Ok(Err(Undone::NotFound));
                };
                let bytes = self.bytes_of(&file).await?;
                Ok(Ok(Some((file, bytes))))
            }
            (None, None) => Ok(Ok(None)),
        }
    }

    /// Keeps a spreadsheet for whoever sent it, until it is used or swept.
    pub(super) async fn sheet_kept(
        &self,
        staff: &Staff,
        visit: &Visit,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<StoredFile, Failure> {
        let media = table::media_of(&bytes);
        let file = self.stored(visit, name, media, bytes).await?;
        let mut tx = self.store().begin_write().await?;
        tx.put_file(&file).await?;
        tx.put_upload(&file.id, staff.account.as_str(), visit.now)
            .await?;
        tx.commit().await?;
        Ok(file)
    }

    pub(super) async fn bytes_of(&self, file: &StoredFile) -> Result<Vec<u8>, Failure> {
        let (_, content) = self.content_of(file.clone());
        let size = u64::try_from(file.size_bytes).unwrap_or_default();
        let bytes = content.open(0..size).await?.bytes().await;
        bytes.map_err(Failure::internal)
    }
}

fn wrong(form: &mut TableForm, faults: &SheetFaults, field: &str, told: &dyn Fn(&Fault) -> String) {
    form.wrong = faults.count;
    form.cells = faults
        .named
        .iter()
        .map(|it| told(&sheet_fault(field, it)))
        .collect();
    let places = faults
        .named
        .iter()
        .filter_map(|it| Some((it.row?, it.column?)));
    form.places = places.collect();
}
