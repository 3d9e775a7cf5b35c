//! What would become of the rows of a sheet, for whoever decides whether they are written.

use std::time::{Duration, Instant as Timer};

use dinh_domain::fault::Fault;
use dinh_domain::people::Staff;
use dinh_domain::visibility::Actor;

use super::BatchPlan;
use super::plan::Planning;
use super::planned::{Becomes, Planned};
use super::sheet::Opened;
use super::told::plan;
use crate::desk::form::Place;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::post::Draft;

/// The section's own code is asked about rows for so long: somebody waits. Rows behind that are told to be checked when
/// they are sent to be approved, as every draft is.
const ASKED_WITHIN: Duration = Duration::from_secs(20);

impl Portal {
    /// What would become of the rows of a sheet; a fault where that cannot be told.
    pub(super) async fn batch_plan(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        opened: &Opened,
    ) -> Result<Result<BatchPlan, Fault>, Failure> {
        let directory = self.directory().await?;
        let at = Planning::of(place, (staff, &directory), opened);
        // What is told is what writing would find; nothing of this transaction stays.
        let mut tx = self.store().begin_publishing().await?;
        let planned = self.planned(&mut tx, &at, opened.read(place)).await?;
        drop(tx);
        let planned = match planned {
            Ok(planned) => planned,
            Err(fault) => return Ok(Err(fault)),
        };
        let (lacks, unasked) = self.lacks(staff, place, &planned).await?;
        Ok(Ok(plan(
            place,
            opened,
            &at.identity,
            (&planned, &lacks),
            unasked,
        )))
    }

    /// What keeps rows that are written from being approved, by their numbers; how many were not asked about.
    async fn lacks(
        &self,
        staff: &Staff,
        place: &Place<'_>,
        planned: &[Planned],
    ) -> Result<(Vec<(usize, Vec<Fault>)>, usize), Failure> {
        let directory = self.directory().await?;
        let visit = self.visit(&directory, place.site.clone(), Actor::Staff(staff.clone()))?;
        let began = Timer::now();
        let (mut lacks, mut unasked) = (Vec::new(), 0);
        for row in planned.iter().filter(|it| it.is_written()) {
            if began.elapsed() > ASKED_WITHIN {
                unasked += 1;
                continue;
            }
            let known = match &row.becomes {
                Becomes::Changed(known, _) => Some(&known.working.entry),
                _ => None,
            };
            let draft = Draft {
                site: place.site.id.clone(),
                collection: place.id.clone(),
                import_key: known.and_then(|it| it.import_key.clone()),
                body: row.body.clone(),
                source: known.map(|it| it.source.clone()),
                lifted: known.map_or_else(Vec::new, |it| it.lifted_gates.clone()),
                files: Vec::new(),
                published_at: None,
                faults: Vec::new(),
            };
            if let Err(faults) = self.check(&visit, draft).await? {
                lacks.push((row.number, faults));
            }
            // Many rows leave room for readers.
            tokio::task::yield_now().await;
        }
        Ok((lacks, unasked))
    }
}
