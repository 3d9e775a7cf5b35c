//! A batch is written: in one transaction, as one act, by somebody who may write there at that moment.

use dinh_domain::fault::Fault;
use dinh_domain::people::Staff;
use dinh_domain::workflow::Refusal;
use dinh_store::{WriteTx, new_entry_id};
use serde_json::json;

use super::plan::Planning;
use super::planned::{Becomes, Planned, fingerprint};
use super::sheet::Opened;
use super::told::count;
use super::{BatchCount, Done, Undone};
use crate::desk::form::Place;
use crate::desk::put::{CREATED, Kept, NewText, Writer};
use crate::failure::Failure;
use crate::portal::Portal;

/// The act of a batch in the audit log.
const ACT: &str = "entries-brought";

impl Portal {
    /// Writes the rows of a sheet as drafts, where they are still what was seen; the faults for which nothing was written.
    pub(super) async fn keep_batch(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        opened: &Opened,
        (seen, leaves_out): (&str, bool),
    ) -> Result<Done<Result<BatchCount, Vec<Fault>>>, Failure> {
        // Whoever looks for what is there already must find it: of two batches at once one waits for the other.
        let mut tx = self.store().begin_publishing().await?;
        let staff = &self.staff_today(&mut tx, &staff.account).await?;
        let directory = self.directory().await?;
        if !self.begins(staff, &directory, &place.site, &place.id) {
            let refusal = Refusal::NotAllowed(CREATED.to_owned());
            return Ok(Err(Undone::Refused(refusal)));
        }
        let at = Planning::of(place, (staff, &directory), opened);
        let planned = match self.planned(&mut tx, &at, opened.read(place)).await? {
            Ok(planned) => planned,
            Err(fault) => return Ok(Ok(Err(vec![fault]))),
        };
        let refused = |key: &str| Ok(Ok(Err(vec![Fault::new("", key)])));
        let count = count(&planned);
        // Most often a second click on the same button; a colleague may have written the same.
        if count.written() == 0 && (count.faulty == 0 || leaves_out) {
            return refused("fault.batch-nothing");
        }
        if fingerprint(&planned) != seen {
            return refused("fault.batch-changed");
        }
        if count.faulty > 0 && !leaves_out {
            return refused("fault.batch-faulty");
        }
        for row in planned {
            self.keep_row(&mut tx, &at, opened, row).await?;
        }
        let file = &opened.file;
        let after = json!({"file": file.name, "sha256": file.hash, "rows": count});
        let id = place.id.to_string();
        let subject = ("collection", id.as_str(), &place.site.id);
        tx.audit(self.staff_acted(staff, ACT, subject, (None, Some(after))));
        tx.commit().await?;
        Ok(Ok(Ok(count)))
    }

    async fn keep_row(
        &self,
        tx: &mut WriteTx,
        at: &Planning<'_>,
        opened: &Opened,
        row: Planned,
    ) -> Result<(), Failure> {
        let (place, staff) = (at.place, at.staff);
        let origin = origin(&opened.file.name, row.number);
        let by = Writer::Batch {
            staff,
            origin: &origin,
        };
        let mut kept = Kept {
            collection: self.declared_of(&place.id)?,
            site: place.site.clone(),
            body: row.body,
            source: opened.source(place),
            files: Vec::new(),
            now: self.now(),
        };
        let organisation = at.directory.organisation_of(&place.site);
        let organisation = organisation.map_or("", |it| it.name.as_str());
        match row.becomes {
            Becomes::New => {
                let new = NewText {
                    id: new_entry_id(),
                    collection: place.id.clone(),
                    key: None,
                };
                self.put_first(tx, by, new, (&kept, organisation)).await?;
            }
            Becomes::Changed(known, state) => {
                let source = &known.working.entry.source;
                kept.source = Some(source.clone()).filter(|it| !it.is_empty());
                self.put_next(tx, by, (&known, &state), (&kept, organisation))
                    .await?;
            }
            Becomes::Same(_) | Becomes::Faulty(_) => {}
        }
        Ok(())
    }
}

/// Where a text comes from, in its history.
fn origin(file: &str, row: usize) -> String {
    format!("Nhập từ bảng tính “{file}”, hàng {row}")
}
