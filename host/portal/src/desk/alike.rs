//! One answer for all that were sent with the same words: each keeps its own record, step and line of the audit.

use std::time::{Duration, Instant as Timer};

use dinh_domain::entry::Body;
use dinh_domain::ids::EntryId;
use dinh_domain::people::Staff;
use dinh_domain::workflow::Workflow;
use dinh_store::DeskEntry;

use super::answer::has;
use super::{Text, Undone};
use crate::failure::Failure;
use crate::portal::Portal;

/// Most that are answered at once: a campaign is answered in a few turns.
const ALIKE_MAX: u32 = 500;
/// No further one is begun later than this: the answer has to come while somebody waits for it.
const BEGUN_WITHIN: Duration = Duration::from_secs(15);

/// What became of sendings with the same words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AlikeAnswered {
    /// How many have the same answer now.
    pub done: usize,
    /// How many still wait: not read yet, written by somebody else meanwhile, not for this person, or no time was left.
    pub left: usize,
}

impl Portal {
    /// How many others have the same words as what was sent, and wait for an answer that this person may write.
    pub async fn alike_waiting(&self, staff: &Staff, id: &EntryId) -> Result<usize, Failure> {
        let directory = self.directory().await?;
        let known = match self.writable(staff, &directory, id).await? {
            Ok(known) => known,
            Err(_) => return Ok(0),
        };
        Ok(self.waiting_alike(&known).await?.len())
    }

    /// Gives the answer of an entry to all others with the same words that wait for one.
    pub async fn answer_alike(
        &self,
        staff: &Staff,
        id: &EntryId,
    ) -> Result<AlikeAnswered, Failure> {
        let mut answered = AlikeAnswered::default();
        let directory = self.directory().await?;
        let Ok(known) = self.writable(staff, &directory, id).await? else {
            return Ok(answered);
        };
        let entry = &known.working.entry;
        let (_, collection, _) = self.declared_of(&entry.collection)?;
        let Some(answer) = &collection.answer else {
            return Ok(answered);
        };
        let own = entry.body.iter();
        let own = own.filter(|(name, _)| answer.fields.contains(name));
        let own: Body = own
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let began = Timer::now();
        for other in self.waiting_alike(&known).await? {
            let in_time = began.elapsed() < BEGUN_WITHIN;
            let done = in_time && self.answer_one(staff, &other, &own).await?.is_none();
            match done {
                true => answered.done += 1,
                false => answered.left += 1,
            }
        }
        Ok(answered)
    }

    /// Why it was not answered.
    async fn answer_one(
        &self,
        staff: &Staff,
        id: &EntryId,
        answer: &Body,
    ) -> Result<Option<Undone>, Failure> {
        let directory = self.directory().await?;
        let known = match self.writable(staff, &directory, id).await? {
            Ok(known) => known,
            Err(undone) => return Ok(Some(undone)),
        };
        let entry = &known.working.entry;
        let (_, collection, _) = self.declared_of(&entry.collection)?;
        let fields = collection.answer.iter().flat_map(|it| &it.fields);
        if fields.into_iter().any(|field| has(&entry.body, field)) {
            // Somebody has answered it meanwhile, or before, and got it back: nobody's words are written over.
            let state = entry.state.clone();
            return Ok(Some(Undone::NotWritable { state }));
        }
        let text = Text {
            of: Some((entry.id.clone(), entry.revision.clone())),
            site: entry.site.clone(),
            collection: entry.collection.clone(),
            body: answer.clone(),
            source: Some(entry.source.clone()),
            files: Vec::new(),
        };
        Ok(self.write_text(staff, text).await?.err())
    }

    async fn waiting_alike(&self, known: &DeskEntry) -> Result<Vec<EntryId>, Failure> {
        let entry = &known.working.entry;
        let (_, _, flow) = self.declared_of(&entry.collection)?;
        let Some(sending) = self.store().submission_of(&entry.id).await? else {
            return Ok(Vec::new());
        };
        let states = without_answer(flow);
        Ok(self.store().alike_in(&sending, &states, ALIKE_MAX).await?)
    }
}

/// The states in which what was sent waits for an answer that nobody has written yet.
fn without_answer(flow: &Workflow) -> Vec<&str> {
    let states = flow.unanswered.iter().filter(|state| {
        let after = flow.answers.get(*state);
        after.is_some_and(|after| after != *state)
    });
    states.map(String::as_str).collect()
}
