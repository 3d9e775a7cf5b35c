//! Areas of organisations, recorded by their codes.

use std::collections::BTreeMap;

use dinh_domain::dates::LocalDate;
use dinh_domain::ids::OrganisationId;
use dinh_domain::organisation::{Area, Change, Chronicle, Recorded};
use serde_json::json;

use crate::failure::Failure;
use crate::people::By;
use crate::portal::Portal;

/// An area as a file names it.
#[derive(Debug, Clone)]
pub struct NewArea {
    /// The unit's code in the statistics.
    pub code: String,
    /// Where it lies.
    pub area: Area,
}

/// From which day areas are so, by which act.
#[derive(Debug, Clone)]
pub struct AreasSince {
    /// From this day on; codes are those of this day.
    pub on: LocalDate,
    /// The deciding act; may be empty.
    pub act: String,
}

/// What came of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreasRecorded {
    /// Recorded.
    pub new: usize,
    /// Already so on that day.
    pub known: usize,
}

impl Portal {
    /// Records areas by the codes of their units: all, or none with everything that is wrong.
    pub async fn record_areas(
        &self,
        by: By<'_>,
        areas: &[NewArea],
        since: &AreasSince,
        is_tried_only: bool,
    ) -> Result<Result<AreasRecorded, Vec<String>>, Failure> {
        let mut tx = self.store().begin_write().await?;
        let (mut chronicle, mut faults) = (tx.chronicle().await?, Vec::new());
        let of = by_code(&chronicle, since.on);
        let mut done = AreasRecorded { new: 0, known: 0 };
        let mut first = None;
        for NewArea { code, area } in areas {
            let Some((id, now)) = of.get(code) else {
                faults.push(format!(
                    "no organisation has the code {code} on {}",
                    since.on
                ));
                continue;
            };
            if now.as_ref() == Some(area) {
                done.known += 1;
                continue;
            }
            let recorded = Recorded {
                number: i64::MAX,
                of: id.clone(),
                on: since.on,
                change: Change::Area(Some(area.clone())),
                act: since.act.clone(),
            };
            match chronicle.with(recorded.clone()) {
                Ok(next) => chronicle = next,
                Err(fault) => {
                    faults.push(format!("{code}: {fault}"));
                    continue;
                }
            }
            tx.record_change(&recorded, self.now(), &by.name()).await?;
            first.get_or_insert_with(|| id.clone());
            done.new += 1;
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        if let Some(first) = first.filter(|_| !is_tried_only) {
            let after = json!({ "areas": done.new, "on": since.on, "act": since.act });
            tx.audit(self.organisation_act(by, "organisations-recorded", &first, after));
            tx.commit().await?;
        }
        Ok(Ok(done))
    }
}

/// Living organisations by their codes on a day, with the areas they have then.
fn by_code(
    chronicle: &Chronicle,
    day: LocalDate,
) -> BTreeMap<String, (OrganisationId, Option<Area>)> {
    let standing = chronicle.on(day).into_values().filter(|it| it.is_living());
    let coded = standing.filter_map(|it| {
        let area = it.area.and_then(|it| it.value);
        Some((it.code.value?, (it.id, area)))
    });
    coded.collect()
}
