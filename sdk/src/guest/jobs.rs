use std::marker::PhantomData;

use super::bindings::imports::dinh::host::jobs as host;
use super::bindings::jobs::exports::dinh::module::jobs;
use super::portal::Portal;
use crate::{Enqueue, Job, JobError, Jobs, Step};

/// What `export_jobs!` exports.
pub struct JobsExport<P>(PhantomData<P>);

impl<P: Jobs> jobs::Guest for JobsExport<P> {
    fn run(job: jobs::Job) -> Result<jobs::Step, String> {
        let payload = serde_json::from_str(&job.payload);
        let job = Job {
            name: job.name,
            payload: payload.map_err(|error| format!("the payload: {error}"))?,
            cursor: job.cursor,
            attempt: job.attempt,
            site: job.site,
        };
        Ok(match P::run(&job, &Portal)? {
            Step::Done => jobs::Step::Done,
            Step::More(cursor) => jobs::Step::More(cursor),
            Step::Retry(seconds) => jobs::Step::Retry(seconds),
        })
    }
}

pub(super) fn enqueue(job: &Enqueue) -> Result<(), JobError> {
    let payload = job.payload.to_string();
    let enqueued = host::enqueue(&job.name, &payload, job.key.as_deref(), job.delay_s);
    enqueued.map_err(|error| match error {
        host::Error::ReadOnly => JobError::ReadOnly,
        host::Error::Undeclared(why) => JobError::Undeclared(why),
        host::Error::Invalid(why) => JobError::Invalid(why),
        host::Error::TooLarge(why) => JobError::TooLarge(why),
        host::Error::Quota(why) => JobError::Quota(why),
        host::Error::Rate(why) => JobError::Rate(why),
        host::Error::Unavailable(why) => JobError::Unavailable(why),
    })
}
