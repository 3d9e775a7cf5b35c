//! Jobs, enqueued and run as the portal does it, without a clock.

use std::cell::RefCell;

use super::FakeHost;
use crate::{Enqueue, Job, JobError, Jobs, Step};

/// As the contract says.
const PAYLOAD_BYTES_MAX: usize = 8 << 10;
const DELAY_S_MAX: u32 = 30 * 24 * 60 * 60;
const QUEUE_MAX: usize = 10_000;
/// Steps of one [`FakeHost::work`]: a job that never ends is not waited for.
const STEPS_MAX: usize = 10_000;

/// What waits to be done.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: RefCell<Vec<Enqueue>>,
    declared: Option<Vec<String>>,
}

impl FakeHost {
    /// Declares the only jobs that may be enqueued.
    #[must_use]
    pub fn with_jobs<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.queue.declared = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// What waits to be done, in the order of its enqueuing.
    pub fn enqueued(&self) -> Vec<Enqueue> {
        self.queue.jobs.borrow().clone()
    }

    /// Runs one step as the portal does: writing is allowed, and what was written is kept when no
    /// error answers.
    ///
    /// # Errors
    /// The plugin's words.
    pub fn step<P: Jobs>(&self, job: &Job) -> Result<Step, String> {
        self.writing(|| P::run(job, self), Result::is_ok)
    }

    /// Takes what waits, however long it is to be delayed, and runs it step by step, with what it
    /// enqueues itself, until nothing waits.
    ///
    /// # Errors
    /// The words of the first step that did not go well; a retry counts as such.
    pub fn work<P: Jobs>(&self) -> Result<(), String> {
        let mut steps = 0;
        while let Some(next) = self.queue.take() {
            let mut job = Job::of(&next.name).with(next.payload);
            loop {
                steps += 1;
                if steps > STEPS_MAX {
                    return Err(format!("`{}` does not end", job.name));
                }
                match self.step::<P>(&job)? {
                    Step::Done => break,
                    Step::More(cursor) => job.cursor = Some(cursor),
                    Step::Retry(_) => return Err(format!("`{}` asks for a retry", job.name)),
                }
            }
        }
        Ok(())
    }
}

impl Queue {
    pub(super) fn add(&self, job: &Enqueue) -> Result<(), JobError> {
        let declared = self.declared.as_ref();
        if declared.is_some_and(|known| !known.contains(&job.name)) {
            return Err(JobError::Undeclared(format!("`{}`", job.name)));
        }
        if job.payload.to_string().len() > PAYLOAD_BYTES_MAX {
            let most = format!("a payload has at most {PAYLOAD_BYTES_MAX} bytes");
            return Err(JobError::TooLarge(most));
        }
        if job.delay_s > DELAY_S_MAX {
            let most = format!("a delay is at most {DELAY_S_MAX} seconds");
            return Err(JobError::Invalid(most));
        }
        if let Some(key) = &job.key {
            super::kept::check(key).map_err(|error| JobError::Invalid(error.to_string()))?;
        }
        let mut jobs = self.jobs.borrow_mut();
        let same =
            |it: &&mut Enqueue| job.key.is_some() && it.key == job.key && it.name == job.name;
        if let Some(known) = jobs.iter_mut().find(same) {
            *known = job.clone();
        } else if jobs.len() < QUEUE_MAX {
            jobs.push(job.clone());
        } else {
            return Err(JobError::Quota(format!("at most {QUEUE_MAX} jobs wait")));
        }
        Ok(())
    }

    pub(super) fn put(&self, jobs: Vec<Enqueue>) {
        self.jobs.replace(jobs);
    }

    fn take(&self) -> Option<Enqueue> {
        let mut jobs = self.jobs.borrow_mut();
        (!jobs.is_empty()).then(|| jobs.remove(0))
    }
}
