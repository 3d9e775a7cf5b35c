use super::{Plugin, running};
use crate::bindings::jobs::exports::dinh::module::jobs;
use crate::breaker::Export;
use crate::{Call, CallError, Job, Step, answer};

impl Plugin {
    /// Runs one step of a job in a fresh instance. What the guest wrote meanwhile is noted by the
    /// call's host and lasts only if the portal says so afterwards.
    ///
    /// # Errors
    /// [`CallError`]; what was written is to be dropped with every one of them.
    pub async fn step(&self, call: Call, job: Job) -> Result<Step, CallError> {
        let own = self.version.jobs.as_ref();
        let own = own.ok_or(CallError::NotExported(Export::Jobs))?;
        let job = jobs::Job {
            name: job.name,
            payload: job.payload,
            cursor: job.cursor,
            attempt: job.attempt,
            site: call.site.clone(),
        };
        let mut running = self.start(call, Export::Jobs).await?;
        let ran = running::run(running.wall(), async {
            let instance = own.instantiate_async(&mut running.store).await?;
            let guest = instance.dinh_module_jobs();
            guest.call_run(&mut running.store, &job).await
        });
        let ran = ran.await;
        running.end(ran, answer::stepped)
    }
}
