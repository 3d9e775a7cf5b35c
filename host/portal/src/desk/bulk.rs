//! One step with many entries: first what would become of each, then each on its own as if it were taken alone. What
//! one entry lacks keeps no other back.

use std::time::{Duration, Instant as Timer};

use dinh_domain::dates::Instant;
use dinh_domain::ids::{EntryId, RevisionId};
use dinh_domain::people::Staff;
use dinh_domain::workflow::{By, Effect, next, possible};

use super::choices::add;
use super::{Step, Undone, seat};
use crate::failure::Failure;
use crate::portal::Portal;

/// An entry that was ticked, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The entry.
    pub entry: EntryId,
    /// The revision that the list showed.
    pub seen: RevisionId,
}

/// What somebody wants to do with all that they ticked.
#[derive(Debug, Clone)]
pub struct BulkStep {
    /// Id of the action.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// Which of the workflow's reasons.
    pub reason_kind: Option<String>,
    /// When it shall become public.
    pub at: Option<Instant>,
    /// On the express lane.
    pub express: bool,
}

/// What would become of many entries.
#[derive(Debug, Clone, Default)]
pub struct BulkPlan {
    /// The step's name, in Vietnamese; empty where nothing that was ticked has it.
    pub label: String,
    /// Whether it wants a reason.
    pub needs_reason: bool,
    /// Whether it wants an instant.
    pub needs_instant: bool,
    /// Ids and words of the reasons that it wants one of; empty where any words will do.
    pub reasons: Vec<(String, String)>,
    /// What was ticked and is still there, in its order.
    pub lines: Vec<BulkLine>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct BulkLine {
    /// As it was seen.
    pub chosen: Chosen,
    /// Title of the working text.
    pub title: String,
    /// Name of its site.
    pub site: String,
    /// Name of its state, in Vietnamese.
    pub state: String,
    /// Why the step cannot be taken with it; none where it can.
    pub refused: Option<Vec<String>>,
}

/// What became of one of them.
#[derive(Debug, Clone)]
pub struct BulkDone {
    /// The entry as it was before.
    pub line: BulkLine,
    /// Why nothing was done with it; none where the step was taken.
    pub undone: Option<Vec<String>>,
}

impl Portal {
    /// What would become of what was ticked. Entries that are not for this person are passed over.
    pub async fn bulk_plan(
        &self,
        staff: &Staff,
        action: &str,
        chosen: &[Chosen],
    ) -> Result<BulkPlan, Failure> {
        let directory = self.directory().await?;
        let mut plan = BulkPlan::default();
        let mut labels = Vec::new();
        for one in chosen {
            let scope = self.desk_scope_at(staff, &directory, &one.entry).await?;
            let Some(known) = self.store().desk_entry(&scope, &one.entry).await? else {
                continue;
            };
            let entry = &known.working.entry;
            let (_, _, flow) = self.declared_of(&entry.collection)?;
            // Its name stands above what cannot be done as well.
            let named = flow.actions.iter().find(|it| it.id == action);
            if let Some(step) = named {
                add(&mut labels, &step.id, &step.label);
            }
            let offers = possible(flow, By::Staff(staff), &directory, seat(&known));
            let offer = offers.into_iter().find(|it| it.id == action);
            let undone = match offer {
                Some(_) if entry.revision != one.seen => Some(self.changed(&known).await?),
                Some(step) => {
                    plan.needs_reason |= step.reason;
                    plan.needs_instant |= step.effect == Effect::Schedule;
                    if step.typed_reason {
                        flow.reasons()
                            .for_each(|(kind, words)| add(&mut plan.reasons, &kind, &words));
                    }
                    None
                }
                // Taken without a reason it says what stands against it.
                None => next(
                    flow,
                    (By::Staff(staff), &directory),
                    seat(&known),
                    action,
                    None,
                )
                .err()
                .map(Undone::Refused),
            };
            let refused = match &undone {
                Some(undone) => Some(self.told_of_many(&entry.id, undone).await?),
                None => None,
            };
            let site = directory.site(&entry.site).map(|it| it.name.clone());
            plan.lines.push(BulkLine {
                chosen: one.clone(),
                title: entry.title.clone(),
                site: site.unwrap_or_default(),
                state: flow.state_name(&entry.state).to_owned(),
                refused,
            });
        }
        plan.label = labels.pop().map(|(_, name)| name).unwrap_or_default();
        Ok(plan)
    }

    /// Takes a step with each that can take it, one after the other; what each became. A part that is missing for all
    /// of them, as a reason, is told for each and nothing is done.
    ///
    /// # Errors
    /// Only before the first step: a failure in between ends it, and is told of that entry and those after it, as is
    /// when it takes too long.
    pub async fn take_steps(
        &self,
        staff: &Staff,
        step: &BulkStep,
        chosen: &[Chosen],
    ) -> Result<(BulkPlan, Vec<BulkDone>), Failure> {
        let plan = self.bulk_plan(staff, &step.action, chosen).await?;
        let began = Timer::now();
        let mut done = Vec::new();
        let mut failed = false;
        for line in &plan.lines {
            let undone = match (&line.refused, failed) {
                (Some(refused), _) => Some(refused.clone()),
                (None, true) => Some(vec![NOT_TRIED.to_owned()]),
                (None, false) if began.elapsed() > BEGUN_WITHIN => Some(vec![NO_TIME.to_owned()]),
                (None, false) => {
                    let taken = self.take_one(staff, step, &line.chosen).await;
                    taken.unwrap_or_else(|failure| {
                        tracing::error!(entry = %line.chosen.entry, %failure, "a step with many entries broke off");
                        failed = true;
                        Some(vec![BROKEN.to_owned()])
                    })
                }
            };
            done.push(BulkDone {
                line: line.clone(),
                undone,
            });
        }
        Ok((plan, done))
    }

    async fn take_one(
        &self,
        staff: &Staff,
        step: &BulkStep,
        chosen: &Chosen,
    ) -> Result<Option<Vec<String>>, Failure> {
        let step = Step {
            entry: chosen.entry.clone(),
            seen: chosen.seen.clone(),
            action: step.action.clone(),
            reason: step.reason.clone(),
            reason_kind: step.reason_kind.clone(),
            at: step.at,
            express: step.express,
        };
        let Err(undone) = self.take_step(staff, step).await? else {
            return Ok(None);
        };
        Ok(Some(self.told_of_many(&chosen.entry, &undone).await?))
    }
}

impl Portal {
    /// Why a step was not taken, in words for a page that shows no text.
    async fn told_of_many(&self, id: &EntryId, undone: &Undone) -> Result<Vec<String>, Failure> {
        if matches!(undone, Undone::Changed { .. }) {
            return Ok(vec![CHANGED.to_owned()]);
        }
        let told = self.told_undone(id, undone).await?;
        Ok(match told.is_empty() {
            true => vec![GONE.to_owned()],
            false => told,
        })
    }
}

/// No further entry is begun later than this: the answer has to come while somebody waits for it.
const BEGUN_WITHIN: Duration = Duration::from_secs(15);
/// Told of an entry that somebody wrote meanwhile.
const CHANGED: &str =
    "Chưa làm: mục này vừa được người khác sửa. Hãy mở mục để xem bản mới rồi làm riêng.";
/// Told of the entry at which the portal itself failed.
const BROKEN: &str =
    "Chưa rõ đã làm được hay chưa: hệ thống vừa gặp lỗi. Hãy mở mục này để xem trạng thái.";
/// Told of those after it.
const NOT_TRIED: &str = "Chưa làm: hệ thống vừa gặp lỗi ở một mục khác. Hãy thử lại sau.";
/// Told of those for which there was no time.
const NO_TIME: &str = "Chưa làm: các mục trước đã mất nhiều thời gian. Hãy làm tiếp với mục này.";
/// Told of an entry that is not there any more, or not for this person.
const GONE: &str = "Chưa làm: mục này không còn ở đây.";
