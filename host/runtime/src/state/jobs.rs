//! The import that enqueues work for later.

use super::CallState;
use crate::bindings::imports::dinh::host::jobs;
use crate::job::check;
use crate::{JobError, NewJob};

impl jobs::Host for CallState {
    async fn enqueue(
        &mut self,
        name: String,
        payload: String,
        key: Option<String>,
        delay_s: u32,
    ) -> wasmtime::Result<Result<(), jobs::Error>> {
        let began = self.begin()?;
        let job = NewJob {
            name,
            payload,
            key,
            delay_s,
        };
        let answer = match check(&job) {
            Ok(()) => self.host.enqueue(job).await,
            Err(refusal) => Err(refusal),
        };
        self.worked(began);
        Ok(answer.map_err(error))
    }
}

fn error(error: JobError) -> jobs::Error {
    match error {
        JobError::ReadOnly => jobs::Error::ReadOnly,
        JobError::Undeclared(why) => jobs::Error::Undeclared(why),
        JobError::Invalid(why) => jobs::Error::Invalid(why),
        JobError::TooLarge(why) => jobs::Error::TooLarge(why),
        JobError::Quota(why) => jobs::Error::Quota(why),
        JobError::Rate(why) => jobs::Error::Rate(why),
        JobError::Unavailable(why) => jobs::Error::Unavailable(why),
    }
}
